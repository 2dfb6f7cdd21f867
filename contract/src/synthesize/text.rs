//! Texts: simple ones and those at the ends of their lengths.

use serde_json::json;

use super::{EXTREME, Synthesizer, Variation, format, pattern};
use crate::shape::Shape;
use crate::validate::rule;

/// The longest text that is made; servers refuse longer requests for reasons of their own.
const MAX_LENGTH: u64 = 4096;

/// What free texts start with to show how a server stores and quotes them: characters of two, three and four bytes in
/// UTF-8, the last of them two units in UTF-16, and those that end a literal in most languages.
const FOREIGN: [(&str, &str); 2] = [("unicode", "\u{e9}\u{65e5}\u{1f980}"), ("quotes", "'\"\\")];

impl Synthesizer<'_> {
    /// A text, if possible of a length in characters; `None` when no such text is known.
    pub(super) fn text(&self, shape: &Shape, length: Option<u64>) -> Option<String> {
        if let Some(pattern) = shape.patterns.first() {
            self.invent();
            if let Some(text) = of_both(shape, length, &mut self.random(pattern)) {
                return Some(text);
            }
            let (least, most) = match length {
                Some(length) => (length, length),
                None => (shape.length.least, shape.length.most.unwrap_or(MAX_LENGTH)),
            };
            // Nothing at all is seldom meant, be it that the pattern allows it.
            return pattern::matching(pattern, 1, (least, most), &self.random(pattern));
        }
        let by_format = shape
            .format
            .as_deref()
            .and_then(|name| format::valid(name, &mut self.random(name)));
        if let Some(text) = by_format {
            if !format::is_plain(shape.format.as_deref()) {
                self.invent();
            }
            let name = shape.format.as_deref().unwrap_or_default();
            return match length {
                Some(length) => format::stretched(name, &text, length),
                None => Some(text),
            };
        }
        self.invent();
        let length = length.unwrap_or_else(|| {
            shape
                .length
                .least
                .max(4)
                .min(shape.length.most.unwrap_or(4))
        });
        (length <= MAX_LENGTH).then(|| self.letters(length))
    }

    /// Texts at the ends of the range of lengths.
    pub(super) fn valid_texts(&self, shape: &Shape) -> Vec<Variation> {
        let mut found: Vec<Variation> = shape
            .samples
            .iter()
            .filter(|sample| sample.is_string())
            .map(|sample| Variation::new("example", sample.clone()))
            .collect();
        let plain = format::is_plain(shape.format.as_deref());
        found.extend(
            self.text(shape, None)
                .map(|text| mark(Variation::new("type", text), plain)),
        );
        let format = shape
            .format
            .as_deref()
            .filter(|_| shape.patterns.is_empty());
        let other = format.and_then(format::spelled_otherwise);
        found.extend(other.map(|text| Variation::new("format", text)));
        let least = shape.length.least;
        let lengths = [
            ("minLength", Some(least).filter(|least| *least > 0)),
            ("minLength", Some(least + 1).filter(|_| least > 0)),
            ("maxLength", shape.length.most),
            (
                "maxLength",
                shape.length.most.and_then(|most| most.checked_sub(1)),
            ),
        ];
        for (rule, length) in lengths {
            let text = length.and_then(|length| self.text(shape, Some(length)));
            found.extend(text.map(|text| Variation::new(rule, text).invented()));
        }
        if shape.patterns.is_empty() && shape.format.is_none() {
            let foreign = FOREIGN.iter();
            let foreign = foreign.map(|(rule, start)| (*rule, self.starting(shape, start)));
            found.extend(foreign.map(|(rule, text)| Variation::new(rule, text).invented()));
            if self.extreme {
                let length = &shape.length;
                let empty = (length.least == 0).then_some(0);
                let long = length.most.is_none().then_some(MAX_LENGTH);
                let lengths = empty.into_iter().chain(long);
                found.extend(lengths.map(|own| Variation::new(EXTREME, self.letters(own))));
            }
        }
        found
    }

    /// A text of an allowed length that starts, as far as there is room, with these characters.
    fn starting(&self, shape: &Shape, start: &str) -> String {
        let least = shape.length.least.max(start.chars().count() as u64);
        let length = least.min(shape.length.most.unwrap_or(MAX_LENGTH));
        let text = start
            .chars()
            .chain(self.letters(length).chars().collect::<Vec<_>>());
        text.take(usize::try_from(length).unwrap_or(0)).collect()
    }

    /// Texts that are too short or too long, or break the pattern or the format.
    pub(super) fn invalid_texts(&self, shape: &Shape) -> Vec<Variation> {
        let mut found = Vec::new();
        let short = shape.length.least.checked_sub(1);
        let long = shape
            .length
            .most
            .filter(|most| *most < MAX_LENGTH)
            .map(|most| most + 1);
        for (rule, length) in [("minLength", short), ("maxLength", long)] {
            if let Some(length) = length {
                let text = self
                    .text(shape, Some(length))
                    .unwrap_or_else(|| self.letters(length));
                found.push(Variation::new(rule, text));
            }
        }
        found.extend(self.off_pattern(shape));
        let broken = shape.format.as_deref().map(format::invalid);
        let broken = broken.into_iter().flatten();
        found.extend(broken.map(|text| Variation::new("format", json!(text))));
        found
    }

    /// Texts of an allowed length that a pattern does not allow: one far from it, and those with something wrong at the
    /// end, at the start, and in the case of a letter only, which pass where a pattern is not held to the whole text.
    fn off_pattern(&self, shape: &Shape) -> Vec<Variation> {
        let length = &shape.length;
        let middle = self.letters(length.least.max(5).min(length.most.unwrap_or(5)));
        let strangers = ["~~~~~", "!", "00000", "abcde", "", &middle, "     "];
        let far = strangers.map(str::to_owned).to_vec();
        let near = self
            .text(shape, None)
            .filter(|_| !shape.patterns.is_empty());
        let near = near.unwrap_or_default();
        let (first, last) = (beyond_first(&near), before_last(&near));
        let after = ["!", " "].map(|end| [format!("{near}{end}"), format!("{last}{end}")]);
        let before = ["!", " "].map(|start| [format!("{start}{near}"), format!("{start}{first}")]);
        let cases = vec![near.to_uppercase(), near.to_lowercase()];
        let proposals = [
            ("pattern", far),
            ("pattern", after.concat()),
            ("pattern", before.concat()),
            (rule::PATTERN_CASE, cases),
        ];
        let off = |text: &String| {
            let mut patterns = shape.patterns.iter();
            fits(shape, text) && patterns.any(|own| !pattern::is_match(own, text))
        };
        let first = proposals.into_iter().filter_map(|(rule, texts)| {
            let text = texts.into_iter().find(off)?;
            Some(Variation::new(rule, text))
        });
        first.collect()
    }

    /// Letters that say nothing.
    fn letters(&self, length: u64) -> String {
        let mut random = self.random("letters");
        (0..length).map(|_| random.lowercase()).collect()
    }
}

/// A text of a format that its patterns allow as well: what is made of a pattern alone may say nothing, such as
/// `https://` of `^https?://`.
pub(super) fn of_both(
    shape: &Shape,
    length: Option<u64>,
    random: &mut fastrand::Rng,
) -> Option<String> {
    let name = shape.format.as_deref()?;
    let text = format::valid(name, random)?;
    let text = match length {
        Some(length) => format::stretched(name, &text, length)?,
        None => text,
    };
    let mut patterns = shape.patterns.iter();
    let allowed = patterns.all(|own| pattern::is_match(own, &text));
    (allowed && fits(shape, &text)).then_some(text)
}

fn mark(variation: Variation, plain: bool) -> Variation {
    if plain {
        variation
    } else {
        variation.invented()
    }
}

fn fits(shape: &Shape, text: &str) -> bool {
    let length = text.chars().count() as u64;
    length >= shape.length.least && shape.length.most.is_none_or(|most| length <= most)
}

fn beyond_first(text: &str) -> &str {
    let mut letters = text.chars();
    letters.next();
    letters.as_str()
}

fn before_last(text: &str) -> &str {
    let mut letters = text.chars();
    letters.next_back();
    letters.as_str()
}
