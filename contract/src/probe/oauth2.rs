//! Tokens by the client credentials of OAuth 2.0 (RFC 6749 §4.4), and others when they expire.

use std::fmt;
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::wire::percent::{Keep, encode};

/// What stands in requests where a token belongs, until they are sent.
pub(super) const STAND_IN: &str = "Bearer bindery-oauth2-token";
/// How long before its end a token is no longer used.
const MARGIN: Duration = Duration::from_secs(5);
/// The most bytes of an answer with a token.
const MAX_ANSWER: usize = 1 << 20;

/// How a client gets its tokens (RFC 6749 §4.4).
#[derive(Clone)]
pub struct ClientCredentials {
    /// Where tokens are given out.
    pub token_url: String,
    /// The name of the client.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
    /// What the token shall be good for; the server's choice when there is none.
    pub scopes: Vec<String>,
}

/// The tokens of a run.
#[derive(Clone)]
pub(crate) struct Tokens(Arc<Inner>);

struct Inner {
    credentials: ClientCredentials,
    current: Mutex<Option<Token>>,
    /// Everything that was given out so far, so that no report shows it.
    given: Lock<Vec<String>>,
}

#[derive(Clone)]
struct Token {
    header: HeaderValue,
    until: Option<Instant>,
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    expires_in: Option<f64>,
}

impl Tokens {
    pub(crate) fn new(credentials: ClientCredentials) -> Self {
        Self(Arc::new(Inner {
            credentials,
            current: Mutex::default(),
            given: Lock::default(),
        }))
    }

    /// The value of `Authorization` with a token that is good for now.
    ///
    /// # Errors
    /// Why there is none, in one sentence without secrets.
    pub(super) async fn header(&self, client: &reqwest::Client) -> Result<HeaderValue, String> {
        let mut current = self.0.current.lock().await;
        let is_good = |token: &&Token| token.until.is_none_or(|until| Instant::now() < until);
        if let Some(token) = current.as_ref().filter(is_good) {
            return Ok(token.header.clone());
        }
        let answer = self.fetch(client).await?;
        let mut given = self.0.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.push(answer.access_token.clone());
        let header = HeaderValue::from_str(&format!("Bearer {}", answer.access_token));
        let mut header = header.map_err(|_| "the token cannot stand in a header".to_owned())?;
        header.set_sensitive(true);
        let token = Token {
            header,
            until: answer.expires_in.and_then(end),
        };
        *current = Some(token.clone());
        Ok(token.header)
    }

    /// The same text with `$TOKEN` in the place of every token.
    pub(super) fn redact(&self, text: &str, shown: &str) -> String {
        let given = self.0.given.lock().unwrap_or_else(PoisonError::into_inner);
        let secrets = given.iter().chain([&self.0.credentials.client_secret]);
        let secrets = secrets.filter(|secret| !secret.is_empty());
        secrets.fold(text.to_owned(), |text, secret| text.replace(secret, shown))
    }

    async fn fetch(&self, client: &reqwest::Client) -> Result<Answer, String> {
        let ClientCredentials {
            token_url,
            client_id,
            client_secret,
            scopes,
        } = &self.0.credentials;
        let escape = |text: &str| encode(text, Keep::Unreserved);
        let mut form = "grant_type=client_credentials".to_owned();
        if !scopes.is_empty() {
            form.extend(["&scope=", &escape(&scopes.join(" "))]);
        }
        let pair = format!("{}:{}", escape(client_id), escape(client_secret));
        let basic = format!("Basic {}", STANDARD.encode(pair));
        let request = |form: String| {
            let request = client.post(token_url);
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            request.header("accept", "application/json").body(form)
        };
        let mut answer = read(request(form.clone()).header(AUTHORIZATION, basic)).await?;
        if matches!(answer.0, 400 | 401) {
            // Some servers know the secret only as a part of the form (RFC 6749 §2.3.1).
            let (id, secret) = (escape(client_id), escape(client_secret));
            form.extend(["&client_id=", &id, "&client_secret=", &secret]);
            answer = read(request(form)).await?;
        }
        let (status, body) = answer;
        if !(200..300).contains(&status) {
            return Err(format!("the token URL answered with {status}"));
        }
        serde_json::from_slice(&body)
            .map_err(|_| "the token URL answered without an `access_token`".to_owned())
    }
}

/// Status and body of an answer.
async fn read(request: reqwest::RequestBuilder) -> Result<(u16, Vec<u8>), String> {
    let failed = |_| "the token URL does not answer".to_owned();
    let mut answer = request.send().await.map_err(failed)?;
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(failed)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER {
            return Err("the answer of the token URL is too long".to_owned());
        }
    }
    Ok((answer.status().as_u16(), body))
}

/// When a token that is good for so many seconds is no longer used; a short one is used for half of its time.
fn end(seconds: f64) -> Option<Instant> {
    let time = Duration::try_from_secs_f64(seconds).ok()?;
    Instant::now().checked_add(time.saturating_sub(MARGIN).max(time / 2))
}

/// Shows no secret.
impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("token_url", &self.token_url)
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// Shows no secret.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.credentials.fmt(f)
    }
}
