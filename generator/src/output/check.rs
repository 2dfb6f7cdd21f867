//! Compares files with a folder and says how they differ, without writing anything.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use similar::TextDiff;

use super::folder::compare;
use super::{Files, OutputError};

/// How many lines of the difference of one file are shown.
const LINES: usize = 24;

/// Of how many files the difference is shown; further ones are only named.
const DIFFS: usize = 8;

/// How long the search for a small difference may take for one file before a larger one has to do.
const PATIENCE: Duration = Duration::from_millis(500);

/// How a folder differs from the files that it should hold; its `Display` is for people.
///
/// All paths are relative to the folder, with `/`, in the order of the alphabet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// The files whose bytes differ.
    pub changed: Vec<Change>,
    /// The files that are not there.
    pub missing: Vec<String>,
    /// The files that carry our mark and are no longer produced.
    pub orphaned: Vec<String>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

/// A file whose bytes differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: String,
    /// The first lines of the difference in the unified format: `-` is what the folder holds, `+` what it should.
    pub diff: String,
}

impl Check {
    /// Whether the folder holds exactly what it should.
    pub fn is_current(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.orphaned.is_empty()
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, change) in self.changed.iter().enumerate() {
            writeln!(f, "changed: {}", change.path)?;
            if index < DIFFS {
                for line in change.diff.lines() {
                    writeln!(f, "{}", format!("    {line}").trim_end())?;
                }
            }
        }
        for path in &self.missing {
            writeln!(f, "missing: {path}")?;
        }
        for path in &self.orphaned {
            writeln!(f, "orphaned: {path}")?;
        }
        Ok(())
    }
}

impl Files {
    /// Says how a folder differs from these files.
    ///
    /// # Errors
    /// When the folder belongs to somebody else (see [`OutputError::NotOurs`]), when a path leads through a symbolic
    /// link, and when the file system refuses.
    pub fn check(&self, folder: impl AsRef<Path>) -> Result<Check, OutputError> {
        let comparison = compare(self, folder.as_ref())?;
        let changed = comparison.changed.into_iter().map(|(path, bytes)| {
            let wanted = self.get(&path).unwrap_or_default();
            let diff = diff(&String::from_utf8_lossy(&bytes), wanted);
            Change { path, diff }
        });
        Ok(Check {
            changed: changed.collect(),
            missing: comparison.missing,
            orphaned: comparison.orphaned,
            unchanged: comparison.unchanged,
        })
    }
}

/// The first lines of the difference between two texts.
fn diff(old: &str, new: &str) -> String {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let text = diff
        .unified_diff()
        .context_radius(1)
        .missing_newline_hint(false)
        .to_string();
    let shown: String = text.split_inclusive('\n').take(LINES).collect();
    match text.lines().count().saturating_sub(LINES) {
        0 => shown,
        hidden => format!("{shown}… and {hidden} more lines\n"),
    }
}
