//! Texts of a format.

/// RFC 3339 §5.6: `2024-05-17T09:30:00Z`.
pub(in crate::shop) fn is_date_time(text: &str) -> bool {
    let at = text.find(['T', 't']);
    at.is_some_and(|at| is_date(&text[..at]) && is_time(&text[at + 1..]))
}

/// RFC 3339 §5.6: `2024-05-17`.
pub(in crate::shop) fn is_date(text: &str) -> bool {
    let [year, month, day] = numbers(text, '-', [4, 2, 2]);
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// RFC 3339 §5.6: `09:30:00.5+02:00`.
pub(in crate::shop) fn is_time(text: &str) -> bool {
    let Some(at) = text.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (time, offset) = text.split_at(at);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let digits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2]);
    let good = hour.is_some_and(|hour| hour < 24)
        && minute.is_some_and(|minute| minute < 60)
        // A leap second is written as the sixtieth.
        && second.is_some_and(|second| second <= 60);
    good && digits && is_offset(offset)
}

fn is_offset(text: &str) -> bool {
    if matches!(text, "Z" | "z") {
        return true;
    }
    let [hour, minute] = numbers(&text[1..], ':', [2, 2]);
    hour.is_some_and(|hour| hour < 24) && minute.is_some_and(|minute| minute < 60)
}

/// Numbers of fixed lengths; none of them where the text has others.
fn numbers<const N: usize>(text: &str, between: char, lengths: [usize; N]) -> [Option<u32>; N] {
    let parts: Vec<&str> = text.split(between).collect();
    let mut numbers = [None; N];
    if parts.len() != N {
        return numbers;
    }
    for (index, part) in parts.iter().enumerate() {
        let good = part.len() == lengths[index] && part.bytes().all(|byte| byte.is_ascii_digit());
        numbers[index] = part.parse().ok().filter(|_| good);
    }
    numbers
}

/// RFC 9562 §4.
pub(in crate::shop) fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// A mailbox, as far as a shop wants to know before it writes to it.
pub(in crate::shop) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let quoted = name.len() > 1 && name.starts_with('"') && name.ends_with('"');
    let plain = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '@');
    (quoted || plain) && !host.is_empty() && !host.contains(char::is_whitespace)
}

/// RFC 3986 §3: a scheme, and nothing that must be escaped.
pub(in crate::shop) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let first = scheme.bytes().next();
    let outside = |c: char| !c.is_ascii_graphic() || "<>\"{}|\\^`".contains(c);
    first.is_some_and(|byte| byte.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && !rest.contains(outside)
}
