//! Media types: reading them, and finding the declared one that a message used (OpenAPI 3.1 §4.8.14, RFC 9110 §8.3).

use bindery_spec::model::MediaType;

/// A media type as a header has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContentType {
    /// Type and subtype in lower case, such as `application/json`.
    pub(crate) essence: String,
    /// The parameters: names in lower case, values without quotes.
    pub(crate) parameters: Vec<(String, String)>,
}

impl ContentType {
    /// Reads a header's value; `None` when it is malformed.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(';');
        let essence = parts.next()?.trim().to_ascii_lowercase();
        let (kind, subtype) = essence.split_once('/')?;
        if !is_token(kind) || !is_token(subtype) {
            return None;
        }
        let parameters = parts
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| {
                let (name, value) = part.split_once('=')?;
                Some((
                    name.trim().to_ascii_lowercase(),
                    value.trim().trim_matches('"').to_owned(),
                ))
            })
            .collect::<Option<_>>()?;
        Some(Self {
            essence,
            parameters,
        })
    }

    /// A parameter by its name in lower case.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let (_, value) = self.parameters.iter().find(|(key, _)| key == name)?;
        Some(value)
    }

    /// How bodies of this type are read.
    pub(crate) fn format(&self) -> Format {
        let essence = self.essence.as_str();
        match essence {
            "application/x-www-form-urlencoded" => Format::Form,
            "multipart/form-data" => Format::Multipart,
            "application/jsonl"
            | "application/x-ndjson"
            | "application/json-lines"
            | "application/x-jsonlines" => Format::JsonLines,
            "application/json" | "text/json" => Format::Json,
            _ if essence.ends_with("+json") => Format::Json,
            "text/plain" => Format::Text,
            _ => Format::Opaque,
        }
    }
}

/// How the bytes of a body become a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// One JSON text.
    Json,
    /// A JSON text on each line.
    JsonLines,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`
    Multipart,
    /// A text that is the value itself.
    Text,
    /// Bytes that are not looked into.
    Opaque,
}

/// The most specific declared media type that covers the one used (OpenAPI 3.1 §4.8.13).
pub(crate) fn choose<'a>(declared: &'a [MediaType], used: &ContentType) -> Option<&'a MediaType> {
    declared
        .iter()
        .filter_map(|media| Some((specificity(&media.name, used)?, media)))
        .max_by_key(|(specificity, _)| *specificity)
        .map(|(_, media)| media)
}

/// The name of a declared media type as a value that can be sent: ranges become a member of theirs.
pub(crate) fn concrete(name: &str) -> String {
    match essence(name).as_str() {
        "*/*" | "application/*" => "application/json".to_owned(),
        "text/*" => "text/plain".to_owned(),
        "image/*" => "image/png".to_owned(),
        "audio/*" => "audio/mpeg".to_owned(),
        "video/*" => "video/mp4".to_owned(),
        "font/*" => "font/woff2".to_owned(),
        range => match range.strip_suffix("/*") {
            Some(kind) => format!("{kind}/octet-stream"),
            None => name.to_owned(),
        },
    }
}

/// Whether the name of a declared media type is one (RFC 9110 §8.3.1).
pub(crate) fn is_named(media: &MediaType) -> bool {
    ContentType::parse(&concrete(&media.name)).is_some()
}

/// How a declared media type is read.
pub(crate) fn format_of(name: &str) -> Format {
    ContentType::parse(&concrete(name)).map_or(Format::Opaque, |content_type| content_type.format())
}

/// The media type of a name, without parameters and in lower case.
fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is one of several, parted by commas, as an encoding states them.
pub(crate) fn is_among(list: &str, used: &str) -> bool {
    let Some(used) = ContentType::parse(used) else {
        return false;
    };
    let mut stated = list.split(',');
    stated.any(|own| specificity(own, &used).is_some())
}

fn specificity(declared: &str, used: &ContentType) -> Option<u8> {
    let declared = essence(declared);
    if declared == used.essence {
        return Some(2);
    }
    let range = declared.strip_suffix('*')?;
    match range {
        "*/" => Some(0),
        _ => used.essence.starts_with(range).then_some(1),
    }
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_types_are_refused() {
        for text in [
            "",
            "json",
            "application/",
            "/json",
            "a b/c",
            "application/json; charset",
        ] {
            assert_eq!(ContentType::parse(text), None, "{text}");
        }
    }

    #[test]
    fn parameters_lose_case_and_quotes() {
        let parsed =
            ContentType::parse("Application/JSON; Charset=\"UTF-8\"").expect("well-formed");
        assert_eq!(parsed.essence, "application/json");
        assert_eq!(parsed.parameter("charset"), Some("UTF-8"));
    }

    #[test]
    fn a_member_of_a_range_is_in_it() {
        for range in ["*/*", "text/*", "font/*", "model/*"] {
            let member = ContentType::parse(&concrete(range)).expect("well-formed");
            assert!(specificity(range, &member).is_some(), "{range}");
        }
        assert_eq!(concrete("text/plain; a=b"), "text/plain; a=b");
    }

    #[test]
    fn the_most_specific_range_wins() {
        let json = ContentType::parse("application/json").expect("well-formed");
        assert_eq!(specificity("application/json;v=1", &json), Some(2));
        assert_eq!(specificity("application/*", &json), Some(1));
        assert_eq!(specificity("*/*", &json), Some(0));
        assert_eq!(specificity("text/*", &json), None);
        assert!(is_among("text/csv, application/*", "application/json"));
        assert!(!is_among("text/csv, image/*", "application/json"));
    }
}
