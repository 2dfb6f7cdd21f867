//! From a call to a response: spell, authorize, send, follow, send again, read.

use std::time::Duration;

use http::{Response, StatusCode};
use tokio::sync::OwnedSemaphorePermit;

use super::attempt::Watch;
use super::auth::{Chosen, Held};
use super::body::Unread;
use super::clock::Deadline;
use super::core::Shared;
use super::spell::{Parts, spell};
use super::trace::Trace;
use super::{
    Attempt, Body, Call, ErrorKind, Fault, Incoming, Operation, Pending, RawResponse, Retries,
    Secret, TransportError, redirect, retry,
};
use crate::runtime::check::{Violation, Violations};

/// How many redirects of one call are followed.
const MAX_REDIRECTS: usize = 10;

/// A call on its way.
struct Exchange<'e> {
    shared: &'e Shared,
    operation: &'static Operation,
    retries: &'e Retries,
    deadline: Deadline,
    /// Whether an attempt has ended only when the body was read.
    whole: bool,
    parts: Parts,
    chosen: Chosen,
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
        // The body has been read when the exchange is over; this only takes it out.
        Box::pin(async { self.exchange(true).await?.collect().await })
    }

    /// Sends the call, and brings back the answer as soon as its status and headers are there. How long the body may
    /// take is limited only if the call itself says so, not by the client. What fails later is not sent again.
    ///
    /// # Errors
    /// When the call breaks the document's rules, or when there is no response.
    pub fn open(self) -> Pending<'c, Result<Incoming<'c>, Fault>> {
        Box::pin(self.exchange(false))
    }

    async fn exchange(self, whole: bool) -> Result<Incoming<'c>, Fault> {
        let (operation, shared) = (self.operation, self.core.shared());
        #[cfg_attr(
            not(feature = "mocks"),
            expect(unused_mut, reason = "mocks are told more")
        )]
        let (mut parts, chosen) =
            spell(&self).map_err(|violations| invalid(operation, violations))?;
        #[cfg(feature = "mocks")]
        parts.extensions.insert(super::mock::Asked::of(&self));
        let exchange = Exchange {
            shared,
            operation,
            retries: self.retries.as_ref().unwrap_or(&shared.settings.retries),
            deadline: shared.time.deadline(self.timeout),
            whole,
            parts,
            chosen,
        };
        let permit = exchange.permit().await?;
        let (head, body) = exchange.run().await?.into_parts();
        Ok(Incoming {
            call: self,
            status: head.status,
            headers: head.headers,
            body: body.holding(permit),
        })
    }
}

impl Exchange<'_> {
    async fn run(&self) -> Result<Response<Body>, Fault> {
        let (mut first, mut secrets) = self.authorize(&[]).await?;
        let repeatable = retry::is_repeatable(&first);
        let mut parts = first.clone();
        let mut redirects = if self.operation.redirects {
            MAX_REDIRECTS
        } else {
            0
        };
        let (mut number, mut failed, mut renewed) = (0, 0, false);
        loop {
            let result = self.attempt(number, &parts).await?;
            number += 1;
            if let Ok(response) = &result {
                let next = redirect::next(&parts, response.status(), response.headers());
                if let Some(next) = next.filter(|_| redirects > 0) {
                    parts = next;
                    redirects -= 1;
                    continue;
                }
                if response.status() == StatusCode::UNAUTHORIZED
                    && !std::mem::replace(&mut renewed, true)
                    && let Some(new) = self.renew(&first, &secrets).await
                {
                    (first, secrets) = new;
                    parts = first.clone();
                    continue;
                }
            }
            failed += 1;
            let wait = self.wait(&result, failed).filter(|_| repeatable);
            let Some(sleep) = wait.and_then(|wait| self.shared.time.sleep(wait)) else {
                return result.map_err(|error| Fault::transport(self.operation.name, error));
            };
            sleep.await;
            parts = first.clone();
        }
    }

    /// Sends a request and takes the response. Fails altogether if there is nothing that can be sent.
    async fn attempt(
        &self,
        number: u32,
        parts: &Parts,
    ) -> Result<Result<Response<Body>, TransportError>, Fault> {
        let request = parts.request().ok_or_else(|| {
            let message = "is a stream that was sent before";
            invalid(
                self.operation,
                Violations::one(Violation::new("body", message)),
            )
        })?;
        let attempt = Attempt {
            operation: self.operation.name,
            method: self.operation.method,
            path: self.operation.path,
            number,
        };
        let Shared {
            time, transport, ..
        } = self.shared;
        let settings = &self.shared.settings;
        let trace = Trace::start(&attempt, &parts.uri);
        let watch = Watch::start(attempt, settings.observer.as_ref(), time);
        let exchange = async {
            let response = transport.send(request, time.left(&self.deadline)).await?;
            if !self.whole {
                return Ok(response);
            }
            let (head, body) = response.into_parts();
            let body = read(body, settings.max_response).await?;
            Ok(Response::from_parts(head, Body::from(body)))
        };
        let result = trace.around(exchange).await;
        trace.end(&result);
        watch.end(&result);
        Ok(result)
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

    /// The request with its credentials, and the tokens among them. Of these, none of `refused` is taken.
    async fn authorize(&self, refused: &[Secret]) -> Result<(Parts, Vec<Secret>), Fault> {
        let mut parts = self.parts.clone();
        let mut tokens = Vec::new();
        for (kind, held) in &self.chosen {
            let secret = match held {
                Held::Secret(secret) => secret.clone(),
                Held::Source(source) => {
                    let left = self.shared.time.left(&self.deadline);
                    let token = source.get(self.shared, left, refused.get(tokens.len()));
                    let token = self.in_time(token).await?.map_err(|error| {
                        Fault::new(self.operation.name, ErrorKind::Authorization).caused_by(error)
                    })?;
                    tokens.push(token.clone());
                    token
                }
            };
            let added = parts.authorize(*kind, &secret);
            added.map_err(|violation| invalid(self.operation, Violations::one(violation)))?;
        }
        Ok((parts, tokens))
    }

    /// The request with new tokens, after a server refused the old ones. `None` if there are no other ones.
    async fn renew(&self, first: &Parts, refused: &[Secret]) -> Option<(Parts, Vec<Secret>)> {
        if refused.is_empty() || !first.body.can_repeat() {
            return None;
        }
        let renewed = self.authorize(refused).await.ok()?;
        (renewed.1 != refused).then_some(renewed)
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

    async fn in_time<T>(&self, future: impl Future<Output = T>) -> Result<T, Fault> {
        let result = self.shared.time.within(&self.deadline, future).await;
        let late = || TransportError::timeout("the call was not sent in time");
        result.ok_or_else(|| Fault::transport(self.operation.name, late()))
    }
}

fn invalid(operation: &'static Operation, violations: Violations) -> Fault {
    Fault::new(operation.name, ErrorKind::InvalidRequest).caused_by(violations)
}

/// Reads a body of at most `most` bytes.
async fn read(body: Body, most: usize) -> Result<bytes::Bytes, TransportError> {
    body.collect(most).await.map_err(|unread| match unread {
        Unread::TooLong => TransportError::too_long(),
        Unread::Failed(error) => error,
    })
}
