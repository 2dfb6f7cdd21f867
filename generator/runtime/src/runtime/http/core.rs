//! What all calls of a client share: where it is served, credentials, settings, limits, transport.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{HeaderName, HeaderValue, USER_AGENT};
use tokio::sync::Semaphore;

#[cfg(feature = "part-tokens")]
use super::TokenSource;
use super::auth::{self, Credentials, Held};
use super::base::Base;
use super::call::Given;
use super::clock::Time;
#[cfg(feature = "reqwest")]
use super::reqwest::Reqwest;
use super::retry::Chance;
#[cfg(feature = "part-tokens")]
use super::token::Tokens;
use super::{Clock, Observer, Parameter, Retries, Scheme, Secret, Transport};
use crate::runtime::json::Json;

/// How long a call may take when nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(60);
/// How long the connection may take to be there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest response in bytes when nothing else is said.
const MAX_RESPONSE: usize = 64 << 20;

/// The part of a client that all calls share. Cloning it is cheap.
#[derive(Clone)]
pub struct Core(Arc<Shared>);

pub(super) struct Shared {
    pub(super) base: Base,
    /// Whether the base URL is another than that of the document.
    pub(super) moved: bool,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) time: Time,
    pub(super) chance: Chance,
    /// How many calls may be under way at once.
    pub(super) limit: Option<Arc<Semaphore>>,
    pub(super) settings: Settings,
}

/// What calls start from, and may override.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) credentials: Credentials,
    pub(super) parameters: Vec<Given>,
    pub(super) headers: HeaderMap,
    pub(super) timeout: Option<Duration>,
    pub(super) retries: Retries,
    pub(super) observer: Option<Arc<dyn Observer>>,
    pub(super) max_response: usize,
}

/// Collects what a [`Core`] is made of.
#[derive(Clone)]
pub struct CoreBuilder {
    base_url: String,
    moved: bool,
    transport: Option<Arc<dyn Transport>>,
    connect_timeout: Duration,
    time: Time,
    seed: Option<u64>,
    concurrency: Option<usize>,
    settings: Settings,
    error: Option<BuildError>,
}

/// Why a client could not be built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL is no absolute URL of HTTP or HTTPS, or has a user, query or fragment.
    BaseUrl(String),
    /// A header has a name or value that HTTP does not allow. Values are not kept: they may be secret.
    Header(String),
    /// The transport could not be set up.
    Transport(String),
}

impl Core {
    /// Where the API is served, without a slash at its end.
    pub fn base_url(&self) -> &str {
        self.0.base.as_str()
    }

    pub(super) fn shared(&self) -> &Shared {
        &self.0
    }
}

impl CoreBuilder {
    /// A builder for an API at `base_url`.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            moved: false,
            transport: None,
            connect_timeout: CONNECT_TIMEOUT,
            time: Time::system(),
            seed: None,
            concurrency: None,
            settings: Settings {
                credentials: Credentials::default(),
                parameters: Vec::new(),
                headers: HeaderMap::new(),
                timeout: Some(TIMEOUT),
                retries: Retries::on(),
                observer: None,
                max_response: MAX_RESPONSE,
            },
            error: None,
        }
    }

    /// Sets where the API is served, those operations included that the document has on servers of their own.
    pub fn base_url(&mut self, url: impl Into<String>) {
        self.base_url = url.into();
        self.moved = true;
    }

    /// Sets the credential of a scheme.
    pub fn credential(&mut self, scheme: &'static Scheme, secret: Secret) {
        let held = Held::of(scheme.kind, secret);
        self.settings.credentials.set(scheme, held);
    }

    /// Sets where the tokens of a scheme come from.
    #[cfg(feature = "part-tokens")]
    pub fn token_source(&mut self, scheme: &'static Scheme, source: impl TokenSource) {
        let tokens = Arc::new(Tokens::of(source));
        self.settings.credentials.set(scheme, Held::Source(tokens));
    }

    /// Sets the user and password of a scheme that is `Basic`.
    pub fn basic(&mut self, scheme: &'static Scheme, user: &str, password: &Secret) {
        self.credential(scheme, auth::basic(user, password));
    }

    /// Sets the value that a parameter has in all calls that take it.
    pub fn parameter(&mut self, parameter: &'static Parameter, value: &dyn Json) {
        Given::put(&mut self.settings.parameters, parameter, value);
    }

    /// Sets a header of all calls.
    pub fn header(&mut self, name: &str, value: &str) {
        match header(name, value.to_owned()) {
            Some((name, value)) => drop(self.settings.headers.insert(name, value)),
            None => self.error = Some(BuildError::Header(name.to_owned())),
        }
    }

    /// Sets the header `User-Agent` of all calls.
    pub fn user_agent(&mut self, value: &str) {
        self.header(USER_AGENT.as_str(), value);
    }

    /// Sets how long a call may take; `None` for as long as it takes.
    pub fn timeout(&mut self, timeout: Option<Duration>) {
        self.settings.timeout = timeout;
    }

    /// Sets how long it may take to connect. It counts for the default transport.
    pub fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = timeout;
    }

    /// Sets whether and when calls are sent again that failed in passing.
    pub fn retries(&mut self, retries: Retries) {
        self.settings.retries = retries;
    }

    /// Makes the random part of the waits between attempts the same series each time.
    pub fn seed(&mut self, seed: u64) {
        self.seed = Some(seed);
    }

    /// Sets who is told about every attempt.
    pub fn observer(&mut self, observer: impl Observer) {
        self.settings.observer = Some(Arc::new(observer));
    }

    /// Sets how many calls may be under way at once, at least one; others wait.
    pub fn max_concurrency(&mut self, calls: usize) {
        self.concurrency = Some(calls.clamp(1, Semaphore::MAX_PERMITS));
    }

    /// Sets what tells the time.
    pub fn clock(&mut self, clock: impl Clock) {
        self.time = Time::of(clock);
    }

    /// Sets how long the body of a response may be, in bytes.
    pub fn max_response(&mut self, bytes: usize) {
        self.settings.max_response = bytes;
    }

    /// Sets what carries the requests.
    pub fn transport(&mut self, transport: impl Transport) {
        self.transport = Some(Arc::new(transport));
    }

    /// Puts it together.
    ///
    /// # Errors
    /// When the base URL or a header cannot be used, or when the transport cannot be set up.
    pub fn build(self) -> Result<Core, BuildError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        // Before the `@` stand a user and a password, which an error must not show.
        let shown = self
            .base_url
            .rsplit('@')
            .next()
            .unwrap_or_default()
            .to_owned();
        let base = Base::parse(&self.base_url).ok_or(BuildError::BaseUrl(shown))?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(self.connect_timeout)?,
        };
        let limit = self.concurrency.map(Semaphore::new);
        Ok(Core(Arc::new(Shared {
            base,
            moved: self.moved,
            transport,
            time: self.time,
            chance: Chance::new(self.seed),
            limit: limit.map(Arc::new),
            settings: self.settings,
        })))
    }
}

/// Reqwest.
#[cfg(feature = "reqwest")]
fn default_transport(connect_timeout: Duration) -> Result<Arc<dyn Transport>, BuildError> {
    let transport = Reqwest::new(connect_timeout);
    let transport = transport.map_err(|error| BuildError::Transport(error.to_string()))?;
    Ok(Arc::new(transport))
}

/// None: the crate was built without reqwest.
#[cfg(not(feature = "reqwest"))]
fn default_transport(_: Duration) -> Result<Arc<dyn Transport>, BuildError> {
    let why = "without the feature `reqwest`, a client is given one";
    Err(BuildError::Transport(why.to_owned()))
}

/// A header as HTTP has it; `None` if it does not.
pub(super) fn header(name: &str, value: impl Into<Bytes>) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    let mut value = HeaderValue::from_maybe_shared::<Bytes>(value.into()).ok()?;
    value
        .set_sensitive(["authorization", "cookie", "proxy-authorization"].contains(&name.as_str()));
    Some((name, value))
}

/// Shows the names of headers but not their values: a key may be among them.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.keys().map(HeaderName::as_str).collect();
        f.debug_struct("Settings")
            .field("credentials", &self.credentials)
            .field("parameters", &self.parameters)
            .field("headers", &headers)
            .field("timeout", &self.timeout)
            .field("retries", &self.retries)
            .field("max_response", &self.max_response)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("base", &self.0.base)
            .field("settings", &self.0.settings)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for CoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoreBuilder")
            .field("base_url", &self.base_url.rsplit('@').next())
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(url) => {
                write!(
                    f,
                    "{url:?} is no base URL: it must be http(s)://host/path, without user, query and fragment"
                )
            }
            Self::Header(name) => write!(
                f,
                "the header {name:?} has a name or value that HTTP does not allow"
            ),
            Self::Transport(why) => write!(f, "the transport cannot be set up: {why}"),
        }
    }
}

impl std::error::Error for BuildError {}
