//! Queries, forms and cookie headers as pairs.

use super::percent;

/// One pair of a query: its name decoded, its value still as it stands on the wire, because delimiters are split off
/// before escapes are undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The name, decoded.
    pub(crate) name: String,
    /// The value, still encoded.
    pub(crate) value: String,
}

/// The pairs of a query or of a form; an escape that is broken in a name is left as it is.
pub(crate) fn query_pairs(query: &str) -> Vec<Pair> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Pair {
                name: percent::decode_query(name).unwrap_or_else(|| name.to_owned()),
                value: value.to_owned(),
            }
        })
        .collect()
}

/// The pairs of a cookie header (RFC 6265 §4.2.1).
pub(crate) fn cookies(header: &str) -> Vec<Pair> {
    header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| Pair {
            name: name.to_owned(),
            value: value.to_owned(),
        })
        .collect()
}
