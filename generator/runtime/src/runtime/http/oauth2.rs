//! Tokens of OAuth 2 (RFC 6749): the grants that need no person at a browser.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Uri};

use super::auth::base64;
use super::encode::{Keep, encode};
use super::redirect::resolve;
use super::{Body, Pending, Secret, Token, TokenContext, TokenError, TokenSource};
use crate::runtime::json::{Json, Value};

/// The longest response of a server of tokens, in bytes.
const MAX_RESPONSE: usize = 1 << 20;
/// Where an OpenID Connect provider describes itself, below its issuer (OpenID Connect Discovery 1.0 §4).
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// A source of tokens that asks a server of OAuth 2 for them.
///
/// A client that is known by a secret shows it in the header `Authorization`, as every server must accept
/// (RFC 6749 §2.3.1), unless it is told to show it [in the body](Self::secret_in_body).
pub struct OAuth2 {
    endpoint: TokenEndpoint,
    client_id: String,
    client_secret: Option<Secret>,
    secret_in_body: bool,
    scopes: String,
    parameters: Vec<(String, Secret)>,
    grant: Grant,
    /// The refresh token at hand; servers may give out a new one with each token (RFC 6749 §6).
    refresh: Mutex<Option<Secret>>,
    /// The address that discovery led to.
    discovered: Mutex<Option<Uri>>,
}

/// Where tokens are given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenEndpoint {
    /// At this URL; a relative one is seen from the base URL of the client.
    At(String),
    /// Where the OpenID Connect provider says that is described at this URL, or below it.
    Discovered(String),
}

/// What a token is asked for with.
enum Grant {
    ClientCredentials,
    Refresh,
    Password(String, Secret),
}

impl OAuth2 {
    /// Tokens for the client itself (RFC 6749 §4.4).
    pub fn client_credentials(
        endpoint: TokenEndpoint,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
    ) -> Self {
        Self {
            client_secret: Some(client_secret.into()),
            ..Self::new(endpoint, client_id.into(), Grant::ClientCredentials)
        }
    }

    /// Tokens for a person who has authorized the client before (RFC 6749 §6).
    pub fn refresh_token(
        endpoint: TokenEndpoint,
        client_id: impl Into<String>,
        refresh_token: impl Into<Secret>,
    ) -> Self {
        Self {
            refresh: Mutex::new(Some(refresh_token.into())),
            ..Self::new(endpoint, client_id.into(), Grant::Refresh)
        }
    }

    /// Tokens for a person whose password the client has (RFC 6749 §4.3).
    pub fn password(
        endpoint: TokenEndpoint,
        client_id: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        let grant = Grant::Password(user.into(), password.into());
        Self::new(endpoint, client_id.into(), grant)
    }

    fn new(endpoint: TokenEndpoint, client_id: String, grant: Grant) -> Self {
        Self {
            endpoint,
            client_id,
            client_secret: None,
            secret_in_body: false,
            scopes: String::new(),
            parameters: Vec::new(),
            grant,
            refresh: Mutex::default(),
            discovered: Mutex::default(),
        }
    }

    /// Sets the secret of the client.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// Shows the secret of the client in the body, for servers that do not read the header.
    #[must_use]
    pub fn secret_in_body(mut self) -> Self {
        self.secret_in_body = true;
        self
    }

    /// Sets what the token shall be good for; without scopes, the server chooses.
    #[must_use]
    pub fn scopes<'s>(mut self, scopes: impl IntoIterator<Item = &'s str>) -> Self {
        self.scopes = scopes.into_iter().collect::<Vec<_>>().join(" ");
        self
    }

    /// Adds a parameter that the server wants, such as `audience` or `resource`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    async fn ask(&self, context: TokenContext<'_>) -> Result<Token, TokenError> {
        let url = self.url(context).await?;
        let refresh = locked(&self.refresh).clone();
        let request = self.request(url.clone(), refresh.as_ref())?;
        let answer = match exchange(context, request).await {
            // A refresh token comes to its end, a password does not.
            Err(_) if refresh.is_some() && matches!(self.grant, Grant::Password(..)) => {
                *locked(&self.refresh) = None;
                exchange(context, self.request(url, None)?).await?
            }
            answer => answer?,
        };
        if let Some(rotated) = text(&answer, "/refresh_token")
            && !matches!(self.grant, Grant::ClientCredentials)
        {
            *locked(&self.refresh) = Some(rotated.into());
        }
        if let Some(kind) =
            text(&answer, "/token_type").filter(|kind| !kind.eq_ignore_ascii_case("bearer"))
        {
            let message = format!("the server gave out a token of the type {kind:?}, not `Bearer`");
            return Err(TokenError::new(message));
        }
        let token = text(&answer, "/access_token").filter(|token| !token.is_empty());
        let token = token.ok_or_else(|| TokenError::new("the answer has no `access_token`"))?;
        let token = Token::new(token);
        Ok(match seconds(&answer) {
            Some(life) => token.expiring_in(life),
            None => token,
        })
    }

    /// The request for a token. A password is only asked with until there is a refresh token.
    fn request(&self, url: Uri, refresh: Option<&Secret>) -> Result<Request<Body>, TokenError> {
        let mut pairs = Vec::new();
        match (&self.grant, refresh) {
            (Grant::ClientCredentials, _) => pairs.push(("grant_type", "client_credentials")),
            (_, Some(refresh)) => {
                pairs.push(("grant_type", "refresh_token"));
                pairs.push(("refresh_token", refresh.expose()));
            }
            (Grant::Password(user, password), None) => {
                pairs.push(("grant_type", "password"));
                pairs.extend([("username", user.as_str()), ("password", password.expose())]);
            }
            (Grant::Refresh, None) => return Err(TokenError::new("the refresh token is used up")),
        }
        if !self.scopes.is_empty() {
            pairs.push(("scope", &self.scopes));
        }
        let own = self.parameters.iter();
        pairs.extend(own.map(|(name, value)| (name.as_str(), value.expose())));
        let mut authorization = None;
        match &self.client_secret {
            Some(secret) if !self.secret_in_body => authorization = Some(self.basic(secret)?),
            Some(secret) => {
                pairs.extend([
                    ("client_id", self.client_id.as_str()),
                    ("client_secret", secret.expose()),
                ]);
            }
            None => pairs.push(("client_id", &self.client_id)),
        }
        let mut request = Request::new(Body::from(Bytes::from(form(&pairs))));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url;
        let headers = request.headers_mut();
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.extend(authorization.map(|value| (AUTHORIZATION, value)));
        Ok(request)
    }

    /// Id and secret in the header, each encoded as in a form (RFC 6749 §2.3.1).
    fn basic(&self, secret: &Secret) -> Result<HeaderValue, TokenError> {
        let pair = [&self.client_id, secret.expose()].map(|text| encode(text, Keep::Unreserved));
        let text = format!("Basic {}", base64(pair.join(":").as_bytes()));
        let mut value = HeaderValue::from_str(&text).map_err(TokenError::new)?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// Where tokens are given out.
    async fn url(&self, context: TokenContext<'_>) -> Result<Uri, TokenError> {
        let stated = match &self.endpoint {
            TokenEndpoint::At(url) => return absolute(context, url),
            TokenEndpoint::Discovered(url) => url,
        };
        if let Some(known) = locked(&self.discovered).clone() {
            return Ok(known);
        }
        let tail = if stated.contains("/.well-known/") {
            ""
        } else {
            WELL_KNOWN
        };
        let described = format!("{}{tail}", stated.trim_end_matches('/'));
        let described = absolute(context, &described)?;
        let mut request = Request::new(Body::from(Bytes::new()));
        *request.uri_mut() = described.clone();
        let answer = exchange(context, request).await?;
        let url = text(&answer, "/token_endpoint")
            .ok_or_else(|| TokenError::new("the provider names no `token_endpoint`"))?;
        let url: Uri = url.parse().map_err(TokenError::new)?;
        // Who came by TLS must not be led away from it: secrets go there.
        if url.scheme_str() != Some("https") && url.scheme() != described.scheme() {
            return Err(TokenError::new("the `token_endpoint` is not served by TLS"));
        }
        *locked(&self.discovered) = Some(url.clone());
        Ok(url)
    }
}

impl TokenSource for OAuth2 {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> Pending<'a, Result<Token, TokenError>> {
        Box::pin(self.ask(context))
    }
}

/// Sends a request, and takes a JSON answer. Redirects are not followed: secrets stay where they were meant to go.
async fn exchange(context: TokenContext<'_>, request: Request<Body>) -> Result<Value, TokenError> {
    let sending = context.transport().send(request, context.timeout());
    let (head, body) = sending.await.map_err(TokenError::new)?.into_parts();
    let body = body.collect(MAX_RESPONSE).await;
    let body = body.map_err(|_| TokenError::new("the answer could not be read"))?;
    let answer = Value::from_json(&body);
    if head.status.is_success() {
        return answer.map_err(|_| TokenError::new("the answer is no JSON"));
    }
    // The codes of RFC 6749 §5.2. The rest of the answer may repeat what was sent.
    let code = answer.ok().and_then(|answer| text(&answer, "/error"));
    let code = code.filter(|code| code.len() < 64 && code.bytes().all(is_code));
    let code = code.map(|code| format!(": {code}")).unwrap_or_default();
    let message = format!("the server of tokens answered {}{code}", head.status);
    Err(TokenError::new(message))
}

fn is_code(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte == b'_'
}

/// A URL as it is meant beside the base URL of the client.
fn absolute(context: TokenContext<'_>, url: &str) -> Result<Uri, TokenError> {
    let base = format!("{}/", context.base_url()).parse::<Uri>();
    let absolute = base.ok().and_then(|base| resolve(&base, url));
    absolute.ok_or_else(|| TokenError::new("the address of the server of tokens is no URL"))
}

fn text(answer: &Value, pointer: &str) -> Option<String> {
    answer.pointer(pointer)?.as_str().map(str::to_owned)
}

/// How long a token can be used; some servers say it as text.
fn seconds(answer: &Value) -> Option<Duration> {
    let stated = answer.pointer("/expires_in")?;
    let seconds = match stated.as_str() {
        Some(text) => text.parse().ok(),
        None => stated.as_number()?.as_i64(),
    };
    seconds.map(|seconds| Duration::from_secs(u64::try_from(seconds).unwrap_or_default()))
}

fn form(pairs: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| {
        let [name, value] = [name, value].map(|text| encode(text, Keep::Unreserved));
        format!("{name}={value}")
    };
    pairs.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// The locks are held for single lines, which do not panic.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for OAuth2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth2")
            .field("endpoint", &self.endpoint)
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
