//! The keywords of JSON Schema 2020-12 and of OpenAPI, and what their older spellings mean.

use indexmap::IndexMap;
use serde_json::Number;

use super::super::keys;
use super::super::reader::{Reader, extensions};
use super::{nullable, pattern, types};
use crate::Value;
use crate::diagnostic::codes;
use crate::model::{Discriminator, Reference, Schema, SchemaId, Version, Xml};
use crate::resolve::{Node, Unresolved, report};

/// Reads one schema; the schemas in it are queued.
pub(super) fn read<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Schema {
    let mut schema = Schema::new(node.place.clone());
    match node.value {
        Value::Bool(allows) => schema.boolean = Some(*allows),
        Value::Object(_) => {
            reader.check_keys(node, keys::SCHEMA);
            read_annotations(reader, node, &mut schema);
            read_value(reader, node, &mut schema);
            read_array(reader, node, &mut schema);
            read_object(reader, node, &mut schema);
            read_composition(reader, node, &mut schema);
            schema.extensions = extensions(node);
            if reader.flag(node, "nullable").or_else(|| x_nullable(node)) == Some(true) {
                return nullable::apply(reader, schema);
            }
        }
        _ => reader.unexpected(node, "a schema"),
    }
    schema
}

/// Reads the keywords that a parameter of Swagger 2.0 may have (Items Object).
pub(super) fn read_simple<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Schema {
    let mut schema = Schema::new(node.place.clone());
    schema.description = reader.text(node, "description");
    schema.default = node.member("default").cloned();
    read_value(reader, node, &mut schema);
    read_array(reader, node, &mut schema);
    if let Some(inner) = node
        .get("items")
        .and_then(|items| items.get("collectionFormat"))
    {
        let message = "an array in an array is spelled as JSON, and not in a format of its own";
        reader.report(&codes::NOT_CARRIED, &inner.place, message);
    }
    match x_nullable(node) {
        Some(true) => nullable::apply(reader, schema),
        _ => schema,
    }
}

/// Swagger 2.0 has no `nullable`, so people agreed on an extension.
fn x_nullable(node: &Node<'_>) -> Option<bool> {
    node.member("x-nullable")?.as_bool()
}

fn read_annotations<'a>(reader: &mut Reader<'a>, node: &Node<'a>, schema: &mut Schema) {
    schema.title = reader.text(node, "title");
    schema.description = reader.text(node, "description");
    schema.default = node.member("default").cloned();
    schema.examples = examples(reader, node);
    schema.deprecated = reader.flag(node, "deprecated").unwrap_or_default();
    schema.external_docs = reader.external_docs(node);
    schema.read_only = reader.flag(node, "readOnly").unwrap_or_default();
    schema.write_only = reader.flag(node, "writeOnly").unwrap_or_default();
    schema.xml = reader.object(node, "xml").map(|xml| read_xml(reader, &xml));
}

/// `example` and `examples`: a list, or OpenAPI's named objects, which some write here.
fn examples<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Value> {
    let mut examples: Vec<_> = node.member("example").cloned().into_iter().collect();
    let Some(list) = node.get("examples") else {
        return examples;
    };
    match list.value {
        Value::Array(items) => examples.extend(items.iter().cloned()),
        Value::Object(named) => {
            reader.unexpected(&list, "an array");
            let values = named.values().filter_map(|example| example.get("value"));
            examples.extend(values.cloned());
        }
        _ => reader.unexpected(&list, "an array"),
    }
    examples
}

fn read_value<'a>(reader: &mut Reader<'a>, node: &Node<'a>, schema: &mut Schema) {
    schema.format = reader.text(node, "format");
    types::read(reader, node, schema);
    let values = reader.items(node, "enum");
    // What is no list says nothing about which values there are.
    let is_list = node.member("enum").is_some_and(Value::is_array);
    let is_text = types::only_text(schema);
    let mut listed = |item: &Node<'a>| reader.listed(item, is_text);
    schema.values = is_list.then(|| values.iter().map(&mut listed).collect());
    schema.constant = node.get("const").as_ref().map(listed);
    schema.min_length = reader.count(node, "minLength");
    schema.max_length = reader.count(node, "maxLength");
    schema.pattern = pattern::read(reader, node);
    schema.content_encoding = reader.text(node, "contentEncoding");
    schema.content_media_type = reader.text(node, "contentMediaType");
    schema.content_schema = child(reader, node, "contentSchema");
    (schema.minimum, schema.exclusive_minimum) = bound(reader, node, "minimum", "exclusiveMinimum");
    (schema.maximum, schema.exclusive_maximum) = bound(reader, node, "maximum", "exclusiveMaximum");
    schema.multiple_of = reader.number(node, "multipleOf");
}

/// A bound and its exclusive sibling, which was a flag before OpenAPI 3.1.
fn bound<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
    key: &str,
    exclusive: &str,
) -> (Option<Number>, Option<Number>) {
    let bound = reader.number(node, key);
    match node.member(exclusive) {
        Some(Value::Bool(true)) => (None, bound),
        Some(Value::Bool(false)) => (bound, None),
        _ => (bound, reader.number(node, exclusive)),
    }
}

fn read_array<'a>(reader: &mut Reader<'a>, node: &Node<'a>, schema: &mut Schema) {
    schema.prefix_items = children(reader, node, "prefixItems");
    // Before JSON Schema 2020-12 a list of `items` was what `prefixItems` is now.
    match node.member("items") {
        Some(Value::Array(_)) => {
            schema.prefix_items = children(reader, node, "items");
            schema.items = child(reader, node, "additionalItems");
        }
        _ => schema.items = child(reader, node, "items"),
    }
    schema.contains = child(reader, node, "contains");
    schema.min_contains = reader.count(node, "minContains");
    schema.max_contains = reader.count(node, "maxContains");
    schema.min_items = reader.count(node, "minItems");
    schema.max_items = reader.count(node, "maxItems");
    schema.unique_items = reader.flag(node, "uniqueItems").unwrap_or_default();
    schema.unevaluated_items = child(reader, node, "unevaluatedItems");
}

fn read_object<'a>(reader: &mut Reader<'a>, node: &Node<'a>, schema: &mut Schema) {
    schema.properties = named(reader, node, "properties");
    schema.required = required(reader, node);
    schema.additional_properties = child(reader, node, "additionalProperties");
    schema.pattern_properties = named(reader, node, "patternProperties");
    schema.property_names = child(reader, node, "propertyNames");
    schema.min_properties = reader.count(node, "minProperties");
    schema.max_properties = reader.count(node, "maxProperties");
    schema.dependent_required = dependent_required(reader, node);
    schema.dependent_schemas = named(reader, node, "dependentSchemas");
    schema.unevaluated_properties = child(reader, node, "unevaluatedProperties");
}

/// `required`; as a flag it belongs to the parameter or to an older JSON Schema, and says nothing about properties.
fn required<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<String> {
    match node.get("required") {
        Some(flag) if flag.value.is_boolean() => {
            reader.unexpected(&flag, "the names of the required properties");
            Vec::new()
        }
        _ => reader.texts(node, "required"),
    }
}

fn dependent_required<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
) -> IndexMap<String, Vec<String>> {
    let Some(object) = reader.object(node, "dependentRequired") else {
        return IndexMap::new();
    };
    object
        .members()
        .map(|(name, _)| (name.to_owned(), reader.texts(&object, name)))
        .collect()
}

fn read_composition<'a>(reader: &mut Reader<'a>, node: &Node<'a>, schema: &mut Schema) {
    schema.reference = reference(reader, node, "$ref");
    schema.unresolved = schema.reference.is_none() && node.get("$ref").is_some();
    schema.dynamic_reference = dynamic_reference(reader, node);
    schema.all_of = children(reader, node, "allOf");
    schema.one_of = children(reader, node, "oneOf");
    schema.any_of = children(reader, node, "anyOf");
    schema.not = child(reader, node, "not");
    schema.condition = child(reader, node, "if");
    schema.then = child(reader, node, "then");
    schema.otherwise = child(reader, node, "else");
    schema.discriminator = node
        .get("discriminator")
        .and_then(|node| discriminator(reader, &node));
    // What is only referred to is still part of the document.
    named(reader, node, "$defs");
    named(reader, node, "definitions");
}

fn reference<'a>(reader: &mut Reader<'a>, node: &Node<'a>, key: &str) -> Option<Reference> {
    let reference = node.get(key)?;
    let Some(text) = reference.value.as_str() else {
        reader.unexpected(&reference, "a string");
        return None;
    };
    let target = reader.target(&reference, text)?;
    Some(Reference {
        target: reader.schema(target),
        text: text.to_owned(),
    })
}

/// A `$dynamicRef` leads to the schema that it would lead to as a `$ref`. Where others have the same `$dynamicAnchor`, those
/// through which a value was reached would be meant, and that is told.
fn dynamic_reference<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Reference> {
    let found = reference(reader, node, "$dynamicRef")?;
    if reader.document.is_ambiguous(&found.text) {
        let place = node.place.child("$dynamicRef");
        let message = format!(
            "several schemas have this name, and it is taken to lead to `{}` always",
            found.text
        );
        reader.report(&codes::REFERENCE_DYNAMIC, &place, message);
    }
    Some(found)
}

/// Reads a Discriminator Object (OpenAPI 3.1 §4.8.25); in Swagger 2.0 it is only the property's name.
fn discriminator<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<Discriminator> {
    if let Value::String(property) = node.value {
        return Some(Discriminator {
            property: property.clone(),
            mapping: IndexMap::new(),
            branches: IndexMap::new(),
            default: None,
        });
    }
    if !reader.expect_object(node) {
        return None;
    }
    reader.check_keys(node, keys::DISCRIMINATOR);
    let property = reader.required_text(node, "propertyName");
    let mapping = reader.entries(node, "mapping");
    Some(Discriminator {
        property,
        mapping: mapping
            .into_iter()
            .filter_map(|(tag, node)| Some((tag.to_owned(), mapped(reader, &node)?)))
            .collect(),
        branches: IndexMap::new(),
        default: node
            .get("defaultMapping")
            .and_then(|node| mapped(reader, &node)),
    })
}

/// The schema of a mapping: the name of a component, or a reference.
fn mapped<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<SchemaId> {
    let Some(text) = node.value.as_str() else {
        reader.unexpected(node, "a string");
        return None;
    };
    let folder = match reader.version {
        Version::V2_0 => "definitions",
        _ => "components/schemas",
    };
    let named = format!("#/{folder}/{}", text.replace('~', "~0").replace('/', "~1"));
    if let Ok(target) = reader.document.resolve(node, &named) {
        return Some(reader.schema(target));
    }
    let found = if text.contains(['#', '.', '/']) {
        reader.document.resolve(node, text)
    } else {
        Err(Unresolved::NotFound(None))
    };
    match found {
        Ok(target) => Some(reader.schema(target)),
        Err(why) => {
            if let Some(diagnostic) = report(&node.place, text, why) {
                reader.push(codes::MAPPING_NOT_FOUND.in_place_of(diagnostic));
            }
            None
        }
    }
}

fn read_xml<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Xml {
    reader.check_keys(node, keys::XML);
    Xml {
        name: reader.text(node, "name"),
        namespace: reader.text(node, "namespace"),
        prefix: reader.text(node, "prefix"),
        attribute: reader.flag(node, "attribute").unwrap_or_default(),
        wrapped: reader.flag(node, "wrapped").unwrap_or_default(),
        node_type: reader.text(node, "nodeType"),
    }
}

fn child<'a>(reader: &mut Reader<'a>, node: &Node<'a>, key: &str) -> Option<SchemaId> {
    node.get(key).map(|child| reader.schema(child))
}

fn children<'a>(reader: &mut Reader<'a>, node: &Node<'a>, key: &str) -> Vec<SchemaId> {
    let items = reader.items(node, key);
    items.into_iter().map(|item| reader.schema(item)).collect()
}

/// The schemas under the keys of an object. The keys are names of the document, so `x-…` is one like any other.
fn named<'a>(reader: &mut Reader<'a>, node: &Node<'a>, key: &str) -> IndexMap<String, SchemaId> {
    let entries = reader.entries(node, key);
    entries
        .into_iter()
        .map(|(name, node)| (name.to_owned(), reader.schema(node)))
        .collect()
}
