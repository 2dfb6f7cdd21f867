//! The files of folders that may be documents.

use std::path::{Path, PathBuf};

use anyhow::Context;

/// Every JSON and YAML file of the paths, in the order of the alphabet.
pub(crate) fn find(paths: &[PathBuf], only: Option<&str>) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        visit(path, &mut found)?;
    }
    found.retain(|path| only.is_none_or(|only| path.to_string_lossy().contains(only)));
    Ok(found)
}

fn visit(path: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let context = || format!("cannot read {}", path.display());
    if !std::fs::metadata(path).with_context(context)?.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).with_context(context)?;
    let mut inside = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<Vec<_>>>()
        .with_context(context)?;
    inside.sort();
    for path in inside {
        let kind = path.extension().and_then(|kind| kind.to_str());
        if path.is_dir() || kind.is_some_and(|kind| ["json", "yaml", "yml"].contains(&kind)) {
            visit(&path, found)?;
        }
    }
    Ok(())
}
