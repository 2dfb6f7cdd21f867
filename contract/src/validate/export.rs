//! Schemas of the model as JSON Schema 2020-12 for the validator.

use bindery_spec::Value;
use bindery_spec::model::{Schema, SchemaId, Schemas, Type};
use serde_json::{Map, json};

use super::discriminator;

/// Which way a message travels: it decides what `readOnly` and `writeOnly` mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// To the server: read-only properties need not be there.
    Request,
    /// From the server: write-only properties need not be there.
    Response,
}

/// Every schema of a document by its number. What stands inside another is a reference to its own definition, so that
/// each is compiled once, whoever leads to it.
pub(super) fn definitions(
    schemas: &Schemas,
    direction: Direction,
    checkable: &dyn Fn(&str, &Schema) -> bool,
) -> Map<String, Value> {
    let exporter = Exporter {
        schemas,
        direction,
        checkable,
        inline: false,
    };
    let nodes = schemas.iter();
    nodes
        .map(|(id, _)| (id.0.to_string(), exporter.node(id)))
        .collect()
}

/// One schema as people read it: what stands inside is there too, up to the next schema with a name.
pub(crate) fn export(schemas: &Schemas, id: SchemaId, direction: Direction) -> Value {
    let exporter = Exporter {
        schemas,
        direction,
        checkable: &|_, _| true,
        inline: true,
    };
    exporter.node(id)
}

/// A reference to a definition.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

pub(super) struct Exporter<'a> {
    pub(super) schemas: &'a Schemas,
    direction: Direction,
    /// Whether the validator's engine can check a pattern.
    checkable: &'a dyn Fn(&str, &Schema) -> bool,
    /// Whether schemas without a name stand where they are used.
    inline: bool,
}

impl Exporter<'_> {
    /// A schema that stands inside another.
    pub(super) fn child(&self, id: SchemaId) -> Value {
        match &self.schemas[id].name {
            _ if !self.inline => reference(&id.0.to_string()),
            Some(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
            None => self.node(id),
        }
    }

    fn node(&self, id: SchemaId) -> Value {
        let schema = &self.schemas[id];
        if let Some(boolean) = schema.boolean {
            return Value::Bool(boolean);
        }
        let mut out = Map::new();
        for reference in [&schema.reference, &schema.dynamic_reference]
            .into_iter()
            .flatten()
        {
            conjoin(&mut out, self.child(reference.target));
        }
        general(schema, &mut out);
        self.text(schema, &mut out);
        number(schema, &mut out);
        self.array(schema, &mut out);
        self.object(schema, &mut out);
        self.combination(schema, &mut out);
        Value::Object(out)
    }

    fn text(&self, schema: &Schema, out: &mut Map<String, Value>) {
        put(out, "minLength", schema.min_length);
        put(out, "maxLength", schema.max_length);
        let pattern = schema
            .pattern
            .as_ref()
            .filter(|pattern| (self.checkable)(pattern, schema));
        put(out, "pattern", pattern.cloned());
        put(out, "format", schema.format.clone());
    }

    fn array(&self, schema: &Schema, out: &mut Map<String, Value>) {
        self.put_child(out, "items", schema.items);
        self.put_children(out, "prefixItems", &schema.prefix_items);
        self.put_child(out, "contains", schema.contains);
        self.counted(schema, out);
        put(out, "minItems", schema.min_items);
        put(out, "maxItems", schema.max_items);
        put(out, "uniqueItems", schema.unique_items.then_some(true));
        self.put_child(out, "unevaluatedItems", schema.unevaluated_items);
    }

    /// How many items are contained. The engine tells too few from too many only where it is asked for each by itself.
    fn counted(&self, schema: &Schema, out: &mut Map<String, Value>) {
        match (schema.contains, schema.min_contains, schema.max_contains) {
            (Some(id), None, Some(most)) if !self.inline => {
                let contains = self.child(id);
                conjoin(
                    out,
                    json!({ "contains": contains, "minContains": 0, "maxContains": most }),
                );
            }
            (_, least, most) => {
                put(out, "minContains", least);
                put(out, "maxContains", most);
            }
        }
    }

    fn object(&self, schema: &Schema, out: &mut Map<String, Value>) {
        self.put_named(out, "properties", &schema.properties);
        let required = required(self.schemas, schema, self.direction);
        put(out, "required", (!required.is_empty()).then_some(required));
        self.put_child(out, "additionalProperties", schema.additional_properties);
        let patterns = schema
            .pattern_properties
            .iter()
            .filter(|(pattern, _)| (self.checkable)(pattern, schema))
            .map(|(pattern, id)| (pattern.clone(), *id))
            .collect();
        self.put_named(out, "patternProperties", &patterns);
        self.put_child(out, "propertyNames", schema.property_names);
        put(out, "minProperties", schema.min_properties);
        put(out, "maxProperties", schema.max_properties);
        let dependent = &schema.dependent_required;
        put(
            out,
            "dependentRequired",
            (!dependent.is_empty()).then(|| json!(dependent)),
        );
        self.put_named(out, "dependentSchemas", &schema.dependent_schemas);
        self.put_child(out, "unevaluatedProperties", schema.unevaluated_properties);
    }

    fn combination(&self, schema: &Schema, out: &mut Map<String, Value>) {
        for id in &schema.all_of {
            conjoin(out, self.child(*id));
        }
        for (keyword, branches) in [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)] {
            let branches = branches
                .iter()
                .map(|id| discriminator::branch(self, schema, *id));
            let branches: Vec<_> = branches.collect();
            put(out, keyword, (!branches.is_empty()).then_some(branches));
        }
        self.put_child(out, "not", schema.not);
        self.put_child(out, "if", schema.condition);
        self.put_child(out, "then", schema.then);
        self.put_child(out, "else", schema.otherwise);
    }

    fn put_child(&self, out: &mut Map<String, Value>, keyword: &str, id: Option<SchemaId>) {
        put(out, keyword, id.map(|id| self.child(id)));
    }

    fn put_children(&self, out: &mut Map<String, Value>, keyword: &str, ids: &[SchemaId]) {
        let children: Vec<_> = ids.iter().map(|id| self.child(*id)).collect();
        put(out, keyword, (!children.is_empty()).then_some(children));
    }

    fn put_named(
        &self,
        out: &mut Map<String, Value>,
        keyword: &str,
        ids: &indexmap::IndexMap<String, SchemaId>,
    ) {
        let children: Map<_, _> = ids
            .iter()
            .map(|(name, id)| (name.clone(), self.child(*id)))
            .collect();
        put(out, keyword, (!children.is_empty()).then_some(children));
    }
}

/// The names that must be there in a direction.
pub(crate) fn required<'a>(
    schemas: &Schemas,
    schema: &'a Schema,
    direction: Direction,
) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for name in &schema.required {
        let property = schema.properties.get(name);
        let travels = property.is_none_or(|id| travels(schemas, *id, direction));
        if travels && !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

/// Whether a property is for a direction; a mark may stand behind references and in `allOf`.
pub(crate) fn travels(schemas: &Schemas, id: SchemaId, direction: Direction) -> bool {
    !crate::shape::conjunction(schemas, &[id])
        .iter()
        .any(|id| match direction {
            Direction::Request => schemas[*id].read_only,
            Direction::Response => schemas[*id].write_only,
        })
}

/// Adds a schema that must hold as well.
pub(super) fn conjoin(out: &mut Map<String, Value>, schema: Value) {
    let all = out.entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(all) = all {
        all.push(schema);
    }
}

fn put(out: &mut Map<String, Value>, keyword: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        out.insert(keyword.to_owned(), value.into());
    }
}

fn general(schema: &Schema, out: &mut Map<String, Value>) {
    let mut names: Vec<&str> = schema.types.iter().map(|kind| type_name(*kind)).collect();
    names.sort_unstable();
    names.dedup();
    put(out, "type", (!names.is_empty()).then_some(names));
    put(out, "enum", schema.values.clone());
    put(out, "const", schema.constant.clone());
}

fn number(schema: &Schema, out: &mut Map<String, Value>) {
    put(out, "minimum", schema.minimum.clone());
    put(out, "exclusiveMinimum", schema.exclusive_minimum.clone());
    put(out, "maximum", schema.maximum.clone());
    put(out, "exclusiveMaximum", schema.exclusive_maximum.clone());
    // The meta-schema refuses zero and less, and nothing would be a multiple of it.
    let multiple = schema
        .multiple_of
        .as_ref()
        .filter(|n| n.as_f64().is_some_and(|n| n > 0.0));
    put(out, "multipleOf", multiple.cloned());
    if let Some((low, high)) = schema.format.as_deref().and_then(integer_range) {
        conjoin(out, json!({ "minimum": low, "maximum": high }));
    }
}

/// The range of the formats for integers in OpenAPI's registry of formats.
pub(crate) fn integer_range(format: &str) -> Option<(i64, u64)> {
    let range = match format {
        "int8" => (i8::MIN.into(), 0x7f),
        "int16" => (i16::MIN.into(), 0x7fff),
        "int32" => (i32::MIN.into(), 0x7fff_ffff),
        "int64" => (i64::MIN, 0x7fff_ffff_ffff_ffff),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX),
        _ => return None,
    };
    Some(range)
}

/// The name of a type in JSON Schema.
pub(crate) fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Null => "null",
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::String => "string",
        Type::Array => "array",
        Type::Object => "object",
    }
}
