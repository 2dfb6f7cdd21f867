//! The generated client against servers that know nothing of it.

mod call;
mod failure;
mod mock;
mod page;
mod secrecy;

use bindery_tests::server::{Server, TOKEN};
use mixpeek::{Client, ClientBuilder};

/// The namespace that the calls of these tests work in.
const NAMESPACE: &str = "production";

/// A client with all that the server asks for.
fn client(url: &str) -> Client {
    builder(url).namespace(NAMESPACE).build().unwrap()
}

/// A client that has yet to be told its namespace.
fn builder(url: &str) -> ClientBuilder {
    Client::builder().base_url(url).bearer_token(TOKEN)
}

/// The body of the only request that the server received.
fn only_body(server: &Server) -> String {
    let [request] = &server.requests()[..] else {
        panic!("not one request: {:?}", server.requests());
    };
    request.body.clone()
}
