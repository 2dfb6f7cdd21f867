//! Where the API is served below the root: the paths of the document's servers (OpenAPI 3.1 §4.8.5).

use std::collections::BTreeSet;

use bindery_spec::model::{Api, Server};
use http::Uri;
use http::uri::PathAndQuery;

/// How many paths a server's variables may unfold to.
const MAX_PATHS: usize = 64;

/// The paths of all servers; a mock is at home under each of them, and at the root.
#[derive(Debug)]
pub(crate) struct BasePaths {
    /// The longest first, without a slash at the end, and never empty.
    paths: Vec<String>,
}

impl BasePaths {
    /// Reads the servers of the document and of its operations.
    pub(crate) fn new(api: &Api) -> Self {
        let own = api
            .operations
            .iter()
            .flat_map(|operation| &operation.servers);
        let paths: BTreeSet<String> = api.servers.iter().chain(own).flat_map(paths).collect();
        let mut paths: Vec<String> = paths.into_iter().filter(|path| !path.is_empty()).collect();
        paths.sort_by_key(|path| std::cmp::Reverse(path.len()));
        Self { paths }
    }

    /// The longest of them.
    pub(crate) fn first(&self) -> Option<&str> {
        self.paths.first().map(String::as_str)
    }

    /// The targets that a request may mean: as it stands, and then without each path that it starts with.
    pub(crate) fn targets(&self, uri: &Uri) -> impl Iterator<Item = Uri> {
        let known = uri.path_and_query().cloned();
        let whole = known.unwrap_or_else(|| PathAndQuery::from_static("/"));
        let own = Uri::from(whole.clone());
        let relative = self.paths.iter().filter_map(move |path| {
            let target = whole.as_str();
            let rest = target.strip_prefix(path.as_str())?;
            match rest.as_bytes().first() {
                Some(b'/') => rest.parse().ok(),
                Some(b'?') | None => format!("/{rest}").parse().ok(),
                Some(_) => None,
            }
        });
        std::iter::once(own).chain(relative)
    }
}

/// The paths of a server, one for each choice of its variables.
fn paths(server: &Server) -> Vec<String> {
    let mut urls = vec![server.url.clone()];
    for (name, variable) in &server.variables {
        let values = std::iter::once(&variable.default).chain(&variable.values);
        let slot = format!("{{{name}}}");
        urls = values
            .flat_map(|value| {
                urls.iter()
                    .map(|url| url.replace(&slot, value))
                    .collect::<Vec<_>>()
            })
            .take(MAX_PATHS)
            .collect();
    }
    urls.iter().map(|url| path(url).to_owned()).collect()
}

fn path(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let start = rest.find('/').unwrap_or(rest.len());
    rest[start..].trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_what_follows_the_host() {
        assert_eq!(path("https://api.example.com/v2/"), "/v2");
        assert_eq!(path("https://api.example.com"), "");
        assert_eq!(path("/v1"), "/v1");
        assert_eq!(path("/"), "");
    }

    #[test]
    fn a_target_is_tried_as_it_stands_and_below_the_base() {
        let bases = BasePaths {
            paths: vec!["/api/v1".to_owned(), "/api".to_owned()],
        };
        let targets = |uri: &'static str| -> Vec<String> {
            bases
                .targets(&Uri::from_static(uri))
                .map(|target| target.to_string())
                .collect()
        };
        assert_eq!(
            targets("/api/v1/pets?a=1"),
            ["/api/v1/pets?a=1", "/pets?a=1", "/v1/pets?a=1"]
        );
        assert_eq!(targets("/api?x"), ["/api?x", "/?x"]);
        assert_eq!(targets("/apis"), ["/apis"]);
    }
}
