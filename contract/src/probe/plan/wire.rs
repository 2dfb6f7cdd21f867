//! Requests that are odd on the wire: what no encoder writes, but a server meets.

use bindery_spec::Value;
use bindery_spec::model::{Location, MediaType, Parameter, Type};
use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderName, HeaderValue};

use super::super::draft::query_pairs;
use super::super::{Case, Content, Draft, Expect, Quirk};
use super::Planner;
use crate::state::types as look_types;
use crate::validate::media::{Format, concrete, format_of};
use crate::validate::{Part, Spot, rule};
use crate::wire::encode_body;
use crate::wire::percent::{self, Keep};

/// How long the oversize header is, in bytes: beyond what most servers take, and small enough to arrive in one piece.
const OVERSIZE: usize = 20_000;
/// How deep arrays are nested that no schema asks for: beyond what readers that recurse without a bound survive.
const DEPTH: usize = 5_000;
/// What such a case is called.
pub(in crate::probe) const DEPTH_RULE: &str = "depth";
/// What stands for no character: no octet (RFC 3986 §2.1), and an octet that is no UTF-8 (§2.5).
const BROKEN: [&str; 2] = ["%zz", "%ff"];
/// A media type that nobody offers.
pub(super) const STRANGER: &str = "application/x-bindery";

impl Planner<'_> {
    /// The cases of the wire around a request.
    pub(super) fn wire_cases(&self, base: &Draft) -> Vec<Case> {
        let mut cases = self.json_cases(base);
        cases.extend(self.character_cases(base));
        cases.extend(quirks(base));
        cases.extend(self.query_cases(base));
        cases
    }

    /// Texts in path and query with the character of number zero, which databases and C refuse to store, and with the end
    /// of a line, which ends a header where a server puts the text into one.
    fn character_cases(&self, base: &Draft) -> Vec<Case> {
        let texts = |parameter: &Parameter| match parameter.location {
            Location::Query => &[("nul", "a\0"), ("control", "a\u{1b}\r\nb")][..],
            Location::Path => &[("control", "a\u{1b}\r\nb")],
            _ => &[],
        };
        let parameters = self.operation.parameters.iter().enumerate();
        let taken = parameters.filter(|(_, parameter)| self.takes_text(parameter));
        taken
            .flat_map(|(index, parameter)| {
                texts(parameter).iter().map(move |(rule, text)| {
                    let mut draft = base.clone();
                    draft.parameters[index] = Some((*text).into());
                    Case::new(draft, Self::spot(parameter), rule, Expect::Unusual)
                })
            })
            .collect()
    }

    /// Whether a parameter is a text, and nothing else.
    fn takes_text(&self, parameter: &Parameter) -> bool {
        let schemas = &self.contract.api.schemas;
        let types = self
            .schema(parameter)
            .map(|schema| look_types(schemas, &[schema]));
        types.as_deref() == Some(&[Type::String])
    }

    /// A parameter that nobody declared, one whose value cannot be read, and one that is there twice although it is a single
    /// value: no standard says what a server makes of them.
    fn query_cases(&self, base: &Draft) -> Vec<Case> {
        let case = |pairs: String, rule| {
            let draft = Draft {
                quirk: Some(Quirk::Query(pairs)),
                ..base.clone()
            };
            Case::new(draft, Spot::whole(Part::Request), rule, Expect::Unusual)
        };
        let mut cases = vec![case("bindery_unknown=1".to_owned(), "unknown-parameter")];
        let mut queries = self.operation.parameters.iter().zip(&base.parameters);
        let free = queries.find(|(own, value)| own.location == Location::Query && value.is_none());
        let name = free.map(|(own, _)| percent::encode(&own.name, Keep::Unreserved));
        cases.extend(
            name.iter().flat_map(|name| {
                BROKEN.map(|end| case(format!("{name}={end}"), "percent-encoding"))
            }),
        );
        let pair = |parameter: &Parameter| {
            let value = self
                .simple(parameter)
                .filter(|value| !value.is_array() && !value.is_object())?;
            let [pair] = query_pairs(self.contract, parameter, &value)?
                .try_into()
                .ok()?;
            Some(format!("{pair}&{pair}"))
        };
        let mut queries = self.operation.parameters.iter();
        let twice = queries.find_map(|own| pair(own).filter(|_| own.location == Location::Query));
        cases.extend(twice.map(|pairs| case(pairs, "duplicate-parameter")));
        cases
    }

    /// JSON that is broken, followed by more, ambiguous, absent, or without a name.
    fn json_cases(&self, base: &Draft) -> Vec<Case> {
        let Some(body) = &self.operation.body else {
            return Vec::new();
        };
        let json = |(_, media): &(usize, &MediaType)| format_of(&media.name) == Format::Json;
        let Some((index, media)) = body.content.iter().enumerate().find(json) else {
            return Vec::new();
        };
        let mut sent = vec![
            (b"{\"broken\": ".to_vec(), rule::JSON, Expect::Invalid),
            (
                b"{\"broken\": \"\xff\"}".to_vec(),
                rule::UTF8,
                Expect::Invalid,
            ),
        ];
        if body.required {
            sent.push((Vec::new(), rule::JSON, Expect::Missing));
        }
        let bodies = [Some(base.body.clone()), self.simple_body()];
        let value = bodies.into_iter().flatten().find_map(|body| match body {
            Content::Value(own, value) if own == index => Some(value),
            _ => None,
        });
        let text = |value: &Value| Some(encode_body(self.contract, media, value)?.1);
        let valid = value.and_then(|value| Some((text(&value)?, value)));
        if let Some((bytes, value)) = &valid {
            sent.push(([bytes, &b"}"[..]].concat(), rule::TRAILING, Expect::Invalid));
            let deep = ["[".repeat(DEPTH), "]".repeat(DEPTH)].concat();
            sent.push((deep.into_bytes(), DEPTH_RULE, Expect::Unusual));
            let nul = with_nul(value).as_ref().and_then(text);
            let bytes_of_none = nul.as_deref().and_then(without_character);
            sent.extend(bytes_of_none.map(|own| (own, rule::UTF8, Expect::Unusual)));
            sent.extend(nul.map(|nul| (nul.to_vec(), "nul", Expect::Unusual)));
            let twice = twice(bytes);
            sent.extend(twice.map(|twice| (twice, rule::DUPLICATE, Expect::Unusual)));
        }
        let name = concrete(&media.name);
        let case = |(bytes, rule, expect): (Vec<u8>, _, _)| {
            let draft = with_body(base, Content::Raw(name.clone(), bytes.into()));
            Case::new(draft, Spot::whole(Part::Body), rule, expect)
        };
        let mut cases: Vec<_> = sent.into_iter().map(case).collect();
        if let Some((bytes, value)) = valid {
            cases.extend(mistyped(base, (index, value), &name, bytes));
        }
        cases
    }
}

/// A body of JSON without a content type, and with one that names another charset.
fn mistyped(base: &Draft, value: (usize, Value), name: &str, text: Bytes) -> [Case; 2] {
    let untyped = Draft {
        quirk: Some(Quirk::Untyped),
        ..with_body(base, Content::Value(value.0, value.1))
    };
    // JSON is UTF-8 whatever is said beside it (RFC 8259 §8.1, §11).
    let wrong = Content::Raw(format!("{name}; charset=utf-16"), text);
    [
        (untyped, rule::REQUIRED),
        (with_body(base, wrong), rule::CHARSET),
    ]
    .map(|(draft, rule)| Case::new(draft, Spot::whole(Part::ContentType), rule, Expect::Unusual))
}

/// The same with the character of number zero at the end of its first text; `None` when it has none.
fn with_nul(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => Some(Value::String(format!("{text}\0"))),
        Value::Array(items) => {
            let first = with_nul(items.first()?)?;
            let rest = items.iter().skip(1).cloned();
            Some(std::iter::once(first).chain(rest).collect())
        }
        Value::Object(fields) => {
            let (name, inner) = fields
                .iter()
                .find_map(|(name, own)| Some((name, with_nul(own)?)))?;
            let mut fields = fields.clone();
            fields.insert(name.clone(), inner);
            Some(Value::Object(fields))
        }
        _ => None,
    }
}

/// The same text of JSON with an octet that is no UTF-8 in the place of the character of number zero: it shows only to who looks
/// at the text itself.
fn without_character(text: &[u8]) -> Option<Vec<u8>> {
    let nul = b"\\u0000";
    let at = text.windows(nul.len()).position(|own| own == nul)?;
    Some([&text[..at], b"\xff", &text[at + nul.len()..]].concat())
}

fn with_body(base: &Draft, body: Content) -> Draft {
    Draft {
        body,
        ..base.clone()
    }
}

/// An object whose first key stands there twice, with the same value.
fn twice(text: &[u8]) -> Option<Vec<u8>> {
    let value: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(text).ok()?;
    let (key, value) = value.iter().next()?;
    let key = serde_json::Value::String(key.clone());
    Some(
        [
            format!("{{{key}:{value},").as_bytes(),
            text.trim_ascii_start().get(1..)?,
        ]
        .concat(),
    )
}

/// What is odd about the head of a request.
fn quirks(base: &Draft) -> Vec<Case> {
    let case = |quirk, spot, rule| {
        let draft = Draft {
            quirk: Some(quirk),
            ..base.clone()
        };
        Case::new(draft, Spot::whole(spot), rule, Expect::Unusual)
    };
    let accept = Quirk::Header(ACCEPT, HeaderValue::from_static(STRANGER));
    let mut cases = vec![case(accept, Part::Request, "accept")];
    cases.extend(BROKEN.map(|end| case(Quirk::Broken(end), Part::Request, "percent-encoding")));
    if let Ok(long) = HeaderValue::from_str(&"a".repeat(OVERSIZE)) {
        let quirk = Quirk::Header(HeaderName::from_static("x-bindery"), long);
        cases.push(case(quirk, Part::Request, "oversize-header"));
    }
    cases
}

#[cfg(test)]
mod tests {
    use super::twice;

    #[test]
    fn the_first_key_is_there_twice() {
        let text = twice(br#"{"a":[1],"b":2}"#).expect("an object");
        assert_eq!(text, br#"{"a":[1],"a":[1],"b":2}"#);
        assert_eq!(twice(b"[]"), None);
        assert_eq!(twice(b"{}"), None);
    }
}
