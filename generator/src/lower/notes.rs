//! What a document says beside types and values: where more is written, who answers what, what leads on to what.

use bindery_spec::model::{
    ExternalDocs, Flow, Link, LinkTarget, Operation, Response, SecurityScheme, SecuritySchemeKind,
    Status, Tag,
};
use indexmap::IndexMap;

use super::docs::{Docs, first_paragraph, with_stop};
use crate::ir::{Body, Parameter};
use crate::lower::operation::response::successes;

/// Where more is written, as Markdown.
pub(super) fn more(docs: Option<&ExternalDocs>) -> Option<String> {
    let docs = docs.filter(|docs| !docs.url.trim().is_empty())?;
    let about = docs.description.as_deref().map(line).unwrap_or_default();
    let url = url(&docs.url);
    Some(if about.is_empty() {
        format!("See {url}.")
    } else {
        format!("See {url}: {}", with_stop(&about))
    })
}

/// What is said about the parameters that are arguments, which have no place for docs of their own.
pub(super) fn of_arguments(arguments: &[Parameter]) -> String {
    let said = arguments.iter().filter(|own| !own.docs.is_empty());
    let items = said.map(|own| {
        let paragraphs: Vec<_> = own.docs.split("\n\n").map(line).collect();
        let name = own.name.trim_start_matches("r#");
        format!("- `{name}`: {}", paragraphs.join(" "))
    });
    let items: Vec<_> = items.collect();
    if items.is_empty() {
        return String::new();
    }
    format!("Arguments:\n\n{}", items.join("\n"))
}

/// What is said about a body.
pub(super) fn of_body(body: &Body) -> String {
    match body.docs.trim() {
        "" => String::new(),
        text if text.contains('\n') => format!("The body:\n\n{text}"),
        text => format!("The body: {text}"),
    }
}

/// What is said about a tag beside its description.
pub(super) fn of_tag(tag: &Tag) -> String {
    let summary = tag.summary.as_ref().filter(|_| tag.description.is_some());
    let said = [
        summary.map(|text| with_stop(&line(text))),
        tag.parent
            .as_deref()
            .map(|tag| format!("Belongs to {}.", code(tag))),
        tag.kind
            .as_deref()
            .map(|kind| format!("Kind: {}.", code(kind))),
        more(tag.external_docs.as_ref()),
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What is said about a security scheme beside its description.
pub(super) fn of_scheme(scheme: &SecurityScheme) -> String {
    let (format, flows) = match &scheme.kind {
        SecuritySchemeKind::Http { bearer_format, .. } => (bearer_format.as_deref(), &[][..]),
        SecuritySchemeKind::OAuth2 { flows } => (None, &flows[..]),
        _ => (None, &[][..]),
    };
    let described = scheme.metadata_url.as_deref();
    let mut said: Vec<_> = [
        scheme.deprecated.then(|| "Deprecated.".to_owned()),
        format.map(|format| format!("Format: {}.", code(format))),
        described.map(|at| format!("Its servers are described at {}.", url(at))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let refreshed = flows.iter().filter_map(|flow| flow.refresh_url.as_deref());
    said.extend(refreshed.map(|at| format!("Tokens are refreshed at {}.", url(at))));
    let said = Some(said.join(" ")).filter(|said| !said.is_empty());
    let paragraphs: Vec<_> = said.into_iter().chain(granted(flows)).collect();
    paragraphs.join("\n\n")
}

/// What a token can be good for.
fn granted(flows: &[Flow]) -> Option<String> {
    let mut scopes = IndexMap::new();
    for (scope, text) in flows.iter().flat_map(|flow| &flow.scopes) {
        scopes
            .entry(scope)
            .or_insert_with(|| with_stop(&line(text)));
    }
    let items = scopes
        .iter()
        .map(|(scope, text)| format!("- {}: {text}", code(scope)));
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| format!("Scopes:\n\n{}", items.join("\n")))
}

/// A URL that stands in a text. What is none is quoted.
pub(super) fn url(text: &str) -> String {
    let text = text.trim();
    let absolute = text.starts_with("https://") || text.starts_with("http://");
    let plain = |c: char| c.is_ascii_graphic() && !"<>`\\{}|^\"".contains(c);
    if absolute && text.chars().all(plain) {
        format!("<{text}>")
    } else {
        code(text)
    }
}

/// What stands in a text as it is written.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", text.replace(['`', '\n', '\r'], "'"))
}

/// The first paragraph of a text on one line, without what would start a block of its own.
pub(super) fn line(text: &str) -> String {
    let first = first_paragraph(text);
    let first = first.split("```").next().unwrap_or_default();
    let words: Vec<_> = first.split_whitespace().collect();
    words
        .join(" ")
        .trim_start_matches(['#', '>', '|', ' '])
        .to_owned()
}

/// Adds to the docs of an operation what is said about its server, its scopes, its answers and the links in them.
pub(super) fn of_operation(operation: &Operation, server: Option<&str>, docs: &mut Docs) {
    docs.markdown(&more(operation.external_docs.as_ref()).unwrap_or_default());
    if let Some(server) = server {
        docs.paragraph(&format!("Served at {}.", code(server)));
    }
    docs.paragraph(&scopes(operation).unwrap_or_default());
    let went_well: Vec<_> = successes(operation).iter().map(|own| own.status).collect();
    let said = operation.responses.iter().filter_map(|own| {
        // Headers of what went well have types.
        let headers = (!went_well.contains(&own.status)).then(|| headers(own));
        answer(own, headers.flatten()).map(|said| format!("- {said}"))
    });
    let said: Vec<_> = said.collect();
    if !said.is_empty() {
        docs.markdown(&format!("Responses:\n\n{}", said.join("\n")));
    }
}

/// The headers that come with a response.
fn headers(response: &Response) -> Option<String> {
    let named = response.headers.iter().map(|header| {
        let text = header.description.as_deref().map(line).unwrap_or_default();
        let text = text.trim_end_matches('.');
        if text.is_empty() {
            code(&header.name)
        } else {
            format!("{} ({text})", code(&header.name))
        }
    });
    let named: Vec<_> = named.collect();
    (!named.is_empty()).then(|| format!("Headers: {}.", named.join(", ")))
}

/// What a token must be good for.
fn scopes(operation: &Operation) -> Option<String> {
    let mut scopes: Vec<&str> = Vec::new();
    for scope in operation
        .security
        .iter()
        .flat_map(|need| need.values())
        .flatten()
    {
        if !scopes.contains(&scope.as_str()) {
            scopes.push(scope);
        }
    }
    let named: Vec<_> = scopes.iter().map(|scope| code(scope)).collect();
    (!named.is_empty()).then(|| format!("Scopes: {}.", named.join(", ")))
}

/// A response with what is said about it; `None` where its status is all there is to say.
pub(super) fn answer(response: &Response, headers: Option<String>) -> Option<String> {
    let status = match response.status {
        Status::Code(code) => format!("`{code}`"),
        Status::Range(digit) => format!("`{digit}XX`"),
        Status::Default => "Any other".to_owned(),
    };
    let texts = [response.summary.as_deref(), Some(&response.description)];
    let content = response.content.iter();
    let content = content.map(|own| own.description.as_deref());
    let texts = texts.into_iter().chain(content).flatten();
    let texts = texts.map(|text| with_stop(&line(text)));
    let links = response.links.iter().map(link);
    let mut said: Vec<_> = texts.filter(|text| !text.is_empty()).collect();
    said.dedup();
    said.extend(headers.into_iter().chain(links));
    (!said.is_empty()).then(|| format!("{status}: {}", said.join(" ")))
}

/// Where a link leads, and with what.
fn link(link: &Link) -> String {
    let (LinkTarget::Id(target) | LinkTarget::Reference(target)) = &link.target;
    let mut given: Vec<_> = link
        .parameters
        .iter()
        .map(|(name, value)| format!("{} from {}", code(name), code(&plain(value))))
        .collect();
    given.extend(
        link.body
            .iter()
            .map(|body| format!("the body from {}", code(&plain(body)))),
    );
    let with = if given.is_empty() {
        String::new()
    } else {
        format!(" with {}", given.join(", "))
    };
    let text = link.description.as_deref().map(line).unwrap_or_default();
    let text = with_stop(&text);
    let server = link.server.as_ref();
    let server = server.map_or_else(String::new, |own| format!(" at {}", code(&own.url)));
    let text = format!(
        "Link {} to {}{server}{with}. {text}",
        code(&link.name),
        code(target)
    );
    text.trim_end().to_owned()
}

fn plain(value: &bindery_spec::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
