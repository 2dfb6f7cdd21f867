//! What a thing is after a request, and how an answer shows it.

use bindery_spec::Value;
use bindery_spec::model::SchemaId;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH};
use http::{HeaderValue, Response};

use super::memory::Asked;
use crate::shape::{conjunction, file_type};
use crate::wire::decode_body;

/// The thing with what was sent in the place of everything that can be sent: what was left out has its default, or is
/// gone.
pub(super) fn replaced(asked: &Asked<'_>, thing: &Value, sent: &Value) -> Value {
    let schemas = &asked.contract.api.schemas;
    let mut next = thing.clone();
    let body = asked.contract.api.operations[asked.index].body.as_ref();
    let schema = body.and_then(|body| crate::state::written(schemas, &body.content));
    if let (Some((_, schema)), Some(fields)) = (schema, next.as_object_mut()) {
        for (name, ids) in crate::state::properties(schemas, &[schema]) {
            let nodes = conjunction(schemas, &ids);
            if nodes.iter().any(|id| schemas[*id].read_only) {
                continue;
            }
            match nodes.iter().find_map(|id| schemas[*id].default.clone()) {
                Some(default) => drop(fields.insert(name, default)),
                None => drop(fields.shift_remove(&name)),
            }
        }
    }
    merge(&mut next, sent);
    // What the answer must have is kept all the same.
    if shown(asked, &next).is_some() {
        return next;
    }
    let mut merged = thing.clone();
    merge(&mut merged, sent);
    merged
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
    let schema = crate::state::written(schemas, &body.content);
    if let (Some((_, schema)), Some(fields)) = (schema, sent.as_object_mut()) {
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

/// Puts the fields that were sent over those of a thing, as a merge patch does (RFC 7396 §2), but for nested ones.
pub(super) fn merge(thing: &mut Value, sent: &Value) {
    if let (Some(thing), Some(sent)) = (thing.as_object_mut(), sent.as_object()) {
        for (name, value) in sent {
            thing.insert(name.clone(), value.clone());
        }
    }
}

/// The thing as the operation answers with it: itself, or in the envelope that the usual answer has.
pub(super) fn shown(asked: &Asked<'_>, thing: &Value) -> Option<Response<Bytes>> {
    json(asked.usual)?;
    with(asked, thing).or_else(|| {
        let envelope = json(asked.usual)?;
        let fields = envelope.as_object()?;
        fields.keys().find_map(|name| {
            let mut body = envelope.clone();
            body[name] = thing.clone();
            with(asked, &body)
        })
    })
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
