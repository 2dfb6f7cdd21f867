//! The defects that can be planted, one at a time, each with what a tester should say about it.

/// What the contract tester should name: the check that notices, where the defect shows, and the rule that it breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Defect {
    /// The code of the check.
    pub code: &'static str,
    /// The part of the message, then the JSON Pointer inside of it where there is one.
    pub location: &'static str,
    /// The rule that is broken by the server; where it refuses good input, the rule that the input keeps.
    pub rule: &'static str,
}

macro_rules! deviations {
    ($($(#[doc = $doc:literal])+ $name:ident: $code:literal, $location:literal, $rule:literal;)+) => {
        /// One way in which the server breaks the document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Deviation {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Deviation {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// What a tester should say about it.
            pub const fn defect(self) -> Defect {
                match self {
                    $(Self::$name => Defect { code: $code, location: $location, rule: $rule },)+
                }
            }
        }
    };
}

deviations! {
    /// The first session has no `session_id`.
    FieldMissing: "response-body", "response body /results/0/session_id", "required";
    /// The answer has no `pagination`.
    EnvelopeFieldMissing: "response-body", "response body /pagination", "required";
    /// `message_count` is a string.
    StringForInteger: "response-body", "response body /results/0/message_count", "type";
    /// `message_count` has a fraction.
    FractionForInteger: "response-body", "response body /results/0/message_count", "type";
    /// `results` is an object.
    ObjectForArray: "response-body", "response body /results", "type";
    /// `user_memory` is null, which only other fields may be.
    NullForObject: "response-body", "response body /results/0/user_memory", "type";
    /// `session_id` is null.
    NullForString: "response-body", "response body /results/0/session_id", "type";
    /// A session is in a state that the document does not know.
    UnknownEnumValue: "response-body", "response body /results/0/status", "enum";
    /// `temperature` is above its maximum.
    NumberAboveMaximum: "response-body", "response body /results/0/agent_config/temperature", "maximum";
    /// `max_tokens` is below its minimum.
    NumberBelowMinimum: "response-body", "response body /results/0/agent_config/max_tokens", "minimum";
    /// `created_at` is no date and time.
    BadDateTime: "response-body", "response body /results/0/created_at", "format";
    /// `expires_at` has no offset, which RFC 3339 asks for.
    DateTimeWithoutOffset: "response-body", "response body /results/0/expires_at", "format";

    /// A page comes with the status 206.
    UndocumentedStatus: "status-undocumented", "response status", "status";
    /// A good request is answered with a documented 500.
    ServerError: "server-error", "response status", "server-error";
    /// The page is said to be HTML.
    WrongMediaType: "response-media-type", "response header Content-Type", "media-type";
    /// The page comes without a media type.
    MissingMediaType: "response-media-type", "response header Content-Type", "media-type";
    /// The media type has no slash.
    MalformedMediaType: "response-media-type", "response header Content-Type", "media-type";

    /// The JSON of the page stops in the middle.
    BrokenJson: "response-json", "response body", "json";
    /// The JSON of the page is followed by a brace.
    TrailingBytes: "response-json", "response body", "json-trailing";
    /// `total` is there twice.
    DuplicateKey: "response-json", "response body /total", "json-duplicate-key";
    /// A byte of a string is not UTF-8.
    InvalidUtf8: "response-json", "response body", "json-utf8";

    /// `Content-Length` promises more than comes.
    TruncatedBody: "response-truncated", "response body", "response-truncated";
    /// `Content-Length` promises less than comes.
    ShortContentLength: "response-surplus", "response body", "response-surplus";
    /// The last chunk is cut off.
    BrokenChunk: "response-truncated", "response body", "response-truncated";
    /// The answer is not HTTP.
    NotHttp: "response-not-http", "response", "response-not-http";
    /// The connection is reset.
    Reset: "connection-closed", "response", "connection-closed";
    /// The connection is closed without an answer.
    Closed: "connection-closed", "response", "connection-closed";
    /// The server never answers.
    Hang: "timeout", "response", "timeout";
    /// The server stops in the middle of the body and keeps the connection.
    Stall: "timeout", "response", "timeout";
    /// The body is a gigabyte long.
    EndlessBody: "response-too-large", "response body", "response-too-large";
    /// The server redirects to itself.
    RedirectLoop: "redirect-loop", "response status", "redirect-loop";

    /// `limit=0` is accepted.
    LimitBelowMinimumAccepted: "invalid-input-accepted", "query limit", "minimum";
    /// `limit=1001` is accepted.
    LimitAboveMaximumAccepted: "invalid-input-accepted", "query limit", "maximum";
    /// A `limit` that is no integer is accepted.
    LimitTextAccepted: "invalid-input-accepted", "query limit", "type";
    /// `offset=-1` is accepted.
    OffsetBelowMinimumAccepted: "invalid-input-accepted", "query offset", "minimum";
    /// `offset=10001` is accepted.
    OffsetAboveMaximumAccepted: "invalid-input-accepted", "query offset", "maximum";
    /// An `offset` that is no integer is accepted.
    OffsetTextAccepted: "invalid-input-accepted", "query offset", "type";
    /// An `include_total` that is no boolean is accepted.
    IncludeTotalTextAccepted: "invalid-input-accepted", "query include_total", "type";
    /// An unknown state in the body is accepted.
    UnknownStatusAccepted: "invalid-input-accepted", "body /status", "enum";
    /// A state that is no string is accepted.
    NumericStatusAccepted: "invalid-input-accepted", "body /status", "type";
    /// `filters` that are no object are accepted.
    ArrayFiltersAccepted: "invalid-input-accepted", "body /filters", "type";
    /// A `sort` that is no object is accepted.
    TextSortAccepted: "invalid-input-accepted", "body /sort", "type";
    /// A body that is no object is accepted.
    ArrayBodyAccepted: "invalid-input-accepted", "body", "type";
    /// A body that is no JSON is accepted.
    BrokenBodyAccepted: "invalid-input-accepted", "body", "json";
    /// A body of an undeclared media type is accepted.
    OtherMediaTypeAccepted: "unsupported-media-type-accepted", "header Content-Type", "media-type";
    /// A call without a credential is served.
    AuthorizationIgnored: "authorization-ignored", "header Authorization", "security";
    /// Any bearer token will do.
    TokenIgnored: "authorization-ignored", "header Authorization", "credential";
    /// A call without a namespace is served.
    NamespaceIgnored: "missing-input-accepted", "header X-Namespace", "required";

    /// `limit=1` is refused.
    MinimumLimitRejected: "valid-input-rejected", "query limit", "minimum";
    /// `limit=1000` is refused.
    MaximumLimitRejected: "valid-input-rejected", "query limit", "maximum";
    /// `offset=0` is refused.
    MinimumOffsetRejected: "valid-input-rejected", "query offset", "minimum";
    /// `offset=10000` is refused.
    MaximumOffsetRejected: "valid-input-rejected", "query offset", "maximum";
    /// `include_total=false` is refused.
    FalseIncludeTotalRejected: "valid-input-rejected", "query include_total", "minimal";
    /// A call without `limit` is refused.
    AbsentLimitRejected: "valid-input-rejected", "query limit", "absent";
    /// A cursor is refused.
    CursorRejected: "valid-input-rejected", "query cursor", "minimal";
    /// `"status": null` is refused.
    NullStatusRejected: "valid-input-rejected", "body /status", "null";
    /// `"status": "archived"` is refused.
    EnumValueRejected: "valid-input-rejected", "body /status", "enum";
    /// `"filters": null` is refused.
    NullFiltersRejected: "valid-input-rejected", "body /filters", "null";
    /// `"sort": {}` is refused.
    EmptySortRejected: "valid-input-rejected", "body /sort", "required";
    /// A body without any property is refused.
    EmptyObjectRejected: "valid-input-rejected", "body", "minimal";
    /// A call without a body is refused.
    AbsentBodyRejected: "valid-input-rejected", "body", "absent";

    /// `GET` is answered with 200.
    UndeclaredMethodServed: "undeclared-method-served", "method", "method";
    /// A 405 comes without `Allow`.
    AllowMissing: "allow-missing", "response header Allow", "required";
    /// The details of a 422 are text.
    ErrorBodyBroken: "response-body", "response body /detail", "type";
    /// Broken rules are answered with 418.
    UndocumentedRefusal: "status-undocumented", "response status", "status";
}
