//! Patterns: whether they are regular expressions at all.

use std::collections::BTreeSet;

use regress::Regex;

use crate::diagnostic::codes;
use crate::source::Place;
use crate::{Api, Diagnostics};

/// Reports patterns that ECMA-262 does not know (JSON Schema 2020-12 §6.4).
pub(super) fn check_valid(api: &Api, sink: &mut Diagnostics) {
    let mut good = BTreeSet::new();
    for (_, schema) in api.schemas.iter() {
        if let Some(pattern) = &schema.pattern {
            check(pattern, &schema.place.child("pattern"), &mut good, sink);
        }
        for pattern in schema.pattern_properties.keys() {
            let at = schema.place.child("patternProperties").child(pattern);
            check(pattern, &at, &mut good, sink);
        }
    }
}

/// Unicode is what JSON Schema asks for; without it some needless escapes are allowed that many write.
fn check<'a>(pattern: &'a str, at: &Place, good: &mut BTreeSet<&'a str>, sink: &mut Diagnostics) {
    if good.contains(pattern) {
        return;
    }
    match Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)) {
        Ok(_) => {
            good.insert(pattern);
        }
        Err(error) => sink.push(
            codes::PATTERN_INVALID.at(at, format!("`{pattern}` is no regular expression: {error}")),
        ),
    }
}
