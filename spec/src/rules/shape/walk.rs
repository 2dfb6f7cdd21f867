//! The walk over a raw document beside the tables.

use serde_json::Map;

use super::object::{Check, Kind, Names, Object, Others};
use super::tables;
use crate::diagnostic::{Code, codes};
use crate::model::Version;
use crate::source::Place;
use crate::{Diagnostics, Value};

/// Walks over a document and reports where it departs from the tables.
pub(super) fn walk(document: &Value, place: &Place, version: Version, sink: &mut Diagnostics) {
    let mut walk = Walk {
        finding: Finding {
            document,
            place,
            version,
            path: Vec::new(),
            sink,
        },
        todo: vec![Visit {
            value: document,
            kind: tables::root(version),
            step: None,
            depth: 0,
        }],
    };
    while let Some(visit) = walk.todo.pop() {
        walk.visit(&visit);
    }
}

/// What the walk has still to look at: a stack of its own, so that nesting costs no call stack.
struct Walk<'a, 's> {
    finding: Finding<'a, 's>,
    todo: Vec<Visit<'a>>,
}

struct Visit<'a> {
    value: &'a Value,
    kind: &'static Kind,
    /// The key or the index that leads to it.
    step: Option<Step<'a>>,
    /// How many steps lead to what it stands in.
    depth: usize,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// Where the walk is, and where its findings go. Places are built only for findings.
pub(super) struct Finding<'a, 's> {
    document: &'a Value,
    place: &'a Place,
    /// The version of the document.
    pub(super) version: Version,
    path: Vec<Step<'a>>,
    sink: &'s mut Diagnostics,
}

impl Finding<'_, '_> {
    /// Where the walk is.
    pub(super) fn here(&self) -> Place {
        self.path
            .iter()
            .fold(self.place.clone(), |place, step| match step {
                Step::Key(key) => place.child(key),
                Step::Index(index) => place.child(index),
            })
    }

    /// Reports the object or value itself.
    pub(super) fn report(&mut self, code: &Code, message: impl Into<String>) {
        let here = self.here();
        self.sink.push(code.at(&here, message));
    }

    /// Reports one of its keys.
    pub(super) fn report_key(&mut self, key: &str, code: &Code, message: impl Into<String>) {
        let at = self.here().child(key);
        self.sink.push(code.at(&at, message));
    }

    /// Reports a place below the object.
    pub(super) fn report_at(&mut self, at: &Place, code: &Code, message: impl Into<String>) {
        self.sink.push(code.at(at, message));
    }

    /// Reports one of its keys with what to do.
    pub(super) fn report_help(
        &mut self,
        key: &str,
        code: &Code,
        message: String,
        help: impl Into<String>,
    ) {
        let at = self.here().child(key);
        self.sink.push(code.at(&at, message).help(help));
    }

    /// Reports the second of two things that clash, with what the first is.
    pub(super) fn report_pair(
        &mut self,
        code: &Code,
        message: String,
        second: &Place,
        first: (&str, &Place),
    ) {
        self.sink
            .push(code.at(second, message).related(first.0, first.1));
    }

    /// Follows a reference inside this document; anything else is itself.
    pub(super) fn resolve<'v>(&'v self, value: &'v Value) -> &'v Value {
        let mut value = value;
        // References in a circle are found elsewhere.
        for _ in 0..16 {
            let target = value
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|text| text.strip_prefix('#'));
            match target.and_then(|pointer| self.document.pointer(pointer)) {
                Some(next) => value = next,
                None => break,
            }
        }
        value
    }
}

impl<'a> Walk<'a, '_> {
    fn visit(&mut self, visit: &Visit<'a>) {
        self.finding.path.truncate(visit.depth);
        self.finding.path.extend(visit.step);
        self.compare(visit.value, visit.kind);
    }

    fn compare(&mut self, value: &'a Value, kind: &'static Kind) {
        let version = self.finding.version;
        if !kind.fits(value, version) {
            let message = format!("expected {}, found {}", kind.expected(), json_type(value));
            return self.finding.report(&codes::WRONG_TYPE, message);
        }
        match (kind, value) {
            (Kind::Word(words), Value::String(word)) => {
                self.compare_word(word, words, &codes::VALUE_UNKNOWN);
            }
            (Kind::Type(words), Value::String(word)) => {
                self.compare_word(word, words, &codes::TYPE_UNKNOWN);
            }
            (Kind::List(kind) | Kind::Filled(kind), Value::Array(items)) => {
                self.compare_list(items, kind);
            }
            (Kind::Map(names, kind), Value::Object(map)) => self.compare_map(map, names, kind),
            (Kind::Object(object), Value::Object(map)) => self.compare_object(map, object),
            (Kind::Referable(object), Value::Object(map)) => self.compare_referable(map, object),
            (Kind::Schema, Value::Object(map)) => self.compare_schema(map),
            (Kind::Either(kinds), value) => {
                if let Some(kind) = kinds.iter().find(|kind| kind.fits(value, version)) {
                    self.compare(value, kind);
                }
            }
            _ => {}
        }
        if matches!((kind, value), (Kind::Filled(_), Value::Array(items)) if items.is_empty()) {
            self.finding
                .report(&codes::LIST_EMPTY, "this list must have at least one item");
        }
    }

    fn compare_word(&mut self, word: &str, words: &[&str], code: &Code) {
        if !words.contains(&word) {
            let message = format!("`{word}` is none of `{}`", words.join("`, `"));
            self.finding.report(code, message);
        }
    }

    fn compare_list(&mut self, items: &'a [Value], kind: &'static Kind) {
        let steps = items.iter().enumerate().rev();
        for (index, value) in steps {
            self.enter(value, kind, Step::Index(index));
        }
    }

    fn compare_map(&mut self, map: &'a Map<String, Value>, names: &Names, kind: &'static Kind) {
        for name in map.keys().filter(|name| !(names.accept)(name)) {
            let message = format!("`{name}` is not {}", names.expected);
            self.finding.report_key(name, names.code, message);
        }
        for (name, value) in map.iter().rev() {
            self.enter(value, kind, Step::Key(name));
        }
    }

    fn compare_referable(&mut self, map: &'a Map<String, Value>, object: &'static Object) {
        match map.get("$ref") {
            Some(_) => self.compare_object(map, &tables::REFERENCE),
            None => self.compare_object(map, object),
        }
    }

    /// A schema of another dialect is not ours to judge (OpenAPI 3.1 §4.8.24.5).
    fn compare_schema(&mut self, map: &'a Map<String, Value>) {
        let dialect = map.get("$schema").and_then(Value::as_str);
        if dialect.is_none_or(tables::is_own_dialect) {
            self.compare_object(map, &tables::SCHEMA);
        }
    }

    fn compare_object(&mut self, map: &'a Map<String, Value>, object: &'static Object) {
        let version = self.finding.version;
        for key in object.keys.iter().filter(|key| key.is_required_in(version)) {
            if !map.contains_key(key.name) {
                let message = format!("`{}` is missing in {}", key.name, object.name);
                self.finding
                    .report_key(key.name, &codes::REQUIRED_KEY_MISSING, message);
            }
        }
        for (name, value) in map.iter().rev() {
            match object.key(name, version) {
                Some(key) => self.enter(value, &key.kind, Step::Key(name)),
                None if name.starts_with("x-") => {}
                None => self.compare_other(name, value, object),
            }
        }
        for check in object.checks {
            self.check(map, object, check);
        }
    }

    fn compare_other(&mut self, name: &'a str, value: &'a Value, object: &'static Object) {
        match &object.others {
            Others::OpenSince(version) if self.finding.version >= *version => {}
            Others::Refused | Others::OpenSince(_) => self.report_unknown(name, object),
            Others::Named(names, kind) => {
                if (names.accept)(name) {
                    self.enter(value, kind, Step::Key(name));
                } else {
                    let message = format!("`{name}` is not {}", names.expected);
                    self.finding.report_key(name, names.code, message);
                }
            }
        }
    }

    fn report_unknown(&mut self, name: &str, object: &'static Object) {
        let message = format!("{} has no key `{name}`", object.name);
        let elsewhere = object.keys.iter().find(|key| key.name == name);
        let Some(key) = elsewhere else {
            return self.finding.report_key(name, &codes::KEY_UNKNOWN, message);
        };
        let help = if key.versions.0 > self.finding.version {
            format!("`{name}` came with {}", key.versions.0)
        } else {
            format!("`{name}` went after {}", key.versions.1)
        };
        self.finding
            .report_help(name, &codes::KEY_OF_OTHER_VERSION, message, help);
    }

    fn check(&mut self, map: &Map<String, Value>, object: &Object, check: &Check) {
        match check {
            Check::AtMostOne(keys) => self.check_most(map, keys),
            Check::ExactlyOne(keys) => {
                self.check_least(map, object, keys);
                self.check_most(map, keys);
            }
            Check::AtLeastOne(since, keys) if self.finding.version >= *since => {
                self.check_least(map, object, keys);
            }
            Check::AtLeastOne(..) => {}
            Check::Of(check) => check(map, &mut self.finding),
        }
    }

    fn check_most(&mut self, map: &Map<String, Value>, keys: &[&str]) {
        let present: Vec<&str> = keys
            .iter()
            .copied()
            .filter(|key| map.contains_key(*key))
            .collect();
        let [first, others @ ..] = present.as_slice() else {
            return;
        };
        for other in others {
            let here = self.finding.here();
            let message = format!("`{first}` and `{other}` exclude each other");
            let first = (format!("`{first}` is here"), here.child(first));
            self.finding.report_pair(
                &codes::KEYS_EXCLUSIVE,
                message,
                &here.child(other),
                (&first.0, &first.1),
            );
        }
    }

    fn check_least(&mut self, map: &Map<String, Value>, object: &Object, keys: &[&str]) {
        if !keys.iter().any(|key| map.contains_key(*key)) {
            let message = format!("{} has none of `{}`", object.name, keys.join("`, `"));
            self.finding
                .report_key(keys[0], &codes::REQUIRED_KEY_MISSING, message);
        }
    }

    fn enter(&mut self, value: &'a Value, kind: &'static Kind, step: Step<'a>) {
        self.todo.push(Visit {
            value,
            kind,
            step: Some(step),
            depth: self.finding.path.len(),
        });
    }
}

/// What messages call the type of a value.
fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "`null`",
        Value::Bool(_) => "`true` or `false`",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
