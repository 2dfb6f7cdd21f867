//! What the codec of the generated types costs, beside serde's derives on the same types and values.

mod cost;
mod derived;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use bindery_contract::Contract;
use bindery_generator::Generator;
use bindery_generator::config::Client;
use bindery_generator::emit::{Spelled, spell_components};
use bindery_generator::lower::lower;
use bindery_spec::Diagnostics;

use crate::client::all_tags;
use crate::{Arguments, console, documents, run};

const PROGRAM: &str = include_str!("../../program/speed.rs");
const OWN: &str = include_str!("../../program/own.rs");

/// What the table of the types says before its rows.
const HEAD: &str = "\
use crate::codec::{Encode, decode};
use crate::runtime::{Date, DateTime, Field, Map, Number, Secret, Time, Uuid, Value};
use crate::types::*;

pub fn entries() -> Vec<fn(&str) -> Option<Box<dyn Encode>>> {
    vec![
";

/// Measures all documents, a line for each codec.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    console::say(cost::TITLES);
    for document in documents::find(&arguments.paths, arguments.only.as_deref())? {
        let Some(api) = bindery_spec::read_file(&document).api else {
            console::complain(&format!("{}: no OpenAPI document", document.display()));
            continue;
        };
        let contract = Contract::new(Arc::new(api));
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        let (features, crates) = write(&contract, &document, arguments)?;
        for (codec, folder) in crates {
            let cost = cost::measure(&folder, features, &arguments.out)?;
            console::say(&format!("{name}\t{codec}\t{cost}"));
        }
    }
    Ok(true)
}

/// Writes the crates that are measured, and the values for both; gives the features that all of their types need.
fn write(
    contract: &Contract,
    document: &Path,
    arguments: &Arguments,
) -> anyhow::Result<(&'static str, [(&'static str, PathBuf); 2])> {
    let own = arguments.out.join("codec/own");
    let derived = arguments.out.join("codec/derived");
    for folder in [&own, &derived] {
        let _ = fs::remove_dir_all(folder);
    }
    let mut config = Client::new(document, &own, "codec")?;
    config.standalone = true;
    let diagnostics = &mut Diagnostics::default();
    let files = Generator::new(&config).generate(contract.api(), diagnostics);
    let krate = lower(contract.api(), &config, diagnostics);
    let components = spell_components(&krate);
    for (path, text) in files.iter() {
        match path {
            "Cargo.toml" => {
                save(&own, path, text)?;
                save(&derived, path, &manifest(text))?;
            }
            _ if path.starts_with("src/runtime/") => save(&own, path, text)?,
            _ if path.starts_with("src/types/") => {
                save(&own, path, text)?;
                save(
                    &derived,
                    path,
                    &derived::translate(text).context(path.to_owned())?,
                )?;
            }
            _ => {}
        }
    }
    save(&own, "src/codec.rs", OWN)?;
    save(
        &derived,
        "src/codec.rs",
        "pub use crate::runtime::{Encode, decode};",
    )?;
    save(&derived, "src/runtime.rs", derived::LEAVES)?;
    let rows = run::allowed(contract, &components, arguments);
    for folder in [&own, &derived] {
        save(folder, "src/main.rs", PROGRAM)?;
        save(folder, "src/table.rs", &table(&components))?;
        save(folder, "rows", &rows.join("\n"))?;
    }
    let crates = [("own", own), ("serde", derived)];
    Ok((all_tags(&krate), crates))
}

/// The manifest of the types with derived traits: the features of the client and other dependencies.
fn manifest(own: &str) -> String {
    let features = own
        .find("all-tags = [")
        .map_or("[workspace]\n", |at| &own[at..]);
    format!(
        "[package]\nname = \"codec\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\n[features]\n{features}"
    )
}

fn table(components: &[Spelled]) -> String {
    let mut text = HEAD.to_owned();
    for Spelled { ty, .. } in components {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "        decode::<{ty}>,");
    }
    text + "    ]\n}\n"
}

fn save(folder: &Path, path: &str, text: &str) -> anyhow::Result<()> {
    let file = folder.join(path);
    let parent = file.parent().unwrap_or(folder);
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
}
