//! `cargo xtask contract`, `mock` and `fidelity`: start programs of other packages.
//!
//! They are built only when they are asked for, so that generating code does not wait for an HTTP stack.

use std::ffi::OsString;
use std::process::{Command, ExitCode, ExitStatus};

use anyhow::Context;

/// The arguments of another program, passed on as they are.
#[derive(Debug, clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// What the program takes; `--help` shows it
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "ARGUMENTS"
    )]
    pub(crate) rest: Vec<OsString>,
}

/// Runs a command of the contract tester.
pub(crate) fn run(command: &str, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    start("bindery-contract", &[command], arguments)
}

/// Measures the fidelity of generated types.
pub(crate) fn fidelity(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    start("bindery-fidelity", &[], arguments)
}

/// Runs the program of a package and ends with its exit code.
fn start(package: &str, first: &[&str], arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // Not `--release`: the time goes into waiting for the server, and a debug build is there sooner.
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", package, "--"])
        .args(first)
        .args(&arguments.rest)
        .status()
        .context("cannot start cargo")?;
    Ok(exit_code(status))
}

/// The exit code of a program as ours.
pub(crate) fn exit_code(status: ExitStatus) -> ExitCode {
    // A process that was ended by a signal has no code.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    ExitCode::from(code.unwrap_or(1))
}
