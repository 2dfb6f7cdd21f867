//! Operations: what a call takes, sends and gives back.

use bindery_spec::model::{Location, Style};

use super::{
    Answer, Constraints, ErrorRef, Headers, ItemId, Name, Pagination, Presence, Success, Type,
};

/// The operations of one tag: one file, and one accessor of the client.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The module, and the method of the client that leads to it.
    pub module: Name,
    /// The type of the accessor.
    pub accessor: Name,
    /// The tag as the document spells it.
    pub title: String,
    /// The feature of the crate that it needs; `None` where it is always there.
    pub feature: Option<String>,
    /// Rustdoc.
    pub docs: String,
    /// The operations in document order.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The method of the accessor.
    pub name: Name,
    /// The type of the call.
    pub builder: Name,
    /// The HTTP method in upper case.
    pub method: String,
    /// The path template as written.
    pub path: String,
    /// Where it is served, where that is elsewhere than the rest: a URL, or a path on the same host.
    pub server: Option<String>,
    /// Rustdoc: summary, description, method and path.
    pub docs: String,
    /// Whether users should move away from it.
    pub deprecated: bool,
    /// The parameters that must be given, as arguments in this order.
    pub arguments: Vec<Parameter>,
    /// The struct of these and the body, where they are too many for arguments.
    pub required: Option<Name>,
    /// The parameters that may be given, as setters.
    pub options: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// What a call that went well gives.
    pub success: Success,
    /// Other kinds of answers that can be asked for.
    pub answers: Vec<Answer>,
    /// The headers of responses that went well, where they are described.
    pub headers: Option<Headers>,
    /// The type of declared errors.
    pub error: ErrorRef,
    /// The media types of its responses, for the header `Accept`.
    pub accept: String,
    /// Whether redirects are followed: not where the document describes them as responses.
    pub redirects: bool,
    /// Whether calls have a setter for the header `Idempotency-Key`: by a method that is not idempotent, unless the
    /// header is a parameter of its own.
    pub keyed: bool,
    /// The alternatives that authorize a call: indices into [`Crate::credentials`](super::Crate::credentials). One that
    /// is empty: a call may go without. No alternative: no credential is sent.
    pub security: Vec<Vec<usize>>,
    /// How to get from one page to the next.
    pub pagination: Option<Pagination>,
}

impl Operation {
    /// What a call that went well gives, for every kind of answer.
    pub fn successes(&self) -> impl Iterator<Item = &Success> {
        let others = self.answers.iter().map(|answer| &answer.success);
        std::iter::once(&self.success).chain(others)
    }

    /// What a call that went well gives, for every kind of answer.
    pub fn successes_mut(&mut self) -> impl Iterator<Item = &mut Success> {
        let others = self.answers.iter_mut().map(|answer| &mut answer.success);
        std::iter::once(&mut self.success).chain(others)
    }
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The argument or setter.
    pub name: Name,
    /// The constant that describes it.
    pub constant: Name,
    /// The constants for its bounds, where it has them.
    pub bounds: Vec<BoundConstant>,
    /// The name on the wire.
    pub wire: String,
    /// Where it travels.
    pub location: Location,
    /// How it is spelled.
    pub spelling: Spelling,
    /// Rustdoc.
    pub docs: String,
    /// The type of a value.
    pub ty: Type,
    /// Whether it may be left out or null.
    pub presence: Presence,
    /// What the value must keep to.
    pub constraints: Constraints,
    /// Whether users should move away from it.
    pub deprecated: bool,
    /// The setting of the client that gives its value where the call does not: an index into
    /// [`Crate::hoisted`](super::Crate::hoisted).
    pub hoisted: Option<usize>,
}

/// A bound of a parameter that callers can compare with.
#[derive(Clone, Debug)]
pub struct BoundConstant {
    /// The constant.
    pub name: Name,
    /// Rustdoc.
    pub docs: String,
    /// Its value, of the parameter's type.
    pub value: serde_json::Number,
}

/// How a parameter's value becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// By a style (OpenAPI 3.1 §4.8.12.3).
    Style {
        /// The style.
        style: Style,
        /// Whether arrays and objects are spread over several pairs.
        explode: bool,
        /// Whether reserved characters stay as they are.
        allow_reserved: bool,
    },
    /// As JSON text.
    Json,
    /// As the whole query: an object, as a form has it (OpenAPI 3.2 `querystring`).
    Query,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// The media type that is sent.
    pub media_type: String,
    /// How it is spelled.
    pub codec: Codec,
    /// The type of the value.
    pub ty: Type,
    /// What the value must keep to.
    pub constraints: Constraints,
    /// How properties of a form or of parts are spelled, where the document says so.
    pub encodings: Vec<Encoding>,
    /// Whether it must be sent.
    pub required: bool,
    /// How a caller gives it.
    pub given: Given,
    /// Rustdoc.
    pub docs: String,
}

impl Body {
    /// Whether a caller gives it as an argument.
    pub fn is_argument(&self) -> bool {
        matches!(self.given, Given::Argument)
    }
}

/// How one property of a form or of a multipart body is spelled.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoding {
    /// The property.
    pub property: String,
    /// Its media type, in parts.
    pub media_type: Option<String>,
    /// Its style.
    pub spelling: Option<Spelling>,
}

/// How a caller gives a body.
#[derive(Clone, Debug)]
pub enum Given {
    /// As an argument of the operation's method.
    Argument,
    /// By a setter `body`.
    Setter,
    /// Field by field, by setters on the call.
    Fields {
        /// The struct that they belong to.
        item: ItemId,
        /// The setters in the order of the fields.
        setters: Vec<FieldSetter>,
    },
}

/// A setter on the call for a field of the body.
#[derive(Clone, Debug)]
pub struct FieldSetter {
    /// The index of the field.
    pub field: usize,
    /// The setter's name.
    pub name: Name,
}

/// How a body is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Codec {
    /// JSON.
    Json,
    /// Pairs, as HTML forms send them.
    Form,
    /// Parts.
    Multipart,
    /// Text.
    Text,
    /// Bytes as they are.
    Bytes,
    /// Something that is taken while it comes; of responses only.
    Stream(Framing),
}

/// How a stream is divided into items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Framing {
    /// Into pieces, as they come.
    Pieces,
    /// Into events with JSON as data (HTML §9.2).
    Events,
    /// Into events whose names tell what their data is.
    NamedEvents,
    /// Into events with text as data.
    TextEvents,
    /// Into JSON values, one a line.
    Lines,
    /// Into JSON values, each after a record separator (RFC 7464).
    Records,
}

impl Framing {
    /// Whether the stream holds on to its call: events may make the connection anew.
    pub fn holds_call(self) -> bool {
        matches!(self, Self::Events | Self::NamedEvents | Self::TextEvents)
    }
}

impl Codec {
    /// How a stream is divided, if it is one.
    pub fn framing(self) -> Option<Framing> {
        match self {
            Self::Stream(framing) => Some(framing),
            _ => None,
        }
    }
}
