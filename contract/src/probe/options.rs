//! What a run is told.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Request, Response};
use http_body_util::Full;
use hyper::body::Body;
use tower_service::Service;

use super::oauth2::{self, ClientCredentials, Tokens};
use super::service::InProcess;
use super::{Filter, RunError, Shard, Stop};
use crate::checks::custom::CustomCheck;
use crate::report::Archive;

/// What a run is told: where the deployment is, how to get in, and how far to go.
#[derive(Clone)]
pub struct Options {
    /// Where the API is served; what stands in its path goes before every path of the document.
    pub base_url: String,
    /// Which cases are made of what the document leaves open.
    pub seed: u64,
    /// How long an answer may take, body included. When nothing is said: ten seconds, and of a server that
    /// answered before a hundred times what its slowest answer took, within five and ten seconds.
    pub timeout: Option<Duration>,
    /// How many operations are probed at once; at least one.
    pub workers: usize,
    /// How many cases an operation gets at most.
    pub max_cases: Option<usize>,
    /// How many random requests an operation gets after those that are planned, within `max_cases`;
    /// [`Options::FUZZ`] by default.
    pub fuzz: usize,
    /// Whether only the safe methods are sent (RFC 9110 §9.2.1).
    pub read_only: bool,
    /// How many bytes of a body are read.
    pub max_body: usize,
    /// The part of the selected operations that is probed; all of them when nothing is said.
    pub shard: Option<Shard>,
    /// How long to wait until the server can be reached.
    pub wait: Option<Duration>,
    /// Which operations are probed.
    pub filter: Filter,
    /// How many requests are sent in a second at most.
    pub rate: Option<f64>,
    /// How long cases are sent; what is left then is left out.
    pub max_time: Option<Duration>,
    /// After how many errors no more cases are sent. With several workers those that are under way add theirs.
    pub max_errors: Option<usize>,
    /// What ends the run before its time.
    pub stop: Stop,
    /// The codes of the checks that count; all when there are none.
    pub checks: Vec<String>,
    /// The codes of the checks that do not count.
    pub without_checks: Vec<String>,
    /// The proxy that requests go through, as a URL; that of the environment when nothing is said.
    pub proxy: Option<String>,
    /// Certificates of authorities that are trusted beside those of the system, in PEM.
    pub authorities: Vec<u8>,
    /// Whether any certificate of the server is taken, also a wrong one.
    pub insecure: bool,
    /// Whether sequences are played on the resources that the document's shape shows, and the keys of things that exist
    /// are used in requests.
    pub state: bool,
    /// How long the server is given after each change before a sequence that showed something looks again
    /// ([`Options::SETTLE`] by default): what shows only at once is a warning.
    pub settle: Duration,
    pub(crate) identities: Vec<Identity>,
    /// Whether requests are HTTP/2 by prior knowledge, without TLS as well.
    pub http2: bool,
    /// The certificate and the key that are shown to the server, in PEM.
    pub identity: Vec<u8>,
    pub(crate) custom: Vec<Arc<dyn CustomCheck>>,
    pub(crate) archive: Option<Arc<Archive>>,
    pub(crate) service: Option<InProcess>,
    pub(crate) headers: Vec<Fixed>,
    /// The secrets of security schemes, by their names.
    pub(crate) secrets: Vec<(String, String)>,
    pub(crate) tokens: Option<Tokens>,
}

/// Somebody who may use the API, and has nothing in common with the others.
#[derive(Clone)]
pub(crate) struct Identity {
    /// What it is called in reports.
    pub(crate) name: String,
    pub(crate) name_of_header: HeaderName,
    pub(crate) value: HeaderValue,
}

/// A header that every request has.
#[derive(Clone)]
pub(crate) struct Fixed {
    pub(crate) name: HeaderName,
    pub(crate) value: HeaderValue,
    /// What stands in its place in reports, where it is a secret.
    pub(crate) placeholder: Option<String>,
}

impl Options {
    /// How many random requests an operation gets when nothing else is said.
    pub const FUZZ: usize = 20;

    /// How long the server is given after a change when nothing else is said.
    pub const SETTLE: Duration = Duration::from_millis(500);

    /// The options for a base URL: seed 0, two workers, everything.
    ///
    /// ```
    /// let options = bindery_contract::Options::new("http://127.0.0.1:8080").seed(7);
    /// assert_eq!(options.seed, 7);
    /// ```
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            seed: 0,
            timeout: None,
            workers: 2,
            max_cases: None,
            fuzz: Self::FUZZ,
            read_only: false,
            max_body: 16 << 20,
            shard: None,
            wait: None,
            filter: Filter::default(),
            rate: None,
            max_time: None,
            max_errors: None,
            stop: Stop::default(),
            checks: Vec::new(),
            without_checks: Vec::new(),
            proxy: None,
            authorities: Vec::new(),
            insecure: false,
            state: true,
            settle: Self::SETTLE,
            identities: Vec::new(),
            http2: false,
            identity: Vec::new(),
            custom: Vec::new(),
            archive: None,
            service: None,
            headers: Vec::new(),
            secrets: Vec::new(),
            tokens: None,
        }
    }

    /// The options for a `tower` service in this process, such as an axum `Router`; no socket is opened.
    ///
    /// ```
    /// use axum::{Json, Router, routing::get};
    /// use bindery_contract::{Filter, Options, Selector, run, spec::read_text};
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let reading = read_text("pets.yaml", "
    /// openapi: 3.1.0
    /// info: { title: Pets, version: 1.0.0 }
    /// paths:
    ///   /pets:
    ///     get:
    ///       operationId: list_pets
    ///       responses:
    ///         '200': { description: All., content: { application/json: { schema: { type: array } } } }
    /// ");
    /// let api = reading.api.expect("a document");
    /// let router = Router::new().route("/pets", get(|| async { Json(["Rex"]) }));
    /// let mut options = Options::in_process(router);
    /// options.filter.include = vec![Selector::Operation("list_pets".to_owned())];
    /// let outcome = run(api, &options, &()).await?;
    /// assert!(outcome.is_clean(true), "{:#?}", outcome.findings);
    /// # Ok::<_, bindery_contract::RunError>(()) }).map_err(|error| error.to_string())?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn in_process<S, B>(service: S) -> Self
    where
        S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send,
        S::Error: std::fmt::Display,
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self {
            service: Some(InProcess::new(service)),
            ..Self::new("http://in-process")
        }
    }

    /// Adds a check of your own, such as an [`Expectation`](crate::Expectation).
    #[must_use]
    pub fn custom(mut self, check: impl CustomCheck + 'static) -> Self {
        self.custom.push(Arc::new(check));
        self
    }

    /// Keeps every exchange in an archive, without secrets.
    #[must_use]
    pub fn archive(mut self, archive: &Arc<Archive>) -> Self {
        self.archive = Some(Arc::clone(archive));
        self
    }

    /// Whether findings of a check count.
    pub(crate) fn counts(&self, code: &str) -> bool {
        let listed = |codes: &[String]| codes.iter().any(|own| own == code);
        (self.checks.is_empty() || listed(&self.checks)) && !listed(&self.without_checks)
    }

    /// Sets the seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets how long an answer may take.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sends a bearer token with every request; reports show `$TOKEN` in its place.
    ///
    /// # Errors
    /// When the token cannot stand in a header.
    pub fn bearer(self, token: &str) -> Result<Self, RunError> {
        self.secret("authorization", &format!("Bearer {token}"), "Bearer $TOKEN")
    }

    /// Shows a secret where a security scheme of the document has it: an API key, a token, or `user:password` for the
    /// scheme `basic`. Reports show a variable in its place.
    #[must_use]
    pub fn credential(mut self, scheme: &str, secret: &str) -> Self {
        self.secrets.retain(|(own, _)| own != scheme);
        self.secrets.push((scheme.to_owned(), secret.to_owned()));
        self
    }

    /// Gets bearer tokens by OAuth 2.0 client credentials, and others when they expire.
    #[must_use]
    pub fn client_credentials(mut self, credentials: ClientCredentials) -> Self {
        self.tokens = Some(Tokens::new(credentials));
        let mut value = HeaderValue::from_static(oauth2::STAND_IN);
        value.set_sensitive(true);
        self.headers.retain(|header| header.name != AUTHORIZATION);
        self.headers.push(Fixed {
            name: AUTHORIZATION,
            value,
            placeholder: Some("Bearer $TOKEN".to_owned()),
        });
        self
    }

    /// Sends a header with every request. Values under names that sound like credentials are not shown in reports.
    ///
    /// # Errors
    /// When the name or the value cannot stand in a message.
    pub fn header(self, name: &str, value: &str) -> Result<Self, RunError> {
        if is_sensitive(name) {
            let placeholder = format!("${}", name.to_ascii_uppercase().replace('-', "_"));
            return self.secret(name, value, &placeholder);
        }
        self.fixed(name, value, None)
    }

    /// Adds somebody who may use the API, by the header that says who it is. Of two or more, none may read, change or
    /// delete what another created; the first sends everything else of the run as well.
    ///
    /// # Errors
    /// When the header cannot stand in a message.
    pub fn identity(mut self, who: &str, header: &str, value: &str) -> Result<Self, RunError> {
        if self.identities.is_empty() {
            let placeholder = super::redact::variable(who);
            self = self.secret(header, value, &placeholder)?;
        }
        let invalid = || RunError::Header(header.to_owned());
        let mut value = HeaderValue::from_str(value.trim()).map_err(|_| invalid())?;
        value.set_sensitive(true);
        self.identities.push(Identity {
            name: who.to_owned(),
            name_of_header: header.trim().parse().map_err(|_| invalid())?,
            value,
        });
        Ok(self)
    }

    fn secret(self, name: &str, value: &str, placeholder: &str) -> Result<Self, RunError> {
        self.fixed(name, value, Some(placeholder.to_owned()))
    }

    fn fixed(
        mut self,
        name: &str,
        value: &str,
        placeholder: Option<String>,
    ) -> Result<Self, RunError> {
        let invalid = || RunError::Header(name.to_owned());
        let name = name.trim().parse::<HeaderName>().map_err(|_| invalid())?;
        let mut value = HeaderValue::from_str(value.trim()).map_err(|_| invalid())?;
        value.set_sensitive(placeholder.is_some());
        self.headers.retain(|header| header.name != name);
        self.headers.push(Fixed {
            name,
            value,
            placeholder,
        });
        Ok(self)
    }

    /// Whether every request has this header.
    pub(crate) fn fixes(&self, name: &str) -> bool {
        self.headers
            .iter()
            .any(|header| header.name.as_str().eq_ignore_ascii_case(name))
    }
}

/// Shows no secret.
impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self
            .headers
            .iter()
            .map(|header| header.name.as_str())
            .collect();
        f.debug_struct("Options")
            .field("base_url", &self.base_url)
            .field("seed", &self.seed)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

/// Whether something of this name is a credential, by the sound of it.
pub(crate) fn is_sensitive(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "auth",
        "cookie",
        "key",
        "token",
        "secret",
        "password",
        "credential",
        "session",
    ]
    .iter()
    .any(|word| name.contains(word))
}
