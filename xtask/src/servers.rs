//! `cargo xtask servers`: drive servers that nobody here wrote with clients of their documents, and hold them to these.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, ensure};

use crate::contract::exit_code;

/// Drive and test installed servers of others (Jupyter Server, Alertmanager, Prefect) on loopback; see docs/servers.md
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Which of them: jupyter, alertmanager or prefect; all by default
    servers: Vec<String>,
    /// Only one of the two: use generated clients, or run the contract tester
    #[arg(long, value_parser = ["client", "contract"])]
    only: Option<String>,
    /// After how many seconds no more cases are sent to one
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    max_time: u32,
}

/// Builds the tester and runs it on each server.
///
/// # Errors
/// When the tester cannot be built, or there is no `bash`.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--package", "bindery-contract"])
        .status()
        .context("cannot start cargo")?;
    ensure!(built.success(), "bindery-contract could not be built");
    // Cargo puts all programs of a workspace into one folder.
    let own = std::env::current_exe().context("this program has no place")?;
    let mut script = Command::new("bash");
    script
        .arg(folder.join("servers.sh"))
        .arg(own.with_file_name("bindery-contract"))
        .arg(&own)
        .args(&arguments.servers)
        .env("MAX_TIME", arguments.max_time.to_string());
    if let Some(only) = &arguments.only {
        script.env("ONLY", only);
    }
    let status = script.status().context("cannot start bash")?;
    Ok(exit_code(status))
}
