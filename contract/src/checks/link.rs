//! Links in headers.

use bytes::Bytes;
use http::header::LINK;

use super::header::is_left_to_http;
use super::{Check, Flaw, Level, Observed};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&MALFORMED];

static MALFORMED: Check = Check {
    code: "response-link-malformed",
    level: Level::Error,
    evident: true,
    section: "RFC 8288 §3",
    title: "`Link` holds no link.",
    explanation: "A link is a reference between `<` and `>`, and its parameters follow, each after a semicolon: \
                  `</pets?page=2>; rel=\"next\"`. Several are parted by commas. Clients pass over what they cannot read, \
                  and so never see the next page.",
};

/// A link, which leads to no page.
pub(crate) const GOOD: &str = "</>; rel=\"self\"";

/// Whether a text is no list of links.
pub(crate) fn is_malformed(text: &str) -> bool {
    !is_list(text)
}

/// Whether the links in the head can be read.
pub(super) fn check(observed: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    let mut links = answer.headers().get_all(LINK).iter();
    let links = links.find_map(|own| own.to_str().ok().filter(|text| is_malformed(text)));
    let Some(text) = links.filter(|_| is_left_to_http(observed, answer, &LINK, &[GOOD])) else {
        return Vec::new();
    };
    let message = format!("`Link` is `{text}`, which is no link: those stand between `<` and `>`");
    let spot = Spot::whole(Part::ResponseHeader("Link".to_owned()));
    vec![Flaw::new(&MALFORMED, spot, "link", message)]
}

/// Whether a text is links, parted by commas.
fn is_list(text: &str) -> bool {
    let mut rest = text.trim_start_matches([' ', '\t', ',']);
    while !rest.is_empty() {
        let Some(after) = after_link(rest) else {
            return false;
        };
        rest = after.trim_start_matches([' ', '\t', ',']);
    }
    true
}

/// What stands behind the first link: nothing, or a comma and more.
fn after_link(text: &str) -> Option<&str> {
    let (target, mut rest) = text.strip_prefix('<')?.split_once('>')?;
    if target.contains(['<', ' ', '"']) {
        return None;
    }
    loop {
        rest = rest.trim_start();
        let Some(parameter) = rest.strip_prefix(';') else {
            return (rest.is_empty() || rest.starts_with(',')).then_some(rest);
        };
        rest = after_parameter(parameter.trim_start())?;
    }
}

/// What stands behind a parameter: a name, and mostly a value, which may be quoted.
fn after_parameter(text: &str) -> Option<&str> {
    let end = text.find(['=', ';', ',', ' ']).unwrap_or(text.len());
    let Some(value) = text[end..].trim_start().strip_prefix('=') else {
        return Some(&text[end..]);
    };
    let value = value.trim_start();
    let Some(quoted) = value.strip_prefix('"') else {
        let end = value.find([';', ',', ' ']).unwrap_or(value.len());
        return Some(&value[end..]);
    };
    let mut escaped = false;
    let end = quoted.find(|own| {
        let ends = own == '"' && !escaped;
        escaped = own == '\\' && !escaped;
        ends
    })?;
    quoted.get(end + 1..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_references_with_parameters() {
        for good in [
            "",
            GOOD,
            "<https://example.com/?a=1,2;b>; rel=next",
            "</a>;rel=\"next\" ; title=\"a, \\\"b\\\"; <c\" , </b>; rel=prev",
            "</a>; crossorigin, </b>; rel = \"x\",",
        ] {
            assert!(is_list(good), "{good}");
        }
        for wrong in [
            "next=/pets?page=2",
            "/pets; rel=next",
            "</pets; rel=next",
            "</pets>; rel=\"next",
            "</pets> rel=next",
            "</a>; rel=next </b>",
            "<a b>; rel=next",
        ] {
            assert!(!is_list(wrong), "{wrong}");
        }
    }
}
