//! Which request goes where.

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::any;

use super::record::Record;
use super::{Deviation, PATH, answer, check, listing, spoil};

#[derive(Clone)]
struct Context {
    deviation: Option<Deviation>,
    record: Record,
}

pub(super) fn router(deviation: Option<Deviation>, record: Record) -> Router {
    Router::new()
        .route(PATH, any(sessions))
        .fallback(unknown_path)
        .with_state(Context { deviation, record })
}

/// The method is told apart here and not by axum, which never leaves `Allow` out.
async fn sessions(state: State<Context>, request: Request) -> Response {
    if request.method() == Method::POST {
        list_sessions(state, request).await
    } else {
        other_method(state, request).await
    }
}

async fn list_sessions(State(context): State<Context>, request: Request) -> Response {
    let (parts, body) = read(&context.record, request).await;
    match check::check(&parts, &body, context.deviation) {
        Ok(listing) => spoil::page(&listing::page(&listing), context.deviation),
        Err(refusal) => spoil::refusal(&refusal, context.deviation),
    }
}

async fn other_method(State(context): State<Context>, request: Request) -> Response {
    read(&context.record, request).await;
    match context.deviation {
        Some(Deviation::UndeclaredMethodServed) => answer::page(&listing::everything()),
        Some(Deviation::AllowMissing) => answer::method_not_allowed(None),
        _ => answer::method_not_allowed(Some("POST")),
    }
}

async fn unknown_path(State(context): State<Context>, request: Request) -> Response {
    read(&context.record, request).await;
    answer::not_found()
}

/// Takes the whole request in; a body that cannot be read to its end counts as far as it came.
async fn read(record: &Record, request: Request) -> (Parts, Bytes) {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    record.add(&parts, &body);
    (parts, body)
}
