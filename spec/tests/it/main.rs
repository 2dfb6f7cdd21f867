//! What reading a document gives: one binary, one file for each theme.

mod corpus;
mod degrade;
mod kept;
mod load;
mod normalize;
mod overlay;
mod places;
mod references;
mod remote;
mod rules;
mod shape;
mod swagger2;

use bindery_spec::{Api, Reading, Severity, read_text};

/// The head of a small document, to be followed by `paths` or `components`.
const HEAD: &str = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";

/// Reads a YAML text behind [`HEAD`].
fn read(rest: &str) -> Reading {
    read_text("t.yaml", &format!("{HEAD}{rest}"))
}

/// The model of a document that has nothing wrong.
fn clean(text: &str) -> Api {
    let reading = read_text("t.yaml", text);
    assert!(
        reading.diagnostics.is_empty(),
        "{}",
        reading.render(&reading.diagnostics)
    );
    reading.api.expect("a model")
}

/// The codes of all diagnostics in order.
fn codes(reading: &Reading) -> Vec<&str> {
    reading.diagnostics.iter().map(|d| d.code).collect()
}

/// The only diagnostic, an error with a code, as people see it; the model is not usable.
fn refused(text: &str, code: &str) -> String {
    let reading = read_text("t.yaml", text);
    let found: Vec<_> = reading
        .diagnostics
        .iter()
        .map(|d| (d.code, d.severity))
        .collect();
    assert_eq!(found, [(code, Severity::Error)]);
    assert!(reading.api.is_none());
    reading.render(&reading.diagnostics)
}
