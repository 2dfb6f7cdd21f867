//! The formats of strings (JSON Schema 2020-12 Validation §7.3).

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::reference;

/// A format that is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `date-time` (RFC 3339 §5.6).
    DateTime,
    /// `date` (RFC 3339 §5.6).
    Date,
    /// `time` (RFC 3339 §5.6).
    Time,
    /// `uuid` (RFC 9562 §4).
    Uuid,
    /// `byte`: Base64 (RFC 4648).
    Byte,
    /// `duration` (RFC 3339 appendix A).
    Duration,
    /// `email` (RFC 5321 §4.1.2).
    Email,
    /// `idn-email` (RFC 6531 §3.3).
    IdnEmail,
    /// `hostname` (RFC 1123 §2.1).
    Hostname,
    /// `idn-hostname` (RFC 5890 §2.3.2.3).
    IdnHostname,
    /// `ipv4` (RFC 2673 §3.2).
    Ipv4,
    /// `ipv6` (RFC 4291 §2.2).
    Ipv6,
    /// `uri` (RFC 3986).
    Uri,
    /// `uri-reference` (RFC 3986 §4.1).
    UriReference,
    /// `iri` (RFC 3987).
    Iri,
    /// `iri-reference` (RFC 3987).
    IriReference,
    /// `uri-template` (RFC 6570).
    UriTemplate,
    /// `json-pointer` (RFC 6901).
    JsonPointer,
    /// `relative-json-pointer` (draft-bhutton-relative-json-pointer-00).
    RelativeJsonPointer,
}

impl Format {
    /// Whether `text` has this format.
    pub fn matches(self, text: &str) -> bool {
        match self {
            Self::DateTime => is_date_time(text),
            Self::Date => is_date(text),
            Self::Time => is_time(text),
            Self::Uuid => is_uuid(text),
            Self::Byte => is_base64(text),
            Self::Duration => is_duration(text),
            Self::Email => is_email(text, is_hostname),
            Self::IdnEmail => is_email(text, is_idn_hostname),
            Self::Hostname => is_hostname(text),
            Self::IdnHostname => is_idn_hostname(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Uri => reference::is_uri(text, false),
            Self::UriReference => reference::is_reference(text, false),
            Self::Iri => reference::is_uri(text, true),
            Self::IriReference => reference::is_reference(text, true),
            Self::UriTemplate => reference::is_template(text),
            Self::JsonPointer => reference::is_pointer(text),
            Self::RelativeJsonPointer => reference::is_relative_pointer(text),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DateTime => "a date-time",
            Self::Date => "a date",
            Self::Time => "a time",
            Self::Uuid => "a UUID",
            Self::Byte => "Base64",
            Self::Duration => "a duration",
            Self::Email | Self::IdnEmail => "an email address",
            Self::Hostname | Self::IdnHostname => "a host name",
            Self::Ipv4 => "an IPv4 address",
            Self::Ipv6 => "an IPv6 address",
            Self::Uri => "a URI",
            Self::UriReference => "a reference to a URI",
            Self::Iri => "an IRI",
            Self::IriReference => "a reference to an IRI",
            Self::UriTemplate => "a template of URIs",
            Self::JsonPointer => "a JSON Pointer",
            Self::RelativeJsonPointer => "a relative JSON Pointer",
        })
    }
}

fn is_date_time(text: &str) -> bool {
    let parts = text.split_once(['T', 't']);
    parts.is_some_and(|(date, time)| is_date(date) && is_time(time))
}

fn is_date(text: &str) -> bool {
    let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// A time with its offset. The second 60 is a leap second.
fn is_time(text: &str) -> bool {
    let Some(at) = text.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (time, offset) = text.split_at(at);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let whole = match time.split(':').collect::<Vec<_>>()[..] {
        [hour, minute, second] => below(hour, 24) && below(minute, 60) && below(second, 61),
        _ => false,
    };
    let offset = match offset[1..].split_once(':') {
        Some((hour, minute)) => below(hour, 24) && below(minute, 60),
        None => offset.eq_ignore_ascii_case("z"),
    };
    whole && offset && !fraction.is_empty() && digits(fraction)
}

/// Numbers with their units, the large ones first. Signs, weeks beside other units, units that are skipped and a fraction at
/// the end are taken as well, as ISO 8601 has them and servers write them.
fn is_duration(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let Some(text) = text.strip_prefix('P') else {
        return false;
    };
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let time_is_right = time.is_none_or(|time| !time.is_empty() && is_amounts(time, "HMS"));
    !text.is_empty() && is_amounts(date, "YMWD") && time_is_right
}

/// Whether each number has one of the units, in their order.
fn is_amounts(text: &str, units: &str) -> bool {
    let mut units = units.chars();
    let mut rest = text;
    while let Some(end) = rest.find(|character: char| character.is_ascii_uppercase()) {
        let (amount, unit) = rest.split_at(end);
        let (whole, fraction) = amount.split_once(['.', ',']).unwrap_or((amount, "0"));
        let number = [whole, fraction]
            .iter()
            .all(|part| !part.is_empty() && digits(part));
        if !number || !units.any(|known| unit.starts_with(known)) {
            return false;
        }
        rest = &unit[1..];
    }
    rest.is_empty()
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let hexadecimal = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) && groups.iter().all(hexadecimal)
}

/// Either alphabet, padded or not, because documents do not say which is meant; lines may end as in mail (RFC 2045 §6.8).
fn is_base64(text: &str) -> bool {
    let stated = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n'));
    let text: Vec<u8> = stated.collect();
    let digits = text
        .iter()
        .rposition(|byte| *byte != b'=')
        .map_or(0, |last| last + 1);
    let known = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
    let whole = match text.len() - digits {
        0 => digits % 4 != 1,
        padding => padding <= 2 && text.len().is_multiple_of(4),
    };
    whole && text[..digits].iter().all(known)
}

/// A mailbox without comments: a quoted or dotted local part, a host name or an address in brackets.
fn is_email(text: &str, is_hostname: fn(&str) -> bool) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let atom = |part: &str| {
        let odd = |character: char| {
            character.is_whitespace()
                || character.is_control()
                || "()<>[]:;@\\,\"".contains(character)
        };
        !part.is_empty() && !part.contains(odd)
    };
    let literal = domain
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let domain = literal.map_or_else(
        || is_hostname(domain),
        |address| match address.strip_prefix("IPv6:") {
            Some(address) => Format::Ipv6.matches(address),
            None => Format::Ipv4.matches(address),
        },
    );
    domain && local.len() <= 64 && (quoted || local.split('.').all(atom))
}

fn is_hostname(text: &str) -> bool {
    let label = |label: &str| {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(known)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// A host name whose labels may have letters beyond ASCII, and dots of other scripts (RFC 3490 §3.1).
fn is_idn_hostname(text: &str) -> bool {
    let dotted = text.replace(['\u{3002}', '\u{ff0e}', '\u{ff61}'], ".");
    is_hostname(&dotted.replace(|character: char| character >= '\u{a0}', "a"))
}

/// The value of exactly `width` digits.
fn number(text: &str, width: usize) -> Option<u32> {
    if text.len() == width && digits(text) {
        text.parse().ok()
    } else {
        None
    }
}

/// Whether the text is two digits with a value below `bound`.
fn below(text: &str, bound: u32) -> bool {
    number(text, 2).is_some_and(|value| value < bound)
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
