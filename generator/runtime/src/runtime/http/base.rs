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

    /// The base with another path on the same host.
    pub(super) fn at(&self, path: &str) -> Option<Self> {
        let uri: Uri = self.0.parse().ok()?;
        Self::parse(&format!(
            "{}://{}{path}",
            uri.scheme_str()?,
            uri.authority()?
        ))
    }

    /// The URL that a server gives, absolute or from the root; `None` where it leads to another server.
    #[cfg(feature = "part-pages")]
    pub(super) fn resolve(&self, target: &str) -> Option<Uri> {
        let base: Uri = self.0.parse().ok()?;
        let rooted = target.starts_with('/') && !target.starts_with("//");
        let target = target.split('#').next().unwrap_or_default();
        let whole = if rooted {
            format!("{}://{}{target}", base.scheme_str()?, base.authority()?)
        } else {
            target.to_owned()
        };
        let uri: Uri = whole.parse().ok()?;
        let (ours, theirs) = (origin(&base)?, origin(&uri)?);
        // Behind what ends TLS, servers give URLs without it; the host is the same, and TLS stays.
        let upgraded = ours.1 == theirs.1
            && (ours.0, ours.2) == ("https", 443)
            && (theirs.0, theirs.2) == ("http", 80);
        if ours != theirs && !upgraded {
            return None;
        }
        let rest = uri.path_and_query()?;
        let whole = format!("{}://{}{rest}", base.scheme_str()?, base.authority()?);
        whole.parse().ok()
    }
}

/// The scheme, the host and the port of a URL (RFC 6454 §4); `None` for one without them, or with a user in it.
#[cfg(feature = "part-pages")]
fn origin(uri: &Uri) -> Option<(&str, String, u16)> {
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    let default = match scheme {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let host = authority.host().to_ascii_lowercase();
    let plain = !authority.as_str().contains('@');
    plain.then_some((scheme, host, authority.port_u16().unwrap_or(default)))
}
