//! Operations: the calls of a client, tag by tag.

mod alternative;
mod body;
mod content;
pub(super) mod deep;
mod encoding;
mod header;
pub(super) mod incoming;
pub(super) mod multipart;
pub(super) mod name;
mod paging;
pub(super) mod parameter;
pub(super) mod received;
pub(super) mod response;
mod stream;

use std::collections::HashMap;

use bindery_spec::model::{Operation, Response, Status};

use self::alternative::by_answer;
use self::body::{lower_body, name_body};
use self::header::lower_headers;
use self::name::{Tagged, is_nameless};
use self::paging::{Listing, lower_pages};
use self::parameter::{CallNames, is_keyed, lower_parameters, name_parameters};
use self::response::{
    accept, describes_redirects, intern, lower_errors, lower_success, name_responses,
};
use self::stream::lower_download;
use crate::config::PagesOf;
use crate::ir::{self, Case, ErrorEnum, ErrorRef, Hoisted, Scope, Tag};
use crate::lower::docs::{Docs, first_paragraph, with_stop};
use crate::lower::notes;
use crate::lower::passes::MAX_ARGUMENTS;
use crate::lower::schema::origin::Origins;
use crate::lower::schema::types::Types;
use crate::lower::security::Credentials;
use crate::lower::server;

/// What the operations of a crate share.
pub(super) struct Shared<'a> {
    /// The credentials.
    pub(super) credentials: &'a Credentials,
    /// The settings of the client.
    pub(super) hoisted: &'a [Hoisted],
    /// What the configuration says of pages.
    pages: &'a PagesOf,
    /// The sets of errors, as they come up.
    pub(super) errors: Vec<ErrorEnum>,
    /// The types of `api`.
    pub(super) names: Scope,
}

/// The names that the files of operations use for other things.
pub(crate) const RESERVED: &[&str] = &[
    "ApiError",
    "Bytes",
    "Call",
    "Clone",
    "Core",
    "Date",
    "DateTime",
    "Default",
    "Debug",
    "Download",
    "DecodeError",
    "Encoding",
    "Err",
    "Error",
    "Events",
    "Field",
    "File",
    "HeaderMap",
    "Headers",
    "Incoming",
    "Into",
    "Items",
    "Json",
    "Kind",
    "Map",
    "Multipart",
    "New",
    "None",
    "Number",
    "Ok",
    "Operation",
    "Option",
    "Pages",
    "Paginate",
    "Parameter",
    "PartialEq",
    "Pending",
    "RawResponse",
    "Result",
    "Format",
    "Rule",
    "Secret",
    "Sequence",
    "Some",
    "Spelling",
    "String",
    "Style",
    "Time",
    "Upload",
    "Uuid",
    "Value",
    "Vec",
];

impl<'a> Shared<'a> {
    /// Nothing shared yet but what the client has.
    pub(super) fn new(
        credentials: &'a Credentials,
        hoisted: &'a [Hoisted],
        pages: &'a PagesOf,
    ) -> Self {
        Self {
            credentials,
            hoisted,
            pages,
            errors: Vec::new(),
            names: Scope::new(Case::Pascal, RESERVED),
        }
    }
}

/// Lowers all operations.
pub(super) fn lower_tags(
    types: &mut Types,
    tags: &[Tagged],
    server: Option<&str>,
    shared: &mut Shared,
) -> Vec<Tag> {
    let reserved = &[
        "api", "base_url", "builder", "clone", "error", "into", "mod", "new", "try_into",
    ];
    let mut modules = Scope::new(Case::Module, reserved);
    let drafts: Vec<_> = tags
        .iter()
        .map(|tagged| {
            let accessor = shared
                .names
                .mint_first(&[&tagged.tag, &format!("{} api", tagged.tag)]);
            (modules.mint(&tagged.tag), accessor, tagged)
        })
        .collect();
    let mut lowered = Vec::new();
    for (module, accessor, tagged) in drafts {
        // Of an owned value the methods of the prelude come first.
        let mut names = Scope::new(Case::Snake, &["clone", "cmp", "into", "new", "try_into"]);
        let operations = tagged.operations.iter().map(|(operation, name)| {
            let method = names.mint(name);
            let mut lowered = lower_operation(types, operation, &tagged.tag, method, shared);
            lowered.server = server::of_operation(operation, server);
            lowered.docs = operation_docs(operation, &lowered);
            lowered
        });
        lowered.push(Tag {
            module,
            accessor,
            docs: tag_docs(tagged),
            title: tagged.tag.clone(),
            feature: None,
            operations: operations.collect(),
        });
    }
    lowered
}

/// Says what the inline schemas of operations are called.
pub(super) fn name_schemas(tags: &[Tagged], origins: &mut Origins) {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for (_, name) in tags.iter().flat_map(|tagged| &tagged.operations) {
        *uses.entry(name).or_default() += 1;
    }
    for tagged in tags {
        for (operation, name) in &tagged.operations {
            // A method and a part of a path say too little by themselves.
            let name = if uses[name.as_str()] == 1 && !is_nameless(operation) {
                name.clone()
            } else {
                format!("{} {name}", tagged.tag)
            };
            name_parameters(operation, &name, origins);
            name_responses(operation, &name, origins);
            if let Some(body) = &operation.body {
                name_body(body, &name, origins);
            }
        }
    }
}

fn lower_operation(
    types: &mut Types,
    operation: &Operation,
    tag: &str,
    name: ir::Name,
    shared: &mut Shared,
) -> ir::Operation {
    let mut names = CallNames::of(operation);
    let (arguments, options) = lower_parameters(types, operation, shared.hoisted, &mut names);
    let body = operation
        .body
        .as_ref()
        .and_then(|body| lower_body(types, body, &mut names));
    let builder = mint_builder(operation, tag, &name, &mut shared.names);
    let given = body.iter().filter(|own| own.is_argument());
    // One of the arguments that are counted is `&self`.
    let too_many = arguments.len() + given.count() >= MAX_ARGUMENTS;
    let required = too_many.then(|| shared.names.mint(&format!("{builder} required")));
    let success = lower_success(types, operation, &builder, &mut shared.names);
    let mut answers = lower_answers(types, operation, &builder, &mut names, shared);
    add_downloads(&success, accept(operation), &mut answers, &mut names);
    let headers = lower_headers(types, operation, &builder, &mut shared.names);
    let alias = shared.names.mint(&format!("{builder} error"));
    let errors = lower_errors(types, operation);
    let index = intern(&mut shared.errors, errors, &mut shared.names);
    let created = |response: &Response| response.status == Status::Code(201);
    let listing = Listing {
        creates: operation.responses.iter().any(created),
        success: &success,
        headers: headers.as_ref(),
        parameters: arguments.iter().chain(&options).collect(),
        body: body.as_ref(),
    };
    let pagination = lower_pages(types, operation, &listing, shared.pages, &mut names);
    ir::Operation {
        name,
        builder,
        method: operation.method.clone(),
        path: operation.path.clone(),
        docs: String::new(),
        server: None,
        deprecated: operation.deprecated,
        pagination,
        arguments,
        required,
        options,
        body,
        success,
        answers,
        headers,
        error: ErrorRef { alias, index },
        security: shared.credentials.of(operation),
        accept: accept(operation),
        redirects: !describes_redirects(operation),
        keyed: is_keyed(operation),
    }
}

/// The name of the type that builds the call: that of the operation, where that says enough and is free.
fn mint_builder(operation: &Operation, tag: &str, name: &str, names: &mut Scope) -> ir::Name {
    let long = format!("{tag} {name}");
    let call = format!("{long} call");
    let wanted: [&str; 3] = if is_nameless(operation) {
        [&long, &call, name]
    } else {
        [name, &long, &call]
    };
    names.mint_first(&wanted)
}

/// The other kinds of answers, those that come to something else than the best one.
fn lower_answers(
    types: &mut Types,
    operation: &Operation,
    builder: &str,
    names: &mut CallNames,
    shared: &mut Shared,
) -> Vec<ir::Answer> {
    let lowered = by_answer(operation, types.schemas).into_iter().map(|own| {
        let name = format!("{builder} {}", own.role);
        ir::Answer {
            success: lower_success(types, &own.operation, &name, &mut shared.names),
            accept: accept(&own.operation),
            method: names.methods.mint(&format!("send for {}", own.role)),
        }
    });
    lowered.collect()
}

/// Lets callers take bytes piece by piece, beside taking them as a whole.
fn add_downloads(
    success: &ir::Success,
    accept: String,
    answers: &mut Vec<ir::Answer>,
    names: &mut CallNames,
) {
    let mut downloads = Vec::new();
    if let Some(success) = lower_download(success) {
        let method = names.methods.mint("send stream");
        downloads.push(ir::Answer {
            method,
            accept,
            success,
        });
    }
    for answer in &*answers {
        if let Some(success) = lower_download(&answer.success) {
            downloads.push(ir::Answer {
                method: names.methods.mint(&format!("{} stream", answer.method)),
                accept: answer.accept.clone(),
                success,
            });
        }
    }
    answers.extend(downloads);
}

fn operation_docs(operation: &Operation, lowered: &ir::Operation) -> String {
    let mut docs = Docs::default();
    let summary = operation.summary.as_deref().unwrap_or_default().trim();
    docs.markdown(&with_stop(summary));
    if let Some(description) = operation
        .description
        .as_deref()
        .filter(|text| text.trim() != summary)
    {
        docs.markdown(description);
    }
    let body = lowered.body.as_ref();
    if let Some(body) = body.filter(|body| body.media_type != "application/json") {
        docs.paragraph(&media_type_docs(operation, body));
    }
    docs.paragraph(&notes::of_arguments(&lowered.arguments));
    docs.markdown(&body.map(notes::of_body).unwrap_or_default());
    docs.paragraph(&format!("`{} {}`", operation.method, operation.path));
    notes::of_operation(operation, lowered.server.as_deref(), &mut docs);
    docs.finish()
}

/// Which media type the body has, and how to send it as another one that is spelled alike.
fn media_type_docs(operation: &Operation, body: &ir::Body) -> String {
    let quoted = |name: &str| format!("`{}`", name.replace('`', "'"));
    let sent = format!("The body is sent as {}", quoted(&body.media_type));
    let named = operation.body.iter().flat_map(|body| &body.content);
    let others = named.filter(|own| own.name != body.media_type);
    let others: Vec<_> = others.map(|own| quoted(&own.name)).collect();
    if others.is_empty() || !matches!(body.codec, ir::Codec::Text | ir::Codec::Bytes) {
        return format!("{sent}.");
    }
    let others = others.join(" or ");
    format!("{sent}, or as {others} where the header `Content-Type` is set to that.")
}

fn tag_docs(tagged: &Tagged) -> String {
    let mut docs = Docs::default();
    let declared = tagged.declared;
    let said = declared.and_then(|tag| tag.description.as_ref().or(tag.summary.as_ref()));
    match said.filter(|text| !text.trim().is_empty()) {
        Some(text) => docs.markdown(&first_paragraph(text)),
        None => docs.paragraph(&format!("Operations tagged {}.", notes::code(&tagged.tag))),
    }
    docs.markdown(&declared.map(notes::of_tag).unwrap_or_default());
    docs.finish()
}
