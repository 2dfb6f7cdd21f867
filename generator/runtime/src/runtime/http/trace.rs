//! Spans of the crate `tracing`, one for each attempt, with the names of OpenTelemetry's semantic conventions for HTTP
//! clients. Without the feature `tracing`, nothing.

use std::future::Future;

use http::{Response, Uri};

use super::{Attempt, Body, TransportError};

/// The span of an attempt.
pub(super) struct Trace {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Trace {
    pub(super) fn start(attempt: &Attempt, uri: &Uri) -> Self {
        use tracing::field::Empty;
        let standard = if uri.scheme_str() == Some("http") {
            80
        } else {
            443
        };
        let resend = (attempt.number > 0).then_some(attempt.number);
        let span = tracing::info_span!(
            "HTTP request",
            otel.name = format!("{} {}", attempt.method, attempt.path),
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = attempt.method,
            http.request.resend_count = resend,
            http.response.status_code = Empty,
            url.template = attempt.path,
            url.scheme = uri.scheme_str(),
            server.address = uri.host(),
            server.port = uri.port_u16().unwrap_or(standard),
            error.type = Empty,
        );
        Self { span }
    }

    /// Runs `future` inside the span.
    pub(super) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> {
        tracing::Instrument::instrument(future, self.span.clone())
    }

    pub(super) fn end(&self, result: &Result<Response<Body>, TransportError>) {
        let kind = match result {
            Ok(response) => {
                let status = response.status();
                self.span
                    .record("http.response.status_code", status.as_u16());
                if !status.is_client_error() && !status.is_server_error() {
                    return;
                }
                status.as_str().to_owned()
            }
            Err(error) if error.is_timeout() => "timeout".to_owned(),
            Err(error) if error.is_connect() => "connect".to_owned(),
            Err(_) => "transport".to_owned(),
        };
        self.span.record("error.type", kind);
        self.span.record("otel.status_code", "ERROR");
    }
}

#[cfg(not(feature = "tracing"))]
#[expect(clippy::unused_self, reason = "with the feature, the span is in it")]
impl Trace {
    pub(super) fn start(_: &Attempt, _: &Uri) -> Self {
        Self {}
    }

    pub(super) fn around<F: Future>(&self, future: F) -> F {
        future
    }

    pub(super) fn end(&self, _: &Result<Response<Body>, TransportError>) {}
}
