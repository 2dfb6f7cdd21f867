//! Keeps secrets out of everything that is shown.

use bindery_spec::Value;
use bytes::Bytes;
use http::header::SET_COOKIE;
use http::{HeaderName, HeaderValue, Request, Response};

use super::credentials::basic;
use super::options::is_sensitive;
use super::{Options, Tokens};
use crate::wire::percent::{Keep, encode};

/// Replaces secrets by what may be shown.
#[derive(Default)]
pub(crate) struct Redactor {
    secrets: Vec<(String, String)>,
    /// Tokens that are given out while the run goes on.
    tokens: Option<Tokens>,
}

/// Shows no secret.
impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

impl Redactor {
    /// A redactor for the secrets among the headers, whole and without their scheme.
    pub(crate) fn new(options: &Options) -> Self {
        let mut secrets = Vec::new();
        let given = options.headers.iter();
        let given = given.filter_map(|header| Some((&header.value, header.placeholder.clone()?)));
        let identities = options.identities.iter();
        let identities = identities.map(|identity| (&identity.value, variable(&identity.name)));
        for (value, placeholder) in given.chain(identities) {
            let Ok(value) = value.to_str() else {
                continue;
            };
            secrets.push((value.to_owned(), placeholder.clone()));
            if let Some((_, secret)) = value.split_once(' ') {
                let shown = placeholder
                    .split_once(' ')
                    .map_or(placeholder.as_str(), |(_, shown)| shown);
                secrets.push((secret.to_owned(), shown.to_owned()));
            }
        }
        for (scheme, secret) in &options.secrets {
            let forms = [
                secret.clone(),
                basic(secret),
                encode(secret, Keep::Unreserved),
            ];
            secrets.extend(forms.map(|form| (form, variable(scheme))));
        }
        Self {
            tokens: options.tokens.clone(),
            ..Self::of(secrets)
        }
    }

    fn of(mut secrets: Vec<(String, String)>) -> Self {
        secrets.retain(|(secret, _)| !secret.is_empty());
        // A secret that holds another goes first.
        secrets.sort_by_key(|(secret, _)| std::cmp::Reverse(secret.len()));
        Self {
            secrets,
            tokens: None,
        }
    }

    /// A redactor for an exchange that somebody else made: what stands under a name that sounds like a credential.
    pub(crate) fn learn(request: &Request<Bytes>, response: Option<&Response<Bytes>>) -> Self {
        let mut secrets = Vec::new();
        for (name, value) in request.headers() {
            if let Some(value) = value.to_str().ok().filter(|_| is_sensitive(name.as_str())) {
                header_secrets(name.as_str(), value, &mut secrets);
            }
        }
        for pair in request.uri().query().unwrap_or_default().split('&') {
            if let Some((name, value)) = pair.split_once('=').filter(|(name, _)| is_sensitive(name))
            {
                let decoded = crate::wire::percent::decode(value);
                let values = [Some(value.to_owned()), decoded].into_iter().flatten();
                secrets.extend(values.map(|value| (value, variable(name))));
            }
        }
        let bodies = [Some(request.body()), response.map(Response::body)];
        for body in bodies.into_iter().flatten() {
            if let Ok(value) = serde_json::from_slice::<Value>(body) {
                body_secrets(&value, &mut secrets);
            }
        }
        // A recording of our own has variables already, which say more than others would.
        secrets.retain(|(secret, _)| !secret.split([' ', '=']).any(is_variable));
        Self::of(secrets)
    }

    /// A text without the secrets.
    pub(crate) fn text(&self, text: &str) -> String {
        self.replaced(text, ToOwned::to_owned)
    }

    /// A text with something else in the place of each secret, by its placeholder.
    fn replaced(&self, text: &str, shown: impl Fn(&str) -> String) -> String {
        let mut whole = text.to_owned();
        for (secret, placeholder) in &self.secrets {
            whole = put(&whole, secret, &shown(placeholder));
        }
        match &self.tokens {
            Some(tokens) => tokens.redact(&whole, &shown("$TOKEN")),
            None => whole,
        }
    }

    /// A text as a word of a POSIX shell, with variables for the secrets (§2.2.2, §2.2.3).
    pub(super) fn quoted(&self, text: &str) -> String {
        let apart = |text: &str| text.replace('\'', "'\\''");
        if self.text(text) == text {
            return format!("'{}'", apart(text));
        }
        let rest = self.replaced(text, |_| String::new());
        if !rest.contains(['"', '\\', '`', '$', '!']) {
            return format!("\"{}\"", self.text(text));
        }
        // Single quotes end before each variable, and begin again after it.
        let mut word = apart(text);
        for (secret, placeholder) in &self.secrets {
            word = put(&word, &apart(secret), &format!("'\"{placeholder}\"'"));
        }
        if let Some(tokens) = &self.tokens {
            word = tokens.redact(&word, "'\"$TOKEN\"'");
        }
        format!("'{word}'")
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

/// A secret that is shorter than this would be found in many harmless texts.
const SHORTEST: usize = 4;

/// Puts what may be shown in the place of a secret; of a short one, where it is a word.
fn put(text: &str, secret: &str, shown: &str) -> String {
    if secret.len() >= SHORTEST {
        return text.replace(secret, shown);
    }
    let mut whole = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices(secret) {
        let end = at + secret.len();
        let alone = !text[..at].ends_with(char::is_alphanumeric)
            && !text[end..].starts_with(char::is_alphanumeric);
        if alone {
            whole.push_str(&text[done..at]);
            whole.push_str(shown);
            done = end;
        }
    }
    whole.push_str(&text[done..]);
    whole
}

/// What of a header is secret: its value, what follows the scheme, and each cookie.
fn header_secrets(name: &str, value: &str, secrets: &mut Vec<(String, String)>) {
    let shown = match value.split_once(' ') {
        Some((scheme, secret)) if name != "cookie" && secret.len() >= SHORTEST => {
            secrets.push((secret.to_owned(), "$TOKEN".to_owned()));
            format!("{scheme} $TOKEN")
        }
        _ => variable(name),
    };
    secrets.push((value.to_owned(), shown));
    let cookies = value.split(';').filter_map(|pair| pair.split_once('='));
    let long = cookies.filter(|(_, value)| name == "cookie" && value.len() >= SHORTEST);
    secrets.extend(long.map(|(_, value)| (value.trim().to_owned(), "$COOKIE".to_owned())));
}

/// The texts in a JSON body that are credentials by their names.
fn body_secrets(value: &Value, secrets: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let lower = name.to_ascii_lowercase();
                let secret = [
                    "password",
                    "secret",
                    "token",
                    "api_key",
                    "apikey",
                    "credential",
                ];
                match field {
                    Value::String(text)
                        if text.len() >= SHORTEST
                            && secret.iter().any(|word| lower.contains(word)) =>
                    {
                        secrets.push((text.clone(), variable(name)));
                    }
                    _ => body_secrets(field, secrets),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| body_secrets(item, secrets)),
        _ => {}
    }
}

/// The variable of a shell that stands for a secret.
pub(super) fn variable(name: &str) -> String {
    let plain = |character: char| {
        if character.is_ascii_alphanumeric() {
            character
        } else {
            '_'
        }
    };
    format!(
        "${}",
        name.to_ascii_uppercase()
            .chars()
            .map(plain)
            .collect::<String>()
    )
}

fn is_variable(text: &str) -> bool {
    let named =
        |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
    text.strip_prefix('$')
        .is_some_and(|name| !name.is_empty() && name.chars().all(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_secret_stays_and_a_secret_does_not() {
        let sent = |value: &str| {
            let request = Request::get("/?api_key=$KEY").header("authorization", value);
            let request = request.body(Bytes::new()).expect("a request");
            Redactor::learn(&request, None).text(value)
        };
        assert_eq!(sent("Bearer $BEARER"), "Bearer $BEARER");
        assert_eq!(sent("Bearer s3$Cret"), "Bearer $TOKEN");
    }

    #[test]
    fn short_secrets_are_words() {
        assert_eq!(
            put("x-key: k, \"kind\": \"k\"", "k", "$K"),
            "x-key: $K, \"kind\": \"$K\""
        );
        assert_eq!(put("a=token&b=tokens", "token", "$T"), "a=$T&b=$Ts");
    }
}
