//! Bodies: from bytes to a value by the media type, and then against the schema.

use bindery_spec::Value;
use bindery_spec::model::{MediaType, Type};
use bytes::Bytes;

use super::media::{ContentType, Format};
use super::violation::{Part, Spot, Violation, rule};
use super::{Contract, Direction, json};
use crate::shape::Shape;
use crate::wire::{form, multipart};

impl Contract {
    /// What a body breaks that was sent as a declared media type.
    pub(super) fn check_body(
        &self,
        media: &MediaType,
        content_type: &ContentType,
        bytes: &Bytes,
        direction: Direction,
        part: &Part,
    ) -> Vec<Violation> {
        let fault = |rule: &str, message: String| {
            vec![Violation::new(Spot::whole(part.clone()), rule, message)]
        };
        match content_type.format() {
            Format::Json => self.check_json(media, bytes, direction, part),
            Format::JsonLines => self.check_lines(media, bytes, direction, part),
            Format::Opaque if !self.is_text(media) => Vec::new(),
            Format::Opaque | Format::Text => match (std::str::from_utf8(bytes), media.schema) {
                (Ok(text), Some(schema)) => {
                    let value = self.read_text(schema, direction, text);
                    self.check_value(schema, direction, &value, part)
                }
                _ => Vec::new(),
            },
            Format::Form => match form::decode(self, media, bytes, direction) {
                Some(value) => self.check_optional(media, direction, &value, part),
                None => fault(rule::FORM, "the body is not a form".to_owned()),
            },
            Format::Multipart => {
                match multipart::decode(self, media, content_type, bytes, direction) {
                    Some(value) => {
                        let mut violations = self.check_optional(media, direction, &value, part);
                        violations.extend(check_types(media, content_type, bytes, part));
                        violations
                    }
                    None => fault(rule::FORM, "the body is not a multipart form".to_owned()),
                }
            }
        }
    }

    /// Whether a body is text that its schema describes as text, such as CSV. What a schema of another type means for it is
    /// not said anywhere.
    fn is_text(&self, media: &MediaType) -> bool {
        let schema = media.schema.filter(|_| media.name.starts_with("text/"));
        schema.is_some_and(|schema| {
            let shapes = self.shapes(&[schema]);
            let text = |shape: &Shape| shape.types.as_deref() == Some(&[Type::String]);
            shapes.iter().all(text)
        })
    }

    fn check_json(
        &self,
        media: &MediaType,
        bytes: &Bytes,
        direction: Direction,
        part: &Part,
    ) -> Vec<Violation> {
        let parsed = match json::parse(bytes) {
            Ok(parsed) => parsed,
            Err(fault) => {
                return vec![Violation::new(
                    Spot::whole(part.clone()),
                    fault.rule,
                    fault.message,
                )];
            }
        };
        let mut violations: Vec<_> = parsed
            .duplicates
            .iter()
            .map(|pointer| {
                let spot = Spot::inside(part.clone(), pointer);
                Violation::new(
                    spot,
                    rule::DUPLICATE,
                    "the key occurs more than once in its object",
                )
            })
            .collect();
        violations.extend(self.check_optional(media, direction, &parsed.value, part));
        violations
    }

    /// A JSON text on each line, each held to the schema of the items (OpenAPI 3.2 §4.14.3).
    fn check_lines(
        &self,
        media: &MediaType,
        bytes: &Bytes,
        direction: Direction,
        part: &Part,
    ) -> Vec<Violation> {
        let lines = bytes
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.trim_ascii().is_empty());
        let mut items = Vec::new();
        for line in lines {
            match json::parse(line) {
                Ok(parsed) => items.push(parsed.value),
                Err(fault) => {
                    return vec![Violation::new(
                        Spot::whole(part.clone()),
                        fault.rule,
                        fault.message,
                    )];
                }
            }
        }
        let Some(schema) = media.item_schema else {
            return Vec::new();
        };
        let check = |(index, item): (usize, &Value)| {
            let mut violations = self.check_value(schema, direction, item, part);
            for violation in &mut violations {
                violation.spot.pointer = format!("/{index}{}", violation.spot.pointer);
            }
            violations
        };
        items.iter().enumerate().flat_map(check).collect()
    }

    fn check_optional(
        &self,
        media: &MediaType,
        direction: Direction,
        value: &Value,
        part: &Part,
    ) -> Vec<Violation> {
        media
            .schema
            .map(|schema| self.check_value(schema, direction, value, part))
            .unwrap_or_default()
    }
}

/// The parts of a form that say that they have another type than their encoding states.
fn check_types(
    media: &MediaType,
    content_type: &ContentType,
    bytes: &Bytes,
    part: &Part,
) -> Vec<Violation> {
    let parts = multipart::types(content_type, bytes).into_iter();
    let wrong = parts.filter_map(|(name, used)| {
        let stated = media.encoding.get(&name)?.content_type.as_deref()?;
        if super::media::is_among(stated, &used) {
            return None;
        }
        let spot = Spot::inside(part.clone(), super::pointer_to(&name));
        let message = format!("the part has the type {used}, and not {stated}");
        Some(Violation::new(spot, rule::PART_TYPE, message))
    });
    wrong.collect()
}
