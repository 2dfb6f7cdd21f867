//! From what the document says to what the Rust will be. Every decision is taken here.

mod about;
mod docs;
mod endless;
mod grant;
mod graph;
mod group;
mod left_out;
mod notes;
mod operation;
mod passes;
mod rename;
mod replace;
mod reserved;
mod runtime_parts;
mod schema;
mod security;
mod select;
mod server;
mod split;
mod typed;

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::thread;

use bindery_spec::{Api, Diagnostics};

use crate::config::Client;
use crate::ir::{Case, Crate, Scope};
#[cfg(test)]
pub(crate) use operation::RESERVED as CALL_NAMES;
use operation::name::{Tagged, name_operations};
use operation::parameter::lower_hoisted;
use operation::{Shared, lower_tags, name_schemas};
use replace::Replacements;
pub(crate) use replace::own_type;
#[cfg(test)]
pub(crate) use reserved::RESERVED as TYPE_NAMES;
use schema::origin::Origins;
use schema::types::Types;
use security::{lower_credentials, settings_scope};

/// The stack that lowering has, in bytes: one type is lowered inside another, as often as `types` allows.
const STACK: usize = 256 * 1024 * 1024;

/// Lowers a document. What cannot be carried over as it is meant is reported to `sink`.
///
/// # Panics
/// When the system has no thread to give.
pub fn lower(api: &Api, client: &Client, sink: &mut Diagnostics) -> Crate {
    let thread = thread::Builder::new().stack_size(STACK);
    // An operation that speaks several media types is lowered once for each.
    let mut found = Diagnostics::default();
    let krate = thread::scope(|scope| {
        let lowering = thread.spawn_scoped(scope, || lower_all(api, client, &mut found));
        let lowering = lowering.expect("a thread to lower the document on");
        lowering.join().unwrap_or_else(|cause| resume_unwind(cause))
    });
    sink.extend_unique(found);
    krate
}

/// What the types of a document will be called after.
fn origins(api: &Api, tags: &[Tagged]) -> Origins {
    let mut origins = Origins::of(&api.schemas);
    name_schemas(tags, &mut origins);
    operation::received::name_received(api, &mut origins);
    origins
}

fn lower_all(api: &Api, client: &Client, sink: &mut Diagnostics) -> Crate {
    let api = &*select::select(api, client, sink);
    operation::deep::report(api, sink);
    let tags = name_operations(api);
    let origins = origins(api, &tags);
    let (mut settings, mut constants) =
        (settings_scope(), Scope::new(Case::Constant, &["BASE_URL"]));
    let credentials = lower_credentials(api, &mut settings, &mut constants, sink);
    let bodies = operation::multipart::bodies(api);
    let mut types = Types::new(&api.schemas, &origins, &bodies, sink);
    types.replacements = Replacements::new(&client.replace);
    // A part of the operations is to come with the part of the types that it needs.
    let mut received = Vec::new();
    if !client.is_selective() {
        left_out::report(api, types.sink);
        types.lower_named();
        received = operation::received::lower_received(&mut types, api);
    }
    let hoisted = lower_hoisted(
        &mut types,
        &api.operations,
        &client.hoist,
        &mut settings,
        &mut constants,
    );
    let mut shared = Shared::new(&credentials, &hoisted, &client.pages);
    let server = server::of_api(api);
    let mut tags = lower_tags(&mut types, &tags, server.as_deref(), &mut shared);
    let mut errors = shared.errors;
    let components = types.components();
    let replacements = std::mem::take(&mut types.replacements);
    let incoming = operation::incoming::incoming(api, &types);
    let schemas = types.lowered();
    let mut items = types.finish();
    passes::break_cycles(&mut items, &api.place, sink);
    endless::break_endless(&mut items, &api.place, sink);
    passes::box_variants(&mut items, &mut tags);
    passes::box_errors(&items, &mut errors);
    let mut krate = Crate {
        package: client.package.clone(),
        document: client.document_name(),
        subject: docs::subject(&api.info.title),
        docs: String::new(),
        server,
        credentials: credentials.all,
        hoisted,
        groups: Vec::new(),
        recursion_limit: None,
        foreign: Vec::new(),
        parts: BTreeSet::new(),
        items,
        components,
        errors,
        tags,
    };
    passes::settle_directions(&mut krate, incoming, client.keep_undeclared);
    passes::settle_parts(&mut krate, &api.place, sink);
    replacements.finish(&mut krate, sink);
    rename::rename(&mut krate, &client.rename, sink);
    schema::merge::merge(&mut krate);
    krate.docs = about::of_api(api, &received, &krate.items);
    passes::name_required(&mut krate);
    krate.recursion_limit = passes::recursion_limit(&krate.items);
    krate.parts = runtime_parts::needed(&krate, &schemas);
    group::group(&mut krate);
    krate
}
