//! The words of a name, whatever case and punctuation it is written in.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_security::mixed_script::{
    AugmentedScriptSet, is_potential_mixed_script_confusable_char,
};
use unicode_security::{GeneralSecurityProfile, skeleton};

/// How long words may be together, in bytes. They become names of files, of which most systems take 255 bytes.
const MAX_LEN: usize = 180;

/// The words of a name in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Words(Vec<String>);

impl Words {
    /// Splits at punctuation and where the case changes; `HTTPServer` is two words, `sha256` one. What is too long is cut.
    pub fn of(text: &str) -> Self {
        let latin = spell_look_alikes(text);
        let spelled = spell_symbols(&latin);
        let mut words = Vec::new();
        for part in spelled.split(|c: char| !is_in_names(c) || c == '_') {
            split_case(part, &mut words);
        }
        if spelled.len() > MAX_LEN {
            cut(&mut words);
        }
        Self(words)
    }

    /// The words one by one.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These words with one more.
    #[must_use]
    pub fn and(&self, word: &str) -> Self {
        let mut words = self.clone();
        words.0.push(word.to_owned());
        words
    }

    /// These words without those at the front, unless nothing would be left.
    #[must_use]
    pub fn without_prefix(&self, prefix: &Self) -> Self {
        match self.0.strip_prefix(prefix.0.as_slice()) {
            Some(rest) if !rest.is_empty() => Self(rest.to_vec()),
            _ => self.clone(),
        }
    }

    /// These words without those at the end, unless nothing would be left.
    #[must_use]
    pub fn without_suffix(&self, suffix: &Self) -> Self {
        match self.0.strip_suffix(suffix.0.as_slice()) {
            Some(rest) if !rest.is_empty() => Self(rest.to_vec()),
            _ => self.clone(),
        }
    }

    /// `two_words`, valid as an identifier but for keywords.
    pub fn snake(&self) -> String {
        guard(self.0.join("_"), 'n')
    }

    /// `TwoWords`, valid as an identifier but for keywords.
    pub fn pascal(&self) -> String {
        let mut text = String::new();
        for word in &self.0 {
            let touches = text.ends_with(|c: char| c.is_ascii_digit())
                && word.starts_with(|c: char| c.is_ascii_digit());
            if touches {
                text.push('_');
            }
            text.push_str(&capitalize(word));
        }
        guard(text, 'N')
    }
}

impl<S: Into<String>> FromIterator<S> for Words {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        Self(words.into_iter().map(Into::into).collect())
    }
}

/// Whether Rust reserves the word (Reference, "Keywords").
pub(super) fn is_keyword(text: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do",
        "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in",
        "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
        "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe",
        "unsized", "use", "virtual", "where", "while", "yield",
    ];
    KEYWORDS.contains(&text)
}

/// Whether the word is no name in Rust as it is.
pub(crate) fn is_reserved(text: &str) -> bool {
    is_keyword(text) || cannot_be_raw(text)
}

/// Whether Rust reserves the word even with `r#` before it.
pub(super) fn cannot_be_raw(text: &str) -> bool {
    matches!(text, "self" | "super" | "crate" | "Self")
}

/// Whether a character may stand in a name without a warning: the compiler has one for those that are for other things than
/// words (UTS #39 §3.1).
fn is_in_names(c: char) -> bool {
    unicode_ident::is_xid_continue(c) && (c.is_ascii() || c.identifier_allowed())
}

/// Letters that look like others are spelled as those: Latin ones such as `ı`, which make names that look the same
/// (UTS #39 §4), and a letter or two of another script that has no others, which the compiler warns of as well (§5.1).
fn spell_look_alikes(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let latin = AugmentedScriptSet::for_char('a');
    let mut scripts = HashMap::<_, Vec<char>>::new();
    for c in text.chars().filter(|c| !c.is_ascii() && is_in_names(*c)) {
        scripts
            .entry(AugmentedScriptSet::for_char(c))
            .or_default()
            .push(c);
    }
    scripts.retain(|script, letters| *script == latin || look_like_others(letters));
    if scripts.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut spelled = String::new();
    for c in text.chars() {
        let script = AugmentedScriptSet::for_char(c);
        let alike: String = skeleton(c.encode_utf8(&mut [0; 4])).collect();
        match alike.chars().find(char::is_ascii) {
            _ if c.is_ascii() || !scripts.contains_key(&script) => spelled.push(c),
            _ if script == latin && !alike.is_ascii() => spelled.push(c),
            _ if script == latin => spelled.push_str(&alike),
            letter => spelled.push(letter.unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
    }
    Cow::Owned(spelled)
}

/// Whether there are so few letters that whoever writes words has others, and each looks like one of another script.
fn look_like_others(letters: &[char]) -> bool {
    // Names change the case of a letter, and it may look like others in one of the two only.
    let mut cases = letters
        .iter()
        .map(|c| c.to_lowercase().chain(c.to_uppercase()));
    letters.len() <= 2 && cases.all(|mut all| all.any(is_potential_mixed_script_confusable_char))
}

/// Leaves out the words, and the letters of a word, that come after so many bytes.
fn cut(words: &mut Vec<String>) {
    let mut left = MAX_LEN;
    for word in &mut *words {
        let mut ends = (0..=left.min(word.len())).rev();
        let end = ends.find(|end| word.is_char_boundary(*end));
        word.truncate(end.unwrap_or_default());
        left = left.saturating_sub(word.len() + 1);
    }
    words.retain(|word| !word.is_empty());
}

/// Names that would lose their meaning without their symbols get words for them.
fn spell_symbols(text: &str) -> Cow<'_, str> {
    let all = !text.chars().any(is_in_names);
    let sign = text.starts_with(['+', '-']) && text[1..].starts_with(|c: char| c.is_ascii_digit());
    if text.is_empty() {
        Cow::Borrowed("empty")
    } else if all {
        Cow::Owned(text.chars().map(symbol).collect::<Vec<_>>().join(" "))
    } else if sign {
        let (first, rest) = text.split_at(1);
        let sign = if first == "+" { "plus" } else { "minus" };
        Cow::Owned(format!("{sign} {rest}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn symbol(c: char) -> &'static str {
    match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '=' => "equal",
        '<' => "less than",
        '>' => "greater than",
        '!' => "not",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '~' => "tilde",
        '#' => "hash",
        '$' => "dollar",
        '@' => "at",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '_' => "underscore",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        ' ' => "space",
        _ => "symbol",
    }
}

/// A boundary stands before an upper-case letter that follows a lower-case letter or a digit, and before the last
/// upper-case letter of a run that a lower-case letter follows.
fn split_case(part: &str, words: &mut Vec<String>) {
    let chars: Vec<char> = part.chars().collect();
    let (mut start, mut at) = (0, 0);
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(i + 1);
        let starts = c.is_uppercase()
            && before.is_some_and(|b| {
                !b.is_uppercase()
                    || after.is_some_and(|a| a.is_lowercase() && !is_plural(&chars, i))
            });
        if starts {
            words.push(part[start..at].to_lowercase());
            start = at;
        }
        at += c.len_utf8();
    }
    if start < at {
        words.push(part[start..].to_lowercase());
    }
}

/// `IDs` and `URLs` are one word: the `s` ends the run of capitals.
fn is_plural(chars: &[char], i: usize) -> bool {
    chars.get(i + 1) == Some(&'s') && chars.get(i + 2).is_none_or(|c| c.is_uppercase())
}

fn capitalize(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        // A digit in front leaves the next letter to carry the capital: `3D`.
        Some(first) if first.is_ascii_digit() => format!("{first}{}", capitalize(chars.as_str())),
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// An identifier does not start with a digit or with a mark, and is not empty.
fn guard(text: String, prefix: char) -> String {
    match text.chars().next() {
        Some(first) if unicode_ident::is_xid_start(first) => text,
        _ => format!("{prefix}{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, snake: &str, pascal: &str) {
        let words = Words::of(text);
        assert_eq!(
            (words.snake().as_str(), words.pascal().as_str()),
            (snake, pascal)
        );
    }

    #[test]
    fn words_end_where_a_reader_would_say() {
        check(
            "HTTPValidationError",
            "http_validation_error",
            "HttpValidationError",
        );
        check("X-Rate-Limit", "x_rate_limit", "XRateLimit");
        check("sha256Sum", "sha256_sum", "Sha256Sum");
        check("userIDs", "user_ids", "UserIds");
        check(
            "issues/list-for_org",
            "issues_list_for_org",
            "IssuesListForOrg",
        );
        check("2024-01", "n2024_01", "N2024_01");
        check("camelCASEName", "camel_case_name", "CamelCaseName");
        check("Paʿal 電力", "pa_al_電力", "PaAl電力");
    }

    #[test]
    fn single_letters_that_look_like_others_are_latin() {
        check("ρ max", "p_max", "PMax");
        check("П", "symbol", "Symbol");
        check("Δ", "symbol", "Symbol");
        check("СПОР", "спор", "Спор");
        check("año", "año", "Año");
        check("テスト Α", "テスト_a", "テストA");
        check("adı", "adi", "Adi");
        check("æble", "aeble", "Aeble");
    }

    #[test]
    fn names_of_any_length_are_good_for_files() {
        check(
            &"x".repeat(400),
            &"x".repeat(180),
            &format!("X{}", "x".repeat(179)),
        );
        let words = Words::of(&"日本 ".repeat(400)).snake();
        assert!((170..=180).contains(&words.len()), "{words}");
    }
}
