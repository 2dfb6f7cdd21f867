//! References by URL: fetched only where that is allowed, and never a way to the disk.

use std::cell::RefCell;
use std::fs;

use bindery_spec::{Fetch, Reader, Reading};

use crate::codes;

/// A web of documents in memory, which notes what it was asked for.
struct Web {
    documents: Vec<(&'static str, &'static str)>,
    asked: RefCell<Vec<String>>,
}

impl Fetch for Web {
    fn fetch(&self, url: &str) -> Result<Vec<u8>, String> {
        self.asked.borrow_mut().push(url.to_owned());
        let found = self.documents.iter().find(|(known, _)| *known == url);
        found
            .map(|(_, text)| text.as_bytes().to_vec())
            .ok_or_else(|| "404".to_owned())
    }
}

fn read(
    name: &str,
    schema: &str,
    documents: &[(&'static str, &'static str)],
) -> (Reading, Vec<String>) {
    let file = format!("bindery-spec-{}-{name}.yaml", std::process::id());
    let path = std::env::temp_dir().join(file);
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\ncomponents: {{ schemas: {{ A: {schema} }} }}\n"
    );
    fs::write(&path, text).unwrap();
    let web = Web {
        documents: documents.to_vec(),
        asked: RefCell::default(),
    };
    let reading = Reader::new().fetch(&web).read_file(&path);
    fs::remove_file(path).unwrap();
    (reading, web.asked.into_inner())
}

#[test]
fn documents_are_fetched_relative_to_each_other_and_once() {
    let (reading, asked) = read(
        "relative",
        "{ $ref: 'https://a.example/x/a.yaml#/A' }",
        &[
            (
                "https://a.example/x/a.yaml",
                "A: { properties: { b: { $ref: '../b.json' }, c: { $ref: '/b.json' }, d: { $ref: '#/D' } } }\nD: {}\n",
            ),
            (
                "https://a.example/b.json",
                r#"{"title": "B", "items": {"$ref": "x/a.yaml#/D"}}"#,
            ),
        ],
    );
    assert!(
        reading.diagnostics.is_empty(),
        "{}",
        reading.render(&reading.diagnostics)
    );
    assert_eq!(
        asked,
        ["https://a.example/x/a.yaml", "https://a.example/b.json"]
    );
    let api = reading.api.unwrap();
    let (_, id) = api.schemas.named().next().unwrap();
    let b = &api.schemas[api.schemas[id].properties["b"]];
    let b = &api.schemas[b.reference.as_ref().unwrap().target];
    assert_eq!(b.title.as_deref(), Some("B"));
}

#[test]
fn a_fetched_document_does_not_reach_the_disk() {
    let local =
        std::env::temp_dir().join(format!("bindery-spec-{}-secret.json", std::process::id()));
    fs::write(&local, "{}").unwrap();
    let text = format!(
        "A: {{ $ref: '{0}' }}\nB: {{ $ref: 'file://{0}' }}\n",
        local.display()
    );
    let (reading, asked) = read(
        "disk",
        "{ properties: { a: { $ref: 'https://a.example/a.yaml#/A' }, b: { $ref: 'https://a.example/a.yaml#/B' } } }",
        &[("https://a.example/a.yaml", text.leak())],
    );
    fs::remove_file(&local).unwrap();
    assert_eq!(asked.len(), 2);
    assert!(
        asked
            .iter()
            .all(|url| url.starts_with("https://a.example/")),
        "{asked:?}"
    );
    let mut found = codes(&reading);
    found.sort_unstable();
    assert_eq!(found, ["reference-not-found", "reference-remote"]);
}

#[test]
fn what_names_itself_by_a_url_is_not_fetched() {
    let (reading, asked) = read(
        "named",
        "{ $id: 'https://a.example/s', properties: { a: { $ref: 'https://a.example/s' } } }",
        &[],
    );
    assert!(
        reading.diagnostics.is_empty(),
        "{}",
        reading.render(&reading.diagnostics)
    );
    assert_eq!(asked, [""; 0]);
}

#[test]
fn a_chain_without_end_is_cut() {
    struct Endless;
    impl Fetch for Endless {
        fn fetch(&self, url: &str) -> Result<Vec<u8>, String> {
            Ok(format!("{{ $ref: '{url}x' }}").into_bytes())
        }
    }
    let path =
        std::env::temp_dir().join(format!("bindery-spec-{}-endless.yaml", std::process::id()));
    fs::write(&path, "openapi: 3.1.0\ninfo: { title: T, version: '1' }\ncomponents: { schemas: { A: { $ref: 'https://a.example/x' } } }\n").unwrap();
    let reading = Reader::new().fetch(&Endless).read_file(&path);
    fs::remove_file(path).unwrap();
    assert_eq!(codes(&reading), ["reference-not-found"]);
}
