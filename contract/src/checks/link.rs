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
    crate::wire::links(text).is_none()
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
