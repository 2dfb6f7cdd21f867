//! What operations and tags are called.

use std::collections::BTreeMap;

use bindery_spec::Api;
use bindery_spec::model::{Operation, Tag};
use indexmap::IndexMap;

use super::alternative::by_body;
use crate::ir::Words;

/// The operations of one tag, each with its name.
#[derive(Debug)]
pub(in crate::lower) struct Tagged<'a> {
    /// The tag as the document spells it.
    pub(super) tag: String,
    /// What the document says about it.
    pub(super) declared: Option<&'a Tag>,
    /// The operations with their names, each once for every kind of body that it takes.
    pub(super) operations: Vec<(Operation, String)>,
}

/// Groups the operations by their first tag and names them.
///
/// A name depends on its operation alone, unless two of one tag come out the same: then both keep their whole
/// `operationId`.
pub(in crate::lower) fn name_operations(api: &Api) -> Vec<Tagged<'_>> {
    let mut tags: IndexMap<Words, Tagged> = IndexMap::new();
    for operation in &api.operations {
        let tag = tag_of(operation);
        let tagged = tags.entry(Words::of(&tag)).or_insert_with(|| {
            let declared = api.tags.iter().find(|declared| declared.name == tag);
            Tagged {
                tag,
                declared,
                operations: Vec::new(),
            }
        });
        let name = short_name(operation, &tagged.tag).snake();
        tagged.operations.push((operation.clone(), name));
    }
    let mut tags: Vec<_> = tags.into_values().collect();
    for tagged in &mut tags {
        lengthen_duplicates(&mut tagged.operations);
        let operations = std::mem::take(&mut tagged.operations);
        let split = operations.iter().flat_map(|(operation, name)| {
            let alternatives = by_body(operation, &api.schemas).into_iter();
            alternatives.map(|own| (own.operation, Words::of(name).and(&own.role).snake()))
        });
        tagged.operations = split.collect();
    }
    tags
}

/// The first tag; without one, the first part of the path that is no version and no parameter.
fn tag_of(operation: &Operation) -> String {
    let from_path = || {
        let mut parts = operation.path.split('/').filter(|part| !part.is_empty());
        let version = |part: &str| {
            let digits = part.strip_prefix('v').unwrap_or(part);
            digits.starts_with(|c: char| c.is_ascii_digit()) || part == "api"
        };
        parts
            .find(|part| !part.contains('{') && !version(part))
            .unwrap_or("default")
            .to_owned()
    };
    operation
        .tags
        .first()
        .filter(|tag| !tag.is_empty())
        .cloned()
        .unwrap_or_else(from_path)
}

fn lengthen_duplicates(operations: &mut [(Operation, String)]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, name) in operations.iter() {
        *counts.entry(name.clone()).or_default() += 1;
    }
    for (operation, name) in operations {
        if counts[name.as_str()] > 1 {
            *name = long_name(operation).snake();
        }
    }
}

/// The `operationId` less what repeats method and path at its end, and the tag at its front.
fn short_name(operation: &Operation, tag: &str) -> Words {
    let whole = long_name(operation);
    if is_nameless(operation) {
        return path_name(operation, tag);
    }
    let path = Words::of(&operation.path.replace(['{', '}'], " "));
    let method = operation.method.to_ascii_lowercase();
    let short = whole.without_suffix(&path.and(&method));
    if short == whole {
        whole.without_prefix(&Words::of(tag))
    } else {
        short
    }
}

/// Whether the document has no `operationId` that a name could be made of.
pub(super) fn is_nameless(operation: &Operation) -> bool {
    let id = operation.id.as_deref().unwrap_or_default();
    !id.contains(char::is_alphanumeric)
}

/// The `operationId`, or method and path: `get_pets_by_pet_id`.
fn long_name(operation: &Operation) -> Words {
    if is_nameless(operation) {
        let parts = operation.path.split('/').filter(|part| !part.is_empty());
        return of_path(&operation.method, parts);
    }
    Words::of(operation.id.as_deref().unwrap_or_default())
}

/// Method and path, less what repeats the tag at its front, and less the parameters that something follows: of
/// `/api/pets/{pet}/toys` under the tag `pets`, `get_toys`.
fn path_name(operation: &Operation, tag: &str) -> Words {
    let parts: Vec<_> = operation
        .path
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let tagged = parts
        .iter()
        .position(|part| Words::of(part) == Words::of(tag));
    let parts = &parts[tagged.map_or(0, |at| at + 1)..];
    let last = parts.len().saturating_sub(1);
    let told = parts.iter().enumerate();
    let told = told.filter(|(at, part)| *at == last || !part.contains('{'));
    of_path(&operation.method, told.map(|(_, part)| *part))
}

fn of_path<'p>(method: &str, parts: impl Iterator<Item = &'p str>) -> Words {
    let mut words = vec![method.to_ascii_lowercase()];
    for part in parts {
        if part.contains('{') {
            words.push("by".to_owned());
        }
        words.extend(Words::of(part).iter().map(str::to_owned));
    }
    words.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::short_name;

    /// The name of `GET /logs` under a tag.
    fn name(tag: &str, id: &str) -> String {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{ /logs: {{ get: {{ operationId: {id}, responses: {{}} }} }} }}\n"
        );
        let api = bindery_spec::read_text("t.yaml", &text)
            .api
            .expect("a model");
        short_name(&api.operations[0], tag).snake()
    }

    #[test]
    fn what_repeats_tag_method_and_path_is_left_out() {
        assert_eq!(name("account", "accountGetEntries"), "get_entries");
        assert_eq!(name("Drive Groups", "driveGroups.all"), "all");
        assert_eq!(name("account", "read_logs_get"), "read");
        assert_eq!(name("account", "account"), "account");
        assert_eq!(name("accounts", "accountLogs"), "account_logs");
    }
}
