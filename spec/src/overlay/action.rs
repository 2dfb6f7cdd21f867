//! What an overlay says: its actions in their order (Overlay 1.0 §4.4.3).

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
    /// Where it stands.
    pub(super) place: Place,
}

/// What is done to a node.
pub(super) enum Change {
    /// It goes.
    Remove,
    /// This is merged into it, or appended to it.
    Update(Value),
}

/// The actions of an overlay; what cannot be understood is an error.
pub(super) fn read(file: FileId, root: &Value, sink: &mut Diagnostics) -> Vec<Action> {
    let place = Place::root(file);
    let mut found = Vec::new();
    match list(root) {
        Ok(actions) => {
            for (index, action) in actions.iter().enumerate() {
                let place = place.child("actions").child(index);
                match action_of(action, &place) {
                    Ok(action) => found.push(action),
                    Err(why) => sink.push(codes::OVERLAY_INVALID.at(&place, why)),
                }
            }
        }
        Err(why) => sink.push(codes::OVERLAY_INVALID.at(&place, why)),
    }
    found
}

fn list(root: &Value) -> Result<&Vec<Value>, String> {
    let version = root.get("overlay").and_then(Value::as_str);
    let Some(version) = version else {
        return Err("this is no overlay: `overlay: 1.0.0` is missing".to_owned());
    };
    if !version.starts_with("1.") {
        return Err(format!("overlays of version {version} are not supported"));
    }
    let actions = root.get("actions").and_then(Value::as_array);
    let actions = actions.filter(|actions| !actions.is_empty());
    actions.ok_or_else(|| "`actions` is to be a list of at least one action".to_owned())
}

fn action_of(action: &Value, place: &Place) -> Result<Action, String> {
    let fields = action.as_object().ok_or("an action is an object")?;
    let path = fields.get("target").and_then(Value::as_str);
    let path = path.ok_or("an action has a `target`, the JSONPath of what it changes")?;
    let query = JsonPath::parse(path)
        .map_err(|error| format!("the target `{path}` is no JSONPath: {error}"))?;
    Ok(Action {
        path: path.to_owned(),
        query,
        change: change(fields)?,
        place: place.clone(),
    })
}

fn change(fields: &Map<String, Value>) -> Result<Change, String> {
    const KNOWN: [&str; 4] = ["target", "description", "update", "remove"];
    let known = |key: &str| KNOWN.contains(&key) || key.starts_with("x-");
    if let Some(key) = fields.keys().find(|key| !known(key)) {
        return Err(format!("actions with `{key}` are not supported"));
    }
    match (fields.get("remove"), fields.get("update")) {
        (Some(Value::Bool(true)), _) => Ok(Change::Remove),
        (None | Some(Value::Bool(false)), Some(update)) => Ok(Change::Update(update.clone())),
        (None | Some(Value::Bool(false)), None) => {
            Err("the action neither updates nor removes anything".to_owned())
        }
        (Some(_), _) => Err("`remove` is true or false".to_owned()),
    }
}
