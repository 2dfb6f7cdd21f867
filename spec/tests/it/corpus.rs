//! Every real document of the corpus is readable.

#![expect(
    clippy::print_stdout,
    reason = "a skipped test says why on the terminal of the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

use bindery_spec::{Reading, read_file};

/// The folder of the corpus; `None` with a printed reason where it is absent.
fn corpus() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = std::env::var_os("BINDERY_CORPUS").map_or(default, PathBuf::from);
    if !folder.is_dir() {
        println!("skipped: there is no corpus at {}", folder.display());
        return None;
    }
    Some(folder)
}

/// All JSON and YAML files under a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.extend(files(&path));
        } else if path
            .extension()
            .is_some_and(|e| e == "json" || e == "yaml" || e == "yml")
        {
            found.push(path);
        }
    }
    found
}

/// Whether a file is the root of a document, and no part of another.
fn is_root(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().take(50).any(|line| {
        let line = line.trim_start_matches([' ', '{', '\t']);
        [
            "openapi:",
            "swagger:",
            "\"openapi\"",
            "\"swagger\"",
            "'openapi'",
            "'swagger'",
        ]
        .iter()
        .any(|key| line.starts_with(key))
    })
}

fn errors(reading: &Reading) -> String {
    let mut errors = bindery_spec::Diagnostics::default();
    let found = reading.diagnostics.iter();
    errors.extend(
        found
            .filter(|d| d.severity == bindery_spec::Severity::Error)
            .cloned(),
    );
    reading.render(&errors)
}

#[test]
fn every_real_document_is_readable() {
    let Some(corpus) = corpus() else {
        return;
    };
    let mut failures = Vec::new();
    let folders = [
        "real",
        "guru",
        "learn",
        "multifile",
        "oai/3.1/pass",
        "oai/3.2/pass",
    ];
    for path in folders
        .iter()
        .flat_map(|folder| files(&corpus.join(folder)))
    {
        if !is_root(&path) {
            continue;
        }
        let reading = read_file(&path);
        let errors = errors(&reading);
        if reading.api.is_none() || !errors.is_empty() {
            failures.push(format!("{}\n{errors}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The cases of the standard's own authors: judged by the standard, `pass` is accepted and `fail` is refused.
#[test]
fn the_standards_own_cases_are_judged_right() {
    let Some(corpus) = corpus() else {
        return;
    };
    let mut failures = Vec::new();
    for path in files(&corpus.join("oai")) {
        let mut reading = read_file(&path);
        reading.diagnostics.hold_to_standard();
        let is_good = path.components().any(|part| part.as_os_str() == "pass");
        if reading.diagnostics.has_errors() == is_good {
            failures.push(format!("{}\n{}", path.display(), errors(&reading)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Where each refused case of the standard's authors is wrong, by the end of its path.
const WRONG: &[(&str, &str, &str)] = &[
    (
        "example-examples",
        "keys-exclusive",
        "/components/parameters/animal/examples",
    ),
    (
        "header-object-allowReserved",
        "allow-reserved-misplaced",
        "/components/headers/Style/allowReserved",
    ),
    (
        "invalid_schema_types",
        "wrong-type",
        "/components/schemas/invalid_null",
    ),
    (
        "link-object-no-body",
        "key-unknown",
        "/components/links/Link-Object-with-body-property/body",
    ),
    ("no_containers", "required-key-missing", "/paths"),
    (
        "parameter-object-cookie-form-allowReserved",
        "allow-reserved-misplaced",
        "/components/parameters/style_form/allowReserved",
    ),
    (
        "parameter-object-header-allowReserved",
        "allow-reserved-misplaced",
        "/components/parameters/header/allowReserved",
    ),
    (
        "parameter-object-path-allowReserved",
        "allow-reserved-misplaced",
        "/components/parameters/path/allowReserved",
    ),
    (
        "server_enum_empty",
        "server-enum-empty",
        "/servers/0/variables/var/enum",
    ),
    ("servers", "wrong-type", "/servers"),
    ("unknown_container", "key-unknown", "/overlays"),
    (
        "encoding-enc-item-exclusion",
        "keys-exclusive",
        "/components/requestBodies/encoding-with-prefixEncoding-not-allowed/content/multipart~1mixed/prefixEncoding/0/prefixEncoding",
    ),
    (
        "encoding-enc-prefix-exclusion",
        "keys-exclusive",
        "/components/requestBodies/encoding-with-itemEncoding-not-allowed/content/multipart~1mixed/prefixEncoding/0/itemEncoding",
    ),
    (
        "example-object-old-exclusions",
        "keys-exclusive",
        "/components/examples/CannotHaveBoth/externalValue",
    ),
    (
        "example-object-old-vs-data",
        "keys-exclusive",
        "/components/examples/NoValueWithDataValue/dataValue",
    ),
    (
        "example-object-old-vs-ser",
        "keys-exclusive",
        "/components/examples/CannotHaveBoth/serializedValue",
    ),
    (
        "example-object-ser-exclusions",
        "keys-exclusive",
        "/components/examples/CannotHaveBoth/externalValue",
    ),
    (
        "header-object-name",
        "name-malformed",
        "/paths/~1foo/get/responses/default/headers/Bad=Header",
    ),
    (
        "media-type-enc-item-exclusion",
        "keys-exclusive",
        "/components/requestBodies/encoding-with-itemEncoding-not-allowed/content/multipart~1mixed/itemEncoding",
    ),
    (
        "media-type-enc-prefix-exclusion",
        "keys-exclusive",
        "/components/requestBodies/encoding-with-prefixEncoding-not-allowed/content/multipart~1mixed/prefixEncoding",
    ),
    (
        "operation-object-query-with-querystring",
        "querystring-conflict",
        "/components/pathItems/my-path-item/get/parameters/1",
    ),
    (
        "operation-object-two-querystrings",
        "querystring-conflict",
        "/components/pathItems/my-path-item/get/parameters/1",
    ),
    (
        "parameter-object-content-not-with-style",
        "keys-exclusive",
        "/components/parameters/content-not-with-style/content",
    ),
    (
        "parameter-object-cookie-allowReserved",
        "allow-reserved-misplaced",
        "/components/parameters/my_cookie/allowReserved",
    ),
    (
        "parameter-object-header-name",
        "name-malformed",
        "/components/parameters/BadHeader/name",
    ),
    (
        "parameter-object-path-name",
        "name-malformed",
        "/components/parameters/BadPath/name",
    ),
    (
        "parameter-object-querystring-not-with-schema",
        "keys-exclusive",
        "/components/parameters/querystring-not-with-schema/schema",
    ),
    (
        "path-item-object-conflicting-additional-operation",
        "method-misplaced",
        "/paths/~1pets~1{id}/additionalOperations/POST",
    ),
    (
        "path-item-object-query-with-querystring",
        "querystring-conflict",
        "/components/pathItems/my-path-item/parameters/1",
    ),
    (
        "path-item-object-two-querystrings",
        "querystring-conflict",
        "/components/pathItems/my-path-item/parameters/1",
    ),
    (
        "xml-attr-exclusion",
        "keys-exclusive",
        "/components/schemas/Attr/xml/attribute",
    ),
    (
        "xml-wrapped-exclusion",
        "keys-exclusive",
        "/components/schemas/List/xml/wrapped",
    ),
];

#[test]
fn the_standards_own_cases_are_refused_at_the_right_place() {
    let Some(corpus) = corpus() else {
        return;
    };
    let mut failures = Vec::new();
    let folders = ["oai/3.1/fail", "oai/3.2/fail"];
    for path in folders
        .iter()
        .flat_map(|folder| files(&corpus.join(folder)))
    {
        let name = path.file_stem().unwrap_or_default();
        let Some((_, code, pointer)) = WRONG.iter().find(|(known, ..)| name == *known) else {
            failures.push(format!("{}: not in the table", path.display()));
            continue;
        };
        let mut reading = read_file(&path);
        reading.diagnostics.hold_to_standard();
        let is_there = reading.diagnostics.iter().any(|found| {
            let at = found.at.as_ref().is_some_and(|at| &*at.pointer == *pointer);
            at && found.code == *code && found.severity == bindery_spec::Severity::Error
        });
        if !is_there {
            failures.push(format!(
                "{}: no {code} at {pointer}\n{}",
                path.display(),
                errors(&reading)
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
