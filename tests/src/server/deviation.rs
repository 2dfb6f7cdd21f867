//! The defects that can be planted, one at a time, each with what a tester should say about it.

/// What a tester should name: where the defect shows, and the rule that it breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Defect {
    /// The place: `body`, `header`, `query`, `status`, `method` or `connection`, then the name or the JSON Pointer.
    pub location: &'static str,
    /// The rule: a keyword of JSON Schema, or what HTTP or the document asks for.
    pub rule: &'static str,
}

macro_rules! deviations {
    ($($(#[doc = $doc:literal])+ $name:ident: $location:literal, $rule:literal;)+) => {
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
                    $(Self::$name => Defect { location: $location, rule: $rule },)+
                }
            }
        }
    };
}

deviations! {
    /// The first session has no `session_id`.
    FieldMissing: "body /results/0", "required";
    /// The answer has no `pagination`.
    EnvelopeFieldMissing: "body ", "required";
    /// `message_count` is a string.
    StringForInteger: "body /results/0/message_count", "type";
    /// `message_count` has a fraction.
    FractionForInteger: "body /results/0/message_count", "type";
    /// `results` is an object.
    ObjectForArray: "body /results", "type";
    /// `user_memory` is null, which only other fields may be.
    NullForObject: "body /results/0/user_memory", "type";
    /// `session_id` is null.
    NullForString: "body /results/0/session_id", "type";
    /// A session is in a state that the document does not know.
    UnknownEnumValue: "body /results/0/status", "enum";
    /// `temperature` is above its maximum.
    NumberAboveMaximum: "body /results/0/agent_config/temperature", "maximum";
    /// `max_tokens` is below its minimum.
    NumberBelowMinimum: "body /results/0/agent_config/max_tokens", "minimum";
    /// `created_at` is no date and time.
    BadDateTime: "body /results/0/created_at", "format";
    /// `expires_at` has no offset, which RFC 3339 asks for.
    DateTimeWithoutOffset: "body /results/0/expires_at", "format";

    /// A page comes with the status 206.
    UndocumentedStatus: "status", "undocumented";
    /// A good request is answered with a documented 500.
    ServerError: "status", "server error";
    /// The page is said to be HTML.
    WrongMediaType: "header Content-Type", "undocumented";
    /// The page comes without a media type.
    MissingMediaType: "header Content-Type", "missing";
    /// The media type has no slash.
    MalformedMediaType: "header Content-Type", "syntax";

    /// The JSON of the page stops in the middle.
    BrokenJson: "body", "syntax";
    /// The JSON of the page is followed by a brace.
    TrailingBytes: "body", "syntax";
    /// `total` is there twice.
    DuplicateKey: "body /total", "duplicate key";
    /// A byte of a string is not UTF-8.
    InvalidUtf8: "body", "encoding";

    /// `Content-Length` promises more than comes.
    TruncatedBody: "connection", "truncated";
    /// `Content-Length` promises less than comes.
    ShortContentLength: "body", "syntax";
    /// The last chunk is cut off.
    BrokenChunk: "connection", "truncated";
    /// The answer is not HTTP.
    NotHttp: "connection", "not HTTP";
    /// The connection is reset.
    Reset: "connection", "reset";
    /// The connection is closed without an answer.
    Closed: "connection", "closed";
    /// The server never answers.
    Hang: "connection", "timeout";
    /// The server stops in the middle of the body and keeps the connection.
    Stall: "connection", "timeout";
    /// The body is a gigabyte long.
    EndlessBody: "body", "too large";
    /// The server redirects to itself.
    RedirectLoop: "status", "redirect loop";

    /// `limit=0` is accepted.
    LimitBelowMinimumAccepted: "query limit", "minimum";
    /// `limit=1001` is accepted.
    LimitAboveMaximumAccepted: "query limit", "maximum";
    /// A `limit` that is no integer is accepted.
    LimitTextAccepted: "query limit", "type";
    /// `offset=-1` is accepted.
    OffsetBelowMinimumAccepted: "query offset", "minimum";
    /// `offset=10001` is accepted.
    OffsetAboveMaximumAccepted: "query offset", "maximum";
    /// An `offset` that is no integer is accepted.
    OffsetTextAccepted: "query offset", "type";
    /// An `include_total` that is no boolean is accepted.
    IncludeTotalTextAccepted: "query include_total", "type";
    /// An unknown state in the body is accepted.
    UnknownStatusAccepted: "body /status", "enum";
    /// A state that is no string is accepted.
    NumericStatusAccepted: "body /status", "type";
    /// `filters` that are no object are accepted.
    ArrayFiltersAccepted: "body /filters", "type";
    /// A `sort` that is no object is accepted.
    TextSortAccepted: "body /sort", "type";
    /// A body that is no object is accepted.
    ArrayBodyAccepted: "body ", "type";
    /// A body that is no JSON is accepted.
    BrokenBodyAccepted: "body", "syntax";
    /// A body of an undeclared media type is accepted.
    OtherMediaTypeAccepted: "header Content-Type", "undocumented";
    /// A call without a credential is served.
    AuthorizationIgnored: "header Authorization", "required";
    /// Any bearer token will do.
    TokenIgnored: "header Authorization", "credential";
    /// A call without a namespace is served.
    NamespaceIgnored: "header X-Namespace", "required";

    /// `limit=1` is refused.
    MinimumLimitRejected: "query limit", "rejected";
    /// `limit=1000` is refused.
    MaximumLimitRejected: "query limit", "rejected";
    /// `offset=0` is refused.
    MinimumOffsetRejected: "query offset", "rejected";
    /// `offset=10000` is refused.
    MaximumOffsetRejected: "query offset", "rejected";
    /// `include_total=false` is refused.
    FalseIncludeTotalRejected: "query include_total", "rejected";
    /// A call without `limit` is refused.
    AbsentLimitRejected: "query limit", "rejected";
    /// A cursor is refused.
    CursorRejected: "query cursor", "rejected";
    /// `"status": null` is refused.
    NullStatusRejected: "body /status", "rejected";
    /// `"status": "archived"` is refused.
    EnumValueRejected: "body /status", "rejected";
    /// `"filters": null` is refused.
    NullFiltersRejected: "body /filters", "rejected";
    /// `"sort": {}` is refused.
    EmptySortRejected: "body /sort", "rejected";
    /// A body without any property is refused.
    EmptyObjectRejected: "body ", "rejected";
    /// A call without a body is refused.
    AbsentBodyRejected: "body", "rejected";

    /// `GET` is answered with 200.
    UndeclaredMethodServed: "method", "undeclared";
    /// A 405 comes without `Allow`.
    AllowMissing: "header Allow", "required";
    /// The details of a 422 are text.
    ErrorBodyBroken: "body /detail", "type";
    /// Broken rules are answered with 418.
    UndocumentedRefusal: "status", "undocumented";
}
