//! What a thing is after a request, and how an answer shows it.

use bindery_spec::Value;
use bindery_spec::model::SchemaId;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH};
use http::{HeaderValue, Response};

use super::fit::fields;
use super::memory::Asked;
use crate::shape::{conjunction, file_type};
use crate::state::Create;
use crate::wire::decode_body;

/// The thing with what was sent in the place of everything that can be sent: what was left out has its default, or is gone,
/// where the answer need not have it.
pub(super) fn replaced(asked: &Asked<'_>, thing: &Value, sent: &Value) -> Value {
    let mut next = written(asked, thing, sent);
    for (name, ids) in writable(asked) {
        if sent.get(&name).is_some() {
            continue;
        }
        let mut without = next.clone();
        let Some(fields) = without.as_object_mut() else {
            break;
        };
        match crate::state::default_of(asked.contract, &ids) {
            Some(default) => drop(fields.insert(name, default)),
            None => drop(fields.shift_remove(&name)),
        }
        if allows(asked, &without) {
            next = without;
        }
    }
    next
}

/// The thing with what was sent. Where its answer cannot be so as a whole it has as much as fits: answers may have
/// another type or format for a field than requests, or ask for more.
pub(super) fn written(asked: &Asked<'_>, thing: &Value, sent: &Value) -> Value {
    let mut whole = thing.clone();
    merge(&mut whole, sent);
    if allows(asked, &whole) {
        return whole;
    }
    let (Some(own), Some(sent)) = (thing.as_object(), sent.as_object()) else {
        return thing.clone();
    };
    fields(own, sent, &|fields| allows(asked, &fields.clone().into())).into()
}

/// Whether the answer can show a thing; one that shows none says nothing against it.
fn allows(asked: &Asked<'_>, thing: &Value) -> bool {
    usual(asked).is_none() || shown(asked, thing).is_some()
}

/// The thing that is shown without a memory, as far as the answer shows one.
pub(super) fn usual(asked: &Asked<'_>) -> Option<Value> {
    let mut usual = json(asked.usual)?;
    let own = usual.pointer_mut(asked.at)?;
    own.is_object().then(|| own.take())
}

/// What can be sent of a thing, with its schemas.
fn writable(asked: &Asked<'_>) -> impl Iterator<Item = (String, Vec<SchemaId>)> {
    let schemas = &asked.contract.api.schemas;
    let known = described(asked).map(|(_, schema)| crate::state::properties(schemas, &[schema]));
    known.into_iter().flatten().filter(|(_, ids)| {
        let nodes = conjunction(schemas, ids);
        !nodes.iter().any(|id| schemas[*id].read_only)
    })
}

/// What was sent, and the defaults of what could have been.
pub(super) fn completed(asked: &Asked<'_>, sent: &Value) -> Value {
    let stated = writable(asked);
    let mut whole: Value = stated
        .filter_map(|(name, ids)| Some((name, crate::state::default_of(asked.contract, &ids)?)))
        .collect();
    merge(&mut whole, sent);
    whole
}

/// Puts a tag of its own on an answer that has one, if the document allows it (RFC 9110 §8.8.3).
pub(super) fn tagged(asked: &Asked<'_>, thing: &Value, answer: Response<Bytes>) -> Response<Bytes> {
    let mut own = answer.clone();
    let tag = HeaderValue::from_str(&tag(thing)).ok();
    let Some(tag) = tag.filter(|_| answer.headers().contains_key(ETAG)) else {
        return answer;
    };
    own.headers_mut().insert(ETAG, tag);
    let operation = &asked.contract.api.operations[asked.index];
    let allowed = asked.contract.response(operation, &own).is_empty();
    if allowed { own } else { answer }
}

/// Whether a request depends on another state of the thing than it has (RFC 9110 §13.1.1).
pub(super) fn is_stale(asked: &Asked<'_>, thing: &Value) -> bool {
    let wanted = asked.request.headers().get(IF_MATCH);
    let wanted = wanted.and_then(|value| value.to_str().ok());
    wanted.is_some_and(|wanted| wanted.starts_with('"') && !wanted.contains(&tag(thing)))
}

/// A tag that changes with the thing: digits, which fit most patterns.
fn tag(thing: &Value) -> String {
    let hash = crate::state::hash(0, &thing.to_string());
    format!("\"{}\"", hash % 1_000_000_000)
}

pub(super) fn json(response: &Response<Bytes>) -> Option<Value> {
    serde_json::from_slice(response.body()).ok()
}

/// What a body is made of, and the name of the envelope that it stands in.
fn described(asked: &Asked<'_>) -> Option<(Option<String>, SchemaId)> {
    let schemas = &asked.contract.api.schemas;
    let operation = &asked.contract.api.operations[asked.index];
    let (_, schema) = crate::state::written(schemas, &operation.body.as_ref()?.content)?;
    Some(match crate::state::envelope(schemas, operation, schema) {
        Some((name, inner)) => (Some(name), inner),
        None => (None, schema),
    })
}

/// What was sent, but for what is never given out, for what only the server says, and for files.
pub(super) fn sent(asked: &Asked<'_>) -> Value {
    let contract = asked.contract;
    let Some(body) = &contract.api.operations[asked.index].body else {
        return Value::Null;
    };
    let used = asked.request.headers().get(CONTENT_TYPE);
    let used = used.and_then(|used| used.to_str().ok()).unwrap_or_default();
    let sent = decode_body(contract, &body.content, used, asked.request.body());
    let mut sent = sent.unwrap_or_default();
    let schemas = &contract.api.schemas;
    let described = described(asked);
    if let Some((Some(envelope), _)) = &described {
        sent = sent.get_mut(envelope).map(Value::take).unwrap_or_default();
    }
    if let (Some((_, schema)), Some(fields)) = (described, sent.as_object_mut()) {
        let is_kept = |ids: &[SchemaId]| {
            let nodes = conjunction(schemas, ids);
            let read_only = nodes.iter().any(|id| schemas[*id].read_only);
            !read_only && file_type(schemas, ids).is_none()
        };
        let properties = crate::state::properties(schemas, &[schema]).into_iter();
        let hidden = properties.filter(|(_, ids)| !is_kept(ids));
        let hidden = hidden.map(|(name, _)| name);
        for name in hidden.chain(crate::state::write_only(schemas, schema)) {
            fields.shift_remove(&name);
        }
    }
    sent
}

/// Puts the fields that were sent over those of a thing, as a merge patch does (RFC 7396 §2), but for nested ones
/// other than attributes.
pub(super) fn merge(thing: &mut Value, sent: &Value) {
    if let (Some(thing), Some(sent)) = (thing.as_object_mut(), sent.as_object()) {
        for (name, value) in sent {
            match thing.get_mut(name) {
                Some(own) if crate::state::attributes::is_name(name) => merge(own, value),
                _ => drop(thing.insert(name.clone(), value.clone())),
            }
        }
    }
}

/// The thing as the operation answers with it, in the envelope that the usual answer has.
pub(super) fn shown(asked: &Asked<'_>, thing: &Value) -> Option<Response<Bytes>> {
    let mut body = json(asked.usual)?;
    *body.pointer_mut(asked.at)? = thing.clone();
    with(asked, &body)
}

/// The answer to a creation with what was sent under a key, if there is one to show, and the thing that it shows.
pub(super) fn made(
    asked: &Asked<'_>,
    create: &Create,
    key: Option<&Value>,
    sent: &Value,
) -> Option<(Response<Bytes>, Value)> {
    let put_key = |body: &mut Value| {
        let slot = create.key.as_ref().and_then(|at| body.pointer_mut(at));
        if let Some((slot, key)) = slot.zip(key) {
            // In a path a number is a text.
            let number = key.as_str().and_then(|text| text.parse::<i64>().ok());
            let number = number.filter(|_| slot.is_number());
            *slot = number.map_or_else(|| key.clone(), Value::from);
        }
    };
    let mut body = json(asked.usual)?;
    put_key(&mut body);
    let thing = written(asked, body.pointer(asked.at)?, sent);
    *body.pointer_mut(asked.at)? = thing;
    // Whatever was sent in its place, the key is this one.
    put_key(&mut body);
    let answer = with(asked, &body)?;
    Some((answer, body.pointer_mut(asked.at)?.take()))
}

/// The usual answer with another body, if the document allows it. What is write-only is not given out.
pub(super) fn with(asked: &Asked<'_>, body: &Value) -> Option<Response<Bytes>> {
    let operation = &asked.contract.api.operations[asked.index];
    let mut answer = asked.usual.clone();
    let mut body = body.clone();
    loop {
        *answer.body_mut() = body.to_string().into();
        answer.headers_mut().remove(CONTENT_LENGTH);
        let violations = asked.contract.response(operation, &answer);
        let Some(first) = violations.first() else {
            return Some(answer);
        };
        // Each turn takes one field away, so that there is an end.
        let removable = [
            crate::validate::rule::WRITE_ONLY,
            "additionalProperties",
            "unevaluatedProperties",
        ];
        let pointer = removable
            .contains(&first.rule.as_str())
            .then_some(&first.spot.pointer)?;
        let (parent, name) = pointer.rsplit_once('/')?;
        let name = crate::validate::unescape(name);
        body.pointer_mut(parent)?
            .as_object_mut()?
            .shift_remove(&name)?;
    }
}
