//! URLs: the base of a client, and what is put after it.

use http::Uri;

/// Where an API is served: scheme, host and a path prefix without a slash at its end.
#[derive(Clone, Debug)]
pub(super) struct Base(String);

impl Base {
    /// Takes an absolute URL of HTTP or HTTPS without user, query and fragment.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let known = matches!(uri.scheme_str(), Some("http" | "https"));
        let plain = uri.authority().is_some() && uri.query().is_none() && !url.contains(['#', '@']);
        (known && plain).then(|| Self(url.trim_end_matches('/').to_owned()))
    }

    /// The URL that it was parsed from, without a slash at its end.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL of `path` and `query`, which are encoded.
    pub(super) fn join(&self, path: &str, query: &str) -> Option<Uri> {
        let slash = if path.starts_with('/') { "" } else { "/" };
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{slash}{path}{mark}{query}", self.0).parse().ok()
    }
}
