//! `cargo xtask bench`: what generation costs, beside other generators, and how the cost grows.

mod check;
mod synthetic;
mod table;
mod tool;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use bindery_generator::config::Client;

use crate::console;
use table::Cell;
use tool::Tool;

/// Measure what generation costs
///
/// Every document is given to each tool in turn, and the whole is repeated; the cheapest run of each counts, because all
/// that a busy machine does to a run is to make it dearer. Other generators take part where their programs are on the
/// PATH: ploidy, oas3-gen, openapi-to-rust and cargo-progenitor.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo run --release -p xtask -- bench openapi.yaml
  cargo run --release -p xtask -- bench --synthetic 1000,2000,4000
  cargo run --release -p xtask -- bench --check openapi.yaml")]
pub(crate) struct Arguments {
    /// The documents
    #[arg(value_name = "FILE", required_unless_present = "synthetic")]
    files: Vec<PathBuf>,
    /// Documents that are made up, with these numbers of schemas
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',')]
    synthetic: Vec<usize>,
    /// How often each is measured
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    runs: usize,
    /// Measure `cargo check` of what they make as well, once, with all features and without the dependencies
    #[arg(long)]
    check: bool,
    /// After how many seconds a check is given up
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    timeout: u64,
}

/// Measures every document with every tool, and prints the table.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if cfg!(debug_assertions) {
        console::complain(
            "note: this is a debug build; for figures use `cargo run --release -p xtask -- bench …`",
        );
    }
    let folder = std::env::temp_dir().join(format!("bindery-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let outcome = measure(arguments, &folder);
    fs::remove_dir_all(&folder)?;
    console::say(&table::render(&outcome?));
    Ok(ExitCode::SUCCESS)
}

fn measure(arguments: &Arguments, folder: &Path) -> anyhow::Result<Vec<Cell>> {
    let mut files = arguments.files.clone();
    for count in &arguments.synthetic {
        let file = folder.join(format!("synthetic-{count}.yaml"));
        fs::write(&file, synthetic::document(*count))?;
        files.push(file);
    }
    let tools = Tool::all(std::env::current_exe()?);
    let mut cells = Vec::new();
    for (index, file) in files.iter().enumerate() {
        if !file.is_file() {
            bail!("there is no document {}", file.display());
        }
        console::progress(index + 1, files.len(), &file.display().to_string());
        cells.extend(measure_file(file, &tools, arguments, folder)?);
    }
    Ok(cells)
}

fn measure_file(
    file: &Path,
    tools: &[Tool],
    arguments: &Arguments,
    folder: &Path,
) -> anyhow::Result<Vec<Cell>> {
    let document = Client::new(file, folder, "bench")?.document_name();
    let api = bindery_spec::read_file(file).api;
    let operations = api.map_or(0, |api| api.operations.len());
    let operations = u32::try_from(operations)?;
    let mut cells: Vec<_> = tools
        .iter()
        .map(|tool| Cell::new(&document, operations, tool.name))
        .collect();
    let target = folder.join("target");
    for run in 0..arguments.runs.max(1) {
        for (tool, cell) in tools.iter().zip(&mut cells) {
            let out = folder.join("out");
            let (status, usage) = tool.generate(file, &out)?;
            if status.success() {
                cell.add(usage, lines(&out)?);
                if arguments.check && run == 0 {
                    cell.check = Some(check::check(&out, &target, arguments.timeout)?);
                }
            }
            if out.exists() {
                fs::remove_dir_all(&out)?;
            }
        }
    }
    Ok(cells)
}

/// How many lines of Rust lie in a folder.
fn lines(folder: &Path) -> anyhow::Result<u32> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count += lines(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            count += u32::try_from(fs::read_to_string(&path)?.lines().count())?;
        }
    }
    Ok(count)
}
