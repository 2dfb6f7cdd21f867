//! The `Cargo.toml` of a client: its dependencies and features are those of the runtime crate.

use std::collections::BTreeSet;
use std::fmt::Write;

use toml::{Table, Value};

use super::parts::HIDDEN;
use crate::ir::RuntimePart;

/// The manifest of the runtime crate, which says what every client depends on.
const RUNTIME: &str = include_str!("../../runtime/Cargo.toml");

/// The manifest of the workspace, which says in which version.
const WORKSPACE: &str = include_str!("../../../Cargo.toml");

/// The `Cargo.toml` of a client.
///
/// `tags` are the features by tag, `more` the dependencies beside those of every client, `parts` what it has of the runtime
/// beside what every client has. A `standalone` package is a workspace of its own, so that it can lie in a folder of another workspace.
///
/// ```
/// let (more, parts) = Default::default();
/// let about = "A client of the pet store.";
/// let text = bindery_generator::runtime::manifest("pets", about, &["tag-dogs"], &more, &parts, true);
/// assert!(text.starts_with("[package]\nname = \"pets\"\n"));
/// assert!(text.ends_with("\n[workspace]\n"));
/// ```
pub fn manifest(
    package: &str,
    description: &str,
    tags: &[&str],
    more: &Table,
    parts: &BTreeSet<RuntimePart>,
    standalone: bool,
) -> String {
    let (mut runtime, workspace) = (parse(RUNTIME), parse(WORKSPACE));
    without_parts(&mut runtime, parts);
    let workspace = table(&workspace, "workspace");
    let shared = table(&workspace, "package");
    let mut text = String::from("[package]\n");
    line(&mut text, "name", &package.into());
    line(&mut text, "description", &description.into());
    line(&mut text, "version", &"0.1.0".into());
    for key in ["edition", "rust-version"] {
        shared
            .get(key)
            .into_iter()
            .for_each(|value| line(&mut text, key, value));
    }
    // Whoever wants to publish a client gives it a licence first, which a document does not say.
    line(&mut text, "publish", &false.into());
    text += "\n[dependencies]\n";
    let versions = table(&workspace, "dependencies");
    let mut dependencies = Table::new();
    for (name, wanted) in &table(&runtime, "dependencies") {
        dependencies.insert(name.clone(), inherit(wanted, versions.get(name)));
    }
    for (name, wanted) in more {
        let whole = inherit(wanted, dependencies.get(name));
        dependencies.insert(name.clone(), whole);
    }
    for (name, wanted) in &dependencies {
        line(&mut text, name, wanted);
    }
    text += "\n[features]\n";
    for (name, mut enables) in table(&runtime, "features") {
        if let ("default", Value::Array(enables), false) = (&*name, &mut enables, tags.is_empty()) {
            enables.push("all-tags".into());
        }
        line(&mut text, &name, &enables);
    }
    text += &tag_features(tags);
    if standalone {
        text += "\n[workspace]\n";
    }
    text
}

/// Takes away the features of parts, those that users choose included where the part is not there, and the dependencies
/// that nothing turns on any more.
fn without_parts(runtime: &mut Table, parts: &BTreeSet<RuntimePart>) {
    let absent = |name: &str| {
        let mut all = RuntimePart::ALL.into_iter();
        name.starts_with(HIDDEN) || all.any(|part| part.feature() == name && !parts.contains(&part))
    };
    let mut turned_on = Vec::new();
    if let Some(Value::Table(features)) = runtime.get_mut("features") {
        features.retain(|name, _| !absent(name));
        for enables in features
            .iter_mut()
            .filter_map(|(_, value)| value.as_array_mut())
        {
            enables.retain(|name| !name.as_str().is_some_and(absent));
            turned_on.extend(enables.iter().cloned());
        }
    }
    if let Some(Value::Table(dependencies)) = runtime.get_mut("dependencies") {
        dependencies.retain(|name, wanted| {
            wanted.get("optional").is_none() || turned_on.contains(&format!("dep:{name}").into())
        });
    }
}

/// A feature for each tag, and one for all of them.
fn tag_features(tags: &[&str]) -> String {
    if tags.is_empty() {
        return String::new();
    }
    let all = tags.join("\",\n    \"");
    let mut text = format!("\n# The operations, by tag.\nall-tags = [\n    \"{all}\",\n]\n");
    for tag in tags {
        line(&mut text, &key(tag), &Value::Array(Vec::new()));
    }
    text
}

/// A key as TOML wants it: bare keys are ASCII (TOML 1.0, "Keys").
fn key(name: &str) -> String {
    if name.is_ascii() {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}

/// A dependency with what the workspace says about it, as cargo puts the two together: keys of both, features of both.
fn inherit(wanted: &Value, shared: Option<&Value>) -> Value {
    let (Value::Table(wanted), Some(shared)) = (wanted, shared) else {
        return wanted.clone();
    };
    let mut merged = match shared {
        Value::Table(shared) => shared.clone(),
        version => Table::from_iter([("version".to_owned(), version.clone())]),
    };
    for (key, value) in wanted {
        match (merged.get_mut(key), value) {
            _ if key == "workspace" => {}
            (Some(Value::Array(features)), Value::Array(more)) => features.extend(more.clone()),
            _ => {
                merged.insert(key.clone(), value.clone());
            }
        }
    }
    match merged.remove("version") {
        Some(version) if merged.is_empty() => version,
        Some(version) => {
            merged.insert("version".to_owned(), version);
            Value::Table(merged)
        }
        None => Value::Table(merged),
    }
}

/// Adds `key = value`, with the version first where there is one among others.
fn line(text: &mut String, key: &str, value: &Value) {
    let mut rest = value.clone();
    let version = rest
        .as_table_mut()
        .and_then(|table| table.remove("version"));
    let value = match version {
        Some(version) => {
            let rest = rest.to_string();
            format!("{{ version = {version},{}", rest.trim_start_matches('{'))
        }
        None => rest.to_string(),
    };
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{key} = {value}");
}

/// A manifest of this workspace; a test says that both can be read.
fn parse(text: &str) -> Table {
    text.parse().unwrap_or_default()
}

fn table(parent: &Table, key: &str) -> Table {
    let found = parent.get(key).and_then(Value::as_table);
    found.cloned().unwrap_or_default()
}
