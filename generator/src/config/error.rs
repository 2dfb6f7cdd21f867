//! Why a configuration cannot be used.

use std::path::{Path, PathBuf};

use super::FILE;

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// There is no file here or above.
    #[error("there is no `{FILE}` here or in a folder above")]
    Absent,
    /// The file cannot be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the file system said.
        source: std::io::Error,
    },
    /// The file is not TOML, or says something that is not understood.
    #[error("{}:{line}:{column}: {message}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// The name of the package is none that cargo takes.
    #[error("{0}")]
    Package(String),
}

impl ConfigError {
    /// The stable name of the kind of error, as diagnostics have it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Absent => "config-absent",
            Self::Unreadable { .. } => "config-unreadable",
            Self::Invalid { .. } => "config-invalid",
            Self::Package(_) => "package-name-invalid",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Absent => Some("write one, or name a document, a folder and a package"),
            Self::Package(_) => Some("name it yourself: on the command line with `--name`"),
            Self::Unreadable { .. } | Self::Invalid { .. } => None,
        }
    }

    /// What the TOML reader found, in the terms of an editor.
    pub(super) fn invalid(text: &str, error: &toml::de::Error) -> Self {
        let offset = error.span().map_or(0, |span| span.start);
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self::Invalid {
            path: PathBuf::from(FILE),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: error.message().replace('\n', ", "),
        }
    }

    /// The same for a file with another name or in another folder.
    pub(super) fn in_file(mut self, file: &Path) -> Self {
        if let Self::Invalid { path, .. } = &mut self {
            file.clone_into(path);
        }
        self
    }
}
