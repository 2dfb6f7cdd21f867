//! Writes files into a folder: only what changed, and everything or nothing.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::folder::{compare, locate, refuse_foreign};
use super::{Files, OutputError};

/// What was done to a folder.
///
/// All paths are relative to the folder, with `/`, in the order of the alphabet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The files that were not there before.
    pub created: Vec<String>,
    /// The files whose bytes changed.
    pub changed: Vec<String>,
    /// The files that carried our mark and are no longer produced.
    pub deleted: Vec<String>,
    /// How many files were right already, and were not touched.
    pub unchanged: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} files created, {} changed, {} deleted, {} unchanged",
            self.created.len(),
            self.changed.len(),
            self.deleted.len(),
            self.unchanged
        )
    }
}

impl Files {
    /// Makes the folder hold these files.
    ///
    /// Files whose bytes are right are not touched. Files that carry our mark and are no longer produced are deleted.
    /// Files of other people are never changed or deleted. Everything is written next to its place first and then
    /// renamed, so that a full disk or a missing permission leaves the folder as it was.
    ///
    /// # Errors
    /// When the folder or a file in it belongs to somebody else (see [`OutputError::NotOurs`]), when a path leads
    /// through a symbolic link, and when the file system refuses.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<Report, OutputError> {
        let folder = folder.as_ref();
        let comparison = compare(self, folder)?;
        refuse_foreign(folder, &comparison)?;
        let changed: Vec<_> = comparison.changed.into_keys().collect();
        let mut staged = Staged::new(folder);
        for path in comparison.missing.iter().chain(&changed) {
            staged.write(path, self.get(path).unwrap_or_default())?;
        }
        staged.commit()?;
        for path in &comparison.orphaned {
            delete(folder, path)?;
        }
        Ok(Report {
            created: comparison.missing,
            changed,
            deleted: comparison.orphaned,
            unchanged: comparison.unchanged,
        })
    }
}

/// Files that are written next to their places and not yet in them; removed again when dropped.
struct Staged<'a> {
    folder: &'a Path,
    /// Relative paths: where a file is now, and where it belongs.
    files: Vec<(String, String)>,
}

impl<'a> Staged<'a> {
    fn new(folder: &'a Path) -> Self {
        Self {
            folder,
            files: Vec::new(),
        }
    }

    fn write(&mut self, path: &str, text: &str) -> Result<(), OutputError> {
        // The mark in the text lets a later run find and delete what a killed process left behind.
        let beside = format!("{path}.{}.new", std::process::id());
        let full = locate(self.folder, &beside)?;
        let parent = parent(&full);
        self.files.push((beside, path.to_owned()));
        fs::create_dir_all(&parent).map_err(OutputError::io("create", &parent))?;
        fs::write(&full, text).map_err(OutputError::io("write", &full))
    }

    fn commit(mut self) -> Result<(), OutputError> {
        for (beside, path) in &self.files {
            let full = self.folder.join(path);
            fs::rename(self.folder.join(beside), &full).map_err(OutputError::io("write", &full))?;
        }
        self.files.clear();
        Ok(())
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        for (beside, _) in &self.files {
            // An error is on its way to the caller already; that this file stays is the lesser one.
            let _ = delete(self.folder, beside);
        }
    }
}

/// Deletes a file, and the folders that are empty without it.
fn delete(folder: &Path, path: &str) -> Result<(), OutputError> {
    let full = locate(folder, path)?;
    fs::remove_file(&full).map_err(OutputError::io("delete", &full))?;
    let mut parent = parent(&full);
    while parent != folder && fs::remove_dir(&parent).is_ok() {
        parent.pop();
    }
    Ok(())
}

fn parent(path: &Path) -> PathBuf {
    path.parent().unwrap_or(path).to_owned()
}
