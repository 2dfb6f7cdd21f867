//! Text that may stand in XML (XML 1.0 §2.2, §2.4).

use std::fmt::Write;

/// A text as the content of an element or an attribute in double quotes.
///
/// Characters that XML does not allow, even escaped, are shown by their code point: a body may hold anything.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // As they stand, a reader would make spaces of them in an attribute (XML 1.0 §3.3.3).
            '\t' | '\n' | '\r' => number(&mut escaped, "&#", character, ";"),
            _ if is_allowed(character) => escaped.push(character),
            _ => number(&mut escaped, "\\u{", character, "}"),
        }
    }
    escaped
}

fn is_allowed(character: char) -> bool {
    !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}')
}

fn number(out: &mut String, before: &str, character: char, after: &str) {
    let code = u32::from(character);
    // Writing to a string does not fail.
    let _ = match before {
        "&#" => write!(out, "{before}{code}{after}"),
        _ => write!(out, "{before}{code:x}{after}"),
    };
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn every_character_can_stand_in_an_attribute() {
        assert_eq!(escape("a<b>&\"c'"), "a&lt;b&gt;&amp;&quot;c'");
        assert_eq!(escape("\n\t\r"), "&#10;&#9;&#13;");
        assert_eq!(
            escape("\0\u{1b}\u{85}\u{ffff}"),
            "\\u{0}\\u{1b}\\u{85}\\u{ffff}"
        );
        assert_eq!(escape("日本 😀"), "日本 😀");
    }
}
