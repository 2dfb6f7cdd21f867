//! What a document says beside types and values: where more is written, who answers what, what leads on to what.

use bindery_spec::model::{ExternalDocs, Link, LinkTarget, Operation, Response, Status};

use super::docs::{Docs, first_paragraph, with_stop};

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
    let said = operation.responses.iter().filter_map(response);
    let said: Vec<_> = said.collect();
    if !said.is_empty() {
        docs.markdown(&format!("Responses:\n\n{}", said.join("\n")));
    }
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

/// A response as an item of a list; `None` where its status is all there is to say.
fn response(response: &Response) -> Option<String> {
    let status = match response.status {
        Status::Code(code) => format!("`{code}`"),
        Status::Range(digit) => format!("`{digit}XX`"),
        Status::Default => "Any other".to_owned(),
    };
    let summary = response.summary.as_deref().map(line);
    let text = summary.filter(|text| !text.is_empty());
    let text = with_stop(&text.unwrap_or_else(|| line(&response.description)));
    let links = response.links.iter().map(link);
    let said: Vec<_> = std::iter::once(text)
        .filter(|text| !text.is_empty())
        .chain(links)
        .collect();
    (!said.is_empty()).then(|| format!("- {status}: {}", said.join(" ")))
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
    let text = format!(
        "Link {} to {}{with}. {text}",
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
