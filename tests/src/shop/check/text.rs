//! Texts: how long they are, and how they look.

use serde_json::Value;

use super::Checker;

/// Says whether a text looks as it must.
type Looks = fn(&str) -> bool;

/// What a text must be.
#[derive(Clone, Copy)]
pub(in crate::shop) struct Text {
    least: usize,
    most: usize,
    looks: Option<(&'static str, Looks)>,
}

impl Text {
    /// So many characters.
    pub(in crate::shop) const fn of(least: usize, most: usize) -> Self {
        Self {
            least,
            most,
            looks: None,
        }
    }

    /// So many characters at most.
    pub(in crate::shop) const fn up_to(most: usize) -> Self {
        Self::of(0, most)
    }

    /// A text of a pattern.
    pub(in crate::shop) const fn like(looks: Looks) -> Self {
        Self::up_to(usize::MAX).and("pattern", looks)
    }

    /// A text of a format.
    pub(in crate::shop) const fn format(looks: Looks) -> Self {
        Self::up_to(usize::MAX).and("format", looks)
    }

    /// The same with a further rule.
    pub(in crate::shop) const fn and(mut self, rule: &'static str, looks: Looks) -> Self {
        self.looks = Some((rule, looks));
        self
    }
}

impl Checker {
    /// A text of a JSON value.
    pub(in crate::shop) fn text(&mut self, at: &str, value: &Value, rules: Text) {
        let text = value.as_str();
        if self.rule(at, "type", text.is_some()) {
            self.plain(at, text.unwrap_or_default(), rules);
        }
    }

    /// A text.
    pub(in crate::shop) fn plain(&mut self, at: &str, text: &str, rules: Text) {
        let length = text.chars().count();
        self.rule(at, "minLength", length >= rules.least);
        self.rule(at, "maxLength", length <= rules.most);
        if let Some((rule, looks)) = rules.looks {
            self.rule(at, rule, looks(text));
        }
        self.edge(at, "minLength", length == rules.least);
        self.edge(at, "maxLength", length == rules.most);
        self.edge(at, "unicode", !text.is_ascii());
        self.edge(at, "nul", text.contains('\0'));
        self.edge(at, "quote", text.contains(['\'', '"', '\\']));
    }

    /// One of a few words.
    pub(in crate::shop) fn word(&mut self, at: &str, value: &Value, words: &[&'static str]) {
        let Some(text) = value.as_str() else {
            self.rule(at, "type", false);
            return;
        };
        let cased =
            self.forgets(at, "case") && words.iter().any(|own| own.eq_ignore_ascii_case(text));
        self.rule(at, "enum", cased || words.contains(&text));
        self.edge(at, "enum", words.last() == Some(&text));
    }
}

fn all(text: &str, good: impl Fn(u8) -> bool) -> bool {
    text.bytes().all(good)
}

pub(in crate::shop) fn is_tag(text: &str) -> bool {
    let first = text.bytes().next();
    first.is_some_and(|byte| byte.is_ascii_lowercase())
        && all(text, |byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
        })
}

pub(in crate::shop) fn is_country(text: &str) -> bool {
    text.len() == 2 && all(text, |byte| byte.is_ascii_uppercase())
}

pub(in crate::shop) fn is_sku(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 8
        && bytes[..3].iter().all(u8::is_ascii_uppercase)
        && bytes[3] == b'-'
        && bytes[4..].iter().all(u8::is_ascii_digit)
}
