//! Which words of Rust text may need an import: names of types, macros and modules.

use std::collections::BTreeSet;

use unicode_ident::{is_xid_continue, is_xid_start};

/// Collects the words of an item that is laid out, but not the last parts of paths, and not the names of variants.
///
/// The text is read and not the tokens: whoever looks at tokens copies each of them.
pub(super) fn collect(text: &str, words: &mut BTreeSet<String>) {
    let mut scan = Scan::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '"' => string_len(rest),
            '\'' => quote_len(rest),
            // What indents is most of what stands between words.
            ' ' => {
                scan.pass(first);
                rest.len() - rest.trim_start_matches(' ').len()
            }
            _ if first == '_' || is_xid_start(first) => {
                let len = word_len(rest);
                if scan.takes(&rest[..len], &rest[len..]) && !words.contains(&rest[..len]) {
                    words.insert(rest[..len].to_owned());
                }
                len
            }
            _ => {
                scan.pass(first);
                first.len_utf8()
            }
        };
        rest = &rest[len..];
    }
}

/// What stands before the place that a scan has come to.
#[derive(Default)]
struct Scan<'t> {
    before: &'t str,
    colons: usize,
    depth: usize,
    /// How deep the variants of an enum are, and whether its braces are still to come.
    variants: Option<usize>,
    is_enum: bool,
}

impl<'t> Scan<'t> {
    /// Whether a word needs an import, by what stands around it.
    fn takes(&mut self, word: &'t str, after: &str) -> bool {
        let (before, colons) = (self.before, self.colons);
        (self.before, self.colons) = (word, 0);
        self.is_enum |= word == "enum";
        let in_path = colons == 2;
        let variant = self.variants == Some(self.depth);
        !in_path && !variant && may_need_import(word, after) && !is_given(before, after)
    }

    /// Takes note of a character that is no part of a word.
    fn pass(&mut self, mark: char) {
        self.colons = if mark == ':' { self.colons + 1 } else { 0 };
        if !mark.is_whitespace() {
            self.before = if mark == '.' { "." } else { "" };
        }
        match mark {
            '(' | '[' | '{' => {
                self.depth += 1;
                if mark == '{' && self.is_enum {
                    (self.variants, self.is_enum) = (Some(self.depth), false);
                }
            }
            ')' | ']' | '}' => {
                if self.variants == Some(self.depth) {
                    self.variants = None;
                }
                self.depth = self.depth.saturating_sub(1);
            }
            _ => {}
        }
    }
}

/// Whether a word may be imported: a type, a module that stands before a path, or a macro.
fn may_need_import(word: &str, after: &str) -> bool {
    // A macro is called with its arguments behind the mark, which an inequality has not.
    let is_call = || {
        ["!(", "![", "! {"]
            .iter()
            .any(|mark| after.starts_with(mark))
    };
    // A module that is imported stands before a path, and not by itself like a field.
    word.starts_with(may_start_type) || after.starts_with("::") || is_call()
}

/// Whether a word is the name that an alias, an associated type, a constant, a function or an entry of a list gives, or
/// one of a value: that is no use of it.
fn is_given(before: &str, after: &str) -> bool {
    let entry = after.starts_with(':') && !after.starts_with("::");
    entry || matches!(before, "type" | "const" | "." | "fn" | "let")
}

/// Types begin with upper case, where the script has it.
fn may_start_type(c: char) -> bool {
    c != '_' && !c.is_lowercase()
}

/// The length of the word at the start; a raw identifier has a mark in it.
fn word_len(text: &str) -> usize {
    let start = if text.starts_with("r#") { 2 } else { 0 };
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let plain = text.bytes().skip(start).take_while(is_plain).count();
    // Nearly all words end where their ASCII does.
    let end = start + plain;
    if text.as_bytes().get(end).is_none_or(u8::is_ascii) {
        return end;
    }
    let rest = text[end..].find(|c| !is_xid_continue(c));
    rest.map_or(text.len(), |rest| end + rest)
}

/// The length of the literal at the start, with its quotes.
fn string_len(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

/// The length of the character at the start, or of the mark of a lifetime with its name.
fn quote_len(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let from = at + escaped.len_utf8();
            let end = text[from..].find('\'');
            end.map_or(text.len(), |end| from + end + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1 + word_len(&text[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut words = BTreeSet::new();
        collect(text, &mut words);
        words.into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_of_types_modules_and_macros_are_taken() {
        assert_eq!(
            words(
                "impl fmt::Debug for Pet { fn a(b: Option<Map<Cat>>) { json_object!(x, Rule::Max(1)); } }"
            ),
            "Cat Map Option Pet Rule fmt json_object"
        );
    }

    #[test]
    fn what_stands_in_comments_strings_and_paths_is_not() {
        assert_eq!(
            words(
                "/// Of Docs.\nconst A: &str = \"B \\\" C\"; type D = e::F; const G: char = '\\''; const H: char = 'I';"
            ),
            "e"
        );
        assert_eq!(words("fn a<'B>(b: &'B C) -> bool { D != (E) }"), "C D E");
    }

    #[test]
    fn variants_are_not_but_what_they_hold_is() {
        assert_eq!(
            words("pub enum A { #[b(C)] D(E), F { g: H }, I } struct J { k: L }"),
            "A C E H J L"
        );
    }

    #[test]
    fn names_that_a_list_gives_to_texts_are_not() {
        assert_eq!(
            words("json_strings!(A { B: \"b\", C: \"c\" }, D);"),
            "A D json_strings"
        );
        assert_eq!(words("let a: B = C::d;"), "B C");
    }

    #[test]
    fn a_script_without_upper_case_has_types_but_no_functions_or_fields() {
        assert_eq!(words("fn 値(a: 日本<_>) { a.値(); a.値 = b; }"), "日本");
    }
}
