//! From a call to a response: spell, authorize, send, follow, send again, read.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::sync::OwnedSemaphorePermit;

use super::attempt::Watch;
use super::auth::{Held, Schemes};
use super::body::Unread;
use super::clock::Deadline;
use super::core::Shared;
#[cfg(feature = "part-tokens")]
use super::renew::Taken;
use super::spell::{Parts, spell};
use super::trace::Trace;
use super::{
    Attempt, Body, Call, ErrorKind, Fault, Operation, Pending, RawResponse, Retries,
    TransportError, redirect, retry,
};
use crate::runtime::check::{Violation, Violations};

/// How many redirects of one call are followed.
const MAX_REDIRECTS: usize = 10;

/// A call on its way. What it sends is spelled anew for each attempt, because nearly all calls have only one.
pub(super) struct Exchange<'e> {
    pub(super) call: &'e Call<'e>,
    pub(super) shared: &'e Shared,
    pub(super) operation: &'static Operation,
    retries: &'e Retries,
    pub(super) deadline: Deadline,
    /// Whether an attempt has ended only when the body was read.
    whole: bool,
    /// What authorizes it.
    pub(super) schemes: Schemes,
    /// What is sent next.
    parts: Parts,
    /// The tokens that it takes.
    #[cfg(feature = "part-tokens")]
    pub(super) taken: Taken,
}

/// A request on its way.
struct Sent<'e> {
    trace: Trace,
    watch: Watch<'e>,
    response: Pending<'e, Result<Response<Body>, TransportError>>,
}

impl<'c> Call<'c> {
    /// Sends the call, and brings back whatever the server answers.
    ///
    /// The future has a box, so that the code of the operations does not hold a copy of it each.
    ///
    /// # Errors
    /// When the call breaks the document's rules, or when there is no whole response.
    pub fn execute(mut self) -> Pending<'c, Result<RawResponse, Fault>> {
        self.timeout = self.timeout.or(self.core.shared().settings.timeout);
        Box::pin(async move {
            let response = self.exchange(true).await?;
            // The body has been read when the exchange is over; this only takes it out.
            self.collect(response).await
        })
    }

    pub(super) async fn exchange(&self, whole: bool) -> Result<Response<Body>, Fault> {
        let (operation, shared) = (self.operation, self.core.shared());
        let (parts, schemes) = spell(self).map_err(|violations| invalid(operation, violations))?;
        let mut exchange = Exchange {
            call: self,
            shared,
            operation,
            retries: self.retries.as_ref().unwrap_or(&shared.settings.retries),
            deadline: shared.time.deadline(self.timeout),
            whole,
            schemes,
            parts,
            #[cfg(feature = "part-tokens")]
            taken: Taken::default(),
        };
        let permit = exchange.permit().await?;
        let response = exchange.run().await?;
        Ok(response.map(|body| body.holding(permit)))
    }

    /// The response with the whole of its body.
    pub(super) async fn collect(&self, response: Response<Body>) -> Result<RawResponse, Fault> {
        let (head, body) = response.into_parts();
        let body = body.collect(self.core.shared().settings.max_response).await;
        let operation = self.operation.name;
        Ok(RawResponse {
            operation,
            status: head.status,
            headers: head.headers,
            body: body.map_err(|unread| unread.into_fault(operation))?,
        })
    }
}

impl<'e> Exchange<'e> {
    async fn run(&mut self) -> Result<Response<Body>, Fault> {
        #[cfg(feature = "part-tokens")]
        self.ask_for_tokens().await?;
        self.authorize()?;
        let repeatable = self.call.can_repeat() && retry::is_harmless(&self.parts);
        let mut redirects = if self.operation.redirects {
            MAX_REDIRECTS
        } else {
            0
        };
        let (mut number, mut failed) = (0, 0);
        loop {
            let line = self.parts.line.clone();
            let sent = self.send(number)?;
            let result = self.receive(sent).await;
            number += 1;
            if let Ok(response) = &result {
                let next = redirect::next(&line, response.status(), response.headers())
                    .filter(|next| redirects > 0 && (self.call.can_repeat() || !next.body));
                if let Some(next) = next {
                    self.again()?;
                    self.parts.go_to(next);
                    redirects -= 1;
                    continue;
                }
                #[cfg(feature = "part-tokens")]
                if self.renew(response.status()).await {
                    self.again()?;
                    continue;
                }
            }
            failed += 1;
            let wait = self.wait(&result, failed).filter(|_| repeatable);
            let Some(sleep) = wait.and_then(|wait| self.shared.time.sleep(wait)) else {
                return result.map_err(|error| Fault::transport(self.operation.name, error));
            };
            sleep.await;
            self.again()?;
        }
    }

    /// Sends a request. Fails if there is nothing that can be sent.
    fn send(&mut self, number: u32) -> Result<Sent<'e>, Fault> {
        let attempt = Attempt {
            operation: self.operation.name,
            method: self.operation.method,
            path: self.operation.path,
            number,
        };
        let request = self.request()?;
        let Shared {
            time,
            transport,
            settings,
            ..
        } = self.shared;
        Ok(Sent {
            trace: Trace::start(&attempt, request.uri()),
            watch: Watch::start(attempt, settings.observer.as_ref(), time),
            response: transport.send(request, time.left(&self.deadline)),
        })
    }

    /// Takes the response.
    async fn receive(&self, sent: Sent<'_>) -> Result<Response<Body>, TransportError> {
        let exchange = async {
            let response = sent.response.await?;
            if !self.whole {
                return Ok(response);
            }
            let (head, body) = response.into_parts();
            let body = read(body, self.shared.settings.max_response).await?;
            Ok(Response::from_parts(head, Body::from(body)))
        };
        let result = sent.trace.around(exchange).await;
        sent.trace.end(&result);
        sent.watch.end(&result);
        result
    }

    /// The request with its body.
    fn request(&mut self) -> Result<Request<Body>, Fault> {
        let Parts { line, headers } = std::mem::take(&mut self.parts);
        let body = match &self.call.payload {
            Some(payload) if line.body => payload.body.take(),
            _ => Some(Body::from(Bytes::new())),
        };
        let body = body.ok_or_else(|| {
            let sent = Violation::new("body", "is a stream that was sent before");
            invalid(self.operation, Violations::one(sent))
        })?;
        let mut request = Request::new(body);
        *request.method_mut() = line.method;
        *request.uri_mut() = line.uri;
        *request.headers_mut() = headers;
        #[cfg(feature = "mocks")]
        request
            .extensions_mut()
            .insert(super::mock::Asked::of(self.call));
        Ok(request)
    }

    /// How long to wait before the call is sent again; `None` if it is not.
    fn wait(
        &self,
        result: &Result<Response<Body>, TransportError>,
        failed: u32,
    ) -> Option<Duration> {
        let asked = match result {
            Ok(response) if retry::is_passing(response.status()) => {
                retry::retry_after(response.headers(), self.shared.time.now())
            }
            Err(error) if !error.too_long && (error.is_connect() || !error.is_timeout()) => None,
            _ => return None,
        };
        let wait = self.retries.wait(failed, asked, &self.shared.chance)?;
        let left = self.shared.time.left(&self.deadline);
        left.is_none_or(|left| wait < left).then_some(wait)
    }

    /// Adds the credentials to what is sent next.
    fn authorize(&mut self) -> Result<(), Fault> {
        #[cfg(feature = "part-tokens")]
        let mut tokens = self.taken.tokens();
        let credentials = &self.shared.settings.credentials;
        for (kind, held) in credentials.of(self.schemes, &self.call.headers) {
            let secret = match held {
                Held::Header(name, value) => {
                    self.parts.headers.insert(name.clone(), value.clone());
                    None
                }
                Held::Secret(secret) => Some(secret),
                #[cfg(feature = "part-tokens")]
                Held::Source(_) => tokens.next(),
            };
            if let Some(secret) = secret {
                let added = self.parts.authorize(kind, secret);
                added.map_err(|violation| invalid(self.operation, Violations::one(violation)))?;
            }
        }
        Ok(())
    }

    /// Makes the request once more.
    fn again(&mut self) -> Result<(), Fault> {
        let spelled = spell(self.call).map_err(|broken| invalid(self.operation, broken))?;
        (self.parts, self.schemes) = spelled;
        self.authorize()
    }

    /// Waits until the call may be under way.
    async fn permit(&self) -> Result<Option<OwnedSemaphorePermit>, Fault> {
        let Some(limit) = &self.shared.limit else {
            return Ok(None);
        };
        // The semaphore is never closed.
        let permit = self.in_time(limit.clone().acquire_owned()).await?;
        Ok(permit.ok())
    }

    pub(super) async fn in_time<T>(&self, future: impl Future<Output = T>) -> Result<T, Fault> {
        let result = self.shared.time.within(&self.deadline, future).await;
        let late = || TransportError::timeout("the call was not sent in time");
        result.ok_or_else(|| Fault::transport(self.operation.name, late()))
    }
}

fn invalid(operation: &'static Operation, violations: Violations) -> Fault {
    Fault::new(operation.name, ErrorKind::InvalidRequest).caused_by(violations)
}

/// Reads a body of at most `most` bytes.
async fn read(body: Body, most: usize) -> Result<Bytes, TransportError> {
    body.collect(most).await.map_err(|unread| match unread {
        Unread::TooLong => TransportError::too_long(),
        Unread::Failed(error) => error,
    })
}
