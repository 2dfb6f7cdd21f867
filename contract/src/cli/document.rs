//! The document that a command is about: the one given, or that of the first client in `bindery.toml`.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use bindery_contract::Expectation;
use bindery_contract::spec::{Api, Severity, SourceMap};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::tell;

const CONFIG: &str = "bindery.toml";

/// What of `bindery.toml` matters here.
#[derive(Deserialize)]
struct Config {
    #[serde(default)]
    client: Vec<Client>,
}

/// What of it matters where the document was given.
#[derive(Deserialize)]
struct Rules {
    #[serde(default)]
    contract: Contract,
}

/// What is said about contract tests.
#[derive(Default, Deserialize)]
struct Contract {
    #[serde(default)]
    expect: Vec<String>,
}

#[derive(Deserialize)]
struct Client {
    document: PathBuf,
    #[serde(default)]
    overlays: Vec<PathBuf>,
}

/// Which document, and how it is read.
#[derive(Debug, clap::Args)]
pub(super) struct Source {
    /// The document, a file, a URL or - for the standard input; by default that of the first client in bindery.toml,
    /// with its overlays
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// An OpenAPI Overlay to apply to the document of --spec first; may be given several times
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Vec<PathBuf>,
    /// Fetch what the document refers to by URL
    #[arg(long)]
    allow_remote: bool,
}

/// A document that was read.
pub(super) struct Document {
    /// Its path as it was given.
    pub(super) name: String,
    /// What it says.
    pub(super) api: Api,
    /// What it was read from.
    pub(super) sources: SourceMap,
}

/// Reads the document given, or the one that the configuration names. What is wrong with it is told.
///
/// # Errors
/// When there is none, or it cannot be used at all.
pub(super) fn read(source: &Source) -> anyhow::Result<Document> {
    let (path, overlays) = match &source.spec {
        Some(path) => (path.clone(), source.overlay.clone()),
        None => configured(&std::env::current_dir()?)?,
    };
    let reading = bindery_fetch::read(&path, &overlays, source.allow_remote);
    let errors = reading
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count();
    if errors > 0 {
        tell(&reading.render(&reading.diagnostics));
    }
    let name = path.display().to_string();
    let Some(api) = reading.api else {
        bail!(
            "{name} cannot be used; mend what is said above, or give another document with --spec"
        );
    };
    if errors > 0 {
        tell(&format!(
            "warning: {name} has {errors} errors; the rest of it is used\n"
        ));
    }
    Ok(Document {
        name,
        api,
        sources: reading.sources,
    })
}

/// What every answer shall keep to, by the nearest configuration.
///
/// # Errors
/// When the configuration is not as it should be.
pub(super) fn expected() -> anyhow::Result<Vec<Expectation>> {
    let Some((path, config)) = nearest::<Rules>(&std::env::current_dir()?)? else {
        return Ok(Vec::new());
    };
    let parse = |text: &String| text.parse().map_err(anyhow::Error::msg);
    let expected: anyhow::Result<Vec<Expectation>> =
        config.contract.expect.iter().map(parse).collect();
    expected.with_context(|| format!("{}: contract.expect", path.display()))
}

/// The nearest configuration, upwards from a folder.
fn nearest<T: DeserializeOwned>(folder: &Path) -> anyhow::Result<Option<(PathBuf, T)>> {
    let mut folders = folder.ancestors().map(|folder| folder.join(CONFIG));
    let Some(path) = folders.find(|path| path.is_file()) else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let config = toml::from_str(&text)
        .with_context(|| format!("{} is not as it should be", path.display()))?;
    Ok(Some((path, config)))
}

/// The document of the first client in the nearest configuration, upwards from a folder, and its overlays.
fn configured(folder: &Path) -> anyhow::Result<(PathBuf, Vec<PathBuf>)> {
    let missing = "no document: give one with --spec FILE, or name one in bindery.toml";
    let (path, config) = nearest::<Config>(folder)?.context(missing)?;
    let folder = path.parent().unwrap_or(folder);
    let Some(client) = config.client.first() else {
        bail!(
            "{} has no [[client]]; add one, or give a document with --spec FILE",
            path.display()
        );
    };
    let overlays = client.overlays.iter().map(|path| folder.join(path));
    Ok((folder.join(&client.document), overlays.collect()))
}
