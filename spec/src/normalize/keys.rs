//! Which keys each object of the standard has, in which versions: what is not here is reported, not dropped silently.

use super::reader::Reader;
use crate::diagnostic::codes;
use crate::model::Version;
use crate::model::Version::{V2_0, V3_0, V3_1, V3_2};
use crate::resolve::{Node, nearest};

/// The keys of one kind of object.
pub(super) struct Keys {
    /// What the object is, with its article.
    what: &'static str,
    /// The first and the last version that knows them, and the keys, separated by spaces.
    rows: &'static [(Version, Version, &'static str)],
    /// The keys of which an object has one at most.
    exclusive: &'static [[&'static str; 2]],
}

/// Declares the tables: a line for each range of versions, and one for each two keys that exclude each other.
macro_rules! keys {
    ($($name:ident = $what:literal {
        $($from:ident..$to:ident: $keys:literal)*
        $(- $one:literal or $other:literal)*
    })*) => {
        $(pub(super) const $name: &Keys = &Keys {
            what: $what,
            rows: &[$(($from, $to, $keys)),*],
            exclusive: &[$([$one, $other]),*],
        };)*

        #[cfg(test)]
        const ALL: &[&Keys] = &[$($name),*];
    };
}

keys! {
    ROOT = "the document" {
        V2_0..V3_2: "info paths security tags externalDocs"
        V2_0..V2_0: "swagger host basePath schemes consumes produces definitions parameters responses securityDefinitions"
        V3_0..V3_2: "openapi servers components"
        V3_1..V3_2: "webhooks jsonSchemaDialect"
        V3_2..V3_2: "$self"
    }
    INFO = "the information" {
        V2_0..V3_2: "title description termsOfService contact license version"
        V3_1..V3_2: "summary"
    }
    COMPONENTS = "the components" {
        V3_0..V3_2: "schemas responses parameters examples requestBodies headers securitySchemes links callbacks"
        V3_1..V3_2: "pathItems"
        V3_2..V3_2: "mediaTypes"
    }
    TAG = "a tag" {
        V2_0..V3_2: "name description externalDocs"
        V3_2..V3_2: "summary parent kind"
    }
    SERVER = "a server" {
        V3_0..V3_2: "url description variables"
        V3_2..V3_2: "name"
    }
    VARIABLE = "a server variable" {
        V3_0..V3_2: "enum default description"
    }
    PATH_ITEM = "a path item" {
        V2_0..V3_2: "$ref get put post delete options head patch parameters"
        V3_0..V3_2: "trace summary description servers"
        V3_2..V3_2: "query additionalOperations"
    }
    OPERATION = "an operation" {
        V2_0..V3_2: "tags summary description externalDocs operationId parameters responses deprecated security"
        V2_0..V2_0: "consumes produces schemes"
        V3_0..V3_2: "requestBody callbacks servers"
    }
    PARAMETER = "a parameter" {
        V2_0..V3_2: "name in description required allowEmptyValue schema"
        V2_0..V2_0: "type format items collectionFormat default maximum exclusiveMaximum minimum exclusiveMinimum"
        V2_0..V2_0: "maxLength minLength pattern maxItems minItems uniqueItems enum multipleOf"
        V3_0..V3_2: "deprecated style explode allowReserved example examples content"
        - "schema" or "content"
        - "style" or "content"
        - "example" or "examples"
    }
    HEADER = "a header" {
        V2_0..V3_2: "description"
        V2_0..V2_0: "type format items collectionFormat default maximum exclusiveMaximum minimum exclusiveMinimum"
        V2_0..V2_0: "maxLength minLength pattern maxItems minItems uniqueItems enum multipleOf"
        V3_0..V3_2: "required deprecated schema style explode example examples content"
        - "schema" or "content"
        - "style" or "content"
        - "example" or "examples"
    }
    BODY = "a request body" {
        V3_0..V3_2: "description content required"
    }
    MEDIA_TYPE = "a media type" {
        V3_0..V3_2: "schema example examples encoding"
        V3_2..V3_2: "itemSchema prefixEncoding itemEncoding description"
        - "example" or "examples"
        - "encoding" or "prefixEncoding"
        - "encoding" or "itemEncoding"
    }
    ENCODING = "an encoding" {
        V3_0..V3_2: "contentType headers style explode allowReserved"
        V3_2..V3_2: "encoding prefixEncoding itemEncoding"
        - "encoding" or "prefixEncoding"
        - "encoding" or "itemEncoding"
    }
    RESPONSE = "a response" {
        V2_0..V3_2: "description headers"
        V2_0..V2_0: "schema examples"
        V3_0..V3_2: "content links"
        V3_2..V3_2: "summary"
    }
    EXAMPLE = "an example" {
        V3_0..V3_2: "summary description value externalValue"
        V3_2..V3_2: "dataValue serializedValue"
        - "value" or "externalValue"
        - "value" or "dataValue"
        - "value" or "serializedValue"
        - "serializedValue" or "externalValue"
    }
    LINK = "a link" {
        V3_0..V3_2: "operationRef operationId parameters requestBody description server"
        - "operationRef" or "operationId"
    }
    SECURITY_SCHEME = "a security scheme" {
        V2_0..V3_2: "type description name in"
        V2_0..V2_0: "flow authorizationUrl tokenUrl scopes"
        V3_0..V3_2: "scheme bearerFormat flows openIdConnectUrl"
        V3_2..V3_2: "oauth2MetadataUrl deprecated"
    }
    DISCRIMINATOR = "a discriminator" {
        V3_0..V3_2: "propertyName mapping"
        V3_2..V3_2: "defaultMapping"
    }
    XML = "an XML object" {
        V2_0..V3_2: "name namespace prefix attribute wrapped"
        V3_2..V3_2: "nodeType"
        - "nodeType" or "attribute"
        - "nodeType" or "wrapped"
    }
    SCHEMA = "a schema" {
        V2_0..V3_2: "$ref title description default example externalDocs type format enum multipleOf"
        V2_0..V3_2: "maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern"
        V2_0..V3_2: "items maxItems minItems uniqueItems allOf discriminator xml readOnly"
        V2_0..V3_2: "properties additionalProperties required maxProperties minProperties"
        V2_0..V2_0: "collectionFormat"
        V3_0..V3_2: "oneOf anyOf not writeOnly deprecated"
        V3_0..V3_0: "nullable"
        V3_1..V3_2: "$schema $id $anchor $dynamicAnchor $dynamicRef $defs $comment $vocabulary definitions"
        V3_1..V3_2: "const examples if then else dependentSchemas dependentRequired"
        V3_1..V3_2: "prefixItems additionalItems contains minContains maxContains unevaluatedItems"
        V3_1..V3_2: "patternProperties propertyNames unevaluatedProperties"
        V3_1..V3_2: "contentEncoding contentMediaType contentSchema"
    }
}

impl Keys {
    fn all(&self) -> impl Iterator<Item = (&'static str, Version, Version)> {
        let rows = self.rows.iter();
        rows.flat_map(|(from, to, keys)| keys.split(' ').map(|key| (key, *from, *to)))
    }
}

impl<'a> Reader<'a> {
    /// Reports the keys of an object that the standard does not know, or not in this version.
    ///
    /// What is of another version is read as meant all the same.
    pub(super) fn check_keys(&mut self, node: &Node<'a>, keys: &Keys) {
        self.check_exclusive(node, keys);
        let stated = node
            .value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key.as_str());
        for key in stated.filter(|key| !key.starts_with("x-")) {
            let mut rows = keys.all().filter(|(known, ..)| *known == key).peekable();
            if rows.peek().is_none() {
                self.unknown_key(node, key, keys);
            } else if !rows.any(|(_, from, to)| (from..=to).contains(&self.version)) {
                let message = format!("`{key}` is a word of another version of the standard");
                self.report(
                    &codes::KEY_OF_OTHER_VERSION,
                    &node.place.child(key),
                    message,
                );
            }
        }
    }

    fn check_exclusive(&mut self, node: &Node<'a>, keys: &Keys) {
        for [one, other] in keys.exclusive {
            if let (Some(one_node), Some(other_node)) = (node.get(one), node.get(other)) {
                let message = format!("{} has either `{one}` or `{other}`", keys.what);
                let found = codes::KEYS_EXCLUSIVE.at(&other_node.place, message);
                self.push(found.related("beside this", &one_node.place));
            }
        }
    }

    fn unknown_key(&mut self, node: &Node<'a>, key: &str, keys: &Keys) {
        let message = format!("{} has no `{key}`; it is left out", keys.what);
        // Since 3.1 a schema may have keywords of other vocabularies (OpenAPI 3.1 §4.8.24).
        let is_open = keys.what == SCHEMA.what && self.version >= V3_1;
        let code = if is_open {
            &codes::KEYWORD_UNKNOWN
        } else {
            &codes::KEY_UNKNOWN
        };
        let found = code.at(&node.place.child(key), message);
        let near = nearest(key, keys.all().map(|(known, ..)| known));
        self.push(match near {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found,
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ALL;
    use crate::Value;

    /// The keys of all objects in a value.
    fn collect(value: &Value, keys: &mut BTreeSet<String>) {
        keys.extend(
            value
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key.clone()),
        );
        let children = value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(_, child)| child);
        children
            .chain(value.as_array().into_iter().flatten())
            .for_each(|child| collect(child, keys));
    }

    #[test]
    fn the_documents_that_have_every_key_have_every_key() {
        let mut keys = BTreeSet::new();
        for name in ["openapi.yaml", "swagger.yaml"] {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/all");
            let text = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
            collect(&serde_yaml::from_str(&text).unwrap(), &mut keys);
        }
        let all = ALL.iter().flat_map(|table| table.all());
        let missing: BTreeSet<_> = all
            .map(|(key, ..)| key)
            .filter(|key| !keys.contains(*key))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
