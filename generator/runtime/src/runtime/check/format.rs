//! The formats of strings (JSON Schema 2020-12 Validation §7.3).

use std::fmt;

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
    /// `email` (RFC 5321 §4.1.2).
    Email,
    /// `hostname` (RFC 1123 §2.1).
    Hostname,
    /// `ipv4` (RFC 2673 §3.2).
    Ipv4,
    /// `ipv6` (RFC 4291 §2.2).
    Ipv6,
    /// `uri` (RFC 3986).
    Uri,
}

impl Format {
    /// Whether `text` has this format.
    pub fn matches(self, _text: &str) -> bool {
        true
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DateTime => "a date-time",
            Self::Date => "a date",
            Self::Time => "a time",
            Self::Uuid => "a UUID",
            Self::Email => "an email address",
            Self::Hostname => "a host name",
            Self::Ipv4 => "an IPv4 address",
            Self::Ipv6 => "an IPv6 address",
            Self::Uri => "a URI",
        })
    }
}
