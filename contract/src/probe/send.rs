//! Sends requests, and tells what came back or why nothing did.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http::header::{AUTHORIZATION, LOCATION};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use reqwest::Url;

use super::http1::Http1;
use super::library::{chain, classify, client};
use super::oauth2::STAND_IN;
use super::pace::Pace;
use super::patience::Patience;
use super::service::InProcess;
use super::{Elapsed, Failure, Finding, Options, Redactor, Reply, RunError, Step, Tokens};
use crate::report::Archive;

/// How often a redirect is followed: as often as browsers do (Fetch §4.4).
const MAX_REDIRECTS: usize = 20;

/// How long an answer may take that is wanted for nothing but its speed.
const GREETING: Duration = Duration::from_secs(1);

/// Sends requests to a base URL.
#[derive(Debug)]
pub(crate) struct Sender {
    client: reqwest::Client,
    /// What sends in the place of the client, where nothing but sockets is needed.
    plain: Option<Http1>,
    base: Url,
    patience: Patience,
    max_body: usize,
    service: Option<InProcess>,
    proxied: bool,
    tokens: Option<Tokens>,
    pace: Pace,
    archive: Option<Arc<Archive>>,
    redactor: Redactor,
}

impl Sender {
    /// A sender for the options.
    ///
    /// # Errors
    /// When the base URL is none, or the TLS of the system cannot be set up.
    pub(crate) fn new(options: &Options) -> Result<Self, RunError> {
        let base = Url::parse(options.base_url.trim_end_matches('/'))
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or_else(|| RunError::BaseUrl(options.base_url.clone()))?;
        let client = client(options).map_err(|error| RunError::Client(chain(&error)))?;
        let plain = Some(&base).filter(|_| !options.http2 && !is_proxied(options));
        Ok(Self {
            client,
            plain: plain.and_then(|base| Http1::new(base, options.max_body)),
            base,
            patience: Patience::new(options.timeout),
            max_body: options.max_body,
            service: options.service.clone(),
            proxied: options.proxy.is_some(),
            tokens: options.tokens.clone(),
            pace: Pace::new(options),
            archive: options.archive.clone(),
            redactor: Redactor::new(options),
        })
    }

    /// Sends a request whose target starts at the root of the API.
    pub(crate) async fn send(&self, request: &Request<Bytes>) -> Reply {
        let Some(url) = self.url(request) else {
            return Reply::Failure(Failure::Connect, "the target is no URL".to_owned());
        };
        let begin = Instant::now();
        let reply = self.attempt(request, url.clone()).await;
        // A kept connection may have been closed while it was idle: that says nothing about this request.
        let reply = match reply {
            Reply::Failure(Failure::Closed, _) => self.attempt(request, url.clone()).await,
            reply => reply,
        };
        let elapsed = begin.elapsed();
        let reply = match reply {
            Reply::Answer(mut response) => {
                response.extensions_mut().insert(Elapsed(elapsed));
                Reply::Answer(response)
            }
            failure @ Reply::Failure(..) => failure,
        };
        self.keep(request, &url, &reply, elapsed);
        match reply {
            Reply::Answer(response) if response.status().is_redirection() => {
                self.check_redirects(request, url, response).await
            }
            reply => reply,
        }
    }

    /// Keeps an exchange, where they are kept.
    fn keep(&self, request: &Request<Bytes>, url: &Url, reply: &Reply, elapsed: Duration) {
        if let Some(archive) = &self.archive {
            let step = Step::whole(request, url.as_str(), reply.answer(), &self.redactor);
            archive.add(&step, elapsed);
        }
    }

    /// Whether the server can be reached at all.
    ///
    /// # Errors
    /// When no connection can be made.
    async fn reach(&self) -> Result<(), RunError> {
        // Behind a proxy only the proxy can tell.
        if self.service.is_some() || self.proxied {
            return Ok(());
        }
        let host = self
            .base
            .host_str()
            .unwrap_or_default()
            .trim_matches(['[', ']']);
        let port = self.base.port_or_known_default().unwrap_or(80);
        let refused = |reason: String| RunError::Unreachable(self.base.to_string(), reason);
        if self.base.scheme() == "https" {
            // Whoever listens may speak something else, or show a certificate that nobody trusts.
            let asked = self
                .client
                .head(self.base.clone())
                .timeout(self.patience.most());
            return match asked.send().await {
                Err(error) if error.is_connect() => Err(refused(chain(&error))),
                _ => Ok(()),
            };
        }
        let connect = tokio::net::TcpStream::connect((host, port));
        match tokio::time::timeout(self.patience.most(), connect).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(refused(error.to_string())),
            Err(_) => Err(refused("it does not answer in time".to_owned())),
        }
    }

    /// Waits for the server as long as is wanted.
    ///
    /// # Errors
    /// When it cannot be reached until then.
    pub(crate) async fn wait_for(&self, wait: Option<Duration>) -> Result<(), RunError> {
        let begin = Instant::now();
        loop {
            match self.reach().await {
                Err(_) if wait.is_some_and(|wait| begin.elapsed() < wait) => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Err(error) => return Err(error),
                Ok(()) => break,
            }
        }
        self.greet().await;
        Ok(())
    }

    /// Sees how fast the server answers when nothing is wanted of it.
    async fn greet(&self) {
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = Method::HEAD;
        let begin = Instant::now();
        let answer = self.exchange(&request, self.base.clone());
        if let Ok(Ok(_)) = tokio::time::timeout(GREETING, answer).await {
            self.patience.came(&request, begin.elapsed());
        }
    }

    /// Gets the first token, where there are some.
    ///
    /// # Errors
    /// When none is given out.
    pub(crate) async fn authorize(&self) -> Result<(), RunError> {
        match &self.tokens {
            Some(tokens) => match tokens.header(&self.client).await {
                Ok(_) => Ok(()),
                Err(reason) => Err(RunError::Token(reason)),
            },
            None => Ok(()),
        }
    }

    /// The request with the token of the moment where one belongs; as it is where there are none.
    async fn authorized<'r>(&self, request: &'r Request<Bytes>) -> Cow<'r, Request<Bytes>> {
        let stands_in = |value: &HeaderValue| value == STAND_IN;
        let wanted = request.headers().get(AUTHORIZATION).is_some_and(stands_in);
        let Some(tokens) = self.tokens.as_ref().filter(|_| wanted) else {
            return Cow::Borrowed(request);
        };
        let mut request = request.clone();
        // Without another token the server says what it thinks of it.
        if let Ok(header) = tokens.header(&self.client).await {
            request.headers_mut().insert(AUTHORIZATION, header);
        }
        Cow::Owned(request)
    }

    /// The whole URL of a request.
    pub(crate) fn url(&self, request: &Request<Bytes>) -> Option<Url> {
        let target = request
            .uri()
            .path_and_query()
            .map_or("/", |target| target.as_str());
        Url::parse(&format!(
            "{}{target}",
            self.base.as_str().trim_end_matches('/')
        ))
        .ok()
    }

    /// Where a reference in an answer leads (RFC 3986 §5), as a target that starts at the root of the API; `None` when
    /// it leads to another server or out of the API.
    pub(crate) fn relative(&self, request: &Request<Bytes>, reference: &str) -> Option<String> {
        let url = self.url(request)?.join(reference).ok()?;
        if url.origin() != self.base.origin() {
            return None;
        }
        let path = url
            .path()
            .strip_prefix(self.base.path().trim_end_matches('/'))?;
        let query = url
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        path.starts_with('/').then(|| format!("{path}{query}"))
    }

    /// Whether a request is known to get no answer in time, so that nothing comes of sending it again.
    pub(crate) fn is_late(&self, request: &Request<Bytes>) -> bool {
        self.patience.is_sure(request)
    }

    /// Counts what was found, for a run that ends when it is enough.
    pub(crate) fn found(&self, finding: &Finding) {
        self.pace.found(finding);
    }

    /// Whether nothing more is to be sent.
    pub(crate) fn is_over(&self) -> bool {
        self.pace.is_over()
    }

    async fn attempt(&self, request: &Request<Bytes>, url: Url) -> Reply {
        self.pace.wait().await;
        let authorized = self.authorized(request).await;
        let (begin, limit) = (Instant::now(), self.patience.limit(request));
        let answer = tokio::time::timeout(limit, self.exchange(&authorized, url)).await;
        let Ok(answer) = answer else {
            let limit = self.patience.gave_up(request, limit);
            let message = format!("no whole answer within {} ms", limit.as_millis());
            return Reply::Failure(Failure::Timeout, message);
        };
        match answer {
            Ok(response) => {
                self.patience.came(request, begin.elapsed());
                Reply::Answer(response)
            }
            Err((failure, message)) => Reply::Failure(failure, message),
        }
    }

    async fn exchange(
        &self,
        request: &Request<Bytes>,
        url: Url,
    ) -> Result<Response<Bytes>, (Failure, String)> {
        if let Some(service) = &self.service {
            return service.send(request.clone(), self.max_body).await;
        }
        if let Some(plain) = &self.plain {
            let query = url.query().map(|query| format!("?{query}"));
            let target = format!("{}{}", url.path(), query.unwrap_or_default());
            return plain.send(request, &target).await;
        }
        let mut builder = self
            .client
            .request(request.method().clone(), url)
            .headers(request.headers().clone());
        if !request.body().is_empty() || request.headers().contains_key(http::header::CONTENT_TYPE)
        {
            builder = builder.body(request.body().clone());
        }
        let mut answer = builder.send().await.map_err(|error| classify(&error))?;
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        let mut body = BytesMut::new();
        while let Some(chunk) = answer
            .chunk()
            .await
            .map_err(|error| (Failure::Truncated, chain(&error)))?
        {
            body.extend_from_slice(&chunk);
            if body.len() > self.max_body {
                let message = format!("the body is longer than {} bytes", self.max_body);
                return Err((Failure::TooLarge, message));
            }
        }
        *response.body_mut() = body.freeze();
        Ok(response)
    }

    /// Follows redirects only to see whether they end; the answer that is judged is the first.
    async fn check_redirects(
        &self,
        request: &Request<Bytes>,
        start: Url,
        first: Response<Bytes>,
    ) -> Reply {
        let mut seen = vec![start];
        let mut current = first.clone();
        for _ in 0..MAX_REDIRECTS {
            let Some(next) = target(&current, seen.last()) else {
                return Reply::Answer(first);
            };
            if seen.contains(&next) {
                return Reply::Failure(
                    Failure::RedirectLoop,
                    format!("the redirects lead back to {next}"),
                );
            }
            // What is not safe to repeat is not repeated elsewhere.
            if next.origin() != self.base.origin() {
                return Reply::Answer(first);
            }
            let mut follow = follow(request, current.status());
            *follow.uri_mut() = next.as_str().parse().unwrap_or_default();
            match self.attempt(&follow, next.clone()).await {
                Reply::Answer(response) if response.status().is_redirection() => current = response,
                _ => return Reply::Answer(first),
            }
            seen.push(next);
        }
        Reply::Failure(
            Failure::Redirects,
            format!("after {MAX_REDIRECTS} redirects there is still another"),
        )
    }
}

/// Whether requests go through a proxy, by the options or by the environment.
fn is_proxied(options: &Options) -> bool {
    let names = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    let mut values = names.iter().filter_map(std::env::var_os);
    options.proxy.is_some() || values.any(|value| !value.is_empty())
}

/// The request that follows a redirect (RFC 9110 §15.4).
fn follow(request: &Request<Bytes>, status: StatusCode) -> Request<Bytes> {
    let mut follow = Request::new(Bytes::new());
    *follow.headers_mut() = request.headers().clone();
    if matches!(
        status,
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT
    ) {
        *follow.method_mut() = request.method().clone();
        *follow.body_mut() = request.body().clone();
    } else {
        *follow.method_mut() = Method::GET;
        follow.headers_mut().remove(http::header::CONTENT_TYPE);
    }
    follow
}

fn target(response: &Response<Bytes>, base: Option<&Url>) -> Option<Url> {
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    base?.join(location).ok()
}
