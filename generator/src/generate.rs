//! The whole way from a document to the files of a client.

use bindery_spec::{Api, Diagnostic, Diagnostics};

use crate::config::Client;
use crate::emit::emit;
use crate::format::format_all;
use crate::ir::Crate;
use crate::lower::lower;
use crate::output::Files;
use crate::runtime::{manifest, sources};

/// Makes clients of documents.
#[derive(Clone, Debug)]
pub struct Generator {
    client: Client,
}

impl Generator {
    /// A generator of the client that the configuration describes.
    pub fn new(client: &Client) -> Self {
        Self {
            client: client.clone(),
        }
    }

    /// Makes the files of the client. What cannot be carried over is reported to `diagnostics`; when there is an error
    /// among them, the files are not to be written.
    pub fn generate(&self, api: &Api, diagnostics: &mut Diagnostics) -> Files {
        let krate = self.lower(api, diagnostics);
        self.emit(api, &krate, diagnostics)
    }

    /// Decides what the client will be; the first half of [`Generator::generate`].
    pub fn lower(&self, api: &Api, diagnostics: &mut Diagnostics) -> Crate {
        lower(api, &self.client, diagnostics)
    }

    /// Writes down what was decided; the second half of [`Generator::generate`].
    pub fn emit(&self, api: &Api, krate: &Crate, diagnostics: &mut Diagnostics) -> Files {
        let mut files = Files::new(&krate.document);
        let tags: Vec<_> = krate
            .tags
            .iter()
            .filter_map(|tag| tag.feature.as_deref())
            .collect();
        let description = format!(
            "A client of {}.",
            krate.subject.replace(char::is_control, " ")
        );
        files.insert(
            "Cargo.toml",
            manifest(
                &krate.package,
                &description,
                &tags,
                &dependencies(&self.client, krate),
                &krate.parts,
                self.client.standalone,
            ),
        );
        for (path, text) in format_all(&emit(krate)) {
            match text {
                Ok(text) => files.insert(path, text),
                Err(error) => diagnostics.push(Diagnostic::error(
                    "emitted-invalid",
                    &api.place,
                    format!("the text of {path} would be no Rust: {error}"),
                )),
            }
        }
        // The examples of the runtime are of the crate that it is put into.
        let name = krate.package.replace('-', "_");
        for (path, text) in sources(&krate.parts) {
            files.insert(path, text.replace("bindery_runtime", &name));
        }
        files
    }
}

/// What the manifest depends on beside what every client needs. Types of other crates are read by `serde_json`.
fn dependencies(client: &Client, krate: &Crate) -> toml::Table {
    let mut all = toml::Table::new();
    if !krate.foreign.is_empty() {
        all.insert("serde_json".to_owned(), "1".into());
    }
    all.extend(client.dependencies.clone());
    all
}
