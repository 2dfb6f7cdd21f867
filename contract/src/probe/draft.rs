//! A request before it is spelled: the value of each parameter, and the body.

use bindery_spec::Value;
use bindery_spec::model::{Location, Operation, Parameter, ParameterFormat};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderValue, Method, Request, Uri};

use super::Quirk;
use super::credentials::{Credentials, name_of};
use crate::validate::Contract;
use crate::wire::{
    Spelling, encode_body, encode_cookie, encode_header, encode_path, encode_query, is_spellable,
};

/// A request before it is spelled.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The method, where it is another than the operation's.
    pub(crate) method: Option<Method>,
    /// The value of each parameter of the operation, in its order; `None` where it is left out.
    pub(crate) parameters: Vec<Option<Value>>,
    /// The body.
    pub(crate) body: Content,
    /// What is shown to get in.
    pub(crate) credentials: Credentials,
    /// What is strange about it.
    pub(crate) quirk: Option<Quirk>,
}

/// The body of a draft.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// None.
    Empty,
    /// A value in one of the declared media types, by its index.
    Value(usize, Value),
    /// Bytes under a content type.
    Raw(String, Bytes),
}

impl Draft {
    /// Spells the request, with a target that starts at the root; `None` when it cannot be spelled.
    pub(crate) fn spell(
        &self,
        contract: &Contract,
        operation: &Operation,
    ) -> Option<Request<Bytes>> {
        let given: Vec<(&Parameter, &Value)> = operation
            .parameters
            .iter()
            .zip(&self.parameters)
            .filter_map(|(parameter, value)| Some((parameter, value.as_ref()?)))
            .collect();
        let mut target = path(contract, operation, &given)?;
        let (mut query, mut cookies) = (Vec::new(), Vec::new());
        let mut request = Request::builder().method(self.method(operation)?);
        for (parameter, value) in given {
            match parameter.location {
                Location::Path => {}
                Location::Query => query.extend(query_pairs(contract, parameter, value)?),
                Location::QueryString => query.push(content_text(contract, parameter, value)?),
                Location::Cookie => {
                    let text = spellable(parameter, value)?;
                    cookies.extend(encode_cookie(Spelling::of(parameter)?, text));
                }
                Location::Header => {
                    let text = header_text(contract, parameter, value)?;
                    request = request.header(parameter.name.as_str(), text);
                }
            }
        }
        fix(&mut query, &self.credentials.query);
        if !query.is_empty() {
            target = format!("{target}?{}", query.join("&"));
        }
        let (content_type, body) = self.content(contract, operation)?;
        let mut request = request.uri(target.parse::<Uri>().ok()?).body(body).ok()?;
        self.finish(operation, &mut request, content_type, cookies)?;
        Some(request)
    }

    /// Adds what does not come of the parameters of the operation.
    fn finish(
        &self,
        operation: &Operation,
        request: &mut Request<Bytes>,
        content_type: Option<String>,
        mut cookies: Vec<String>,
    ) -> Option<()> {
        let headers = request.headers_mut();
        fix(&mut cookies, &self.credentials.cookies);
        if !cookies.is_empty() {
            headers.append(COOKIE, cookies.join("; ").try_into().ok()?);
        }
        if let Some(content_type) = content_type {
            headers.append(CONTENT_TYPE, content_type.try_into().ok()?);
        }
        headers.entry(ACCEPT).or_insert(accept(operation));
        for (name, value) in &self.credentials.headers {
            headers.insert(name.clone(), value.clone());
        }
        match &self.quirk {
            Some(quirk) => quirk.apply(operation, request),
            None => Some(()),
        }
    }

    fn method(&self, operation: &Operation) -> Option<Method> {
        match &self.method {
            Some(method) => Some(method.clone()),
            None => operation.method.parse().ok(),
        }
    }

    fn content(
        &self,
        contract: &Contract,
        operation: &Operation,
    ) -> Option<(Option<String>, Bytes)> {
        match &self.body {
            Content::Empty => Some((None, Bytes::new())),
            Content::Raw(content_type, bytes) => Some((Some(content_type.clone()), bytes.clone())),
            Content::Value(index, value) => {
                let media = operation.body.as_ref()?.content.get(*index)?;
                encode_body(contract, media, value)
                    .map(|(content_type, bytes)| (Some(content_type), bytes))
            }
        }
    }
}

/// The path with its parameters filled in. A segment of dots would be resolved away (RFC 3986 §5.2.4).
fn path(
    contract: &Contract,
    operation: &Operation,
    given: &[(&Parameter, &Value)],
) -> Option<String> {
    let template = operation.path.split(['?', '#']).next().unwrap_or_default();
    let mut path = String::new();
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}')?;
        let (parameter, value) = given.iter().find(|(parameter, _)| {
            parameter.location == Location::Path && parameter.name == name
        })?;
        let text = match &parameter.format {
            ParameterFormat::Style { .. } => {
                encode_path(Spelling::of(parameter)?, spellable(parameter, value)?)
            }
            ParameterFormat::Content(_) => crate::wire::percent::encode(
                &content_text(contract, parameter, value)?,
                crate::wire::percent::Keep::Unreserved,
            ),
        };
        if text.is_empty() || text == "." || text == ".." {
            return None;
        }
        path.push_str(literal);
        path.push_str(&text);
        rest = tail;
    }
    path.push_str(rest);
    Some(path)
}

pub(super) fn query_pairs(
    contract: &Contract,
    parameter: &Parameter,
    value: &Value,
) -> Option<Vec<String>> {
    match &parameter.format {
        ParameterFormat::Style { .. } => Some(encode_query(
            Spelling::of(parameter)?,
            spellable(parameter, value)?,
        )),
        ParameterFormat::Content(_) => {
            let escape = |text: &str| {
                crate::wire::percent::encode(text, crate::wire::percent::Keep::Unreserved)
            };
            Some(vec![format!(
                "{}={}",
                escape(&parameter.name),
                escape(&content_text(contract, parameter, value)?)
            )])
        }
    }
}

/// A header's text. Control characters, and spaces at its ends, do not survive in one (RFC 9110 §5.5).
fn header_text(contract: &Contract, parameter: &Parameter, value: &Value) -> Option<String> {
    let text = match &parameter.format {
        ParameterFormat::Style { .. } => {
            encode_header(Spelling::of(parameter)?, spellable(parameter, value)?)
        }
        ParameterFormat::Content(_) => content_text(contract, parameter, value)?,
    };
    let plain = text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) && text.trim() == text;
    plain.then_some(text)
}

fn content_text(contract: &Contract, parameter: &Parameter, value: &Value) -> Option<String> {
    match &parameter.format {
        ParameterFormat::Content(media) => {
            let (_, bytes) = encode_body(contract, media, value)?;
            String::from_utf8(bytes.into()).ok()
        }
        ParameterFormat::Style { .. } => None,
    }
}

/// Puts the pairs that the caller fixed over those that were made up.
fn fix(pairs: &mut Vec<String>, fixed: &[String]) {
    pairs.retain(|pair| !fixed.iter().any(|own| name_of(own) == name_of(pair)));
    pairs.extend_from_slice(fixed);
}

fn spellable<'v>(parameter: &Parameter, value: &'v Value) -> Option<&'v Value> {
    is_spellable(Spelling::of(parameter)?.style, value).then_some(value)
}

/// All media types that the operation may answer with.
fn accept(operation: &Operation) -> HeaderValue {
    let mut names: Vec<&str> = Vec::new();
    for media in operation
        .responses
        .iter()
        .flat_map(|response| &response.content)
    {
        if !names.contains(&media.name.as_str()) {
            names.push(&media.name);
        }
    }
    let list = names.join(", ");
    HeaderValue::from_str(&list)
        .ok()
        .filter(|_| !list.is_empty())
        .unwrap_or(HeaderValue::from_static("*/*"))
}
