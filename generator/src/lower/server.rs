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

/// The URL of a server, where it says by itself where that is: it is no path, and nothing is left to be filled in.
fn absolute(server: &Server) -> Option<String> {
    let url = filled(server);
    let whole = url.starts_with("https://") || url.starts_with("http://");
    (whole && !url.contains('{')).then(|| url.trim_end_matches('/').to_owned())
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

#[cfg(test)]
mod tests {
    use super::of_api;

    fn default_of(server: &str) -> Option<String> {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\nservers: [{server}]\n"
        );
        of_api(&bindery_spec::read_text("t.yaml", &text).api?)
    }

    #[test]
    fn variables_have_their_defaults_or_first_values() {
        let server = "{ url: 'https://a.example/{stage}/{v}', variables: { stage: { default: live }, v: { enum: [v1, v2] } } }";
        assert_eq!(
            default_of(server).as_deref(),
            Some("https://a.example/live/v1")
        );
    }

    #[test]
    fn a_url_in_which_something_is_to_be_filled_in_is_no_default() {
        for variables in ["", ", variables: { tenant: { description: Yours } }"] {
            let server = format!("{{ url: 'https://{{tenant}}.a.example'{variables} }}");
            assert_eq!(default_of(&server), None);
        }
    }
}
