//! Servers: where calls go when nothing else is said.

use bindery_spec::Api;
use bindery_spec::model::{Operation, Server};

/// The server of the client. Where the document has none for all, but all operations have the same one, it is that.
pub(super) fn of_api(api: &Api) -> Option<String> {
    let own = api.servers.first().and_then(absolute);
    let of_operation = |operation: &Operation| operation.servers.first().and_then(absolute);
    let shared = || {
        let first = api.operations.first().and_then(of_operation);
        first.filter(|first| {
            let mut servers = api.operations.iter().map(of_operation);
            servers.all(|server| server.as_ref() == Some(first))
        })
    };
    own.or_else(shared)
}

/// The server of an operation, where it is another than that of the client: on the same host, its path.
pub(super) fn of_operation(operation: &Operation, client: Option<&str>) -> Option<String> {
    let server = operation.servers.first()?;
    let Some(own) = absolute(server) else {
        let url = filled(server);
        let path = url.trim_start_matches('.').trim_end_matches('/');
        let rooted = path.starts_with('/') && !path.contains(['{', '?', '#']);
        return rooted.then(|| path.to_owned());
    };
    let Some(client) = client.filter(|client| origin(client) == origin(&own)) else {
        return Some(own);
    };
    let path = &own[origin(&own).len()..];
    // The root is a path as well.
    let path = if path.is_empty() { "/" } else { path };
    (own != client).then(|| path.to_owned())
}

/// The URL of a server, where it says by itself where that is.
fn absolute(server: &Server) -> Option<String> {
    let url = filled(server);
    let whole = url.starts_with("https://") || url.starts_with("http://");
    whole.then(|| url.trim_end_matches('/').to_owned())
}

/// The URL of a server with the defaults of its variables.
fn filled(server: &Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in &server.variables {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url
}

/// Scheme, host and port of an absolute URL.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    &url[..end]
}
