//! Which operations of a document a client has.

use bindery_spec::model::Operation;
use serde::Deserialize;

/// Operations by what the document says of them; a kind that is not given leaves them all.
///
/// ```
/// let config = bindery_generator::config::Config::parse(
///     r#"
///         [[client]]
///         document = "pets.yaml"
///         output = "pets"
///         package = "pets"
///
///         [client.only]
///         tags = ["pets"]
///         methods = ["GET", "POST"]
///
///         [client.skip]
///         paths = ["/internal/*"]
///         operations = ["debugPets", "POST /pets/{id}/reset"]
///     "#,
/// )?;
/// assert_eq!(config.clients[0].only.tags, ["pets"]);
/// # Ok::<(), bindery_generator::config::ConfigError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Selection {
    /// The names of tags, as the document spells them; an operation may have several.
    pub tags: Vec<String>,
    /// Operations by their `operationId`, or by method and path: `GET /pets/{id}`.
    pub operations: Vec<String>,
    /// Path templates, in which `*` stands for any characters.
    pub paths: Vec<String>,
    /// HTTP methods, in any case.
    pub methods: Vec<String>,
}

/// Whether an operation fits to what was given.
type Fits = fn(&str, &Operation) -> bool;

impl Selection {
    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.kinds().iter().all(|(_, given, _)| given.is_empty())
    }

    /// Whether an operation fits to every kind that is given.
    pub(crate) fn allows(&self, operation: &Operation) -> bool {
        let mut kinds = self.kinds().into_iter();
        kinds.all(|(_, given, fits)| {
            given.is_empty() || given.iter().any(|one| fits(one, operation))
        })
    }

    /// Whether an operation fits to anything that is given.
    pub(crate) fn names(&self, operation: &Operation) -> bool {
        let mut kinds = self.kinds().into_iter();
        kinds.any(|(_, given, fits)| given.iter().any(|one| fits(one, operation)))
    }

    /// What is given and fits to none of the operations, with the name of its kind.
    pub(crate) fn idle<'s>(&'s self, operations: &[Operation]) -> Vec<(&'static str, &'s str)> {
        let mut idle = Vec::new();
        for (kind, given, fits) in self.kinds() {
            for one in given {
                if !operations.iter().any(|operation| fits(one, operation)) {
                    idle.push((kind, one.as_str()));
                }
            }
        }
        idle
    }

    fn kinds(&self) -> [(&'static str, &[String], Fits); 4] {
        [
            ("tag", &self.tags, |tag, operation| {
                operation.tags.iter().any(|own| own == tag)
            }),
            ("operation", &self.operations, is_operation),
            ("path", &self.paths, |pattern, operation| {
                matches(pattern, &operation.path)
            }),
            ("method", &self.methods, |method, operation| {
                operation.method.eq_ignore_ascii_case(method)
            }),
        ]
    }
}

pub(super) fn is_operation(name: &str, operation: &Operation) -> bool {
    let by_path = name.split_once(' ').is_some_and(|(method, path)| {
        operation.method.eq_ignore_ascii_case(method) && operation.path == path.trim()
    });
    by_path || operation.id.as_deref() == Some(name)
}

/// Whether a text is what a pattern says, in which `*` stands for any characters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(start) else {
        return false;
    };
    let mut parts: Vec<_> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        // The first place is as good as any later one, because what follows can stand anywhere behind it.
        match text.find(part) {
            Some(at) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, text, expected) in [
            ("/pets", "/pets", true),
            ("/pets", "/pets/1", false),
            ("/pets*", "/pets", true),
            ("/pets/*", "/pets/{id}/toys", true),
            ("*/toys", "/pets/{id}/toys", true),
            ("/*/{id}/*", "/pets/{id}/toys", true),
            ("/*/{id}/*s", "/pets/{id}/toy", false),
            ("/a*a", "/a", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
