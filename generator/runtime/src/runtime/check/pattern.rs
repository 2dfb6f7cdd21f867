//! Patterns: regular expressions of ECMA-262, as JSON Schema asks for (2020-12 Core §6.4).
//!
//! Only a client whose document has patterns depends on an engine for them, by the feature `patterns`.

/// The patterns of one check, each compiled once.
#[cfg(feature = "patterns")]
#[derive(Default)]
pub(super) struct Patterns(Vec<(&'static str, Option<regress::Regex>)>);

#[cfg(feature = "patterns")]
impl Patterns {
    /// Whether `text` has a match. A pattern that is no regular expression is matched by every text.
    pub(super) fn matches(&mut self, pattern: &'static str, text: &str) -> bool {
        let known = self.0.iter().position(|(known, _)| *known == pattern);
        let index = known.unwrap_or_else(|| {
            self.0.push((pattern, compile(pattern)));
            self.0.len() - 1
        });
        self.0[index]
            .1
            .as_ref()
            .is_none_or(|regex| regex.find(text).is_some())
    }
}

/// Many documents escape more than the flag `u` allows, so a pattern gets a second chance without it.
#[cfg(feature = "patterns")]
fn compile(pattern: &str) -> Option<regress::Regex> {
    let with = |flags| regress::Regex::with_flags(pattern, flags).ok();
    with("u").or_else(|| with(""))
}

/// Without an engine, no pattern is checked.
#[cfg(not(feature = "patterns"))]
#[derive(Default)]
pub(super) struct Patterns;

#[cfg(not(feature = "patterns"))]
impl Patterns {
    pub(super) fn matches(&mut self, _pattern: &'static str, _text: &str) -> bool {
        matches!(self, Self)
    }
}

impl std::fmt::Debug for Patterns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Patterns")
    }
}
