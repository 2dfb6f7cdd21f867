//! The outline of a JSON text, by a scanner that trusts the text to be valid: it was parsed before.

use std::ops::Range;

use super::outline::Outline;

/// How deep the scanner follows; what a document may have is less.
const DEPTH: usize = 512;

/// Outlines a text as far as it is valid JSON.
pub(super) fn outline(text: &str) -> Outline {
    let mut scanner = Scanner {
        text,
        at: 0,
        outline: Outline::default(),
    };
    scanner.value(None, DEPTH);
    scanner.outline
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    outline: Outline,
}

impl Scanner<'_> {
    /// A value, and the node of the outline for it; `None` stops the scan.
    fn value(&mut self, key: Option<(&str, Range<usize>)>, depth: usize) -> Option<()> {
        let start = self.peek().map(|_| self.at)?;
        let keyed = key.is_some();
        let (key, span) = key.map_or((None, start..start + 1), |(key, span)| (Some(key), span));
        let node = self.outline.open(key, span);
        let scanned = self.content(depth.checked_sub(1)?);
        if !keyed {
            self.outline
                .relocate(node, start..self.first_line_end(start));
        }
        self.outline.close(node);
        scanned
    }

    fn content(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b'{' => self.members(b'}', |scanner| {
                let span = scanner.string()?;
                let key: String = serde_json::from_str(&scanner.text[span.clone()]).ok()?;
                scanner.expect(b':')?;
                scanner.value(Some((&key, span)), depth)
            }),
            b'[' => self.members(b']', |scanner| scanner.value(None, depth)),
            b'"' => self.string().map(|_| ()),
            _ => {
                let rest = &self.text[self.at..];
                let end = rest.find(|c: char| ",]}".contains(c) || c.is_whitespace());
                self.at += end.unwrap_or(rest.len());
                Some(())
            }
        }
    }

    fn members(&mut self, close: u8, member: impl Fn(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        while self.peek()? != close {
            member(self)?;
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Some(())
    }

    fn string(&mut self) -> Option<Range<usize>> {
        self.peek()?;
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while *bytes.get(at)? != b'"' {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        self.at = at + 1;
        self.text.get(start..self.at).map(|_| start..self.at)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at)?.is_ascii_whitespace() {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// The end of what was scanned since `start`, in the line of `start`; of a container only its bracket.
    fn first_line_end(&self, start: usize) -> usize {
        match self.text.as_bytes()[start] {
            b'{' | b'[' => start + 1,
            _ => self.at,
        }
    }
}
