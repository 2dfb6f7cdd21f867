//! The generators that are measured: this one, and others where they are installed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use anyhow::Context;

use crate::usage::{self, Usage};

/// A generator.
pub(super) struct Tool {
    /// What it is called.
    pub(super) name: &'static str,
    program: PathBuf,
    known: &'static Known,
}

/// How a generator is called.
struct Known {
    program: &'static str,
    /// The words of its command line; `DOCUMENT` and `OUT` stand for the document and the folder of the crate.
    line: &'static str,
}

const OWN: Known = Known {
    program: "bindery",
    line: "codegen --name bench --spec DOCUMENT --out OUT",
};

const OTHERS: [Known; 4] = [
    Known {
        program: "ploidy",
        line: "generate rust --name bench -o OUT DOCUMENT",
    },
    Known {
        program: "oas3-gen",
        line: "generate --workspace -i DOCUMENT -o OUT client-mod",
    },
    Known {
        program: "openapi-to-rust",
        line: "generate DOCUMENT --output-dir OUT/src",
    },
    Known {
        program: "cargo-progenitor",
        line: "progenitor -n bench -v 0.1.0 -i DOCUMENT -o OUT",
    },
];

/// openapi-to-rust writes a module, and the dependencies of the crate that is to hold it.
fn make_crate(out: &Path, dependencies: &Path) -> io::Result<()> {
    let source = out.join("src");
    let dependencies = fs::read_to_string(dependencies)?;
    let manifest = format!(
        "[package]\nname = \"bench\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{dependencies}"
    );
    fs::write(out.join("Cargo.toml"), manifest)?;
    fs::rename(source.join("mod.rs"), source.join("lib.rs"))
}

impl Tool {
    /// This one first, then the others that are on the PATH.
    pub(super) fn all(own: PathBuf) -> Vec<Self> {
        let others = OTHERS
            .iter()
            .filter_map(|known| Some((known, find(known.program)?)));
        let all = [(&OWN, own)].into_iter().chain(others);
        all.map(|(known, program)| Self {
            name: known.program.trim_start_matches("cargo-"),
            program,
            known,
        })
        .collect()
    }

    /// Lets it write the client of a document as a crate to a folder.
    pub(super) fn generate(
        &self,
        document: &Path,
        out: &Path,
    ) -> anyhow::Result<(ExitStatus, Usage)> {
        let document = document.canonicalize()?;
        let mut command = Command::new(&self.program);
        for word in self.known.line.split(' ') {
            match (word, word.strip_prefix("OUT")) {
                ("DOCUMENT", _) => command.arg(&document),
                (_, Some(below)) => command.arg(out.join(below.trim_start_matches('/'))),
                _ => command.arg(word),
            };
        }
        let (status, usage) = usage::run(&mut command)
            .with_context(|| format!("cannot start {}", self.program.display()))?;
        let dependencies = out.join("src/REQUIRED_DEPS.toml");
        if status.success() && dependencies.is_file() {
            make_crate(out, &dependencies)?;
        }
        Ok((status, usage))
    }
}

fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}
