//! `bindery.toml`: which clients to make of which documents, and what a document cannot say about them.

mod error;
mod pages;
mod selection;
#[cfg(test)]
mod tests;
mod value;

use std::fs;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::Deserialize;

pub use error::ConfigError;
pub use pages::{PageRules, Pages, PagesOf};
pub use selection::Selection;

/// The name of the file.
pub const FILE: &str = "bindery.toml";

/// What `bindery.toml` says.
///
/// ```
/// let config = bindery_generator::config::Config::parse(
///     r#"
///         [[client]]
///         document = "pets.yaml"
///         output = "pets"
///         package = "pets"
///
///         [client.hoist]
///         "X-Shop" = "shop"
///     "#,
/// )?;
/// assert_eq!(config.clients[0].hoist["X-Shop"], "shop");
/// # Ok::<(), bindery_generator::config::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// The clients, in the order of the file: one `[[client]]` each.
    #[serde(rename = "client", deserialize_with = "value::clients")]
    pub clients: Vec<Client>,
}

/// One client: a document, and the package that is made of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Client {
    /// The OpenAPI document.
    pub document: PathBuf,
    /// OpenAPI Overlays that are applied to the document first, in this order.
    #[serde(default)]
    pub overlays: Vec<PathBuf>,
    /// The folder that becomes the package.
    pub output: PathBuf,
    /// The name of the package: letters, digits, `-` and `_`, with a letter first.
    #[serde(deserialize_with = "value::package")]
    pub package: String,
    /// Whether the package is a workspace of its own; otherwise it is for the workspace that it lies in, if any.
    #[serde(default)]
    pub standalone: bool,
    /// Header parameters that are settings of the client's builder instead of each call: the name of the header, in
    /// any case, and the name of the setting, a Rust identifier.
    #[serde(default, deserialize_with = "value::hoist")]
    pub hoist: IndexMap<String, String>,
    /// The operations that the client has; otherwise all. Types that none of them needs are left out.
    #[serde(default)]
    pub only: Selection,
    /// Operations that the client does not have, although `only` names them.
    #[serde(default)]
    pub skip: Selection,
    /// Whether types that are only received keep the properties that the document does not declare, as open types that
    /// travel both ways do anyway; otherwise such properties are read over.
    #[serde(default)]
    pub keep_undeclared: bool,
    /// How lists come in pages, where the document does not show it, or shows something else.
    #[serde(default)]
    pub pages: PagesOf,
    /// Names instead of those that are made of the document's, by the path in the crate: `Pet`, `Pet.id`,
    /// `Status::Sold`, `api::pets`, `api::pets::list_pets` (the method), `api::pets::list_pets.limit` (a parameter),
    /// `api::pets::ListPets` (the call).
    #[serde(default)]
    pub rename: IndexMap<String, String>,
    /// Types instead of those that are made of the document's: by the path in the crate as it is without `rename`
    /// (`Money`, `Order.total`, `api::orders::list_orders.since`), or by a format of strings and numbers
    /// (`format:decimal`).
    #[serde(default, deserialize_with = "value::replace")]
    pub replace: IndexMap<String, String>,
    /// What the manifest of the package depends on beside what each client needs, as `Cargo.toml` has it.
    #[serde(default, deserialize_with = "value::dependencies")]
    pub dependencies: toml::Table,
}

impl Config {
    /// Reads a file. Its relative paths start at the folder that it is in.
    ///
    /// # Errors
    /// When the file cannot be read, is not TOML, or says something that is not understood.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, ConfigError> {
        let path = path.as_ref();
        let text = fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        let mut config = Self::parse(&text).map_err(|error| error.in_file(path))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for client in &mut config.clients {
            client.document = folder.join(&client.document);
            for overlay in &mut client.overlays {
                *overlay = folder.join(&overlay);
            }
            client.output = folder.join(&client.output);
        }
        Ok(config)
    }

    /// Understands the text of a file. Relative paths stay as they are.
    ///
    /// # Errors
    /// When the text is not TOML or says something that is not understood.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| ConfigError::invalid(text, &error))
    }

    /// The path of the `bindery.toml` of the working directory, or of the nearest folder above it that has one.
    ///
    /// The path is relative to the working directory, so that what is printed can be clicked and pasted.
    ///
    /// # Errors
    /// When there is none, or when the working directory is gone.
    pub fn find() -> Result<PathBuf, ConfigError> {
        let absent = |_| ConfigError::Absent;
        let here = std::env::current_dir().map_err(absent)?;
        let mut folder = PathBuf::new();
        for ancestor in here.ancestors() {
            if ancestor.join(FILE).is_file() {
                return Ok(folder.join(FILE));
            }
            folder.push("..");
        }
        Err(ConfigError::Absent)
    }
}

impl Client {
    /// A client with nothing but the necessary.
    ///
    /// # Errors
    /// When the name is none that a package can have.
    pub fn new(
        document: impl Into<PathBuf>,
        output: impl Into<PathBuf>,
        package: impl Into<String>,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            document: document.into(),
            overlays: Vec::new(),
            output: output.into(),
            package: value::check_package(package.into()).map_err(ConfigError::Package)?,
            standalone: false,
            hoist: IndexMap::new(),
            only: Selection::default(),
            skip: Selection::default(),
            keep_undeclared: false,
            pages: PagesOf::default(),
            rename: IndexMap::new(),
            replace: IndexMap::new(),
            dependencies: toml::Table::new(),
        })
    }

    /// Whether it leaves operations out.
    pub fn is_selective(&self) -> bool {
        !self.only.is_empty() || !self.skip.is_empty()
    }

    /// The document as headers of files name it: without its folder, so that every machine says the same.
    pub fn document_name(&self) -> String {
        let name = self.document.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }
}
