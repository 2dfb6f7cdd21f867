//! A document for a folder that has parts of one, and no root that would hold them together.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::{Map, Value, json};

/// The methods of a Path Item Object (OpenAPI 3.1 §4.8.9).
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Writes a root into `out` that refers to every path item of a folder, and gives its path; `None` where there is none.
///
/// No part says what its path is. It gets one of its file and its key there, so that all that it refers to is tried.
pub(super) fn root(folder: &Path, out: &Path) -> io::Result<Option<PathBuf>> {
    let folder = folder.canonicalize()?;
    let mut paths = Map::new();
    collect(&folder, "", &mut paths)?;
    if paths.is_empty() {
        return Ok(None);
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let root = json!({
        "openapi": "3.1.0",
        "info": { "title": name, "version": "0" },
        "paths": paths,
    });
    fs::create_dir_all(out)?;
    let file = out.join(format!("{name}.root.json"));
    fs::write(&file, format!("{root:#}\n"))?;
    Ok(Some(file))
}

/// Adds the path items of the files in a folder; `inside` is the way from the first folder to this one.
fn collect(folder: &Path, inside: &str, paths: &mut Map<String, Value>) -> io::Result<()> {
    for entry in super::find::entries(folder)? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        if entry.is_dir() {
            collect(&entry, &format!("{inside}/{name}"), paths)?;
        } else if let Some((stem, "json")) = name.rsplit_once('.') {
            let value = serde_json::from_slice(&fs::read(&entry)?);
            let Ok(Value::Object(parts)) = value else {
                continue;
            };
            for (key, _) in parts.iter().filter(|(_, part)| is_path_item(part)) {
                let pointer = key.replace('~', "~0").replace('/', "~1");
                let reference = format!("{}#/{pointer}", entry.display());
                let key = key.trim_start_matches('/');
                paths.insert(
                    format!("{inside}/{stem}/{key}"),
                    json!({ "$ref": reference }),
                );
            }
        }
    }
    Ok(())
}

fn is_path_item(part: &Value) -> bool {
    let answers = |method| {
        part.get(method)
            .is_some_and(|own| own.get("responses").is_some())
    };
    METHODS.into_iter().any(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_items_without_a_root_get_one() {
        let folder = std::env::temp_dir().join(format!("bindery-fragments-{}", std::process::id()));
        fs::create_dir_all(folder.join("parts/paths")).expect("a folder");
        let ok = json!({ "get": { "responses": { "200": { "description": "OK" } } } });
        let write = |name: &str, value: Value| {
            fs::write(folder.join("parts").join(name), value.to_string())
        };
        write(
            "paths/pets.json",
            json!({ "pets_{id}": ok, "note": "none" }),
        )
        .expect("a file");
        write("schemas.json", json!({ "Pet": { "type": "object" } })).expect("a file");
        let file = root(&folder.join("parts"), &folder).expect("no trouble");
        let reading = bindery_spec::read_file(file.expect("a root"));
        fs::remove_dir_all(&folder).expect("a folder");
        let api = reading.api.expect("a document");
        let paths: Vec<_> = api.operations.iter().map(|own| own.path.as_str()).collect();
        assert_eq!(paths, ["/paths/pets/pets_{id}"]);
    }
}
