//! The ways into the model: from a file, from text, and from values that other tools build.

use std::path::{Path, PathBuf};

use crate::diagnostic::{self, codes};
use crate::model::Api;
use crate::resolve::{Access, Document, Fetch};
use crate::source::{FileId, SourceMap};
use crate::{Diagnostic, Diagnostics, Value, load, normalize, overlay, rules};

/// What came of reading a document.
#[derive(Debug)]
pub struct Reading {
    /// The model; `None` when the document cannot be used at all. With errors among the diagnostics it is what could be
    /// read in spite of them.
    pub api: Option<Api>,
    /// The files, for places in diagnostics of this and later stages.
    pub sources: SourceMap,
    /// What is wrong with the document, in the order in which it was found.
    pub diagnostics: Diagnostics,
}

impl Reading {
    /// Diagnostics about this document as text for a terminal: its own, or those of a later stage.
    pub fn render(&self, diagnostics: &Diagnostics) -> String {
        diagnostic::render(&self.sources, diagnostics)
    }
}

/// Reads a document from a file, JSON or YAML, with the other files that it refers to.
///
/// A file that cannot be read is an error among the diagnostics.
///
/// ```
/// let reading = bindery_spec::read_file("no/such/file.yaml");
/// assert!(reading.api.is_none());
/// assert!(reading.diagnostics.iter().any(|d| d.code == "file-unreadable"));
/// ```
pub fn read_file(path: impl AsRef<Path>) -> Reading {
    Reader::new().read_file(path)
}

/// Reads documents from files, with what is to be fetched for them and laid over them.
///
/// ```
/// struct Nothing;
/// impl bindery_spec::Fetch for Nothing {
///     fn fetch(&self, url: &str) -> Result<Vec<u8>, String> {
///         Err(format!("there is no {url}"))
///     }
/// }
/// let reading = bindery_spec::Reader::new()
///     .fetch(&Nothing)
///     .overlays(&["public.overlay.yaml".into()])
///     .read_file("no/such/file.yaml");
/// assert!(reading.api.is_none());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Reader<'r> {
    access: Access<'r>,
    overlays: &'r [PathBuf],
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Self {
            access: Access::Disk,
            overlays: &[],
        }
    }
}

impl<'r> Reader<'r> {
    /// A reader of files that fetches nothing and changes nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Fetches the URLs that documents refer to.
    ///
    /// What was fetched refers only to what can be fetched, never to the disk. At most 100 documents are fetched.
    pub fn fetch(mut self, fetch: &'r dyn Fetch) -> Self {
        self.access = Access::Web(fetch);
        self
    }

    /// Applies overlays (Overlay 1.0) to the document in their order, before anything is made of it.
    ///
    /// Objects are merged, lists appended to, other values replaced. Files that the document refers to stay as they
    /// are. `extends` is not looked at: whoever names an overlay here means this document.
    pub fn overlays(mut self, overlays: &'r [PathBuf]) -> Self {
        self.overlays = overlays;
        self
    }

    /// Reads a document from a file, JSON or YAML, with the other files that it refers to.
    ///
    /// A file that cannot be read is an error among the diagnostics.
    pub fn read_file(self, path: impl AsRef<Path>) -> Reading {
        let path = path.as_ref();
        match load::read(path) {
            Ok(text) => self.read(&path.to_string_lossy(), text),
            Err(diagnostic) => nothing(diagnostic),
        }
    }

    /// Reads a document that `from` brings under a name: by a URL, or from elsewhere by whatever name it has.
    ///
    /// Relative references start at the name. Other URLs are fetched only where [`Reader::fetch`] says so. A document that
    /// is not brought is an error among the diagnostics.
    pub fn read_fetched(self, name: &str, from: &dyn Fetch) -> Reading {
        match from.fetch(name).and_then(load::text) {
            Ok(text) => self.read(name, text),
            Err(why) => {
                nothing(codes::FILE_UNREADABLE.nowhere(format!("cannot read {name}: {why}")))
            }
        }
    }

    fn read(self, name: &str, text: String) -> Reading {
        let mut diagnostics = Diagnostics::default();
        let mut sources = SourceMap::default();
        let (file, value) = load::parse(&mut sources, name, text, &mut diagnostics);
        let Some(mut value) = value else {
            return Reading {
                api: None,
                sources,
                diagnostics,
            };
        };
        let root = (file, &mut value);
        overlay::apply(self.overlays, &mut sources, root, &mut diagnostics);
        read_value(sources, (file, value), self.access, diagnostics)
    }
}

/// What comes of a document of which there is no text.
fn nothing(diagnostic: Diagnostic) -> Reading {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(diagnostic);
    Reading {
        api: None,
        sources: SourceMap::default(),
        diagnostics,
    }
}

/// Reads a document from a text, JSON or YAML, under the name that diagnostics show. The disk is not touched.
///
/// ```
/// let reading = bindery_spec::read_text("pets.yaml", "
/// openapi: 3.1.0
/// info: { title: Pets, version: 1.0.0 }
/// paths:
///   /pets:
///     get:
///       operationId: listPets
///       responses: { '200': { description: All pets. } }
/// ");
/// let api = reading.api.unwrap();
/// assert_eq!(api.operations[0].id.as_deref(), Some("listPets"));
/// assert!(reading.diagnostics.is_empty());
/// ```
pub fn read_text(name: &str, text: &str) -> Reading {
    read_alone(name, text.to_owned())
}

/// Reads a document that another tool has built. Places lead into its JSON text.
///
/// ```
/// let document = openapiv3::OpenAPI {
///     openapi: "3.0.3".to_owned(),
///     ..Default::default()
/// };
/// let reading = bindery_spec::read_openapiv3(&document);
/// assert!(reading.api.is_some());
/// ```
pub fn read_openapiv3(document: &openapiv3::OpenAPI) -> Reading {
    match serde_json::to_string_pretty(document) {
        Ok(text) => read_alone("openapiv3::OpenAPI", text),
        Err(error) => nothing(codes::JSON_SYNTAX.nowhere(error.to_string())),
    }
}

/// Reads a document that has no other files.
fn read_alone(name: &str, text: String) -> Reading {
    let reader = Reader {
        access: Access::Text,
        ..Reader::new()
    };
    reader.read(name, text)
}

fn read_value(
    sources: SourceMap,
    root: (FileId, Value),
    access: Access<'_>,
    mut diagnostics: Diagnostics,
) -> Reading {
    let document = Document::complete(sources, root, access, &mut diagnostics);
    let api = normalize::normalize(&document, &mut diagnostics);
    if let Some(api) = &api {
        let root = document.root();
        rules::shape::check(root.value, &root.place, api.version, &mut diagnostics);
        rules::check(api, &mut diagnostics);
    }
    Reading {
        api,
        sources: document.sources,
        diagnostics,
    }
}
