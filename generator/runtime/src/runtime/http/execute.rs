//! From a call to a response: spell, send, follow, read.

use super::redirect;
use super::spell::spell;
use super::{Call, ErrorKind, Fault, Incoming, Pending, RawResponse};

/// How many redirects of one call are followed.
const MAX_REDIRECTS: usize = 10;

impl<'c> Call<'c> {
    /// Sends the call, and brings back whatever the server answers.
    ///
    /// The future has a box, so that the code of the operations does not hold a copy of it each.
    ///
    /// # Errors
    /// When the call breaks the document's rules, or when there is no whole response.
    pub fn execute(mut self) -> Pending<'c, Result<RawResponse, Fault>> {
        self.timeout = self.timeout.or(self.core.shared().settings.timeout);
        Box::pin(async { self.exchange().await?.collect().await })
    }

    /// Sends the call, and brings back the answer as soon as its status and headers are there. How long the body may
    /// take is limited only if the call itself says so, not by the client.
    ///
    /// # Errors
    /// When the call breaks the document's rules, or when there is no response.
    pub fn open(self) -> Pending<'c, Result<Incoming<'c>, Fault>> {
        Box::pin(self.exchange())
    }

    async fn exchange(self) -> Result<Incoming<'c>, Fault> {
        let operation = self.operation;
        let shared = self.core.shared();
        let transport_fault = |error| Fault::transport(operation.name, error);
        let timeout = self.timeout;
        let mut parts = spell(self.clone()).map_err(|violations| {
            Fault::new(operation.name, ErrorKind::InvalidRequest).caused_by(violations)
        })?;
        #[cfg(feature = "mocks")]
        parts.extensions.insert(super::mock::Asked::of(&self));
        let mut redirects = if operation.redirects {
            MAX_REDIRECTS
        } else {
            0
        };
        let response = loop {
            let sending = shared.transport.send(parts.request(), timeout);
            let response = sending.await.map_err(transport_fault)?;
            match redirect::next(&parts, response.status(), response.headers()) {
                Some(next) if redirects > 0 => parts = next,
                _ => break response,
            }
            redirects -= 1;
        };
        let (head, body) = response.into_parts();
        Ok(Incoming {
            call: self,
            status: head.status,
            headers: head.headers,
            body,
        })
    }
}
