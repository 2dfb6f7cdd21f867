//! Where things stand: files, JSON Pointers, and the lines and columns that they lead to.

use std::fmt;
use std::sync::Arc;

/// One of the files that a document is made of, as an index into its [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A node of a document: its file and the JSON Pointer (RFC 6901) inside it.
///
/// Cheap to clone. The line and the column are found by [`SourceMap`] only when someone asks.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The JSON Pointer inside the file: empty for the whole document, otherwise it starts with `/`.
    pub pointer: Arc<str>,
}

impl Place {
    /// The root of a file.
    pub fn root(file: FileId) -> Self {
        Self {
            file,
            pointer: Arc::from(""),
        }
    }

    /// The child under a key or an index; `~` and `/` in it are escaped (RFC 6901 §3).
    pub fn child(&self, key: impl fmt::Display) -> Self {
        let key = key.to_string().replace('~', "~0").replace('/', "~1");
        Self {
            file: self.file,
            pointer: format!("{}/{key}", self.pointer).into(),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.file.0, self.pointer)
    }
}

/// The files of a document: what they are called and what they say.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

#[derive(Debug)]
struct SourceFile {
    name: String,
    text: String,
}

impl SourceMap {
    /// Adds a file under the name that diagnostics show.
    ///
    /// # Panics
    /// After four billion files.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push(SourceFile {
            name: name.into(),
            text: text.into(),
        });
        FileId(u32::try_from(self.files.len() - 1).expect("fewer than four billion files"))
    }

    /// The name of a file as it was given.
    pub fn name(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].name
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].text
    }
}
