//! Where things stand: files, JSON Pointers, and the lines and columns that they lead to.

mod json;
mod marks;
mod origins;
mod outline;
mod yaml;

use std::fmt;
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use marks::Marks;
pub(crate) use origins::Origins;
use outline::Outline;

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
    /// One more than the byte offset, for what no pointer leads to.
    mark: Option<NonZeroU32>,
}

impl Place {
    /// The root of a file.
    pub fn root(file: FileId) -> Self {
        Self {
            file,
            pointer: Arc::from(""),
            mark: None,
        }
    }

    /// The node that a JSON Pointer leads to.
    pub fn new(file: FileId, pointer: impl Into<Arc<str>>) -> Self {
        Self {
            file,
            pointer: pointer.into(),
            mark: None,
        }
    }

    /// A byte of a file, for what no pointer leads to: broken text, and the second of two equal keys.
    #[must_use]
    pub fn at_offset(self, offset: usize) -> Self {
        let mark = u32::try_from(offset).map_or(u32::MAX, |offset| offset.saturating_add(1));
        Self {
            mark: NonZeroU32::new(mark),
            ..self
        }
    }

    /// The byte that it was pinned to by [`at_offset`](Self::at_offset).
    pub fn offset(&self) -> Option<usize> {
        self.mark.map(|mark| mark.get() as usize - 1)
    }

    /// The child under a key or an index; `~` and `/` in it are escaped (RFC 6901 §3).
    pub fn child(&self, key: impl fmt::Display) -> Self {
        let mut key = key.to_string();
        if key.contains(['~', '/']) {
            key = key.replace('~', "~0").replace('/', "~1");
        }
        Self::new(self.file, [&*self.pointer, "/", &key].concat())
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
    /// What of it came from elsewhere.
    origins: Origins,
    outline: OnceLock<Outline>,
    /// Where its lines start, found when the first line is asked for.
    marks: OnceLock<Marks>,
}

/// A place in the terms of an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file: the overlay's for what an overlay has put into a document.
    pub file: FileId,
    /// The byte offset in the text.
    pub offset: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// How many characters to underline, at least 1.
    pub length: usize,
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
            origins: Origins::default(),
            outline: OnceLock::new(),
            marks: OnceLock::new(),
        });
        FileId(u32::try_from(self.files.len() - 1).expect("fewer than four billion files"))
    }

    /// The files, the document that was asked for first.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        (0..).map(FileId).take(self.files.len())
    }

    /// The name of a file as it was given.
    pub fn name(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].name
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].text
    }

    /// The line and column of a place: of the key for what stands under a key, of the value otherwise.
    ///
    /// What has no text of its own, such as what a YAML merge brought in, is found at what is around it.
    pub fn locate(&self, place: &Place) -> Location {
        let origin = self.origin(place);
        let text = self.text(origin.file);
        let span = match origin.offset() {
            Some(offset) => offset..token_end(text, offset),
            None => self.outline(origin.file).find(&origin.pointer),
        };
        location(origin.file, text, self.marks(origin.file), span)
    }

    /// Says what of a file's value came from elsewhere.
    pub(crate) fn set_origins(&mut self, file: FileId, origins: Origins) {
        self.files[file.0 as usize].origins = origins;
    }

    /// Where a node stood before the document was changed.
    fn origin(&self, place: &Place) -> Place {
        match place.offset() {
            Some(_) => place.clone(),
            None => self.files[place.file.0 as usize]
                .origins
                .of(place.file, &place.pointer),
        }
    }

    /// The places of a key that an object has more than once.
    pub(crate) fn occurrences(&self, place: &Place) -> Vec<Place> {
        let offsets = self.outline(place.file).find_all(&place.pointer);
        offsets
            .into_iter()
            .map(|offset| place.clone().at_offset(offset))
            .collect()
    }

    /// How a number under a key or in a list is written, such as `1.10`.
    pub(crate) fn number(&self, place: &Place, number: &serde_json::Number) -> Option<&str> {
        let origin = self.origin(place);
        let text = self.text(origin.file);
        let key = self.outline(origin.file).find(&origin.pointer);
        // What stands elsewhere, behind an alias or on another line, is another text.
        let is_same = |written: &&str| written.parse().ok() == number.as_f64();
        [key.end, key.start].into_iter().find_map(|start| {
            let rest = text.get(start..)?;
            let rest = rest.trim_start_matches(['"', '\'', ':', ' ', '\t']);
            let end = rest.find(|c: char| c.is_whitespace() || ",]}#".contains(c));
            Some(&rest[..end.unwrap_or(rest.len())]).filter(is_same)
        })
    }

    fn marks(&self, file: FileId) -> &Marks {
        let file = &self.files[file.0 as usize];
        file.marks.get_or_init(|| Marks::of(&file.text))
    }

    fn outline(&self, file: FileId) -> &Outline {
        let file = &self.files[file.0 as usize];
        file.outline.get_or_init(|| {
            // A text that starts like JSON may be YAML in flow style; its outline as JSON is then cut short.
            if crate::load::looks_like_json(&file.text) {
                json::outline(&file.text)
            } else {
                yaml::outline(&crate::load::without_tabs(&file.text))
            }
        })
    }
}

fn location(file: FileId, text: &str, marks: &Marks, span: Range<usize>) -> Location {
    let offset = floor(text, span.start);
    let (line, column) = marks.locate(text, offset);
    let end = floor(text, span.end).max(offset);
    let first_line = text[offset..end].lines().next().unwrap_or_default();
    Location {
        file,
        offset,
        line,
        column,
        length: first_line.chars().count().max(1),
    }
}

/// The start of the character that a byte belongs to.
fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default()
}

/// The end of the word or the quoted string at an offset.
fn token_end(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or_default();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let length = match quote {
        Some(quote) => rest[1..].find(quote).map(|end| end + 2),
        None => rest.find(|c: char| c.is_whitespace() || ":,]}".contains(c)),
    };
    offset + length.unwrap_or(rest.len())
}
