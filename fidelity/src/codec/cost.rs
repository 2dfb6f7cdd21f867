//! What one crate costs: to check, to build, and at work.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use crate::client::cargo;

/// The columns, after the name of the document and of the codec.
pub(super) const TITLES: &str = "document\tcodec\tcheck s\tdev build s\trelease build s\tbinary kB\tvalues\t\
                                 decode MB/s\tencode MB/s\tmemory kB";

/// Measures the crate of a folder, in CPU seconds and without its dependencies.
pub(super) fn measure(folder: &Path, features: &str, out: &Path) -> anyhow::Result<String> {
    let target = std::path::absolute(out.join("codec/build"))?;
    let check = cost(folder, &target, features, &["check"])?;
    let dev = cost(folder, &target, features, &["build"])?;
    let release = cost(folder, &target, features, &["build", "--release"])?;
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
fn cost(folder: &Path, target: &Path, features: &str, words: &[&str]) -> anyhow::Result<f64> {
    let root = folder.join("src/main.rs");
    let text = fs::read_to_string(&root)?;
    fs::write(&root, "fn main() {}")?;
    cargo(folder, words, features, target)?;
    fs::write(&root, text)?;
    let before = children_seconds()?;
    cargo(folder, words, features, target)?;
    Ok(children_seconds()? - before)
}

/// The CPU seconds of all processes that this one has waited for, and of those that they have waited for: the 16th and
/// 17th field of the line, in hundredths of a second.
fn children_seconds() -> anyhow::Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat").context("only Linux tells CPU time so")?;
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let times = fields.split_whitespace().skip(13).take(2);
    Ok(times.flat_map(str::parse::<f64>).sum::<f64>() / 100.0)
}
