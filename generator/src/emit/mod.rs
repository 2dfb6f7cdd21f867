//! From the decisions to the code: each function writes one kind of item down, and decides nothing.

mod api;
mod body;
mod call;
mod client;
mod component;
mod enumeration;
mod object;
mod page;
mod parameter;
mod response;
mod root;
mod rules;
mod text;
mod ty;
mod types;
mod union;

pub use component::{Spelled, spell_components};

use crate::format::Source;
use crate::ir::Crate;

/// Emits the files of a crate, less its runtime and its manifest: paths and what is in them.
pub fn emit(krate: &Crate) -> Vec<(String, Source)> {
    let mut files = vec![
        ("src/lib.rs".to_owned(), root::emit_root(krate)),
        ("src/client.rs".to_owned(), client::emit_client(krate)),
    ];
    files.extend(types::emit_types(krate));
    files.extend(api::emit_api(krate));
    files
}
