//! Responses: what a call gives back, by status.

use super::{Codec, Framing, Name, Type};

/// A kind of answer that can be asked for instead of the one that a client speaks best.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The method that sends the call and asks for it.
    pub method: Name,
    /// The media types, for the header `Accept`.
    pub accept: String,
    /// What a call that went well gives.
    pub success: Success,
}

/// The described headers of a response.
#[derive(Clone, Debug)]
pub struct Headers {
    /// The type that has them.
    pub name: Name,
    /// The headers.
    pub fields: Vec<Header>,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct Header {
    /// The method that reads it.
    pub name: Name,
    /// The name on the wire.
    pub wire: String,
    /// Rustdoc.
    pub docs: String,
    /// Whether users should move away from it.
    pub deprecated: bool,
    /// How its value is spelled.
    pub spelling: HeaderSpelling,
    /// The type of its value.
    pub ty: Type,
}

/// How the value of a header is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderSpelling {
    /// As text.
    Text,
    /// As a JSON literal.
    Literal,
    /// As texts with commas between them.
    Texts,
    /// As literals with commas between them.
    Literals,
}

/// What a call that went well gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Success {
    /// The same for every status.
    Same {
        /// The first and the last of each range of statuses.
        statuses: Vec<(u16, u16)>,
        /// The body; `None` where none is declared.
        content: Option<Content>,
    },
    /// One of several: an enum of its own.
    Choice {
        /// The enum.
        name: Name,
        /// Its variants.
        variants: Vec<ResponseVariant>,
    },
}

impl Success {
    /// The enum of several types, with its variants.
    pub fn choice(&self) -> Option<(&Name, &[ResponseVariant])> {
        match self {
            Self::Same { .. } => None,
            Self::Choice { name, variants } => Some((name, variants)),
        }
    }

    /// The same, to change it.
    pub fn choice_mut(&mut self) -> Option<(&mut Name, &mut [ResponseVariant])> {
        match self {
            Self::Same { .. } => None,
            Self::Choice { name, variants } => Some((name, variants)),
        }
    }

    /// How the bodies are divided that are taken while they come.
    pub fn framings(&self) -> impl Iterator<Item = Framing> {
        self.contents()
            .filter_map(|content| content.codec.framing())
    }

    /// Whether a body is taken while it comes.
    pub fn is_open(&self) -> bool {
        self.framings().next().is_some()
    }

    /// The bodies.
    pub fn contents(&self) -> impl Iterator<Item = &Content> {
        let (same, variants) = match self {
            Self::Same { content, .. } => (content.as_ref(), [].as_slice()),
            Self::Choice { variants, .. } => (None, variants.as_slice()),
        };
        same.into_iter().chain(
            variants
                .iter()
                .filter_map(|variant| variant.content.as_ref()),
        )
    }
}

/// A body of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The media type as declared.
    pub media_type: String,
    /// How it is spelled.
    pub codec: Codec,
    /// The type of the value.
    pub ty: Type,
}

/// The type of declared errors of an operation.
#[derive(Clone, Debug)]
pub struct ErrorRef {
    /// The name under which the operation knows it.
    pub alias: Name,
    /// The index into [`Crate::errors`](super::Crate::errors).
    pub index: usize,
}

/// A set of declared error responses that one or more operations share.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorEnum {
    /// The enum.
    pub name: Name,
    /// The index of the tag whose operations alone have it, where tags have features.
    pub tag: Option<usize>,
    /// One for each declared status.
    pub variants: Vec<ResponseVariant>,
}

/// Whether all responses of an enum bring the same.
pub fn are_alike(variants: &[ResponseVariant]) -> bool {
    let brings =
        |own: &ResponseVariant| own.content.as_ref().map(|own| (own.codec, own.ty.clone()));
    variants
        .windows(2)
        .all(|pair| brings(&pair[0]) == brings(&pair[1]))
}

/// A response in an enum of responses.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseVariant {
    /// The variant.
    pub name: Name,
    /// The first status that it stands for.
    pub first: u16,
    /// The last status that it stands for.
    pub last: u16,
    /// Rustdoc.
    pub docs: String,
    /// The body; `None` where none is declared.
    pub content: Option<Content>,
}
