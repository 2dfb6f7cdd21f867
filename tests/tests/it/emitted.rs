//! What small documents become: a snapshot of the types or the calls of each, so that emitted code is reviewed like code.

use bindery_generator::Generator;
use bindery_generator::config::Client;
use bindery_tests::tree;

#[test]
fn a_text_with_listed_values() {
    snapshot("enumeration/text.yaml", "src/types/pets.rs");
}

#[test]
fn a_union_with_a_discriminator() {
    snapshot("union/discriminator.yaml", "src/types/pets.rs");
}

#[test]
fn fields_that_may_be_null_or_absent() {
    snapshot("schema/nullable.yaml", "src/types/pets.rs");
}

#[test]
fn parameters_of_each_place() {
    snapshot("parameter/styles.yaml", "src/api/pets.rs");
}

/// Compares one file of the client of a fixture with its snapshot.
fn snapshot(fixture: &str, path: &str) {
    let document = tree::root().join("tests/fixtures/ok").join(fixture);
    let reading = bindery_spec::read_file(&document);
    let api = reading.api.expect("a document that can be used");
    let mut diagnostics = reading.diagnostics;
    let client = Client::new(&document, "out", "pets").unwrap();
    let files = Generator::new(&client).generate(&api, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let paths: Vec<_> = files.iter().map(|(path, _)| path).collect();
    let text = files
        .get(path)
        .unwrap_or_else(|| panic!("no {path} among {paths:?}"));
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("../snapshots/emitted");
    settings.bind(|| insta::assert_snapshot!(fixture.replace(['/', '.'], "_"), text));
}
