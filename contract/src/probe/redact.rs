//! Keeps secrets out of everything that is shown.

use http::header::SET_COOKIE;
use http::{HeaderName, HeaderValue};

use super::Options;

/// Replaces secrets by what may be shown.
#[derive(Default)]
pub(crate) struct Redactor {
    secrets: Vec<(String, String)>,
}

impl Redactor {
    /// A redactor for the secrets among the headers, whole and without their scheme.
    pub(crate) fn new(options: &Options) -> Self {
        let mut secrets = Vec::new();
        for header in &options.headers {
            let (Some(placeholder), Ok(value)) = (&header.placeholder, header.value.to_str())
            else {
                continue;
            };
            secrets.push((value.to_owned(), placeholder.clone()));
            if let (Some((_, secret)), Some((_, shown))) =
                (value.split_once(' '), placeholder.split_once(' '))
            {
                secrets.push((secret.to_owned(), shown.to_owned()));
            }
        }
        secrets.retain(|(secret, _)| !secret.is_empty());
        // A secret that holds another goes first.
        secrets.sort_by_key(|(secret, _)| std::cmp::Reverse(secret.len()));
        Self { secrets }
    }

    /// A text without the secrets.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut shown = text.to_owned();
        for (secret, placeholder) in &self.secrets {
            shown = shown.replace(secret.as_str(), placeholder);
        }
        shown
    }

    /// A header's value without the secrets. A cookie that a server sets is one, whoever gave it out.
    pub(crate) fn header(&self, name: &HeaderName, value: &HeaderValue) -> String {
        let text = String::from_utf8_lossy(value.as_bytes());
        if name != SET_COOKIE {
            return self.text(&text);
        }
        let (pair, attributes) = text.split_once(';').unwrap_or((&text, ""));
        let name = pair.split('=').next().unwrap_or_default();
        let end = if attributes.is_empty() { "" } else { ";" };
        format!("{name}=$COOKIE{end}{attributes}")
    }
}
