//! From the decisions to the code: each function writes one kind of item down, and decides nothing.

mod api;
mod body;
mod call;
mod client;
mod component;
mod credential;
mod enumeration;
mod example;
mod foreign;
mod object;
mod page;
mod parameter;
mod response;
mod root;
mod rules;
mod start;
mod text;
mod tuple;
mod ty;
mod types;
mod union;

pub use component::{Spelled, spell_components};

use crate::format::{Draft, Source};
use crate::ir::Crate;

/// The files of a crate, less its runtime and its manifest. Each is emitted when its draft is called, so that files can
/// be made at the same time.
pub fn emit(krate: &Crate) -> Vec<Draft<'_>> {
    let mut files = vec![
        draft("src/lib.rs", || root::emit_root(krate)),
        draft("src/client.rs", || client::emit_client(krate)),
    ];
    if !krate.foreign.is_empty() {
        files.push(draft("src/foreign.rs", || foreign::emit_foreign(krate)));
    }
    let named = ty::named(krate);
    files.extend(types::emit_types(krate, &named));
    files.extend(api::emit_api(krate, &named));
    files
}

fn draft<'k>(path: impl Into<String>, emit: impl Fn() -> Source + Sync + 'k) -> Draft<'k> {
    Draft {
        path: path.into(),
        emit: Box::new(emit),
    }
}
