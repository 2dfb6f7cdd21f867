//! What an overlay says: its actions in their order (Overlay 1.1 §4.4.3).

use serde_json::Map;
use serde_json_path::JsonPath;

use crate::diagnostic::codes;
use crate::source::{FileId, Place};
use crate::{Diagnostics, Value};

/// One action.
pub(super) struct Action {
    /// Which nodes are changed, as written.
    pub(super) path: String,
    /// Which nodes are changed.
    pub(super) query: JsonPath,
    /// How.
    pub(super) change: Change,
    /// Whether a list is added item by item to the lists that are changed, as Overlay 1.1 has it, and not as one item.
    pub(super) concatenates: bool,
    /// Where it stands.
    pub(super) place: Place,
}

/// What is done to a node.
pub(super) enum Change {
    /// It goes.
    Remove,
    /// This is merged into it, or appended to it.
    Update(Value),
    /// So is the one node of the document that this selects.
    Copy(JsonPath),
}

/// The actions of an overlay; what cannot be understood is an error.
pub(super) fn read(file: FileId, root: &Value, sink: &mut Diagnostics) -> Vec<Action> {
    let place = Place::root(file);
    let mut found = Vec::new();
    match list(root) {
        Ok((version, actions)) => {
            for (index, action) in actions.iter().enumerate() {
                let place = place.child("actions").child(index);
                match action_of(action, version, &place) {
                    Ok(action) => found.push(action),
                    Err(why) => sink.push(codes::OVERLAY_INVALID.at(&place, why)),
                }
            }
        }
        Err(why) => sink.push(codes::OVERLAY_INVALID.at(&place, why)),
    }
    found
}

/// The version of the standard, and the actions.
fn list(root: &Value) -> Result<(&str, &Vec<Value>), String> {
    let version = root.get("overlay").and_then(Value::as_str);
    let Some(version) = version else {
        return Err("this is no overlay: `overlay: 1.0.0` is missing".to_owned());
    };
    if !version.starts_with("1.") {
        return Err(format!("overlays of version {version} are not supported"));
    }
    let actions = root.get("actions").and_then(Value::as_array);
    let actions = actions.filter(|actions| !actions.is_empty());
    let actions = actions.ok_or("`actions` is to be a list of at least one action")?;
    Ok((version, actions))
}

fn action_of(action: &Value, version: &str, place: &Place) -> Result<Action, String> {
    let fields = action.as_object().ok_or("an action is an object")?;
    let path = fields.get("target").and_then(Value::as_str);
    let path = path.ok_or("an action has a `target`, the JSONPath of what it changes")?;
    let change = change(fields)?;
    Ok(Action {
        path: path.to_owned(),
        query: query("target", path)?,
        concatenates: !version.starts_with("1.0") || matches!(change, Change::Copy(_)),
        change,
        place: place.clone(),
    })
}

fn query(key: &str, path: &str) -> Result<JsonPath, String> {
    JsonPath::parse(path).map_err(|error| format!("the {key} `{path}` is no JSONPath: {error}"))
}

fn change(fields: &Map<String, Value>) -> Result<Change, String> {
    const KNOWN: [&str; 5] = ["target", "description", "update", "copy", "remove"];
    let known = |key: &str| KNOWN.contains(&key) || key.starts_with("x-");
    if let Some(key) = fields.keys().find(|key| !known(key)) {
        return Err(format!("actions with `{key}` are not supported"));
    }
    match fields.get("remove") {
        Some(Value::Bool(true)) => return Ok(Change::Remove),
        None | Some(Value::Bool(false)) => {}
        Some(_) => return Err("`remove` is true or false".to_owned()),
    }
    match (fields.get("update"), fields.get("copy")) {
        (Some(update), None) => Ok(Change::Update(update.clone())),
        (None, Some(Value::String(path))) => Ok(Change::Copy(query("copy", path)?)),
        (None, Some(_)) => Err("`copy` is the JSONPath of what is copied".to_owned()),
        // The standard says of each that it has no impact beside the other.
        (Some(_), Some(_)) => Err("the action has both `update` and `copy`".to_owned()),
        (None, None) => Err("the action neither updates, copies nor removes anything".to_owned()),
    }
}
