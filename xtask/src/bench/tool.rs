//! The generators that are measured: this one, and others where they are installed.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use anyhow::{Context, bail};

use crate::usage::{self, Usage};

/// The arguments for a document and the folder of its client.
type Words = fn(&Path, &Path) -> Vec<OsString>;

/// A generator.
pub(super) struct Tool {
    /// What it is called.
    pub(super) name: &'static str,
    program: PathBuf,
    arguments: Words,
}

impl Tool {
    /// This one first, then the others that are on the PATH.
    pub(super) fn all(own: PathBuf) -> Vec<Self> {
        let mut tools = vec![Self {
            name: "bindery",
            program: own,
            arguments: |document, out| {
                words(
                    &["codegen", "--name", "bench", "--spec"],
                    &[document],
                    &["--out"],
                    out,
                )
            },
        }];
        let others: [(&'static str, Words); 3] = [
            ("ploidy", |document, out| {
                let mut all = words(&["generate", "rust", "--name", "bench"], &[], &["-o"], out);
                all.push(document.into());
                all
            }),
            ("oas3-gen", |document, out| {
                let mut all = words(&["generate", "-i"], &[document], &["-o"], out);
                all.push("client-mod".into());
                all
            }),
            ("openapi-to-rust", |document, out| {
                words(&["generate"], &[document], &["--output-dir"], out)
            }),
        ];
        for (name, arguments) in others {
            if let Some(program) = find(name) {
                tools.push(Self {
                    name,
                    program,
                    arguments,
                });
            }
        }
        tools
    }

    /// Lets it write the client of a document to a folder.
    pub(super) fn generate(
        &self,
        document: &Path,
        out: &Path,
    ) -> anyhow::Result<(ExitStatus, Usage)> {
        let document = document.canonicalize()?;
        let command = &mut Command::new(&self.program);
        let command = command.args((self.arguments)(&document, out));
        usage::run(command).with_context(|| format!("cannot start {}", self.program.display()))
    }
}

fn words(first: &[&str], documents: &[&Path], then: &[&str], out: &Path) -> Vec<OsString> {
    let first = first.iter().map(OsString::from);
    let documents = documents.iter().map(OsString::from);
    let then = then.iter().map(OsString::from);
    first
        .chain(documents)
        .chain(then)
        .chain([out.into()])
        .collect()
}

fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// What `cargo check` of a client costs with all features, its dependencies apart.
pub(super) fn check(client: &Path, target: &Path) -> anyhow::Result<Usage> {
    check_once(client, target)?;
    // Only the client itself is checked again, from nothing.
    let root = client.join("src/lib.rs");
    let text = fs::read_to_string(&root)?;
    fs::write(&root, text + "\n")?;
    check_once(client, target)
}

fn check_once(client: &Path, target: &Path) -> anyhow::Result<Usage> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["check", "--all-features", "--manifest-path"]);
    command
        .arg(client.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        .env("CARGO_INCREMENTAL", "0");
    let (status, usage) = usage::run(&mut command).context("cannot start cargo")?;
    if !status.success() {
        bail!("the client in {} does not compile", client.display());
    }
    Ok(usage)
}
