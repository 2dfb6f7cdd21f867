//! A client has the parts of the runtime that its document needs, and no other.

use std::path::Path;

use bindery_generator::Generator;
use bindery_generator::config::Client;
use bindery_generator::ir::RuntimePart;
use bindery_spec::Diagnostics;
use bindery_tests::tree;
use tempfile::tempdir;

use super::compiled::check;

/// Documents of `tests/fixtures/ok/part`, with the parts that each needs.
const NEEDED: [(&str, &[RuntimePart]); 10] = [
    ("none", &[]),
    ("events", &[RuntimePart::Events, RuntimePart::Streams]),
    ("headers", &[RuntimePart::Headers]),
    ("multipart", &[RuntimePart::Multipart]),
    ("pages", &[RuntimePart::Pages]),
    ("patterns", &[RuntimePart::Patterns]),
    ("streams", &[RuntimePart::Streams]),
    ("tokens", &[RuntimePart::Tokens]),
    ("tuples", &[RuntimePart::Tuples]),
    ("unions", &[RuntimePart::Unions]),
];

#[test]
fn each_part_stands_alone_and_compiles_with_all_features() {
    let folder = tempdir().unwrap();
    for (name, needed) in NEEDED {
        let parts = write(name, &folder.path().join("clients").join(name));
        assert_eq!(parts, needed, "{name}");
    }
    check(folder.path(), &["--all-features"]);
}

/// Writes the client of a document, and tells which parts it has.
fn write(name: &str, output: &Path) -> Vec<RuntimePart> {
    let document = tree::root().join(format!("tests/fixtures/ok/part/{name}.yaml"));
    let api = bindery_spec::read_file(&document).api.unwrap();
    let client = Client::new(&document, output, name).unwrap();
    let (generator, mut diagnostics) = (Generator::new(&client), Diagnostics::default());
    let krate = generator.lower(&api, &mut diagnostics);
    let files = generator.emit(&api, &krate, &mut diagnostics);
    files.write(output).unwrap();
    krate.parts.into_iter().collect()
}
