//! A transport for tests: it answers by operation, and keeps what it was asked.
//!
//! Answers of an operation are given in the order in which they were set; the last one is given again and again.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri};

use super::{Body, Call, Operation, Pending, Transport, TransportError};
use crate::runtime::json::{DecodeError, Json, Value};

/// An operation of a client, as its call stands for it.
pub trait Endpoint {
    /// What is fixed about it.
    const OPERATION: &'static Operation;
    /// The JSON that a call gives which went well; `Infallible` where that is no JSON, or one of several types.
    type Answer;
    /// The JSON that is sent as its body; `Infallible` where there is none.
    type Body;
}

/// A transport that answers by operation. Clones share what they know, so that one is for the client and one for the
/// test.
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: BTreeMap<Key, VecDeque<Answer>>,
    calls: Vec<Recorded>,
}

/// An operation by method and path, which no two have in common with the same name.
type Key = (&'static str, &'static str, &'static str);

#[derive(Clone)]
enum Answer {
    Response(StatusCode, HeaderMap, Bytes),
    Failure(String),
}

/// What a call was made of, for the transport to know; it travels beside the request.
#[derive(Clone)]
pub(super) struct Asked {
    operation: &'static Operation,
    parameters: Vec<(&'static str, Value)>,
}

#[derive(Clone)]
struct Recorded {
    asked: Asked,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

/// What an operation is to be answered with.
pub struct Answers<'m, E> {
    mock: &'m Mock,
    headers: HeaderMap,
    of: PhantomData<fn() -> E>,
}

/// A call that the mock was asked.
pub struct MockCall<E> {
    recorded: Recorded,
    of: PhantomData<fn() -> E>,
}

impl Mock {
    /// A mock without answers: each call fails with a message that names its operation.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets what an operation is answered with; the operation is named by its call: `mock.on::<ListPets>()`.
    pub fn on<E: Endpoint>(&self) -> Answers<'_, E> {
        Answers {
            mock: self,
            headers: HeaderMap::new(),
            of: PhantomData,
        }
    }

    /// The calls of an operation so far, in their order. A request that was redirected is there again.
    pub fn calls<E: Endpoint>(&self) -> Vec<MockCall<E>> {
        let wanted = key(E::OPERATION);
        let state = self.state();
        let calls = state
            .calls
            .iter()
            .filter(|call| key(call.asked.operation) == wanted);
        calls
            .map(|recorded| MockCall {
                recorded: recorded.clone(),
                of: PhantomData,
            })
            .collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, recorded: Recorded) -> Result<Response<Body>, TransportError> {
        let operation = recorded.asked.operation;
        let mut state = self.state();
        state.calls.push(recorded);
        let answers = state.answers.get_mut(&key(operation));
        let answer = answers.and_then(|answers| match answers.len() {
            1 => answers.front().cloned(),
            _ => answers.pop_front(),
        });
        match answer {
            Some(Answer::Response(status, headers, body)) => {
                let mut response = Response::new(Body::from(body));
                (*response.status_mut(), *response.headers_mut()) = (status, headers);
                Ok(response)
            }
            Some(Answer::Failure(message)) => Err(TransportError::new(message)),
            None => {
                let message = format!("the mock has no answer for `{}`", operation.name);
                Err(TransportError::new(message))
            }
        }
    }
}

impl Transport for Mock {
    fn send(
        &self,
        request: Request<Body>,
        _: Option<Duration>,
    ) -> Pending<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let asked = parts.extensions.get::<Asked>().cloned();
            let asked = asked.ok_or_else(|| TransportError::new("no call of a client"))?;
            let body = body.collect(usize::MAX).await;
            let body = body.map_err(|_| TransportError::new("the body failed"))?;
            self.answer(Recorded {
                asked,
                method: parts.method,
                uri: parts.uri,
                headers: parts.headers,
                body,
            })
        })
    }
}

impl<E: Endpoint> Answers<'_, E> {
    /// Adds a header to the answer.
    ///
    /// # Panics
    /// When HTTP does not allow the name or the value.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("the name of a header");
        let value = HeaderValue::from_str(value).expect("the value of a header");
        self.headers.append(name, value);
        self
    }

    /// Answers with what a call gives that went well.
    ///
    /// # Panics
    /// When the status is none of HTTP.
    pub fn reply(self, status: u16, body: &E::Answer)
    where
        E::Answer: Json,
    {
        self.reply_json(status, body);
    }

    /// Answers with any JSON, such as an error.
    ///
    /// # Panics
    /// When the status is none of HTTP.
    pub fn reply_json(self, status: u16, body: &dyn Json) {
        self.reply_bytes(status, "application/json", body.to_json());
    }

    /// Answers with a body of any media type.
    ///
    /// # Panics
    /// When the status is none of HTTP, or when the media type cannot be a header.
    pub fn reply_bytes(mut self, status: u16, media_type: &str, body: impl Into<Bytes>) {
        let value = HeaderValue::from_str(media_type).expect("a media type");
        self.headers.insert(CONTENT_TYPE, value);
        self.push(status, body.into());
    }

    /// Answers without a body.
    ///
    /// # Panics
    /// When the status is none of HTTP.
    pub fn reply_empty(self, status: u16) {
        self.push(status, Bytes::new());
    }

    /// Fails as if there were no connection.
    pub fn fail(self, message: &str) {
        self.mock.set::<E>(Answer::Failure(message.to_owned()));
    }

    fn push(self, status: u16, body: Bytes) {
        let status = StatusCode::from_u16(status).expect("a status of HTTP");
        let answer = Answer::Response(status, self.headers, body);
        self.mock.set::<E>(answer);
    }
}

impl Mock {
    fn set<E: Endpoint>(&self, answer: Answer) {
        let mut state = self.state();
        let answers = state.answers.entry(key(E::OPERATION)).or_default();
        answers.push_back(answer);
    }
}

impl<E: Endpoint> MockCall<E> {
    /// The value of a parameter, by its name in the document; `None` where it was not given, or not as such a type.
    pub fn parameter<T: Json>(&self, name: &str) -> Option<T> {
        let given = &self.recorded.asked.parameters;
        let (_, value) = given.iter().find(|(known, _)| *known == name)?;
        T::from_json(value.to_json()).ok()
    }

    /// The body.
    ///
    /// # Errors
    /// When there was none, or when it is not of the type.
    pub fn body(&self) -> Result<E::Body, DecodeError>
    where
        E::Body: Json,
    {
        E::Body::from_json(&self.recorded.body)
    }

    /// The body as it was sent.
    pub fn bytes(&self) -> &Bytes {
        &self.recorded.body
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.recorded.method
    }

    /// The URL.
    pub fn uri(&self) -> &Uri {
        &self.recorded.uri
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.recorded.headers
    }
}

impl Asked {
    pub(super) fn of(call: &Call<'_>) -> Self {
        let given = call.given.iter();
        Self {
            operation: call.operation,
            parameters: given
                .map(|given| (given.parameter.name, given.value.clone()))
                .collect(),
        }
    }
}

fn key(operation: &Operation) -> Key {
    (operation.method, operation.path, operation.name)
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("calls", &self.state().calls.len())
            .finish_non_exhaustive()
    }
}

impl<E> fmt::Debug for Answers<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answers").finish_non_exhaustive()
    }
}

/// Shows no values: among them may be credentials.
impl<E> fmt::Debug for MockCall<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockCall")
            .field("operation", &self.recorded.asked.operation.name)
            .finish_non_exhaustive()
    }
}
