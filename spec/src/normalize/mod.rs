//! From values to the model: what the versions of the standard say differently ends here.
//!
//! Every object of the standard has a reader of its own, which costs one diagnostic and one node where something is
//! wrong, never the document.

mod body;
mod components;
mod example;
mod header;
mod keys;
mod link;
mod media_type;
mod number;
mod operation;
mod parameter;
mod path;
mod path_parameter;
mod reader;
mod reference;
mod response;
mod root;
mod schema;
mod security;
mod server;
mod swagger2;
mod version;

use crate::Diagnostics;
use crate::model::Api;
use crate::resolve::Document;
use reader::Reader;

/// The model of a document; `None` when it is no OpenAPI document of a known version.
pub(crate) fn normalize(document: &Document, sink: &mut Diagnostics) -> Option<Api> {
    let root = document.root();
    let version = version::read(&root, sink)?;
    Some(root::read(&mut Reader::new(document, version, sink), &root))
}
