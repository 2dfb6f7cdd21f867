//! Texts for patterns (ECMA-262), as far as the syntax alone can give one.

use regex_syntax::hir::{Class, Hir, HirKind};

/// How long a text is that is one of very many, in characters.
pub(crate) const LONG: u64 = 10;

/// A text that matches a pattern, of `wanted` characters at least where there is one and the limits allow it; `None` when
/// none was found.
pub(crate) fn matching(
    pattern: &str,
    wanted: u64,
    (least, most): (u64, u64),
    random: &fastrand::Rng,
) -> Option<String> {
    let of = |least| within(pattern, least, most, random.clone());
    of(wanted.min(most).max(least)).or_else(|| of(least))
}

/// A text that matches a pattern and has a length in characters within limits; `None` when none was found.
fn within(pattern: &str, least: u64, most: u64, mut random: fastrand::Rng) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    // Repetitions are written as often as they must be, and then longer and longer.
    [0, 1, 2, 4, 8, 16, 64, 256, 1024]
        .into_iter()
        .flat_map(|extra| [extra, extra + least])
        .filter_map(|extra| {
            let mut text = String::new();
            write(&hir, extra, &mut text, &mut random)?;
            pad(&hir, &mut text, least);
            Some(trimmed(text, most))
        })
        .find(|text| {
            let length = text.chars().count() as u64;
            (least..=most).contains(&length) && is_match(pattern, text)
        })
}

/// Whether a text matches; a pattern that cannot be checked matches nothing.
pub(crate) fn is_match(pattern: &str, text: &str) -> bool {
    let schema = serde_json::json!({ "pattern": pattern });
    jsonschema::draft202012::options()
        .build(&schema)
        .is_ok_and(|validator| validator.is_valid(&serde_json::Value::from(text)))
}

/// The longest text that is written before giving up.
const MAX_LENGTH: usize = 8192;

fn write(hir: &Hir, extra: u64, text: &mut String, random: &mut fastrand::Rng) -> Option<()> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(()),
        HirKind::Literal(literal) => {
            text.push_str(std::str::from_utf8(&literal.0).ok()?);
            Some(())
        }
        HirKind::Class(class) => {
            text.push(character(class, random)?);
            Some(())
        }
        HirKind::Repetition(repetition) => {
            let least = u64::from(repetition.min);
            let most = repetition.max.map_or(u64::MAX, u64::from);
            let times = (least + extra).min(most).min(MAX_LENGTH as u64);
            (0..times).try_for_each(|_| write(&repetition.sub, extra.min(4), text, random))
        }
        HirKind::Capture(capture) => write(&capture.sub, extra, text, random),
        HirKind::Concat(parts) => parts
            .iter()
            .try_for_each(|part| write(part, extra, text, random)),
        // The first branch may be too short, whatever is repeated in it.
        HirKind::Alternation(branches) => {
            let chosen = if extra == 0 {
                0
            } else {
                random.usize(0..branches.len())
            };
            write(branches.get(chosen)?, extra, text, random)
        }
    }
}

/// A pattern without anchors matches inside a longer text as well.
fn pad(hir: &Hir, text: &mut String, least: u64) {
    use regex_syntax::hir::Look;
    if !hir.properties().look_set().contains(Look::End) {
        while (text.chars().count() as u64) < least && text.len() < MAX_LENGTH {
            text.push('a');
        }
    }
}

fn trimmed(text: String, most: u64) -> String {
    match usize::try_from(most)
        .ok()
        .and_then(|most| text.char_indices().nth(most))
    {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    }
}

/// A character of a class, a plain one where there is any.
fn character(class: &Class, random: &mut fastrand::Rng) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .map(|range| (range.start(), range.end()))
            .collect(),
        Class::Bytes(class) => class
            .ranges()
            .iter()
            .map(|range| (range.start().into(), range.end().into()))
            .collect(),
    };
    let contains = |c: &char| ranges.iter().any(|(start, end)| (start..=end).contains(&c));
    let plain: Vec<char> = ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .filter(contains)
        .collect();
    if plain.is_empty() {
        let visible = ('!'..='~').find(contains);
        return visible.or_else(|| ranges.first().map(|(start, _)| *start));
    }
    Some(plain[random.usize(0..plain.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_matches_and_has_the_length() {
        for (pattern, least, most) in [
            ("^[a-z]{3}$", 0, 100),
            ("^ns_[A-Za-z0-9]+$", 12, 12),
            ("^\\d{4}-(0[1-9]|1[0-2])$", 0, 100),
            ("foo", 8, 8),
            ("^(a|b)*$", 5, 5),
            ("^(0|[1-9][0-9]*)$", 10, 10),
            ("^[^/]+$", 1, 3),
        ] {
            let text = within(pattern, least, most, fastrand::Rng::with_seed(1));
            let text = text.unwrap_or_else(|| panic!("nothing was made for {pattern}"));
            assert!(is_match(pattern, &text), "{pattern}: {text}");
            assert!(
                (least..=most).contains(&(text.chars().count() as u64)),
                "{pattern}: {text}"
            );
        }
    }

    #[test]
    fn what_the_syntax_does_not_carry_is_given_up() {
        assert_eq!(within("^(?=x)y$", 0, 9, fastrand::Rng::with_seed(1)), None);
    }

    #[test]
    fn a_text_is_as_long_as_is_wanted_where_that_can_be() {
        let random = fastrand::Rng::with_seed(1);
        let length = |pattern, wanted, limits| {
            let text = matching(pattern, wanted, limits, &random);
            text.map(|text| text.chars().count())
        };
        assert_eq!(length("^[a-z]+$", LONG, (0, 4)), Some(4));
        assert!(length("^[a-z]+$", LONG, (0, 20)) >= Some(10));
        assert_eq!(length("^ab?$", LONG, (2, 9)), Some(2));
    }
}
