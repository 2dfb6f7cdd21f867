//! Tokens that a client asks for itself: where they come from, and how long they are kept.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;

use super::core::Shared;
use super::{Pending, Secret, Transport};

/// A token is given up this long before it expires, or a quarter of its life before if that is less.
const MARGIN: Duration = Duration::from_secs(30);

/// Gives out tokens that authorize calls.
///
/// A client asks when it has none, when its own is about to expire, and once when a server answers 401. However many
/// calls need a token, it is asked for once.
///
/// ```
/// use bindery_runtime::runtime::{Pending, Token, TokenContext, TokenError, TokenSource};
///
/// /// Takes the token from a file that something else keeps up to date.
/// struct InFile(std::path::PathBuf);
///
/// impl TokenSource for InFile {
///     fn token<'a>(&'a self, _: TokenContext<'a>) -> Pending<'a, Result<Token, TokenError>> {
///         Box::pin(async {
///             let text = std::fs::read_to_string(&self.0).map_err(TokenError::new)?;
///             Ok(Token::new(text.trim()))
///         })
///     }
/// }
/// ```
pub trait TokenSource: Send + Sync + 'static {
    /// A new token.
    fn token<'a>(&'a self, context: TokenContext<'a>) -> Pending<'a, Result<Token, TokenError>>;
}

/// A token, with how long it can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    secret: Secret,
    expires_in: Option<Duration>,
}

/// What the client lends to a source of tokens.
#[derive(Clone, Copy)]
pub struct TokenContext<'a> {
    pub(super) transport: &'a dyn Transport,
    pub(super) base_url: &'a str,
    pub(super) timeout: Option<Duration>,
}

/// Why there is no token. It must not tell anything secret: errors of calls show it.
#[derive(Clone, Debug)]
pub struct TokenError(Arc<dyn Error + Send + Sync>);

/// The token of a source, kept until shortly before it expires.
pub(super) struct Tokens {
    source: Box<dyn TokenSource>,
    kept: Mutex<Kept>,
    failures: AtomicU64,
}

#[derive(Default)]
struct Kept {
    token: Option<Token>,
    /// When the token is given up.
    until: Option<Duration>,
    /// Why there is none.
    failure: Option<TokenError>,
}

impl Token {
    /// A token that can be used until a server refuses it.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self {
            secret: secret.into(),
            expires_in: None,
        }
    }

    /// The same, but it expires after some time.
    #[must_use]
    pub fn expiring_in(self, time: Duration) -> Self {
        Self {
            expires_in: Some(time),
            ..self
        }
    }
}

impl<'a> TokenContext<'a> {
    /// The transport of the client, so that its proxies and certificates count here as well.
    pub fn transport(&self) -> &'a dyn Transport {
        self.transport
    }

    /// Where the API is served, without a slash at its end.
    pub fn base_url(&self) -> &'a str {
        self.base_url
    }

    /// How long it may take.
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }
}

impl TokenError {
    /// There is no token because of this.
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(Arc::from(cause.into()))
    }
}

impl Tokens {
    pub(super) fn of(source: impl TokenSource) -> Self {
        Self {
            source: Box::new(source),
            kept: Mutex::default(),
            failures: AtomicU64::new(0),
        }
    }

    /// The token at hand, or a new one where there is none but the one that was `refused`. Calls that come while a token
    /// is asked for wait, and share what comes of it.
    pub(super) async fn get(
        &self,
        shared: &Shared,
        timeout: Option<Duration>,
        refused: Option<&Secret>,
    ) -> Result<Secret, TokenError> {
        let failures = self.failures.load(Ordering::Acquire);
        let mut kept = self.kept.lock().await;
        let now = shared.time.now();
        if let Some(secret) = kept.usable(now, refused) {
            return Ok(secret.clone());
        }
        if let Some(failure) = &kept.failure
            && failures != self.failures.load(Ordering::Acquire)
        {
            return Err(failure.clone());
        }
        kept.token = None;
        let context = TokenContext {
            transport: &*shared.transport,
            base_url: shared.base.as_str(),
            timeout,
        };
        let result = self.source.token(context).await;
        if result.is_err() {
            self.failures.fetch_add(1, Ordering::AcqRel);
        }
        kept.keep(result, shared.time.now())
    }
}

impl Kept {
    fn usable(&self, now: Option<Duration>, refused: Option<&Secret>) -> Option<&Secret> {
        let secret = &self.token.as_ref()?.secret;
        let expired = now.zip(self.until).is_some_and(|(now, until)| now >= until);
        (!expired && refused != Some(secret)).then_some(secret)
    }

    fn keep(
        &mut self,
        result: Result<Token, TokenError>,
        now: Option<Duration>,
    ) -> Result<Secret, TokenError> {
        self.failure = result.as_ref().err().cloned();
        let token = result?;
        let life = token
            .expires_in
            .map(|life| life.saturating_sub(MARGIN.min(life / 4)));
        self.until = now.zip(life).map(|(now, life)| now.saturating_add(life));
        let secret = token.secret.clone();
        self.token = Some(token);
        Ok(secret)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[a source of tokens]")
    }
}

impl fmt::Debug for TokenContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenContext")
            .field("base_url", &self.base_url)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for TokenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.0)
    }
}
