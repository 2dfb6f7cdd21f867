//! Schemas: JSON Schema 2020-12 with OpenAPI's additions, as an arena of nodes.

use std::ops::Index;

use indexmap::IndexMap;
use serde_json::Number;

use super::{Extensions, ExternalDocs};
use crate::Value;
use crate::source::Place;

/// A schema of an [`Api`](super::Api), as an index into its [`Schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub u32);

/// All schemas of a document: one node for each place that holds a schema.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    #[expect(
        clippy::vec_box,
        reason = "a node is over a kilobyte: a list of them would be copied again and again as it grows"
    )]
    nodes: Vec<Box<Schema>>,
    names: IndexMap<String, SchemaId>,
}

impl Schemas {
    /// Adds a node.
    ///
    /// # Panics
    /// After four billion nodes.
    pub fn push(&mut self, schema: Schema) -> SchemaId {
        self.nodes.push(Box::new(schema));
        SchemaId(u32::try_from(self.nodes.len() - 1).expect("fewer than four billion schemas"))
    }

    /// Replaces a node, for readers that need an id before they have read the node.
    pub fn set(&mut self, id: SchemaId, schema: Schema) {
        *self.nodes[id.0 as usize] = schema;
    }

    /// Makes a node known under a component's name.
    pub fn name(&mut self, name: impl Into<String>, id: SchemaId) {
        self.names.insert(name.into(), id);
    }

    /// Says what a node is called.
    pub(crate) fn rename(&mut self, id: SchemaId, name: Option<String>) {
        self.nodes[id.0 as usize].name = name;
    }

    /// What a schema refers to by `$ref`, or the schema itself.
    pub fn target(&self, id: SchemaId) -> SchemaId {
        let reference = self[id].reference.as_ref();
        reference.map_or(id, |reference| reference.target)
    }

    /// The named schemas in document order.
    pub fn named(&self) -> impl Iterator<Item = (&str, SchemaId)> {
        self.names.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// Every node with its id.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        (0..).map(SchemaId).zip(self.nodes.iter().map(Box::as_ref))
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

impl Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.nodes[id.0 as usize]
    }
}

/// The types of JSON Schema (2020-12 Validation §6.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// `null`
    Null,
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `number`
    Number,
    /// `string`
    String,
    /// `array`
    Array,
    /// `object`
    Object,
}

impl Type {
    /// The type that a value has. A number that is written without a fraction and an exponent is an integer.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }
}

/// A set of types in document order; empty means that the schema does not say.
pub type Types = Vec<Type>;

/// A `$ref` of a schema. Its siblings are the other fields of the same [`Schema`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it leads to.
    pub target: SchemaId,
    /// The text of the reference as written.
    pub text: String,
}

/// How the variants of a union are told apart by a property (OpenAPI 3.1 §4.8.25).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The property that holds the tag.
    pub property: String,
    /// The tags that the document spells out, with the schemas that they stand for. Implicit tags are not in it.
    pub mapping: IndexMap<String, SchemaId>,
    /// The tags of each branch of the union beside it, implicit ones included.
    pub branches: IndexMap<SchemaId, BranchTags>,
    /// The schema for tags that are not listed (OpenAPI 3.2 `defaultMapping`).
    pub default: Option<SchemaId>,
}

/// The tags that a discriminator has for a branch of its union.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BranchTags {
    /// Those that the document spells out.
    pub mapped: Vec<String>,
    /// The name of the branch, unless it stands for another schema, or the branch says itself that its tags are others.
    pub implied: Option<String>,
    /// Whether it stands for the tags that no branch has (OpenAPI 3.2 `defaultMapping`).
    pub is_default: bool,
}

impl BranchTags {
    /// All tags, those first that the document spells out.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.mapped.iter().chain(&self.implied)
    }
}

/// How a property is spelled in XML (OpenAPI 3.1 §4.8.26).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Xml {
    /// The element's or attribute's name.
    pub name: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The prefix.
    pub prefix: Option<String>,
    /// Whether it is an attribute.
    pub attribute: bool,
    /// Whether an array has an element around it.
    pub wrapped: bool,
    /// What sort of node it is, as written (OpenAPI 3.2 `nodeType`).
    pub node_type: Option<String>,
}

/// One schema node. A field that the document does not state is `None` or empty.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Where it stands.
    pub place: Place,
    /// The component's name, where it is one.
    pub name: Option<String>,
    /// In a file other than the document's, its key there or the name of the file, where it is no component.
    pub file_name: Option<String>,
    /// `Some` for the schemas `true` and `false`; then nothing else is stated.
    pub boolean: Option<bool>,
    /// `$ref`; the other fields stand beside it and hold as well.
    pub reference: Option<Reference>,
    /// Whether there is a `$ref` that leads to nothing, so that more may hold than is known.
    pub unresolved: bool,
    /// `$dynamicRef`, resolved as far as one document can.
    pub dynamic_reference: Option<Reference>,

    /// `title`
    pub title: Option<String>,
    /// `description`, Markdown.
    pub description: Option<String>,
    /// `default`
    pub default: Option<Value>,
    /// `examples`, and OpenAPI's `example` as the first of them.
    pub examples: Vec<Value>,
    /// `deprecated`
    pub deprecated: bool,
    /// `externalDocs`
    pub external_docs: Option<ExternalDocs>,
    /// `readOnly`
    pub read_only: bool,
    /// `writeOnly`
    pub write_only: bool,

    /// `type`; 3.0's `nullable` adds `null` to it.
    pub types: Types,
    /// `enum`
    pub values: Option<Vec<Value>>,
    /// `const`
    pub constant: Option<Value>,
    /// `format`
    pub format: Option<String>,

    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `pattern`, ECMA-262.
    pub pattern: Option<String>,
    /// `contentEncoding`
    pub content_encoding: Option<String>,
    /// `contentMediaType`
    pub content_media_type: Option<String>,
    /// `contentSchema`
    pub content_schema: Option<SchemaId>,

    /// `minimum`
    pub minimum: Option<Number>,
    /// `exclusiveMinimum`
    pub exclusive_minimum: Option<Number>,
    /// `maximum`
    pub maximum: Option<Number>,
    /// `exclusiveMaximum`
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`
    pub multiple_of: Option<Number>,

    /// `items`
    pub items: Option<SchemaId>,
    /// `prefixItems`
    pub prefix_items: Vec<SchemaId>,
    /// `contains`
    pub contains: Option<SchemaId>,
    /// `minContains`
    pub min_contains: Option<u64>,
    /// `maxContains`
    pub max_contains: Option<u64>,
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`
    pub max_items: Option<u64>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// `unevaluatedItems`
    pub unevaluated_items: Option<SchemaId>,

    /// `properties` in document order.
    pub properties: IndexMap<String, SchemaId>,
    /// `required`
    pub required: Vec<String>,
    /// `additionalProperties`
    pub additional_properties: Option<SchemaId>,
    /// `patternProperties`
    pub pattern_properties: IndexMap<String, SchemaId>,
    /// `propertyNames`
    pub property_names: Option<SchemaId>,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
    /// `dependentRequired`
    pub dependent_required: IndexMap<String, Vec<String>>,
    /// `dependentSchemas`
    pub dependent_schemas: IndexMap<String, SchemaId>,
    /// `unevaluatedProperties`
    pub unevaluated_properties: Option<SchemaId>,

    /// `allOf`
    pub all_of: Vec<SchemaId>,
    /// `oneOf`
    pub one_of: Vec<SchemaId>,
    /// `anyOf`
    pub any_of: Vec<SchemaId>,
    /// `not`
    pub not: Option<SchemaId>,
    /// `if`
    pub condition: Option<SchemaId>,
    /// `then`
    pub then: Option<SchemaId>,
    /// `else`
    pub otherwise: Option<SchemaId>,
    /// OpenAPI's `discriminator`
    pub discriminator: Option<Discriminator>,
    /// OpenAPI's `xml`
    pub xml: Option<Xml>,

    /// The `x-…` keys.
    pub extensions: Extensions,
}

impl Schema {
    /// Whether a discriminator stands here without a union beside it (OpenAPI 3.1 §4.8.25).
    pub fn is_tagged_alone(&self) -> bool {
        self.discriminator.is_some() && self.one_of.is_empty() && self.any_of.is_empty()
    }

    /// Whether a string is the content of a file: `format: binary` in 3.0, and in 3.1 a media type of the content without
    /// an encoding (OpenAPI 3.1 §4.8.14.2).
    pub fn is_file(&self) -> bool {
        let by_media_type = self.content_media_type.is_some() && self.content_encoding.is_none();
        self.format.as_deref() == Some("binary") || by_media_type
    }

    /// A schema that states nothing, and so allows everything.
    pub fn new(place: Place) -> Self {
        Self {
            place,
            name: None,
            file_name: None,
            boolean: None,
            reference: None,
            unresolved: false,
            dynamic_reference: None,
            title: None,
            description: None,
            default: None,
            examples: Vec::new(),
            deprecated: false,
            external_docs: None,
            read_only: false,
            write_only: false,
            types: Types::new(),
            values: None,
            constant: None,
            format: None,
            min_length: None,
            max_length: None,
            pattern: None,
            content_encoding: None,
            content_media_type: None,
            content_schema: None,
            minimum: None,
            exclusive_minimum: None,
            maximum: None,
            exclusive_maximum: None,
            multiple_of: None,
            items: None,
            prefix_items: Vec::new(),
            contains: None,
            min_contains: None,
            max_contains: None,
            min_items: None,
            max_items: None,
            unique_items: false,
            unevaluated_items: None,
            properties: IndexMap::new(),
            required: Vec::new(),
            additional_properties: None,
            pattern_properties: IndexMap::new(),
            property_names: None,
            min_properties: None,
            max_properties: None,
            dependent_required: IndexMap::new(),
            dependent_schemas: IndexMap::new(),
            unevaluated_properties: None,
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            not: None,
            condition: None,
            then: None,
            otherwise: None,
            discriminator: None,
            xml: None,
            extensions: Extensions::new(),
        }
    }
}
