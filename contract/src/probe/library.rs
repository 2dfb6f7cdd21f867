//! The HTTP library, for what plain sockets do not do: TLS, proxies and HTTP/2.

use std::error::Error;
use std::time::Duration;

use super::Failure;
use super::Options;
use super::patience::MOST;

/// The HTTP client for the options.
pub(super) fn client(options: &Options) -> reqwest::Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(options.timeout.unwrap_or(MOST))
        // A server that breaks its connections would otherwise spoil the case that comes next.
        .pool_idle_timeout(Duration::from_secs(5))
        .tls_danger_accept_invalid_certs(options.insecure);
    if !options.identity.is_empty() {
        builder = builder.identity(reqwest::Identity::from_pem(&options.identity)?);
    }
    if options.http2 {
        builder = builder.http2_prior_knowledge();
    }
    if let Some(proxy) = &options.proxy {
        builder = builder.proxy(reqwest::Proxy::all(proxy)?);
    }
    if !options.authorities.is_empty() {
        let authorities = reqwest::Certificate::from_pem_bundle(&options.authorities)?;
        builder = builder.tls_certs_merge(authorities);
    }
    builder.build()
}

/// What an error of the library says about an exchange.
pub(super) fn classify(error: &reqwest::Error) -> (Failure, String) {
    let message = chain(error);
    let failure = if error.is_connect() {
        Failure::Connect
    } else if error.is_timeout() {
        Failure::Timeout
    } else if message.contains("invalid HTTP")
        || message.contains("parse error")
        || message.contains("invalid ")
    {
        Failure::NotHttp
    } else {
        Failure::Closed
    };
    (failure, message)
}

/// An error with its causes. The URL is left out: it may hold a credential.
pub(super) fn chain(error: &reqwest::Error) -> String {
    let mut causes = Vec::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    if causes.is_empty() {
        "the connection failed".to_owned()
    } else {
        causes.join(": ")
    }
}
