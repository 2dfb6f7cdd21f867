//! `cargo xtask codegen` as people run it: exit codes, messages, and what lies on the disk afterwards.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use bindery_tests::tree;
use tempfile::{TempDir, tempdir};

#[test]
fn our_own_client_is_up_to_date() {
    let output = xtask(&["codegen", "--check", "--strict"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn one_range_changes_its_lines() {
    let changes = Checkout::new().edit("maximum: 1000\n", "maximum: 500\n");
    let expected = [
        "-    pub const LIMIT_MAX: i64 = 1000;",
        "+    pub const LIMIT_MAX: i64 = 500;",
        "-        .with_rules(&[Rule::Minimum(\"1\"), Rule::Maximum(\"1000\")]);",
        "+        .with_rules(&[Rule::Minimum(\"1\"), Rule::Maximum(\"500\")]);",
        "-    /// From 1 to 1000. Example: `50`.",
        "+    /// From 1 to 500. Example: `50`.",
    ];
    assert_eq!(changes, expected);
}

#[test]
fn one_value_of_an_enum_changes_its_lines() {
    let changes = Checkout::new().edit("[active, idle, ", "[active, asleep, ");
    let expected = [
        "-    /// `idle`",
        "-    Idle,",
        "+    /// `asleep`",
        "+    Asleep,",
        "-    Idle: \"idle\",",
        "+    Asleep: \"asleep\",",
    ];
    assert_eq!(changes, expected);
}

#[test]
fn one_field_changes_its_lines() {
    let changes = Checkout::new().edit("\n        avg_latency_ms:\n", "\n        latency_ms:\n");
    let expected = [
        "-    pub avg_latency_ms: Option<f64>,",
        "+    pub latency_ms: Option<f64>,",
        "-    avg_latency_ms: Key::optional(\"avg_latency_ms\").with_rules(&[Rule::Minimum(\"0\")]),",
        "+    latency_ms: Key::optional(\"latency_ms\").with_rules(&[Rule::Minimum(\"0\")]),",
    ];
    assert_eq!(changes, expected);
}

#[test]
fn a_file_that_was_edited_or_deleted_is_found_and_mended() {
    let checkout = Checkout::new();
    let library = checkout.path("generated/src/lib.rs");
    let wanted = fs::read_to_string(&library).unwrap();
    fs::write(&library, wanted.clone() + "// Mine.\n").unwrap();
    fs::remove_file(checkout.path("generated/src/client.rs")).unwrap();
    let said = checkout.differs();
    for words in ["changed: src/lib.rs", "-// Mine.", "missing: src/client.rs"] {
        assert!(said.contains(words), "`{words}` is not in:\n{said}");
    }
    checkout.write();
    checkout.is_current();
    assert_eq!(fs::read_to_string(&library).unwrap(), wanted);
}

#[test]
fn files_of_a_person_are_not_touched() {
    let folder = tempdir().unwrap();
    let own = folder.path().join("src/lib.rs");
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(&own, "//! Mine.\n").unwrap();
    let document = tree::root().join("spec/mixpeek.yaml");
    let output = codegen(&document, folder.path());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("error[output-not-ours]"), "{said}");
    assert_eq!(fs::read_to_string(&own).unwrap(), "//! Mine.\n");
    assert!(!folder.path().join("Cargo.toml").exists());
}

#[test]
fn nothing_is_written_for_a_bad_document() {
    let folder = tempdir().unwrap();
    let out = folder.path().join("out");
    for document in [
        "text/broken.yaml",
        "text/broken.json",
        "version/unsupported.yaml",
    ] {
        let document = tree::root().join("tests/fixtures/err").join(document);
        let output = codegen(&document, &out);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.starts_with("error["), "{said}");
        assert!(
            !out.exists(),
            "something was written for {}",
            document.display()
        );
    }
}

#[test]
fn a_document_that_is_not_there_is_an_error() {
    let folder = tempdir().unwrap();
    let out = folder.path().join("out");
    let output = codegen(&folder.path().join("none.yaml"), &out);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("file-unreadable"));
    assert!(!out.exists());
}

#[test]
fn a_line_that_is_not_understood_has_a_code_of_its_own() {
    let output = xtask(&["codegen", "--spec", "pets.yaml"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

/// A copy of our configuration and document, with the client that they make.
struct Checkout {
    folder: TempDir,
}

impl Checkout {
    fn new() -> Self {
        let folder = tempdir().unwrap();
        let checkout = Self { folder };
        fs::create_dir(checkout.path("spec")).unwrap();
        for file in ["bindery.toml", "spec/mixpeek.yaml"] {
            fs::copy(tree::root().join(file), checkout.path(file)).unwrap();
        }
        checkout.write();
        checkout.is_current();
        checkout
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Edits the document in one place, sees the check fail before and pass after, and gives the lines that changed.
    fn edit(&self, old: &str, new: &str) -> Vec<String> {
        let document = self.path("spec/mixpeek.yaml");
        let text = fs::read_to_string(&document).unwrap();
        assert_eq!(text.matches(old).count(), 1, "`{old}` is not one place");
        fs::write(document, text.replace(old, new)).unwrap();
        let said = self.differs();
        assert!(!said.contains("more lines"), "not all is shown:\n{said}");
        self.write();
        self.is_current();
        let lines = said.lines().filter_map(|line| line.strip_prefix("    "));
        lines
            .filter(|line| line.starts_with(['+', '-']))
            .filter(|line| !line.starts_with("+++") && !line.starts_with("---"))
            .map(str::to_owned)
            .collect()
    }

    fn write(&self) {
        let output = self.run(&[]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }

    fn is_current(&self) {
        let output = self.run(&["--check"]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }

    /// What the check says about a client that is not up to date.
    fn differs(&self) -> String {
        let output = self.run(&["--check"]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    fn run(&self, more: &[&str]) -> Output {
        let config = self.path("bindery.toml");
        let mut arguments = vec!["codegen", "--config", config.to_str().unwrap()];
        arguments.extend(more);
        xtask(&arguments)
    }
}

#[test]
fn a_report_says_what_is_typed_and_what_is_left_out() {
    let folder = tempdir().unwrap();
    let document = folder.path().join("api.yaml");
    fs::write(&document, LEAVES_OUT).unwrap();
    let report = folder.path().join("report.json");
    let out = folder.path().join("out");
    let output = xtask(&[
        "codegen",
        "--spec",
        document.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--name",
        "example",
        "--report",
        report.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("50.00 % of 4 places typed; fallbacks: recursive-alias 1"),
        "{said}"
    );
    let text = fs::read_to_string(report).unwrap();
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let client = &report["clients"][0];
    assert_eq!(
        client["untyped"],
        serde_json::json!(["Pair.nested", "Pair.anything"])
    );
    let place = &client["fallbacks"]["recursive-alias"]["places"][0];
    assert_eq!(place["line"], 11, "{place}");
    assert_eq!(
        place["pointer"],
        "/components/schemas/Pair/properties/nested"
    );
}

#[test]
fn a_package_is_named_after_its_folder() {
    let folder = tempdir().unwrap();
    let document = folder.path().join("api.yaml");
    fs::write(&document, LEAVES_OUT).unwrap();
    let generate = |out: &Path| {
        let (document, out) = (document.to_str().unwrap(), out.to_str().unwrap());
        xtask(&["codegen", "--spec", document, "--out", out])
    };
    let out = folder.path().join("pairs-client");
    assert!(generate(&out).status.success());
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"pairs-client\""), "{manifest}");
    let refused = generate(&folder.path().join("two words"));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("`two words` cannot be the name of a package") && said.contains("`--name`"),
        "{said}"
    );
}

#[test]
fn overlays_are_applied_before_anything_else() {
    let folder = tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("api.yaml", LEAVES_OUT);
    let overlay = "overlay: 1.0.0\ninfo: { title: Names, version: '1' }\nactions:\n- target: $.paths['/pairs'].get\n  update: { operationId: allPairs }\n";
    write("names.overlay.yaml", overlay);
    let client = "[[client]]\ndocument = \"api.yaml\"\noverlays = [\"names.overlay.yaml\"]\noutput = \"out\"\npackage = \"pairs\"\n";
    write("bindery.toml", client);
    let config = folder.path().join("bindery.toml");
    let output = xtask(&["codegen", "--config", config.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let api = fs::read_to_string(folder.path().join("out/src/api/pairs.rs")).unwrap();
    assert!(api.contains("pub fn all_pairs(&self)"), "{api}");
}

/// A document of which a client cannot carry everything.
const LEAVES_OUT: &str = "\
openapi: 3.1.0
info: { title: Pairs, version: 1.0.0 }
paths:
  /pairs:
    get: { operationId: pairs, responses: { '200': { description: all, content: { application/json: { schema: { $ref: '#/components/schemas/Pair' } } } } } }
components:
  schemas:
    Pair:
      type: object
      properties:
        nested: { type: array, items: { $ref: '#/components/schemas/Pair/properties/nested' } }
        name: { type: string }
        anything: {}
";

fn codegen(document: &Path, out: &Path) -> Output {
    let (document, out) = (document.to_str().unwrap(), out.to_str().unwrap());
    xtask(&[
        "codegen", "--spec", document, "--out", out, "--name", "example",
    ])
}

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .arg("xtask")
        .args(arguments)
        .current_dir(tree::root())
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}
