//! Servers: the variables of a URL and their values (OpenAPI 3.1 §4.8.5 and §4.8.6).

use serde_json::Map;

use super::super::walk::Finding;
use super::text;
use crate::Value;
use crate::diagnostic::codes;
use crate::template;

/// Every variable of the URL is declared, every declared one is in the URL, and its default is one of its values.
pub(in super::super) fn check_server(map: &Map<String, Value>, finding: &mut Finding<'_, '_>) {
    let none = Map::new();
    let variables = map
        .get("variables")
        .and_then(Value::as_object)
        .unwrap_or(&none);
    let url = text(map, "url").unwrap_or_default();
    for name in template::names(url).filter(|name| !variables.contains_key(*name)) {
        let message = format!("the URL has `{{{name}}}`, and no variable of that name is declared");
        let help = format!("declare `{name}` under `variables` with a `default`");
        finding.report_help("url", &codes::SERVER_VARIABLE_UNDECLARED, message, help);
    }
    let server = finding.here().child("variables");
    for (name, variable) in variables {
        let at = server.child(name);
        if !template::names(url).any(|used| used == name) {
            let message = format!("the URL has no `{{{name}}}`, so this variable changes nothing");
            finding.report_at(&at, &codes::SERVER_VARIABLE_UNUSED, message);
        }
        if let Some(default) = unlisted_default(variable) {
            let message = format!("the default `{default}` is none of the values of `{name}`");
            finding.report_at(
                &at.child("default"),
                &codes::SERVER_DEFAULT_UNLISTED,
                message,
            );
        }
    }
}

/// The default of a variable that is not among its values.
fn unlisted_default(variable: &Value) -> Option<&Value> {
    let default = variable.get("default")?;
    let values = variable.get("enum")?.as_array()?;
    (!values.is_empty() && !values.contains(default)).then_some(default)
}
