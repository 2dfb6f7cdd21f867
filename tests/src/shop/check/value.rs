//! Objects and lists: what they have, and what they must not have.

use serde_json::{Map, Value};

use super::Checker;

impl Checker {
    /// The members of an object.
    pub(in crate::shop) fn object<'v>(
        &mut self,
        at: &str,
        value: &'v Value,
    ) -> Option<&'v Map<String, Value>> {
        let object = value.as_object();
        self.rule(at, "type", object.is_some());
        object
    }

    /// Members that must be there.
    pub(in crate::shop) fn need(&mut self, at: &str, object: &Map<String, Value>, names: &[&str]) {
        for name in names {
            self.rule(&place(at, name), "required", object.contains_key(*name));
        }
    }

    /// The only members that may be there.
    pub(in crate::shop) fn only(&mut self, at: &str, object: &Map<String, Value>, names: &[&str]) {
        let known = object.keys().all(|name| names.contains(&name.as_str()));
        self.rule(at, "additionalProperties", known);
    }

    /// Looks at a member that may be absent.
    pub(in crate::shop) fn member(
        &mut self,
        at: &str,
        object: &Map<String, Value>,
        name: &str,
        look: impl FnOnce(&mut Self, &str, &Value),
    ) {
        let at = place(at, name);
        match object.get(name) {
            None => self.edge(&at, "absent", true),
            Some(Value::Null) if self.forgets(&at, "null") => {}
            Some(value) => look(self, &at, value),
        }
    }

    /// Looks at a member that may be absent or null.
    pub(in crate::shop) fn nullable(
        &mut self,
        at: &str,
        object: &Map<String, Value>,
        name: &str,
        look: impl FnOnce(&mut Self, &str, &Value),
    ) {
        self.member(at, object, name, |checker, at, value| {
            checker.edge(at, "null", value.is_null());
            if !value.is_null() {
                look(checker, at, value);
            }
        });
    }

    /// A yes or no.
    pub(in crate::shop) fn flag(&mut self, at: &str, value: &Value) {
        self.rule(at, "type", value.is_boolean());
        self.edge(at, "false", *value == Value::Bool(false));
    }

    /// The items of a list, whose number is in a range; no two may be the same where `unique` says so.
    pub(in crate::shop) fn list(
        &mut self,
        at: &str,
        value: &Value,
        range: (usize, usize),
        unique: bool,
        mut look: impl FnMut(&mut Self, &str, &Value),
    ) {
        let Some(items) = value.as_array() else {
            self.rule(at, "type", false);
            return;
        };
        self.rule(at, "minItems", items.len() >= range.0);
        self.rule(at, "maxItems", items.len() <= range.1);
        self.edge(at, "minItems", items.len() == range.0);
        self.edge(at, "maxItems", items.len() == range.1);
        if unique {
            let twice = |(index, item): (usize, &Value)| items[..index].contains(item);
            let kept = !items.iter().enumerate().any(twice);
            self.rule(at, "uniqueItems", kept);
        }
        let at = place(at, "*");
        for item in items {
            look(self, &at, item);
        }
    }
}

fn place(at: &str, name: &str) -> String {
    if at.is_empty() {
        name.to_owned()
    } else {
        format!("{at}/{name}")
    }
}
