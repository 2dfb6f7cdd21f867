//! The client of a document with a program that reads, checks and writes values of its types, built.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use bindery_generator::Generator;
use bindery_generator::config::Client;
use bindery_generator::emit::{Spelled, spell_components};
use bindery_generator::ir::{Component, Crate, RuntimePart};
use bindery_generator::lower::lower;
use bindery_spec::{Api, Diagnostics};

/// The program, less the table of the types.
const PROGRAM: &str = include_str!("../program/main.rs");

/// What the table says before its rows.
const HEAD: &str = "\
//! The types that values go through.

// Which of these are used depends on the document.
#![allow(unused_imports)]

use client::runtime::check::{Format, Rule};
use client::runtime::json::Kind;
use client::runtime::{Date, DateTime, Field, Json, Map, Number, Secret, Time, Uuid, Value};
use client::types::*;

pub fn entries() -> Vec<crate::Entry> {
    vec![
";

/// A client that was built.
pub(crate) struct Built {
    /// The program.
    pub(crate) program: PathBuf,
    /// What each type stands for, in the order of the program's table.
    pub(crate) types: Vec<Component>,
    /// How many named schemas are no JSON, such as files.
    pub(crate) left_out: usize,
}

/// Writes and builds the client of a document. Every document uses the same folder, so that the dependencies are built
/// once.
pub(crate) fn build(api: &Api, document: &Path, out: &Path) -> anyhow::Result<Built> {
    let folder = out.join("client");
    let mut config = Client::new(document, &folder, "client")?;
    config.standalone = true;
    let mut diagnostics = Diagnostics::default();
    let mut files = Generator::new(&config).generate(api, &mut diagnostics);
    let krate = lower(api, &config, &mut Diagnostics::default());
    let components = spell_components(&krate);
    files.insert("src/bin/fidelity/main.rs", PROGRAM);
    files.insert("src/bin/fidelity/table.rs", table(&components));
    files.write(&folder)?;
    let has_patterns = krate.parts.contains(&RuntimePart::Patterns);
    let patterns = if has_patterns { "patterns" } else { "" };
    let features = [patterns, all_tags(&krate)].join(" ");
    let target = out.join("build");
    let words = "build --bin fidelity --config profile.dev.debug=false";
    let words: Vec<_> = words.split(' ').collect();
    cargo(&folder, &words, &features, &target)?;
    Ok(Built {
        program: out.join("build/debug/fidelity"),
        left_out: krate.components.len() - components.len(),
        types: components
            .iter()
            .map(|spelled| spelled.component.clone())
            .collect(),
    })
}

fn table(components: &[Spelled]) -> String {
    let mut text = HEAD.to_owned();
    for Spelled { ty, rules, .. } in components {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "        (|| Box::new(<{ty} as Json>::initial()), {rules}),"
        );
    }
    text + "    ]\n}\n"
}

/// The feature that has all tags, where a client is divided by them.
pub(crate) fn all_tags(krate: &Crate) -> &'static str {
    let tagged = krate.tags.iter().any(|tag| tag.feature.is_some());
    if tagged { "all-tags" } else { "" }
}

/// Lets cargo work in the folder of a crate, with these features only.
pub(crate) fn cargo(
    folder: &Path,
    words: &[&str],
    features: &str,
    target: &Path,
) -> anyhow::Result<()> {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    // The versions of the workspace are there already, so that nothing is fetched. Without the lock it only takes longer.
    let _ = std::fs::copy(lock, folder.join("Cargo.lock"));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(words)
        .args(["--quiet", "--no-default-features", "--features", features])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", std::path::absolute(target)?)
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .context("cannot start cargo")?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        let lines = text.lines().filter(|line| !line.is_empty());
        let first: Vec<_> = lines.take(8).collect();
        bail!(
            "{} does not compile:\n{}",
            folder.display(),
            first.join("\n")
        );
    }
    Ok(())
}
