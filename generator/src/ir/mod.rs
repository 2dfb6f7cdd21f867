//! What the Rust will be: every decision taken, so that `emit` only writes it down.

mod ask;
mod census;
mod component;
mod constraints;
mod krate;
mod name;
mod operation;
mod paging;
mod response;
mod runtime_part;
mod types;
mod words;

pub use ask::Ask;
pub use census::Census;
pub use component::Component;
pub use constraints::{Bound, Constraints, Format};
pub use krate::{
    Crate, Credential, CredentialKind, Grant, GrantKind, Group, Hoisted, TokenEndpoint,
};
pub use name::{Case, Name, Scope};
pub use operation::{
    Body, BoundConstant, Codec, Encoding, FieldSetter, Framing, Given, Operation, Parameter,
    Spelling, Tag,
};
pub use paging::{BodyPlace, Counted, NextPage, Pagination, Step, Way};
pub use response::{
    Answer, Content, ErrorEnum, ErrorRef, Header, HeaderSpelling, Headers, ResponseVariant,
    Success, are_alike,
};
pub use runtime_part::RuntimePart;
pub use types::{
    Additional, Enum, EnumVariant, Field, Guard, Integer, Item, ItemId, ItemKind, Kind, Presence,
    Struct, Text, Tuple, TupleItem, Type, Union, UnionVariant,
};
pub use words::Words;
pub(crate) use words::is_reserved;
