//! What the document says: dialect-free, resolved, with every keyword and where it stood.
//!
//! References to schemas stay references ([`SchemaId`]), because schemas recur and recurse; references to everything
//! else (parameters, bodies, responses, headers, path items…) are followed, and the component's name is kept.

mod api;
mod body;
mod header;
mod media_type;
mod operation;
mod parameter;
mod reach;
mod response;
mod schema;
mod security;

pub use api::{Api, Contact, ExternalDocs, Info, License, Server, ServerVariable, Tag, Version};
pub use body::Body;
pub use header::Header;
pub use media_type::{Encoding, Example, MediaType};
pub use operation::{Callback, Operation};
pub use parameter::{Location, Parameter, ParameterFormat, Style};
pub use response::{Link, LinkTarget, Response, Status};
pub use schema::{
    BranchTags, Discriminator, Reference, Schema, SchemaId, Schemas, Type, Types, Xml,
};
pub use security::{
    ApiKeyLocation, Flow, FlowKind, SecurityRequirement, SecurityScheme, SecuritySchemeKind,
};

use indexmap::IndexMap;

use crate::Value;

/// The `x-…` keys of an object, in document order.
pub type Extensions = IndexMap<String, Value>;
