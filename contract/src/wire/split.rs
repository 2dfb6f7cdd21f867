//! Text to values that are still text, by style: the inverse of `encode`.
//!
//! Every function gives `None` where the parameter is absent or is not spelled as its style demands.

use bindery_spec::model::Style;

use super::encode::delimiter;
use super::{Kind, Pair, Raw, Spelling, percent};

/// What stands in the place of `{name}` in a path.
pub(crate) fn split_path(spelling: Spelling<'_>, kind: Kind<'_>, text: &str) -> Option<Raw> {
    match spelling.style {
        Style::Label => {
            let between = if spelling.explode { "." } else { "," };
            split(
                text.strip_prefix('.')?,
                between,
                spelling.explode,
                kind,
                &percent::decode,
            )
        }
        Style::Matrix => split_matrix(spelling, kind, text),
        _ => split(text, ",", spelling.explode, kind, &percent::decode),
    }
}

/// What the pairs of a query say.
pub(crate) fn split_query(spelling: Spelling<'_>, kind: Kind<'_>, pairs: &[Pair]) -> Option<Raw> {
    match (spelling.style, kind) {
        (Style::DeepObject, Kind::Object(..)) => split_deep(spelling.name, pairs),
        (style, _) if !spelling.explode => {
            let value = only(spelling.name, pairs)?;
            let value = loose_delimiter(style, value);
            split(
                &value,
                delimiter(style),
                false,
                kind,
                &percent::decode_query,
            )
        }
        _ => gather(spelling.name, kind, pairs, &percent::decode_query),
    }
}

/// The value of a header.
pub(crate) fn split_header(spelling: Spelling<'_>, kind: Kind<'_>, text: &str) -> Option<Raw> {
    split(text, ",", spelling.explode, kind, &|text| {
        Some(text.trim().to_owned())
    })
}

/// What the pairs of a cookie header say.
pub(crate) fn split_cookie(spelling: Spelling<'_>, kind: Kind<'_>, pairs: &[Pair]) -> Option<Raw> {
    let decode = |text: &str| match spelling.style {
        Style::Cookie => Some(text.to_owned()),
        _ => percent::decode(text),
    };
    if spelling.explode {
        gather(spelling.name, kind, pairs, &decode)
    } else {
        split(only(spelling.name, pairs)?, ",", false, kind, &decode)
    }
}

type Decode<'a> = &'a dyn Fn(&str) -> Option<String>;

fn split(
    text: &str,
    between: &str,
    explode: bool,
    kind: Kind<'_>,
    decode: Decode<'_>,
) -> Option<Raw> {
    let parts = || text.split(between).filter(|_| !text.is_empty());
    match kind {
        Kind::Scalar => decode(text).map(Raw::Scalar),
        Kind::Array => parts().map(decode).collect::<Option<_>>().map(Raw::Array),
        Kind::Object(..) if explode => parts()
            .map(|part| {
                let (key, value) = part.split_once('=')?;
                Some((decode(key)?, decode(value)?))
            })
            .collect::<Option<_>>()
            .map(Raw::Object),
        Kind::Object(..) => {
            let parts: Vec<_> = parts().map(decode).collect::<Option<_>>()?;
            let (pairs, rest) = parts.as_chunks::<2>();
            rest.is_empty().then(|| {
                Raw::Object(
                    pairs
                        .iter()
                        .cloned()
                        .map(|[key, value]| (key, value))
                        .collect(),
                )
            })
        }
    }
}

fn split_matrix(spelling: Spelling<'_>, kind: Kind<'_>, text: &str) -> Option<Raw> {
    let pairs: Vec<Pair> = text
        .strip_prefix(';')?
        .split(';')
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some(Pair {
                name: percent::decode(name)?,
                value: value.to_owned(),
            })
        })
        .collect::<Option<_>>()?;
    if spelling.explode {
        gather(spelling.name, kind, &pairs, &percent::decode)
    } else {
        split(
            only(spelling.name, &pairs)?,
            ",",
            false,
            kind,
            &percent::decode,
        )
    }
}

/// How many pairs of brackets of a name are told apart: what a stranger sends may have a million.
const MAX_DEPTH: usize = 32;

fn split_deep(name: &str, pairs: &[Pair]) -> Option<Raw> {
    let fields: Vec<_> = pairs
        .iter()
        .filter_map(|pair| {
            let key = pair.name.strip_prefix(name)?;
            let key = key.strip_prefix('[')?.strip_suffix(']')?;
            let steps = key.splitn(MAX_DEPTH, "][").map(str::to_owned).collect();
            Some(percent::decode_query(&pair.value).map(|value| (steps, value)))
        })
        .collect::<Option<_>>()?;
    (!fields.is_empty()).then_some(Raw::Deep(fields))
}

/// Collects the pairs that an exploded value was spread over.
fn gather(name: &str, kind: Kind<'_>, pairs: &[Pair], decode: Decode<'_>) -> Option<Raw> {
    match kind {
        Kind::Scalar => decode(only(name, pairs)?).map(Raw::Scalar),
        Kind::Array => {
            let items: Vec<_> = pairs
                .iter()
                .filter(|pair| pair.name == name)
                .map(|pair| decode(&pair.value))
                .collect::<Option<_>>()?;
            (!items.is_empty()).then_some(Raw::Array(items))
        }
        Kind::Object(known, open) => {
            let fields: Vec<_> = pairs
                .iter()
                .filter(|pair| open || known.contains(&pair.name.as_str()))
                .map(|pair| Some((pair.name.clone(), decode(&pair.value)?)))
                .collect::<Option<_>>()?;
            (!fields.is_empty()).then_some(Raw::Object(fields))
        }
    }
}

/// The value under a name that must be there exactly once.
fn only<'a>(name: &str, pairs: &'a [Pair]) -> Option<&'a str> {
    let mut values = pairs.iter().filter(|pair| pair.name == name);
    let first = values.next()?;
    values.next().is_none().then_some(&first.value)
}

/// Writes the delimiters that clients also send (`+`, `|`, lower-case escapes) as the ones that the standard names.
fn loose_delimiter(style: Style, text: &str) -> String {
    match style {
        Style::SpaceDelimited => text.replace('+', "%20"),
        Style::PipeDelimited => text.replace('|', "%7C").replace("%7c", "%7C"),
        _ => text.to_owned(),
    }
}
