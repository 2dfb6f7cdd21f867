//! Texts of the formats that the validator asserts, and texts that break them.

use bindery_spec::Value;

/// A text of a format; `None` for formats that say nothing about the text.
pub(super) fn valid(format: &str, random: &mut fastrand::Rng) -> Option<String> {
    let digits = random.u32(10..100);
    let text = match format {
        "date-time" => format!("2024-05-17T09:30:{:02}Z", digits % 60),
        "date" => format!("2024-05-{:02}", digits % 28 + 1),
        "time" => format!("09:30:{:02}Z", digits % 60),
        "duration" => format!("PT{digits}S"),
        "email" | "idn-email" => format!("user{digits}@example.com"),
        "hostname" | "idn-hostname" => format!("host{digits}.example.com"),
        "ipv4" => format!("192.0.2.{digits}"),
        "ipv6" => format!("2001:db8::{digits}"),
        "uri" | "iri" | "url" => format!("https://example.com/{digits}"),
        "uri-reference" | "iri-reference" | "json-pointer" => format!("/things/{digits}"),
        "uri-template" => format!("/things/{digits}/{{name}}"),
        "relative-json-pointer" => "1/things".to_owned(),
        "regex" => "^[a-z]+$".to_owned(),
        "uuid" => uuid(random),
        "byte" => "YmluZGVyeQ==".to_owned(),
        _ => return None,
    };
    Some(text)
}

/// No more characters than that can be in an address (RFC 5321 §4.5.3.1.3).
const LONGEST_ADDRESS: usize = 254;
/// How long the parts of a name are, at most 63 characters each (RFC 1035 §2.3.4).
const LABEL: usize = 32;

/// A text of a format with so many characters, if one can be made of another text of it.
pub(super) fn stretched(format: &str, text: &str, length: u64) -> Option<String> {
    let missing = usize::try_from(length).ok()?.checked_sub(text.len())?;
    match format {
        _ if missing == 0 => Some(text.to_owned()),
        "uri" | "iri" | "url" | "uri-reference" | "iri-reference" => {
            Some(text.to_owned() + &"a".repeat(missing))
        }
        "email" | "idn-email" if text.len() + missing <= LONGEST_ADDRESS => {
            let (user, host) = text.split_once('@')?;
            let labels = format!("{}.", "a".repeat(LABEL - 1)).repeat(missing / LABEL);
            Some(format!(
                "{}{user}@{labels}{host}",
                "a".repeat(missing % LABEL)
            ))
        }
        _ => None,
    }
}

/// A text that says a time as a format allows it as well: with a fraction of a second, and at another place of the earth
/// (RFC 3339 §5.6).
pub(super) fn spelled_otherwise(format: &str) -> Option<&'static str> {
    (format == "date-time").then_some("2024-05-17T11:30:05.250+02:00")
}

/// Texts that no reading of the format allows: what has nothing of it, and what has its form and does not exist (RFC 3339
/// §5.7).
pub(super) fn invalid(format: &str) -> &'static [&'static str] {
    match format {
        "date-time" => &["not-a-date", "2023-02-30T09:30:00Z"],
        "date" => &["not-a-date", "2023-02-30"],
        "time" => &["not-a-time", "24:30:00Z"],
        "duration" => &["not-a-duration"],
        "email" | "idn-email" => &["no at sign"],
        "hostname" | "idn-hostname" => &["-not a host-"],
        "ipv4" => &["999.1.1.1"],
        "ipv6" => &["not:an:address"],
        "uri" | "iri" => &["not a uri"],
        "uri-reference" | "iri-reference" => &["http://[broken"],
        "uri-template" => &["{broken"],
        "json-pointer" => &["no-slash"],
        "relative-json-pointer" => &["/1"],
        "regex" => &["("],
        "uuid" => &["not-a-uuid"],
        "byte" => &["***"],
        _ => &[],
    }
}

/// The time at which something ends, by the name of a property: later than when it starts, and than now. Other values stay
/// as they are.
pub(super) fn ending(name: &str, value: Value) -> Value {
    match value
        .as_str()
        .and_then(|text| text.strip_prefix("2024-05-"))
    {
        Some(rest) if is_ending(name) => format!("2044-05-{rest}").into(),
        _ => value,
    }
}

/// Whether a property says when something ends, so that a server may ask for more of it than the document says.
pub(super) fn is_ending(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let ends = [
        "end", "until", "expir", "due", "deadline", "validto", "valid_to",
    ];
    ends.iter().any(|word| lower.starts_with(word))
}

/// Whether a format leaves no room for a meaning beyond itself, as dates do and identifiers do not.
pub(super) fn is_plain(format: Option<&str>) -> bool {
    matches!(
        format,
        Some("date-time" | "date" | "time" | "duration" | "byte")
    )
}

/// A UUID of version 4 (RFC 9562 §5.4).
fn uuid(random: &mut fastrand::Rng) -> String {
    let mut hex = |count: usize| -> String { (0..count).map(|_| random.digit(16)).collect() };
    format!("{}-{}-4{}-a{}-{}", hex(8), hex(4), hex(3), hex(3), hex(12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_a_format_can_be_long() {
        for length in [20, 30, 120, 254] {
            for (format, text) in [
                ("email", "user42@example.com"),
                ("uri", "https://example.com"),
            ] {
                let long = stretched(format, text, length).expect("a text");
                assert_eq!(long.len() as u64, length, "{long}");
                let labels = long.split(['@', '.', '/']);
                assert!(
                    format == "uri" || labels.into_iter().all(|own| own.len() < 64),
                    "{long}"
                );
            }
        }
        assert_eq!(stretched("email", "user42@example.com", 255), None);
        assert_eq!(stretched("date", "2024-05-17", 11), None);
    }
}
