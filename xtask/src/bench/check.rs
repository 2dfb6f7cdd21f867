//! What `cargo check` of a client costs with all features, its dependencies apart.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::Duration;

use anyhow::Context;

use crate::usage::{self, Usage};

/// How a check ended.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// The client compiles.
    Compiles(Usage),
    /// It does not.
    Fails,
    /// It was given up after so many seconds.
    GivenUp(u64),
}

/// Checks a client. `target` is where its dependencies are kept; `timeout` is in seconds.
pub(super) fn check(client: &Path, target: &Path, timeout: u64) -> anyhow::Result<Check> {
    let root = client.join("src/lib.rs");
    let text = fs::read_to_string(&root)?;
    // With an empty root only the dependencies are checked, and then only the client is.
    fs::write(&root, "")?;
    cargo_check(client, target, timeout)?;
    fs::write(&root, text)?;
    let (status, usage) = cargo_check(client, target, timeout)?;
    Ok(if status.success() {
        Check::Compiles(usage)
    } else if Duration::from_secs_f64(usage.wall) >= Duration::from_secs(timeout) {
        Check::GivenUp(timeout)
    } else {
        Check::Fails
    })
}

/// The program `timeout` ends cargo with all that it has started.
fn cargo_check(client: &Path, target: &Path, timeout: u64) -> anyhow::Result<(ExitStatus, Usage)> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new("timeout");
    command.args(["--signal=KILL", &timeout.to_string()]);
    command
        .arg(cargo)
        .args(["check", "--all-features", "--manifest-path"]);
    command
        .arg(client.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        .env("CARGO_INCREMENTAL", "0");
    usage::run(&mut command).context("cannot start cargo by `timeout`")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check of a crate with this text, and with this one as its build script.
    fn check_of(name: &str, text: &str, build: &str, timeout: u64) -> Check {
        let folder =
            std::env::temp_dir().join(format!("bindery-check-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = "[package]\nname = \"tiny\"\nversion = \"0.1.0\"\n\n[workspace]\n";
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::write(folder.join("src/lib.rs"), text).unwrap();
        fs::write(folder.join("build.rs"), build).unwrap();
        let check = check(&folder, &folder.join("target"), timeout).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        check
    }

    #[test]
    fn a_client_compiles_or_fails_or_is_given_up() {
        let quick = "fn main() {}";
        let slow = "fn main() { std::thread::sleep(std::time::Duration::from_secs(60)) }";
        let good = check_of("good", "pub fn two() -> u32 { 2 }", quick, 60);
        assert!(
            matches!(good, Check::Compiles(usage) if usage.cpu > 0.0),
            "{good:?}"
        );
        let bad = check_of("bad", "pub fn two() -> u32 { () }", quick, 60);
        assert!(matches!(bad, Check::Fails), "{bad:?}");
        let endless = check_of("endless", "", slow, 1);
        assert!(matches!(endless, Check::GivenUp(1)), "{endless:?}");
    }
}
