//! The ways into the model: from a file, from text, and from values that other tools build.

use std::path::Path;

use crate::diagnostic::{self, codes};
use crate::model::Api;
use crate::resolve::{Access, Document, Fetch};
use crate::source::{FileId, SourceMap};
use crate::{Diagnostics, Value, load, normalize, rules};

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
    read_from_disk(path.as_ref(), Access::Disk)
}

/// Reads a document from a file, with the other files and the URLs that it refers to.
///
/// What was fetched refers only to what can be fetched, never to the disk. At most 100 documents are fetched.
///
/// ```
/// struct Nothing;
/// impl bindery_spec::Fetch for Nothing {
///     fn fetch(&self, url: &str) -> Result<Vec<u8>, String> {
///         Err(format!("there is no {url}"))
///     }
/// }
/// assert!(bindery_spec::read_file_with("no/such/file.yaml", &Nothing).api.is_none());
/// ```
pub fn read_file_with(path: impl AsRef<Path>, fetch: &dyn Fetch) -> Reading {
    read_from_disk(path.as_ref(), Access::Web(fetch))
}

fn read_from_disk(path: &Path, access: Access<'_>) -> Reading {
    match load::read(path) {
        Ok(text) => read(&path.to_string_lossy(), text, access),
        Err(diagnostic) => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(diagnostic);
            Reading {
                api: None,
                sources: SourceMap::default(),
                diagnostics,
            }
        }
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
    read(name, text.to_owned(), Access::Text)
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
        Ok(text) => read("openapiv3::OpenAPI", text, Access::Text),
        Err(error) => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(codes::JSON_SYNTAX.nowhere(error.to_string()));
            Reading {
                api: None,
                sources: SourceMap::default(),
                diagnostics,
            }
        }
    }
}

fn read(name: &str, text: String, access: Access<'_>) -> Reading {
    let mut diagnostics = Diagnostics::default();
    let mut sources = SourceMap::default();
    let (file, value) = load::parse(&mut sources, name, text, &mut diagnostics);
    let Some(value) = value else {
        return Reading {
            api: None,
            sources,
            diagnostics,
        };
    };
    read_value(sources, (file, value), access, diagnostics)
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
