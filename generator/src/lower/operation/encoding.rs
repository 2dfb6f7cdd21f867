//! Encodings: how the properties of forms and multipart bodies are spelled (OpenAPI 3.1 §4.8.15).

use bindery_spec::Diagnostic;
use bindery_spec::model::{self, MediaType, Style};

use super::content;
use crate::ir::{Codec, Encoding, Spelling};
use crate::lower::schema::types::Types;

/// Lowers what a media type says about the properties of its body. Other bodies than forms and parts have no encodings.
pub(super) fn lower_encodings(
    types: &mut Types,
    media_type: &MediaType,
    codec: Codec,
) -> Vec<Encoding> {
    if !matches!(codec, Codec::Form | Codec::Multipart) {
        return Vec::new();
    }
    let mut encodings = Vec::new();
    for (property, encoding) in &media_type.encoding {
        report_headers(types, property, encoding);
        report_nested(types, property, encoding);
        let spelling = style(encoding);
        let named = encoding.content_type.as_deref().and_then(concrete);
        let (spelling, media_type) = match codec {
            // A style outweighs a media type.
            _ if spelling.is_some() => (spelling, None),
            Codec::Form => (form(types, property, encoding, named.as_deref()), None),
            _ => (None, named),
        };
        if spelling.is_some() || media_type.is_some() {
            encodings.push(Encoding {
                property: property.clone(),
                media_type,
                spelling,
            });
        }
    }
    encodings
}

/// The style, where one of its three keywords is there.
fn style(encoding: &model::Encoding) -> Option<Spelling> {
    let stated = encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved;
    let style = encoding.style.unwrap_or(Style::Form);
    stated.then(|| Spelling::Style {
        style,
        explode: encoding.explode.unwrap_or(style == Style::Form),
        allow_reserved: encoding.allow_reserved,
    })
}

/// A property of a form as JSON, or as the text that it is without an encoding.
fn form(
    types: &mut Types,
    property: &str,
    encoding: &model::Encoding,
    named: Option<&str>,
) -> Option<Spelling> {
    let named = named?;
    match content::codec(named) {
        Codec::Json => return Some(Spelling::Json),
        Codec::Text if named.starts_with("text/") => {}
        Codec::Text | Codec::Form | Codec::Multipart | Codec::Bytes | Codec::Stream(_) => {
            types.sink.push(Diagnostic::warning(
                "encoding-not-applied",
                &encoding.place,
                format!("the property {property} is sent as text, and not as {named}"),
            ));
        }
    }
    None
}

fn report_nested(types: &mut Types, property: &str, encoding: &model::Encoding) {
    let by_position = !encoding.prefix_encoding.is_empty() || encoding.item_encoding.is_some();
    if by_position || !encoding.encoding.is_empty() {
        types.sink.push(Diagnostic::warning(
            "encoding-not-applied",
            &encoding.place,
            format!("what is in the part {property} is spelled without the encodings of its own"),
        ));
    }
}

fn report_headers(types: &mut Types, property: &str, encoding: &model::Encoding) {
    for header in &encoding.headers {
        // A content type is said by `contentType` alone.
        if !header.name.eq_ignore_ascii_case("content-type") {
            types.sink.push(Diagnostic::warning(
                "part-header-left-out",
                &encoding.place,
                format!(
                    "the part {property} is sent without the header {}",
                    header.name
                ),
            ));
        }
    }
}

/// The first media type of a list that is no range.
fn concrete(list: &str) -> Option<String> {
    let mut names = list.split(',').map(str::trim);
    names
        .find(|name| name.contains('/') && !name.contains('*'))
        .map(str::to_owned)
}
