//! Messages as HTML, with the part marked that a finding is about.

use bindery_spec::Value;

use super::escape;
use crate::probe::Finding;
use crate::validate::unescape;

/// The start line of a message: the parameter of the query or the path, the method or the status is marked.
pub(super) fn start(text: &str, finding: &Finding, response: bool) -> String {
    let mark = |part: &str| marked(text, part);
    if response {
        let whole = finding.location == "response status";
        return mark(if whole { text } else { "" });
    }
    if finding.location == "method" {
        return mark(&finding.method);
    }
    if let Some(name) = finding.location.strip_prefix("query ") {
        return mark(&pairs(text, name).unwrap_or_default());
    }
    if let Some(name) = finding.location.strip_prefix("path ") {
        return mark(&segment(text, &finding.path, name).unwrap_or_default());
    }
    mark("")
}

/// A body: JSON is laid out with what the pointer leads to marked, and anything else stands as it came.
pub(super) fn body(text: &str, pointer: Option<&str>, rule: &str) -> String {
    // Broken JSON, and what a parser would hide, is to be seen as it is.
    let raw = rule.starts_with("json");
    match serde_json::from_str::<Value>(text) {
        Ok(value) if !raw && (value.is_object() || value.is_array()) => {
            let mut out = String::new();
            let steps = pointer.map(|pointer| pointer.split('/').skip(1).collect::<Vec<_>>());
            lay_out(&value, steps.as_deref(), 0, &mut out);
            out
        }
        _ if pointer.is_some() && !text.is_empty() => format!("<mark>{}</mark>", escape(text)),
        _ => escape(text),
    }
}

/// Lays out a value; `steps` lead from it to what is marked, and are `None` beside the way.
fn lay_out(value: &Value, steps: Option<&[&str]>, depth: usize, out: &mut String) {
    // What is missing is marked by what it is missing from.
    let here = steps.is_some_and(|steps| steps.first().is_none_or(|step| !leads_on(value, step)));
    if here {
        out.push_str("<mark>");
    }
    let follow = |key: &str| {
        let (first, rest) = steps?.split_first()?;
        (unescape(first) == key).then_some(rest)
    };
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            out.push('{');
            for (index, (key, field)) in fields.iter().enumerate() {
                next(out, index, depth);
                out.push_str(&escape(&format!("{}: ", Value::from(key.as_str()))));
                lay_out(field, follow(key), depth + 1, out);
            }
            line(out, depth);
            out.push('}');
        }
        // A few names or numbers need no lines of their own.
        Value::Array(items) if here && is_short(items) => out.push_str(&escape(&value.to_string())),
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                next(out, index, depth);
                lay_out(item, follow(&index.to_string()), depth + 1, out);
            }
            line(out, depth);
            out.push(']');
        }
        _ => out.push_str(&escape(&value.to_string())),
    }
    if here {
        out.push_str("</mark>");
    }
}

/// Whether a list fits into a line: a few scalars.
fn is_short(items: &[Value]) -> bool {
    let scalar = |item: &Value| !item.is_array() && !item.is_object();
    items.len() <= 8 && items.iter().all(scalar)
}

/// Whether a step of a pointer leads into a value.
fn leads_on(value: &Value, step: &str) -> bool {
    match value {
        Value::Object(fields) => fields.contains_key(&unescape(step)),
        Value::Array(items) => step.parse::<usize>().is_ok_and(|index| index < items.len()),
        _ => false,
    }
}

fn next(out: &mut String, index: usize, depth: usize) {
    if index > 0 {
        out.push(',');
    }
    line(out, depth + 1);
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
}

/// A text with the first occurrence of a part marked.
fn marked(text: &str, part: &str) -> String {
    match text.find(part).filter(|_| !part.is_empty()) {
        Some(at) => format!(
            "{}<mark>{}</mark>{}",
            escape(&text[..at]),
            escape(part),
            escape(&text[at + part.len()..])
        ),
        None => escape(text),
    }
}

/// The first pair of a query with a name, as it stands in the URL.
fn pairs(start: &str, name: &str) -> Option<String> {
    let (_, query) = start.split_once('?')?;
    let own = |pair: &&str| {
        let key = pair.split('=').next().unwrap_or_default();
        let key = key.split('[').next().unwrap_or_default();
        crate::wire::percent::decode(key).is_some_and(|key| key == name)
    };
    query.split('&').find(own).map(ToOwned::to_owned)
}

/// The segment of the URL that stands for a parameter of the path template.
fn segment(start: &str, template: &str, name: &str) -> Option<String> {
    let url = start.split(['?', '#']).next()?;
    let slot = format!("{{{name}}}");
    let from_end = template.rsplit('/').position(|part| part.contains(&slot))?;
    url.rsplit('/').nth(from_end).map(ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pointer_leads_to_is_marked() {
        let text = r#"{"a/b":[1,{"c":"<x>"}],"d":2}"#;
        let shown = body(text, Some("/a~1b/1/c"), "type");
        assert!(
            shown.contains("&quot;c&quot;: <mark>&quot;&lt;x&gt;&quot;</mark>"),
            "{shown}"
        );
        assert_eq!(shown.matches("<mark>").count(), 1);
        assert!(body(text, None, "type").contains("&quot;d&quot;: 2"));
        assert!(!body(text, None, "type").contains("<mark>"));
        assert_eq!(body("{ nope", Some(""), "json"), "<mark>{ nope</mark>");
        assert_eq!(body("", Some(""), "json"), "");
    }

    #[test]
    fn what_is_missing_is_marked_by_what_it_is_missing_from() {
        let shown = body(r#"{"a":{"b":1}}"#, Some("/a/c"), "required");
        assert!(shown.contains("&quot;a&quot;: <mark>{"), "{shown}");
    }

    #[test]
    fn parameters_are_marked_in_the_url() {
        let url = "GET http://a/v1/pets/7?x=1&limit=5";
        assert_eq!(pairs(url, "limit").as_deref(), Some("limit=5"));
        assert_eq!(segment(url, "/pets/{id}", "id").as_deref(), Some("7"));
        assert_eq!(segment(url, "/pets", "id"), None);
        assert_eq!(marked("a<b", "<"), "a<mark>&lt;</mark>b");
    }
}
