//! `cargo xtask ci`: all checks, by the script that CI runs too.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Context;

/// The list of checks, in the one place that has it.
const SCRIPT: &str = ".ci/run";

/// Runs all checks.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let status = Command::new("bash")
        .arg(SCRIPT)
        .current_dir(root)
        .status()
        .context("cannot start bash, which runs the checks")?;
    Ok(ExitCode::from(u8::from(!status.success())))
}
