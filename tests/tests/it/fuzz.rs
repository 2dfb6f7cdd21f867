//! A short run of what the fuzzers run for long, always with the same inputs; and inputs that are made to hurt.
//!
//! `BINDERY_FUZZ_CASES` and `BINDERY_FUZZ_SEED` make it longer and another one.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use bindery_generator::Generator;
use bindery_generator::config::Client;
use bindery_spec::Diagnostics;
use bindery_tests::fuzz::{self, Mutator};
use bindery_tests::tree;

#[test]
fn documents_that_are_nearly_right_become_clients_or_are_refused() {
    run("generate", 600, fuzz::generate);
}

#[test]
fn texts_are_json_for_us_where_they_are_for_others() {
    run("json", 2000, fuzz::json);
}

fn run(name: &str, cases: u64, target: fn(&str)) {
    let number = |variable: &str| std::env::var(variable).ok()?.parse().ok();
    let seed = number("BINDERY_FUZZ_SEED").unwrap_or(1);
    let cases = number("BINDERY_FUZZ_CASES").unwrap_or(cases);
    let last = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{name}.yaml"));
    let mut mutator = Mutator::new(seeds(), seed);
    for case in 0..cases {
        let text = mutator.document();
        // Written before it is tried, because nothing can be written after the stack has overflown.
        fs::write(&last, &text).unwrap();
        let outcome = catch_unwind(AssertUnwindSafe(|| target(&text)));
        assert!(
            outcome.is_ok(),
            "case {case} of seed {seed} fails: {}",
            last.display()
        );
    }
}

/// The fixtures of the diagnostics and of the generator.
fn seeds() -> Vec<serde_json::Value> {
    let files = tree::sources(&[".yaml"]);
    let fixtures = files.iter().filter(|file| file.path.contains("/fixtures/"));
    fixtures
        .filter_map(|file| serde_yaml::from_str(&file.text).ok())
        .collect()
}

/// A document of `count` schemas, each made by `schema` out of the name of the next.
fn chain(count: usize, schema: impl Fn(&str) -> String) -> String {
    let link = |index: usize| {
        let next = format!("{{ $ref: '#/components/schemas/A{}' }}", index + 1);
        format!("    A{index}: {}\n", schema(&next))
    };
    let links: String = (0..count).map(link).collect();
    format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{links}    \
         A{count}: {{ type: object, properties: {{ a: {{ type: string }} }} }}\n"
    )
}

#[test]
fn long_chains_of_schemas_end_in_plain_json() {
    for schema in [
        |next: &str| next.to_owned(),
        |next: &str| format!("{{ type: object, properties: {{ next: {next} }} }}"),
        |next: &str| format!("{{ type: array, items: {next} }}"),
        |next: &str| format!("{{ type: object, additionalProperties: {next} }}"),
    ] {
        fuzz::generate(&chain(10_000, schema));
    }
    for schema in [
        |next: &str| format!("{{ allOf: [{next}, {{ required: [a] }}] }}"),
        |next: &str| format!("{{ oneOf: [{next}, {{ type: string }}] }}"),
        |next: &str| format!("{{ anyOf: [{next}, {{ type: 'null' }}] }}"),
    ] {
        fuzz::generate(&chain(300, schema));
    }
    assert_eq!(
        untyped(&chain(2000, |next| format!(
            "{{ type: array, items: {next} }}"
        ))),
        ["nesting-untyped"]
    );
}

/// The codes of what a client of a document does not carry.
fn untyped(text: &str) -> Vec<&'static str> {
    let api = bindery_spec::read_text("chain.yaml", text).api.unwrap();
    let client = Client::new("chain.yaml", "chain", "chain").unwrap();
    let mut diagnostics = Diagnostics::default();
    Generator::new(&client).lower(&api, &mut diagnostics);
    diagnostics.iter().map(|found| found.code).collect()
}

#[test]
fn a_schema_that_is_nested_deep_is_refused() {
    for (open, close) in [
        ("{items: ", "}"),
        ("{\"items\": ", "}"),
        ("{allOf: [", "]}"),
    ] {
        let schema = format!("{}{{}}{}", open.repeat(10_000), close.repeat(10_000));
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\ncomponents: {{ schemas: {{ A: {schema} }} }}\n"
        );
        assert!(fuzz::read(&text).is_none());
    }
}

#[test]
fn aliases_that_multiply_are_refused() {
    let level = |level: usize| {
        let before = format!("*a{}, ", level - 1).repeat(10);
        format!("a{level}: &a{level} [{before}]\n")
    };
    let levels: String = (1..12).map(level).collect();
    let text = format!("a0: &a0 [{}]\n{levels}", "x, ".repeat(10));
    assert!(fuzz::read(&text).is_none());
}
