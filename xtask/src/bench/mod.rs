//! `cargo xtask bench`: what generation costs, beside other generators, and how the cost grows.

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
/// PATH: ploidy, oas3-gen and openapi-to-rust.
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
    /// Measure `cargo check` of what our generator makes as well, without the dependencies
    #[arg(long)]
    check: bool,
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
    let mut cells: Vec<_> = tools
        .iter()
        .map(|tool| Cell::new(&document, tool.name))
        .collect();
    for _ in 0..arguments.runs.max(1) {
        for (tool, cell) in tools.iter().zip(&mut cells) {
            let out = folder.join("out");
            let (status, usage) = tool.generate(file, &out)?;
            if status.success() {
                cell.add(usage, lines(&out)?);
            }
            if out.exists() {
                fs::remove_dir_all(&out)?;
            }
        }
    }
    if arguments.check {
        let out = folder.join("checked");
        tools[0].generate(file, &out)?;
        cells[0].check = Some(tool::check(&out, &folder.join("target"))?);
        fs::remove_dir_all(&out)?;
    }
    Ok(cells)
}

/// How many lines of Rust lie in a folder.
fn lines(folder: &Path) -> anyhow::Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count += lines(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            count += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(count)
}
