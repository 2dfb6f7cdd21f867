//! Calls with a plain HTTP client, so that what is sent is what stands here.

use std::time::Duration;

use bindery_tests::server::{PATH, Server, TOKEN};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;

/// How long an answer may take; the server of these tests answers in milliseconds or never.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// One call of the endpoint.
pub(super) struct Call(RequestBuilder);

impl Call {
    /// A call that the server should serve, with the query and the body as they are given.
    pub(super) fn good(server: &Server, query: &str) -> Self {
        Self::bare(server, Method::POST, query)
            .header("authorization", &format!("Bearer {TOKEN}"))
            .header("x-namespace", "production")
    }

    /// A call without any header of the document.
    pub(super) fn bare(server: &Server, method: Method, query: &str) -> Self {
        let client = Client::builder()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .build()
            .unwrap();
        Self(client.request(method, format!("{}{PATH}{query}", server.url())))
    }

    pub(super) fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value))
    }

    pub(super) fn json(self, body: &str) -> Self {
        self.header("content-type", "application/json").body(body)
    }

    pub(super) fn body(self, body: &str) -> Self {
        Self(self.0.body(body.to_owned()))
    }

    pub(super) async fn send(self) -> reqwest::Result<Response> {
        self.0.send().await
    }

    pub(super) async fn status(self) -> StatusCode {
        self.send().await.unwrap().status()
    }

    pub(super) async fn bytes(self) -> Vec<u8> {
        self.send().await.unwrap().bytes().await.unwrap().to_vec()
    }

    pub(super) async fn value(self) -> Value {
        serde_json::from_slice(&self.bytes().await).unwrap()
    }
}
