//! References: inside, across files, by name, to nowhere, in circles.

use std::fs;
use std::path::PathBuf;

use bindery_spec::model::{Api, Schema};
use bindery_spec::{Severity, read_file};

use crate::{HEAD, clean, codes, read};

/// A folder with files, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder =
            std::env::temp_dir().join(format!("bindery-spec-{}-{name}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn schema<'a>(api: &'a Api, name: &str) -> &'a Schema {
    let (_, id) = api
        .schemas
        .named()
        .find(|(found, _)| *found == name)
        .unwrap();
    &api.schemas[id]
}

fn target<'a>(api: &'a Api, schema: &Schema) -> &'a Schema {
    &api.schemas[schema.reference.as_ref().unwrap().target]
}

#[test]
fn a_schema_reference_stays_one_beside_its_siblings() {
    let api = clean(&format!(
        "{HEAD}components:
  schemas:
    Node:
      type: object
      properties:
        next: {{ $ref: '#/components/schemas/Node', description: The next. }}
"
    ));
    let node = schema(&api, "Node");
    let next = &api.schemas[node.properties["next"]];
    assert_eq!(next.description.as_deref(), Some("The next."));
    assert_eq!(target(&api, next).name.as_deref(), Some("Node"));
}

#[test]
fn pointers_may_be_escaped_and_percent_encoded() {
    let api = clean(&format!(
        "{HEAD}components:
  schemas:
    Odd: {{ $defs: {{ 'a/b c%': {{ title: found }} }} }}
    A: {{ $ref: '#/components/schemas/Odd/$defs/a~1b%20c%25' }}
    B: {{ $ref: '#/components/schemas/Odd/$defs/a~1b c%' }}
    C: {{ $ref: '#/x-list/1' }}
x-list: [{{}}, {{ title: item }}]
"
    ));
    assert_eq!(
        target(&api, schema(&api, "A")).title.as_deref(),
        Some("found")
    );
    assert_eq!(
        target(&api, schema(&api, "B")).title.as_deref(),
        Some("found")
    );
    assert_eq!(
        target(&api, schema(&api, "C")).title.as_deref(),
        Some("item")
    );
}

#[test]
fn names_lead_as_pointers_do() {
    let api = clean(&format!(
        "{HEAD}components:
  schemas:
    A: {{ $anchor: here, title: A }}
    B: {{ $ref: '#here' }}
    C:
      $id: https://example.org/schemas/c
      $defs: {{ inner: {{ $anchor: in, title: inner }} }}
      properties: {{ x: {{ $ref: '#in' }}, y: {{ $ref: '#/$defs/inner' }} }}
    D: {{ $ref: 'https://example.org/schemas/c#in' }}
    E: {{ $id: 'https://example.org/schemas/e', $ref: c }}
    F: {{ $dynamicAnchor: node, items: {{ $dynamicRef: '#node' }} }}
"
    ));
    assert_eq!(target(&api, schema(&api, "B")).title.as_deref(), Some("A"));
    assert_eq!(
        target(&api, schema(&api, "D")).title.as_deref(),
        Some("inner")
    );
    assert_eq!(target(&api, schema(&api, "E")).name.as_deref(), Some("C"));
    for property in schema(&api, "C").properties.values() {
        assert_eq!(
            target(&api, &api.schemas[*property]).title.as_deref(),
            Some("inner")
        );
    }
    let items = &api.schemas[schema(&api, "F").items.unwrap()];
    let dynamic = items.dynamic_reference.as_ref().unwrap().target;
    assert_eq!(api.schemas[dynamic].name.as_deref(), Some("F"));
}

#[test]
fn a_reference_to_nowhere_suggests_what_was_meant() {
    let reading =
        read("components: { schemas: { Pet: {}, A: { $ref: '#/components/schemas/Pett' } } }\n");
    assert_eq!(codes(&reading), ["reference-not-found"]);
    let diagnostic = reading.diagnostics.iter().next().unwrap();
    assert_eq!(diagnostic.severity, Severity::Warning);
    assert_eq!(
        &*diagnostic.at.as_ref().unwrap().pointer,
        "/components/schemas/A/$ref"
    );
    assert_eq!(
        diagnostic.help.as_deref(),
        Some("did you mean `#/components/schemas/Pet`?")
    );
}

#[test]
fn a_reference_by_name_only_suggests_the_component_of_that_name() {
    for reference in [
        "Pet",
        "#Pet",
        "components/schemas/Pet",
        "/components/schemas/Pet",
        "#/definitions/Pet",
    ] {
        let reading = read(&format!(
            "components: {{ schemas: {{ Pet: {{}}, A: {{ $ref: '{reference}' }} }}, examples: {{ Cat: {{}} }} }}\n"
        ));
        assert_eq!(codes(&reading), ["reference-not-found"]);
        let diagnostic = reading.diagnostics.iter().next().unwrap();
        assert_eq!(
            diagnostic.help.as_deref(),
            Some("did you mean `#/components/schemas/Pet`?"),
            "{reference}"
        );
    }
}

#[test]
fn a_name_that_two_components_have_suggests_neither() {
    let reading =
        read("components: { schemas: { Pet: {}, A: { $ref: Pet } }, headers: { Pet: {} } }\n");
    let mut diagnostics = reading.diagnostics.iter();
    let own = diagnostics.find(|own| own.code == "reference-not-found");
    assert_eq!(own.unwrap().help, None);
}

#[test]
fn a_circle_of_references_is_an_error() {
    let reading = read(
        "paths: { /a: { get: { parameters: [{ $ref: '#/components/parameters/A' }] } } }
components:
  parameters: { A: { $ref: '#/components/parameters/B' }, B: { $ref: '#/components/parameters/A' } }
",
    );
    assert!(codes(&reading).contains(&"reference-cycle"));
}

#[test]
fn schemas_that_only_refer_in_a_circle_are_an_error() {
    let reading = read(
        "components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } }\n",
    );
    assert_eq!(codes(&reading), ["reference-cycle"]);
}

#[test]
fn a_callback_that_calls_back_to_itself_ends() {
    let reading = read(
        "paths:
  /a:
    post:
      responses: { '200': { description: OK } }
      callbacks: { again: { $ref: '#/components/callbacks/Again' } }
components:
  callbacks:
    Again:
      '{$request.body#/url}':
        post:
          responses: { '200': { description: OK } }
          callbacks: { again: { $ref: '#/components/callbacks/Again' } }
",
    );
    assert_eq!(codes(&reading), ["reference-recursive"]);
}

#[test]
fn urls_are_not_fetched() {
    let reading = read("components: { schemas: { A: { $ref: 'https://example.org/a.json' } } }\n");
    assert_eq!(codes(&reading), ["reference-remote"]);
}

#[test]
fn files_refer_to_each_other_relative_to_themselves() {
    let folder = Folder::new(
        "files",
        &[
            (
                "api/root.yaml",
                "openapi: 3.1.0
info: { title: T, version: '1' }
paths: { /a: { $ref: 'paths/a.yaml' } }
components: { schemas: { Pet: { $ref: '../schemas/pet.json' } } }
",
            ),
            (
                "api/paths/a.yaml",
                "get:
  responses:
    '200':
      description: OK
      content: { application/json: { schema: { $ref: '../root.yaml#/components/schemas/Pet' } } }
",
            ),
            (
                "schemas/pet.json",
                r##"{"title": "Pet", "properties": {"friend": {"$ref": "#"}, "owner": {"$ref": "./owner.yaml#/Owner"}}}"##,
            ),
            ("schemas/owner.yaml", "Owner: { title: Owner }\n"),
        ],
    );
    let reading = read_file(folder.0.join("api/root.yaml"));
    assert!(
        reading.diagnostics.is_empty(),
        "{}",
        reading.render(&reading.diagnostics)
    );
    let api = reading.api.unwrap();
    let content = &api.operations[0].responses[0].content[0];
    let pet = target(&api, &api.schemas[content.schema.unwrap()]);
    assert_eq!(pet.title.as_deref(), Some("Pet"));
    assert_eq!(
        target(&api, &api.schemas[pet.properties["friend"]]).place,
        pet.place
    );
    assert_eq!(
        target(&api, &api.schemas[pet.properties["owner"]])
            .title
            .as_deref(),
        Some("Owner")
    );
}

#[test]
fn a_file_is_the_component_that_refers_to_it_and_nothing_else() {
    let folder = Folder::new(
        "components",
        &[
            (
                "root.yaml",
                "openapi: 3.1.0
info: { title: T, version: '1' }
components:
  schemas:
    Pet: { $ref: pet.yaml }
    Pup: { $ref: pet.yaml }
    Cat: { $ref: cats.yaml#/any }
",
            ),
            (
                "pet.yaml",
                "type: object
required: [kind]
discriminator: { propertyName: kind }
properties: { kind: { type: string }, owner: { $ref: people.v1.yaml } }
",
            ),
            ("cats.yaml", "any: { allOf: [{ $ref: pet.yaml }] }\n"),
            ("people.v1.yaml", "type: object\n"),
        ],
    );
    let api = read_file(folder.0.join("root.yaml")).api.unwrap();
    let names: Vec<_> = api.schemas.named().map(|(name, _)| name).collect();
    assert_eq!(names, ["Pet", "Pup", "Cat", "PetBase"]);
    let (pet, pup) = (schema(&api, "Pet"), schema(&api, "Pup"));
    assert_eq!(pet.name.as_deref(), Some("Pet"));
    assert_eq!(target(&api, pup).name.as_deref(), Some("Pet"));
    // What joins it does so from another file.
    assert_eq!(pet.one_of.len(), 2);
    let base = schema(&api, "PetBase");
    let owner = target(&api, &api.schemas[base.properties["owner"]]);
    assert_eq!(owner.file_name.as_deref(), Some("people"));
}

#[test]
fn a_missing_and_a_broken_file_are_one_error_each() {
    let folder = Folder::new(
        "broken",
        &[
            (
                "root.yaml",
                "openapi: 3.1.0
info: { title: T, version: '1' }
components: { schemas: { A: { $ref: missing.yaml }, B: { $ref: broken.yaml }, C: { $ref: broken.yaml } } }
",
            ),
            ("broken.yaml", "a: [\n"),
        ],
    );
    let reading = read_file(folder.0.join("root.yaml"));
    assert_eq!(codes(&reading), ["yaml-syntax", "reference-not-found"]);
}

#[test]
fn a_reference_in_an_example_is_data() {
    clean(&format!(
        "{HEAD}components: {{ schemas: {{ A: {{ examples: [{{ $ref: nowhere.yaml }}] }} }} }}\n"
    ));
}

#[test]
fn a_chain_of_references_leads_to_its_end_and_names_in_it_are_kept() {
    let api = clean(
        "openapi: 3.1.0
info: { title: T, version: '1' }
paths: {}
components:
  schemas:
    A: { $ref: '#/components/schemas/B' }
    B: { $ref: '#/components/schemas/C' }
    C: { $ref: '#/components/schemas/D', description: More than a reference. }
    D: { type: string }
    Owner: { properties: { a: { $ref: '#/components/schemas/A' }, far: { $ref: '#/components/schemas/Owner/properties/a' } } }
",
    );
    let named = |id| api.schemas[api.schemas.target(id)].name.as_deref();
    let target = |name| {
        let (_, id) = api.schemas.named().find(|(own, _)| *own == name).unwrap();
        named(id)
    };
    assert_eq!(
        ["A", "B", "C"].map(target),
        [Some("C"), Some("C"), Some("D")]
    );
    let (_, owner) = api.schemas.named().last().unwrap();
    let properties: Vec<_> = api.schemas[owner]
        .properties
        .values()
        .map(|id| named(*id))
        .collect();
    assert_eq!(properties, [Some("A"), Some("A")]);
}
