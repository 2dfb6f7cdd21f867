//! An HTTP server that plays the document.
//!
//! It refuses what the document refuses, and answers with the document's examples, or with the simplest valid values
//! where there are none.

mod accept;
mod answer;
pub(crate) mod base;
mod cors;
mod credentials;
mod fit;
mod key;
mod listing;
mod memory;
mod order;
mod prefer;
mod refuse;
mod server;
mod thing;
mod trouble;
mod value;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bindery_spec::Api;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::probe::Options;
use crate::validate::{Contract, Violation};
use prefer::Preference;
pub(crate) use refuse::problem;
pub use server::Running;
pub use trouble::{Fault, Latency};

/// What a mock tells about every exchange, for a log.
pub type Log = dyn Fn(&Exchange<'_>) + Send + Sync;

/// One request and what was made of it.
#[derive(Debug)]
pub struct Exchange<'a> {
    /// The method.
    pub method: &'a str,
    /// The path, without the query, which may hold a secret.
    pub path: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// Why the request was refused; empty when it was served.
    pub violations: &'a [Violation],
}

/// A mock of a document.
///
/// ```
/// use bindery_contract::Mock;
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let reading = bindery_contract::spec::read_text("pets.yaml", "
/// openapi: 3.1.0
/// info: { title: Pets, version: 1.0.0 }
/// paths:
///   /pets:
///     get: { responses: { '204': { description: None today. } } }
/// ");
/// let running = Mock::new(reading.api.expect("a document")).bind("127.0.0.1:0").await?;
/// assert!(running.url().starts_with("http://127.0.0.1:"));
/// running.stop().await;
/// # Ok::<_, std::io::Error>(()) })?;
/// # Ok::<_, std::io::Error>(())
/// ```
#[derive(Clone)]
pub struct Mock {
    contract: Arc<Contract>,
    bases: Arc<base::BasePaths>,
    known: Vec<(HeaderName, HeaderValue)>,
    memory: Option<Arc<memory::Memory>>,
    log: Option<Arc<Log>>,
    trouble: trouble::Trouble,
    /// The seed of the next answer, where values are made.
    dynamic: Option<Arc<AtomicU64>>,
}

impl Mock {
    /// A mock that is not served yet. It takes any credential of the declared kind.
    pub fn new(api: impl Into<Arc<Api>>) -> Self {
        let api = api.into();
        Self {
            bases: Arc::new(base::BasePaths::new(&api)),
            contract: Arc::new(Contract::new(api)),
            known: Vec::new(),
            memory: None,
            log: None,
            trouble: trouble::Trouble::default(),
            dynamic: None,
        }
    }

    /// Makes values instead of taking examples, as if every request preferred it (`Prefer: dynamic=true`). The first answer
    /// has this seed, and each other one the next.
    #[must_use]
    pub fn dynamic(mut self, seed: u64) -> Self {
        self.dynamic = Some(Arc::new(AtomicU64::new(seed)));
        self
    }

    /// What a request prefers, by its own words or by what is usual here.
    fn preference(&self, headers: &HeaderMap) -> Preference {
        let seed = |next: &Arc<AtomicU64>| next.fetch_add(1, Ordering::Relaxed);
        let usual = Preference {
            dynamic: self.dynamic.is_some(),
            seed: self.dynamic.as_ref().map_or(0, seed),
            ..Preference::NONE
        };
        usual.of(headers)
    }

    /// Remembers what is created, so that it can be read, listed, changed and deleted until the mock ends.
    #[must_use]
    pub fn stateful(mut self) -> Self {
        self.memory = Some(Arc::new(memory::Memory::new(&self.contract)));
        self
    }

    /// Takes only this value of a header that is a credential of the operation.
    pub fn accepting(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.known.push((name, value));
        self
    }

    /// Takes only the credentials that a run shows, as far as they are headers.
    pub fn knowing(mut self, options: &Options) -> Self {
        self.known.extend(options.shown(self.contract.api()));
        self
    }

    /// Takes its time for every answer that goes over the network.
    pub fn latency(mut self, latency: Latency) -> Self {
        self.trouble.delay(latency);
        self
    }

    /// Spoils a part of the answers that go over the network; the first fault that is drawn happens.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.trouble.add(fault);
        self
    }

    /// Tells about every exchange.
    pub fn log(mut self, log: impl Fn(&Exchange<'_>) + Send + Sync + 'static) -> Self {
        self.log = Some(Arc::new(log));
        self
    }

    /// Answers one request, without any network.
    pub fn answer(&self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        let mut response =
            cors::preflight(request).unwrap_or_else(|| self.answer_and_tell(request));
        cors::open(request, &mut response);
        response
    }

    fn answer_and_tell(&self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        let preference = self.preference(request.headers());
        let answer = answer::answer(self, request, &preference);
        if let Some(log) = &self.log {
            log(&Exchange {
                method: request.method().as_str(),
                path: request.uri().path(),
                status: answer.response.status().as_u16(),
                violations: &answer.violations,
            });
        }
        answer.response
    }

    /// Serves on an address, such as `127.0.0.1:0` for any free port, until the handle is stopped or dropped. The schemas
    /// are made ready before, so that the first answer takes no longer than the others.
    ///
    /// # Errors
    /// When the address is none, not free, or not ours.
    pub async fn bind(self, address: impl tokio::net::ToSocketAddrs) -> std::io::Result<Running> {
        self.contract.prepare();
        server::bind(self, address).await
    }
}

/// Shows no credential.
impl std::fmt::Debug for Mock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mock")
            .field("title", &self.contract.api().info.title)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
