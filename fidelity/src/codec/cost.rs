//! What one crate costs: to check, to build, and at work.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, bail};

/// The columns, after the name of the document and of the codec.
pub(super) const TITLES: &str = "document\tcodec\tcheck s\tdev build s\trelease build s\tbinary kB\tvalues\t\
                                 decode MB/s\tencode MB/s\tmemory kB";

/// Measures the crate of a folder, in CPU seconds and without its dependencies.
pub(super) fn measure(folder: &Path, out: &Path) -> anyhow::Result<String> {
    let target = std::path::absolute(out.join("codec/build"))?;
    let check = cargo(folder, &target, &["check"])?;
    let dev = cargo(folder, &target, &["build"])?;
    let release = cargo(folder, &target, &["build", "--release"])?;
    let program = target.join("release/codec");
    let size = fs::metadata(&program)?.len() / 1_000;
    let output = Command::new(&program).arg(folder.join("rows")).output()?;
    let work = String::from_utf8_lossy(&output.stdout).into_owned();
    let work: Vec<f64> = work.split_whitespace().flat_map(str::parse).collect();
    let [values, decode, encode, held] = work[..] else {
        bail!("{} fails: {output:?}", program.display());
    };
    let (decode, encode) = (megabytes(decode), megabytes(encode));
    Ok(format!(
        "{check:.1}\t{dev:.1}\t{release:.1}\t{size}\t{values}\t{decode:.0}\t{encode:.0}\t{held}"
    ))
}

fn megabytes(bytes: f64) -> f64 {
    bytes / 1_000_000.0
}

/// The CPU seconds of a command of cargo. With an empty program, only the dependencies are built before.
fn cargo(folder: &Path, target: &Path, words: &[&str]) -> anyhow::Result<f64> {
    let root = folder.join("src/main.rs");
    let text = fs::read_to_string(&root)?;
    fs::write(&root, "fn main() {}")?;
    start(folder, target, words)?;
    fs::write(&root, text)?;
    let before = children_seconds()?;
    start(folder, target, words)?;
    Ok(children_seconds()? - before)
}

fn start(folder: &Path, target: &Path, words: &[&str]) -> anyhow::Result<Output> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let tagged = fs::read_to_string(folder.join("Cargo.toml"))?.contains("all-tags = [");
    let features = if tagged { "all-tags" } else { "" };
    let output = Command::new(cargo)
        .args(words)
        .args(["--quiet", "--no-default-features", "--features", features])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .context("cannot start cargo")?;
    if !output.status.success() {
        bail!(
            "{} does not compile:\n{}",
            folder.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(output)
}

/// The CPU seconds of all processes that this one has waited for, and of those that they have waited for: the 16th and
/// 17th field of the line, in hundredths of a second.
fn children_seconds() -> anyhow::Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat").context("only Linux tells CPU time so")?;
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let times = fields.split_whitespace().skip(13).take(2);
    Ok(times.flat_map(str::parse::<f64>).sum::<f64>() / 100.0)
}
