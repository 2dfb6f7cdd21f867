//! What must hold for every input, for fuzzers that bring their own inputs and for tests that make some.

mod mutate;

use bindery_generator::Generator;
use bindery_generator::config::Client;
use bindery_generator::ir::Census;
use bindery_runtime::runtime::json::{Json, Value};
use bindery_spec::{Api, Diagnostics, Severity};

pub use mutate::Mutator;

/// Reads a text and shows all that is wrong with it.
///
/// # Panics
/// When there is neither a model nor a word about why.
pub fn read(text: &str) -> Option<Api> {
    let reading = bindery_spec::read_text("fuzz.yaml", text);
    let shown = reading.render(&reading.diagnostics);
    assert!(
        reading.api.is_some() || !shown.is_empty(),
        "there is no model, and nobody says why"
    );
    let failed = reading
        .diagnostics
        .iter()
        .any(|found| found.severity == Severity::Error);
    reading.api.filter(|_| !failed)
}

/// Makes a client of a text where it is a document.
///
/// # Panics
/// When a file of the client is not Rust.
pub fn generate(text: &str) {
    let Some(api) = read(text) else { return };
    let client = Client::new("fuzz.yaml", "fuzz", "fuzz").expect("a name for a package");
    let generator = Generator::new(&client);
    let mut diagnostics = Diagnostics::default();
    let krate = generator.lower(&api, &mut diagnostics);
    assert!(Census::of(&krate).typed_percent() <= 100.0);
    let files = generator.emit(&api, &krate, &mut diagnostics);
    for found in diagnostics.iter() {
        assert_ne!(found.code, "emitted-invalid", "{}", found.message);
    }
    let own = files
        .iter()
        .filter(|(path, _)| path.starts_with("src/") && !path.starts_with("src/runtime"));
    for (path, text) in own {
        if let Err(error) = syn::parse_file(text) {
            panic!("{path} is not Rust: {error}\n{text}");
        }
    }
}

/// Reads a text as JSON, as `serde_json` does.
///
/// # Panics
/// When one of the two takes what the other refuses, or what was read does not come back the same.
pub fn json(text: &str) {
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    let Ok(ours) = Value::from_json(text) else {
        assert!(theirs.is_err(), "ours refuses {text}");
        return;
    };
    let written = ours.to_json();
    assert_eq!(Value::from_json(&written).as_ref(), Ok(&ours), "{text}");
    match theirs {
        Ok(theirs) => {
            let again: serde_json::Value = serde_json::from_str(&written).expect("JSON");
            assert_eq!(again, theirs, "{text}");
        }
        // Numbers that no float can hold are kept as they came.
        Err(error) => assert!(
            error.to_string().contains("number out of range"),
            "{text}: {error}"
        ),
    }
}
