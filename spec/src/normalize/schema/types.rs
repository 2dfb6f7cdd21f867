//! The `type` keyword, with the words that people write instead of the seven types.

use super::super::reader::Reader;
use crate::Value;
use crate::diagnostic::codes;
use crate::model::{Schema, Type, Types};
use crate::resolve::Node;

/// The seven types (JSON Schema 2020-12 §6.1.1).
const TYPES: &[(&str, Type)] = &[
    ("null", Type::Null),
    ("boolean", Type::Boolean),
    ("integer", Type::Integer),
    ("number", Type::Number),
    ("string", Type::String),
    ("array", Type::Array),
    ("object", Type::Object),
];

/// Words that are no types, in lower case, with the type and the format that they mean.
const MEANT: &[(&str, Option<Type>, Option<&str>)] = &[
    ("any", None, None),
    ("bool", Some(Type::Boolean), None),
    ("int", Some(Type::Integer), None),
    ("int32", Some(Type::Integer), Some("int32")),
    ("int64", Some(Type::Integer), Some("int64")),
    ("long", Some(Type::Integer), Some("int64")),
    ("float", Some(Type::Number), Some("float")),
    ("double", Some(Type::Number), Some("double")),
    ("decimal", Some(Type::Number), None),
    ("str", Some(Type::String), None),
    ("text", Some(Type::String), None),
    ("date", Some(Type::String), Some("date")),
    ("datetime", Some(Type::String), Some("date-time")),
    ("date-time", Some(Type::String), Some("date-time")),
    ("uuid", Some(Type::String), Some("uuid")),
    ("file", Some(Type::String), Some("binary")),
    ("list", Some(Type::Array), None),
    ("dict", Some(Type::Object), None),
    ("map", Some(Type::Object), None),
];

/// Reads `type`: one word, or a list of them.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>, schema: &mut Schema) {
    let Some(stated) = node.get("type") else {
        return;
    };
    match stated.value {
        Value::Array(_) => {
            for item in stated.items() {
                read_word(reader, &item, schema);
            }
        }
        _ => read_word(reader, &stated, schema),
    }
}

fn read_word<'a>(reader: &mut Reader<'a>, node: &Node<'a>, schema: &mut Schema) {
    let word = match node.value {
        Value::String(word) => word.as_str(),
        // YAML's null is the type's name without its quotes.
        Value::Null => "null",
        _ => return reader.unexpected(node, "the name of a type"),
    };
    if let Some((_, found)) = TYPES.iter().find(|(name, _)| *name == word) {
        add(&mut schema.types, *found);
        return;
    }
    let lower = word.trim().to_ascii_lowercase();
    let exact = TYPES.iter().find(|(name, _)| *name == lower);
    let meant = MEANT.iter().find(|(name, ..)| *name == lower);
    let (found, format) = match (exact, meant) {
        (Some((_, found)), _) => (Some(*found), None),
        (None, Some((_, found, format))) => (*found, *format),
        (None, None) => (None, None),
    };
    // Swagger 2.0 has the type `file` of its own.
    if !(lower == "file" && reader.version == crate::model::Version::V2_0) {
        let read_as = found.map_or("anything".to_owned(), |found| {
            format!("{found:?}").to_lowercase()
        });
        let message = format!("there is no type `{word}`; it is read as {read_as}");
        reader.report(&codes::TYPE_UNKNOWN, &node.place, message);
    }
    if let Some(found) = found {
        add(&mut schema.types, found);
    }
    if schema.format.is_none() {
        schema.format = format.map(str::to_owned);
    }
}

fn add(types: &mut Types, found: Type) {
    if !types.contains(&found) {
        types.push(found);
    }
}

/// Whether a value must be a text, unless it is null.
pub(super) fn only_text(schema: &Schema) -> bool {
    let is_text = |ty: &Type| matches!(ty, Type::String | Type::Null);
    schema.types.contains(&Type::String) && schema.types.iter().all(is_text)
}
