//! Nothing of a document is lost in silence: whatever is taken away from one that says everything, the client or what is
//! told about it changes.

use std::collections::BTreeSet;

use bindery_generator::Generator;
use bindery_generator::config::Client;
use bindery_generator::output::Files;
use bindery_spec::Diagnostics;
use bindery_tests::tree;
use serde_json::Value;

/// The keys that make no difference to clients, and why.
const SILENT: &[(&str, &str)] = &[
    (
        "$comment",
        "it is not for those who use an API (JSON Schema 2020-12 §8.3)",
    ),
    (
        "$self",
        "references are relative to it, and it is nothing else",
    ),
    ("jsonSchemaDialect", "all dialects are read alike"),
    ("$schema", "the same"),
    ("$vocabulary", "the same"),
    ("title", "it is shown where there is no description"),
    (
        "example",
        "those of bodies and responses are for the tester, which sends and serves them",
    ),
    ("examples", "the same"),
];

#[test]
fn whatever_is_taken_away_from_openapi_shows() {
    check("openapi.yaml");
}

#[test]
fn whatever_is_taken_away_from_swagger_shows() {
    check("swagger.yaml");
}

fn check(name: &str) {
    let text = std::fs::read_to_string(tree::root().join("tests/fixtures/all").join(name)).unwrap();
    let document: Value = serde_yaml::from_str(&text).unwrap();
    let whole = Made::of(&document);
    let mut lost = Vec::new();
    for pointer in leaves(&document) {
        let is_covered = is_silent(&pointer) || whole.tells_of(&pointer);
        if !is_covered && Made::of(&without(&document, &pointer)) == whole {
            lost.push(pointer);
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

/// What becomes of a document.
#[derive(PartialEq)]
struct Made {
    files: Vec<(String, String)>,
    /// The codes, messages and places of what is told.
    told: BTreeSet<(String, String, String)>,
}

impl Made {
    fn of(document: &Value) -> Self {
        let reading = bindery_spec::read_text("all.json", &document.to_string());
        let mut diagnostics = Diagnostics::default();
        let client = Client::new("all.json", "all", "all").unwrap();
        let files = reading
            .api
            .as_ref()
            .map(|api| Generator::new(&client).generate(api, &mut diagnostics));
        let told = reading.diagnostics.iter().chain(diagnostics.iter());
        Self {
            told: told
                .map(|found| {
                    let at = found.at.as_ref().map(|at| at.pointer.to_string());
                    (
                        found.code.to_owned(),
                        found.message.clone(),
                        at.unwrap_or_default(),
                    )
                })
                .collect(),
            files: files
                .iter()
                .flat_map(Files::iter)
                .map(|(path, text)| (path.to_owned(), text.to_owned()))
                .collect(),
        }
    }

    /// Whether something is told of a place, or of one that it is in.
    fn tells_of(&self, pointer: &str) -> bool {
        self.told.iter().any(|(_, _, at)| {
            pointer
                .strip_prefix(at.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

fn is_silent(pointer: &str) -> bool {
    let media = ["/content/", "/mediaTypes/", "/responses/"];
    let is_media =
        media.iter().any(|step| pointer.contains(step)) && !pointer.contains("/headers/");
    let is_component = pointer.starts_with("/components/examples");
    pointer.split('/').any(|step| {
        let row = SILENT.iter().find(|(key, _)| *key == step);
        row.is_some_and(|(key, _)| !key.starts_with("example") || is_media || is_component)
    })
}

/// The pointers to all that holds nothing else. What holds it goes with it.
fn leaves(value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(object) => object
            .iter()
            .map(|(key, child)| (key.replace('~', "~0").replace('/', "~1"), child))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, child)| (index.to_string(), child))
            .collect(),
        _ => Vec::new(),
    };
    if children.is_empty() {
        return vec![String::new()];
    }
    let below = children.into_iter().flat_map(|(step, child)| {
        let below = leaves(child).into_iter();
        below.map(move |rest| format!("/{step}{rest}"))
    });
    below.collect()
}

fn without(document: &Value, pointer: &str) -> Value {
    let mut less = document.clone();
    let (parent, step) = pointer.rsplit_once('/').unwrap();
    match less.pointer_mut(parent) {
        Some(Value::Object(object)) => {
            object.shift_remove(&step.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => {
            items.remove(step.parse().unwrap());
        }
        _ => unreachable!("what is below something stands in it"),
    }
    less
}
