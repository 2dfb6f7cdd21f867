//! The values of `bindery.toml` that cannot be any text: checked as they are read, so that an error has its line.

use std::path::{Component, PathBuf};

use indexmap::IndexMap;
use serde::de::{Deserialize, Deserializer, Error};

use super::Client;
use crate::ir::is_reserved;

/// Reads the clients: at least one, each with a folder of its own.
pub(super) fn clients<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<Client>, D::Error> {
    let clients = Vec::<Client>::deserialize(source)?;
    if clients.is_empty() {
        return Err(D::Error::custom("no client is named"));
    }
    let mut outputs: Vec<PathBuf> = Vec::new();
    for client in &clients {
        let parts = client.output.components();
        let output = parts.filter(|part| *part != Component::CurDir).collect();
        if outputs.contains(&output) {
            let output = output.display();
            let message = format!("two clients have the output `{output}`");
            return Err(D::Error::custom(message));
        }
        outputs.push(output);
    }
    Ok(clients)
}

/// Reads the name of a package.
pub(super) fn package<'de, D: Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    check_package(String::deserialize(source)?).map_err(D::Error::custom)
}

/// The crates that come with Rust and can be named without being a dependency.
const BUILT_IN: &[&str] = &["alloc", "core", "proc_macro", "std", "test"];

/// Gives a name back that a package can have whose crate is named in Rust, or says why it cannot.
pub(super) fn check_package(name: String) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let rule = if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(plain) {
        "it takes letters, digits, `-` and `_`, with a letter first"
    } else if is_reserved(&name) {
        "Rust reserves the word"
    } else if BUILT_IN.contains(&name.replace('-', "_").as_str()) {
        "Rust has a crate of that name"
    } else {
        return Ok(name);
    };
    Err(format!("`{name}` cannot be the name of a package: {rule}"))
}

/// Reads which headers are settings; two spellings of a header are one header (RFC 9110 §5.1).
pub(super) fn hoist<'de, D: Deserializer<'de>>(
    source: D,
) -> Result<IndexMap<String, String>, D::Error> {
    let hoist = IndexMap::<String, String>::deserialize(source)?;
    for (index, (header, setting)) in hoist.iter().enumerate() {
        if !is_setting(setting) {
            let rule = "it takes small letters, digits and `_`, with a letter first";
            let message = format!("`{setting}` cannot be the name of a setting: {rule}");
            return Err(D::Error::custom(message));
        }
        for (other, same) in hoist.iter().take(index) {
            if header.eq_ignore_ascii_case(other) {
                let message = format!("`{other}` and `{header}` are the same header");
                return Err(D::Error::custom(message));
            }
            if setting == same {
                let message = format!("`{other}` and `{header}` have the same setting `{same}`");
                return Err(D::Error::custom(message));
            }
        }
    }
    Ok(hoist)
}

fn is_setting(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain)
}

/// Reads which types stand in for others: paths of other crates, or types that every client has.
pub(super) fn replace<'de, D: Deserializer<'de>>(
    source: D,
) -> Result<IndexMap<String, String>, D::Error> {
    let replace = IndexMap::<String, String>::deserialize(source)?;
    for path in replace.values() {
        let is_type = syn::parse_str::<syn::TypePath>(path).is_ok();
        if !is_type || (!path.contains("::") && crate::lower::own_type(path).is_none()) {
            let rule =
                "it takes the path of a type with its crate, such as `rust_decimal::Decimal`";
            let message = format!("`{path}` cannot stand in for a type: {rule}");
            return Err(D::Error::custom(message));
        }
    }
    Ok(replace)
}

/// Reads the dependencies of a package.
pub(super) fn dependencies<'de, D: Deserializer<'de>>(source: D) -> Result<toml::Table, D::Error> {
    let table = toml::Table::deserialize(source)?;
    let is_dependency = |value: &toml::Value| value.is_str() || value.is_table();
    match table.iter().find(|(_, value)| !is_dependency(value)) {
        None => Ok(table),
        Some((name, _)) => Err(D::Error::custom(format!(
            "the dependency `{name}` has neither a version nor a table of what it is"
        ))),
    }
}
