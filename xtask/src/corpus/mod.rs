//! `cargo xtask corpus`: every document of some folders, generated and checked.

mod find;
mod fragments;
mod one;
mod row;

use std::collections::HashMap;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{io, thread};

use anyhow::Context;

use crate::console;
use one::Task;
use row::Row;

/// Generate and check a client of every document in some folders
///
/// Each document is done in a process of its own. What is finished stands in OUT/corpus.tsv, and is not done again
/// until the document or this program changes. The messages of the compiler lie beside each client, in check.json.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cargo xtask corpus documents
  cargo xtask corpus --only pets --clippy --fresh documents")]
pub(crate) struct Arguments {
    /// Folders, or documents
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Where the clients and the results go
    #[arg(long, value_name = "FOLDER", default_value = "target/corpus")]
    out: PathBuf,
    /// Do only the documents that have this in their path
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
    /// Do again what was done already
    #[arg(long)]
    fresh: bool,
    /// Ask clippy instead of the compiler
    #[arg(long)]
    clippy: bool,
    /// Ask rustdoc instead of the compiler
    #[arg(long, conflicts_with = "clippy")]
    doc: bool,
    /// How many documents are done at the same time; otherwise one for each core
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Do this document into this folder with this target folder, and print its row
    #[arg(long, hide = true, num_args = 2, value_names = ["CLIENT", "TARGET"])]
    single: Option<Vec<PathBuf>>,
}

/// Does what is not done yet, then prints the table of all; fails when one of them is not clean.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if let Some([output, target]) = arguments.single.as_deref() {
        let document = arguments.folders.first().context("no document")?;
        let command = arguments.command();
        console::say(
            &one::measure(&Task {
                document,
                output,
                target,
                command,
            })?
            .to_line(),
        );
        return Ok(ExitCode::SUCCESS);
    }
    let documents = arguments.documents()?;
    fs::create_dir_all(&arguments.out)?;
    let finished = Finished::open(&arguments.out.join("corpus.tsv"), arguments.fresh)?;
    let rows = all(arguments, &documents, &finished)?;
    console::say(&row::table(&rows));
    let clean = rows.iter().filter(|row| row.is_clean()).count();
    console::say(&format!("{clean} of {} are clean", rows.len()));
    Ok(ExitCode::from(u8::from(clean < rows.len())))
}

impl Arguments {
    /// The folder that a worker builds into: cargo lets only one build at a time into a folder.
    fn target(&self, worker: usize) -> PathBuf {
        self.out.join(format!("target-{worker}"))
    }

    fn workers(&self, documents: usize) -> usize {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        self.jobs.unwrap_or_else(cores).clamp(1, documents.max(1))
    }

    fn command(&self) -> &'static str {
        match (self.clippy, self.doc) {
            (true, _) => "clippy",
            (_, true) => "doc",
            _ => "check",
        }
    }

    fn documents(&self) -> anyhow::Result<Vec<PathBuf>> {
        let mut documents = Vec::new();
        for folder in &self.folders {
            let found = self.found(folder);
            documents.extend(found.with_context(|| format!("cannot read {}", folder.display()))?);
        }
        documents.retain(|path| path.to_string_lossy().contains(&self.only));
        Ok(documents)
    }

    /// The documents of a folder, or one that is made of its parts where it has parts only.
    fn found(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let found = find::documents(folder)?;
        if found.is_empty() {
            return Ok(fragments::root(folder, &self.out)?.into_iter().collect());
        }
        Ok(found)
    }
}

/// The rows of all documents in their order; workers take the next document when they are free.
fn all(
    arguments: &Arguments,
    documents: &[PathBuf],
    finished: &Finished,
) -> anyhow::Result<Vec<Row>> {
    let workers = arguments.workers(documents.len());
    for worker in 0..workers {
        warm_up(arguments, &arguments.target(worker))?;
    }
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let rows = Mutex::new(vec![None; documents.len()]);
    let work = |worker: usize| -> anyhow::Result<()> {
        while let Some((index, document)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            documents.get(index).map(|document| (index, document))
        } {
            let row = finished.row(document, arguments, worker)?;
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            console::progress(done, documents.len(), &document.display().to_string());
            if let Ok(mut rows) = rows.lock() {
                rows[index] = Some(row);
            }
        }
        Ok(())
    };
    let work = &work;
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|worker| scope.spawn(move || work(worker)))
            .collect();
        let results = workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        results.collect::<anyhow::Result<()>>()
    })?;
    let rows = rows.into_inner().unwrap_or_default();
    Ok(rows.into_iter().flatten().collect())
}

/// The rows of earlier runs by what they were made of, and the file that new ones are added to.
struct Finished {
    rows: HashMap<String, Row>,
    file: Mutex<File>,
    tool: u64,
}

impl Finished {
    fn open(path: &Path, fresh: bool) -> anyhow::Result<Self> {
        let text = if fresh {
            String::new()
        } else {
            fs::read_to_string(path).unwrap_or_default()
        };
        let rows = text.lines().filter_map(|line| {
            let (key, row) = line.split_once('\t')?;
            Some((key.to_owned(), Row::parse(row)?))
        });
        let mut file = File::options().create(true).append(true).open(path)?;
        if text.is_empty() {
            file.set_len(0)?;
            writeln!(file, "key\t{}", row::TITLES.join("\t"))?;
        }
        Ok(Self {
            rows: rows.collect(),
            file: Mutex::new(file),
            tool: hash(&fs::read(std::env::current_exe()?)?),
        })
    }

    /// The row of a document: an earlier one where nothing has changed.
    fn row(&self, document: &Path, arguments: &Arguments, worker: usize) -> anyhow::Result<Row> {
        let bytes = fs::read(document)?;
        let key = format!(
            "{:016x}",
            hash(&(bytes, document, self.tool, arguments.command()))
        );
        if let Some(row) = self.rows.get(&key) {
            return Ok(row.clone());
        }
        let row = in_child(document, arguments, worker)?;
        if let Ok(mut file) = self.file.lock() {
            writeln!(file, "{key}\t{}", row.to_line())?;
        }
        Ok(row)
    }
}

/// Does a document in a child, so that its memory is its own and a crash costs one row.
fn in_child(document: &Path, arguments: &Arguments, worker: usize) -> anyhow::Result<Row> {
    let target = arguments.target(worker);
    let output = arguments.out.join("clients").join(package(document));
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("corpus")
        .arg(document)
        .arg("--single")
        .arg(&output)
        .arg(&target);
    command.args(arguments.clippy.then_some("--clippy"));
    command.args(arguments.doc.then_some("--doc"));
    let outcome = command
        .output()
        .context("cannot start this program again")?;
    let line = String::from_utf8_lossy(&outcome.stdout);
    Ok(Row::parse(line.trim_end_matches('\n')).unwrap_or_else(|| {
        let said = String::from_utf8_lossy(&outcome.stderr);
        let mut row = Row::new(&document.display().to_string());
        row.set(
            "verdict",
            format!("crashed: {}", said.lines().next().unwrap_or("no message")),
        );
        row
    }))
}

/// Builds what all clients depend on, so that no document pays for it.
fn warm_up(arguments: &Arguments, target: &Path) -> anyhow::Result<()> {
    if target.join("CACHEDIR.TAG").exists() {
        return Ok(());
    }
    let output = arguments.out.join(one::WARM_UP);
    fs::create_dir_all(&output)?;
    let document = arguments.out.join("warm-up.yaml");
    fs::write(
        &document,
        "openapi: 3.1.0\ninfo: { title: Nothing, version: '1' }\npaths: {}\n",
    )?;
    let command = arguments.command();
    one::measure(&Task {
        document: &document,
        output: &output,
        target,
        command,
    })?;
    Ok(())
}

/// The name of a document's package: its file's, and what tells it from others of that name.
fn package(document: &Path) -> String {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let words = stem.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let name = words.join("_").to_ascii_lowercase();
    format!("c_{name}_{:04x}", hash(&document) & 0xffff)
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
