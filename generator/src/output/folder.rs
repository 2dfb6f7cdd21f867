//! What stands in the folder of a client: which files are ours, and which a person wrote.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::{Files, OutputError, is_marked};

/// The files that make a folder ours when one of them is marked.
const ENTRANCES: [&str; 2] = ["Cargo.toml", "src/lib.rs"];

/// How many bytes at the top of a file are searched for the mark.
const TOP: u64 = 1024;

/// How the folder differs from the files that it should hold.
///
/// All paths are relative to the folder, with `/`, in the order of the alphabet.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    /// Files with other bytes, and the bytes that stand there now.
    pub(super) changed: BTreeMap<String, Vec<u8>>,
    /// Files that are not there.
    pub(super) missing: Vec<String>,
    /// Files that carry our mark and are no longer produced.
    pub(super) orphaned: Vec<String>,
    /// How many files are as they should be.
    pub(super) unchanged: usize,
}

/// Compares a folder with the files that it should hold, and refuses a folder that a person wrote.
///
/// A folder is ours when it does not exist, when it is empty but for hidden files such as `.git`, or when its
/// `Cargo.toml` or `src/lib.rs` carries our mark.
pub(super) fn compare(files: &Files, folder: &Path) -> Result<Comparison, OutputError> {
    if !is_ours(folder)? {
        return Err(not_ours(folder, visible(folder)?));
    }
    let mut comparison = Comparison::default();
    for (path, text) in files.iter() {
        let full = locate(folder, path)?;
        match read(&full)? {
            None => comparison.missing.push(path.to_owned()),
            Some(bytes) if bytes == text.as_bytes() => comparison.unchanged += 1,
            Some(bytes) => {
                comparison.changed.insert(path.to_owned(), bytes);
            }
        }
    }
    let mut marked = Vec::new();
    find_marked(folder, "", &mut marked)?;
    marked.retain(|path| files.get(path).is_none());
    marked.sort();
    comparison.orphaned = marked;
    Ok(comparison)
}

/// Refuses to replace a file that a person wrote.
pub(super) fn refuse_foreign(folder: &Path, comparison: &Comparison) -> Result<(), OutputError> {
    let changed = comparison.changed.iter();
    let foreign: Vec<_> = changed
        .filter(|(_, bytes)| !is_marked(bytes))
        .map(|(path, _)| path.clone())
        .collect();
    if foreign.is_empty() {
        return Ok(());
    }
    Err(not_ours(folder, foreign))
}

fn not_ours(folder: &Path, files: Vec<String>) -> OutputError {
    OutputError::NotOurs {
        folder: folder.to_owned(),
        files,
    }
}

fn is_ours(folder: &Path) -> Result<bool, OutputError> {
    for entrance in ENTRANCES {
        if starts_marked(&folder.join(entrance))? {
            return Ok(true);
        }
    }
    Ok(visible(folder)?.is_empty())
}

/// The names in a folder that are not hidden; none when there is no such folder.
fn visible(folder: &Path) -> Result<Vec<String>, OutputError> {
    let mut names = names(folder)?;
    names.retain(|name| !name.starts_with('.'));
    Ok(names)
}

/// The path of a file in the folder, if no link on the way could lead out of it.
pub(super) fn locate(folder: &Path, path: &str) -> Result<PathBuf, OutputError> {
    let mut full = folder.to_owned();
    for component in Path::new(path).components() {
        let Component::Normal(name) = component else {
            return Err(OutputError::Escape {
                path: path.to_owned(),
            });
        };
        full.push(name);
        if fs::symlink_metadata(&full).is_ok_and(|found| found.is_symlink()) {
            return Err(OutputError::Link { path: full });
        }
    }
    Ok(full)
}

/// The bytes of a file, or `None` when there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, OutputError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(OutputError::io("read", path)(error)),
    }
}

/// Whether there is a file that carries our mark; of a large file only the top is read.
fn starts_marked(path: &Path) -> Result<bool, OutputError> {
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(OutputError::io("open", path)(error)),
    };
    let mut top = Vec::new();
    file.take(TOP)
        .read_to_end(&mut top)
        .map_err(OutputError::io("read", path))?;
    Ok(is_marked(&top))
}

/// Collects the marked files below a folder, as far as they belong to its package.
///
/// Folders with a `Cargo.toml` are packages of their own, as cargo has it; links are not followed; `target` holds what
/// was built and hidden folders hold what others made.
fn find_marked(folder: &Path, prefix: &str, marked: &mut Vec<String>) -> Result<(), OutputError> {
    for name in names(folder)? {
        let (full, path) = (folder.join(&name), format!("{prefix}{name}"));
        let kind = fs::symlink_metadata(&full).map_err(OutputError::io("look at", &full))?;
        if kind.is_dir() {
            let skipped = name.starts_with('.') || name == "target";
            if !skipped && !full.join("Cargo.toml").exists() {
                find_marked(&full, &format!("{path}/"), marked)?;
            }
        } else if kind.is_file() && starts_marked(&full)? {
            marked.push(path);
        }
    }
    Ok(())
}

/// The names in a folder, sorted; none when there is no such folder. Names that are not Unicode cannot be ours.
fn names(folder: &Path) -> Result<Vec<String>, OutputError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(OutputError::io("list", folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(OutputError::io("list", folder))?;
        names.extend(entry.file_name().into_string());
    }
    names.sort();
    Ok(names)
}
