//! What stands inside a line: code spans, links, tags, URLs.

/// Escapes a line of prose.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (taken, written) = match c {
            '`' => code(rest),
            '[' => link(rest),
            ']' => (1, r"\]".to_owned()),
            '<' => tag(rest),
            'h' if starts_word(&out) => url(rest).unwrap_or((1, "h".to_owned())),
            '\\' => backslash(rest),
            c => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            }
        };
        out.push_str(&written);
        rest = &rest[taken..];
    }
    out
}

/// A code span stays as it is; back-ticks without a partner are escaped.
pub(super) fn code(text: &str) -> (usize, String) {
    let length = text.bytes().take_while(|b| *b == b'`').count();
    let fence = &text[..length];
    let mut at = length;
    while let Some(found) = text[at..].find(fence) {
        let end = at + found + length;
        let run = text[at + found..]
            .bytes()
            .take_while(|b| *b == b'`')
            .count();
        if run == length {
            return (end, text[..end].to_owned());
        }
        at += found + run;
    }
    (length, r"\`".repeat(length))
}

/// A link to the web stays a link; one to elsewhere in the document's own pages becomes its text.
fn link(text: &str) -> (usize, String) {
    let plain = (1, r"\[".to_owned());
    let Some(close) = closing(text, '[', ']') else {
        return plain;
    };
    let label = &text[1..close];
    let Some(target) = text[close + 1..].strip_prefix('(') else {
        return plain;
    };
    let Some(end) = closing(&text[close + 1..], '(', ')') else {
        return plain;
    };
    let url = target[..end - 1]
        .split_whitespace()
        .next()
        .unwrap_or_default();
    let taken = close + 1 + end + 1;
    let url = url.trim_matches(['<', '>']);
    let web = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme));
    let label = escape(&label.replace("://", ": //"));
    if web && !url.contains(['(', ')']) {
        (taken, format!("[{label}]({url})"))
    } else {
        (taken, label)
    }
}

/// Where the bracket that opens the text is closed.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(i);
            }
        }
    }
    None
}

/// Links in angle brackets stay, and everything else is escaped.
fn tag(text: &str) -> (usize, String) {
    let inside = text[1..].split('>').next().unwrap_or_default();
    match url(inside) {
        Some((taken, url)) if taken == inside.len() && text.len() > taken + 1 => (taken + 2, url),
        _ => (1, r"\<".to_owned()),
    }
}

/// A bare URL, in angle brackets.
fn url(text: &str) -> Option<(usize, String)> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))?;
    let stop =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | ')' | ']' | '|' | '*');
    let scheme = text.len() - rest.len();
    let end = rest.find(stop).unwrap_or(rest.len());
    let url = text[..scheme + end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    (url.len() > scheme).then(|| (url.len(), format!("<{url}>")))
}

/// An escape of the document's own stays one.
fn backslash(text: &str) -> (usize, String) {
    match text.chars().nth(1) {
        Some(c) if c.is_ascii_punctuation() => (2, text[..2].to_owned()),
        _ => (1, r"\\".to_owned()),
    }
}

fn starts_word(out: &str) -> bool {
    !out.ends_with(|c: char| c.is_alphanumeric())
}
