//! Why files cannot be written or compared.

use std::path::{Path, PathBuf};

/// Why the files of a client were not written, or not compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The folder or some files in it were written by a person. Nothing was changed.
    #[error(
        "`{}` holds files that Bindery did not write: {}",
        folder.display(),
        list(files)
    )]
    NotOurs {
        /// The folder of the client.
        folder: PathBuf,
        /// Some of these files, relative to the folder.
        files: Vec<String>,
    },
    /// A path of the client leads through a symbolic link, so it might end outside the folder. Nothing was changed.
    #[error("`{}` is a symbolic link, and the files of a client are not written through links", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// A path of the client is not a plain relative path. Nothing was changed.
    #[error("`{path}` is not a path inside the folder of the client")]
    Escape {
        /// The path.
        path: String,
    },
    /// The file system refused.
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        /// What was tried, as a verb.
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the file system said.
        source: std::io::Error,
    },
}

impl OutputError {
    /// The stable name of the kind of error, as diagnostics have it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotOurs { .. } => "output-not-ours",
            Self::Link { .. } => "output-link",
            Self::Escape { .. } => "output-escape",
            Self::Io { .. } => "output-failed",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::NotOurs { .. } => {
                Some("choose an empty or new folder, or delete these files if they may be replaced")
            }
            Self::Link { .. } => Some("replace the link by a folder, or choose another folder"),
            Self::Escape { .. } | Self::Io { .. } => None,
        }
    }

    /// An error of the file system, with what was tried.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }
}

/// How many files a message names.
const NAMED: usize = 3;

fn list(files: &[String]) -> String {
    let named = files.iter().take(NAMED).map(|file| format!("`{file}`"));
    let named = named.collect::<Vec<_>>().join(", ");
    match files.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
