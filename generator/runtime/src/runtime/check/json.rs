//! Rules about the JSON of a value as a whole: alternatives, conditions, and what no field stands for.

use super::{Checker, Rule};
use crate::runtime::json::{Json, Kind, Map, Value, Writer};

impl Checker {
    /// Checks the rules that are about the JSON of a value, whatever its type is.
    pub fn json(&mut self, rules: &'static [Rule], value: &dyn Json) {
        self.written(rules, &|writer| value.write(writer));
    }

    /// The same for a value that knows how it is written.
    pub(crate) fn written(&mut self, rules: &'static [Rule], write: &dyn Fn(&mut Writer)) {
        if !rules.iter().any(Rule::is_about_json) {
            return;
        }
        let mut writer = Writer::new();
        write(&mut writer);
        // What the writer wrote is JSON.
        let value = Value::from_json(writer.into_string()).unwrap_or_default();
        self.value(rules, &value);
    }

    /// The same for what is JSON already.
    pub(crate) fn value(&mut self, rules: &'static [Rule], value: &Value) {
        for rule in rules {
            match *rule {
                Rule::Never => self.report("is not allowed"),
                Rule::Type(kinds) => self.kind(kinds, value),
                Rule::Enum(texts) => self.listed(texts, value),
                Rule::Tuple(first, rest) => self.positions(first, rest, value),
                Rule::Contains(rules, least, most) => self.contains(rules, (least, most), value),
                Rule::Not(rules) if self.keeps(rules, value) => {
                    self.report("is what `not` forbids");
                }
                Rule::Any(sets) if self.count(sets, value) == 0 => {
                    self.report(format!("keeps to none of {} alternatives", sets.len()));
                }
                Rule::One(sets) => match self.count(sets, value) {
                    1 => {}
                    count => self.report(format!("keeps to {count} alternatives, and not to one")),
                },
                Rule::If(condition, then, _) if self.keeps(condition, value) => {
                    value.check(then, self);
                }
                Rule::If(_, _, otherwise) => value.check(otherwise, self),
                _ => {
                    if let Value::Object(object) = value {
                        self.members(*rule, object);
                    }
                }
            }
        }
    }

    /// Whether a value keeps rules; nothing is reported.
    fn keeps(&mut self, rules: &'static [Rule], value: &Value) -> bool {
        let before = self.violations.len();
        value.check(rules, self);
        let keeps = self.violations.len() == before;
        self.violations.truncate(before);
        keeps
    }

    /// How many sets of rules a value keeps.
    fn count(&mut self, sets: &'static [&'static [Rule]], value: &Value) -> usize {
        sets.iter().filter(|set| self.keeps(set, value)).count()
    }

    fn kind(&mut self, kinds: &'static [Kind], value: &Value) {
        let kind = value.kind();
        let is_number = kind == Kind::Integer && kinds.contains(&Kind::Number);
        if !kinds.contains(&kind) && !is_number {
            let kinds: Vec<_> = kinds.iter().map(|kind| kind.name()).collect();
            self.report(format!(
                "is {}, and not {}",
                kind.name(),
                kinds.join(" or ")
            ));
        }
    }

    fn listed(&mut self, texts: &'static [&'static str], value: &Value) {
        let own = value.clone().canonical();
        let is_own =
            |text: &&&str| Value::from_json(text).is_ok_and(|listed| listed.canonical() == own);
        if !texts.iter().any(|text| is_own(&text)) {
            self.not_one_of(value.to_json(), texts);
        }
    }

    fn positions(
        &mut self,
        first: &'static [&'static [Rule]],
        rest: &'static [Rule],
        value: &Value,
    ) {
        for (index, item) in value.as_array().unwrap_or_default().iter().enumerate() {
            self.item(index, item, first.get(index).copied().unwrap_or(rest));
        }
    }

    fn contains(&mut self, rules: &'static [Rule], (least, most): (u64, u64), value: &Value) {
        let Some(items) = value.as_array() else {
            return;
        };
        let count = items.iter().filter(|item| self.keeps(rules, item)).count() as u64;
        if count < least || count > most {
            self.report(format!(
                "{count} items are as `contains` asks, where {least} to {most} may be"
            ));
        }
    }

    /// The rules about the properties of an object.
    fn members(&mut self, rule: Rule, object: &Map<Value>) {
        match rule {
            Rule::Required(names) => {
                for name in names.iter().filter(|name| !object.contains_key(name)) {
                    self.report(format!("has no `{name}`"));
                }
            }
            Rule::Properties(properties) => {
                for (name, rules) in properties {
                    if let Some(value) = object.get(name) {
                        self.inside(name, |checker| value.check(rules, checker));
                    }
                }
            }
            Rule::Names(rules) => {
                for (key, _) in object.iter() {
                    self.inside(key, |checker| key.to_owned().check(rules, checker));
                }
            }
            Rule::Patterns(patterns) => {
                for (key, value) in object.iter() {
                    self.by_pattern(patterns, key, value);
                }
            }
            Rule::Others(names, patterns, rules) => {
                for (key, value) in object.iter().filter(|(key, _)| !names.contains(key)) {
                    if !patterns
                        .iter()
                        .any(|pattern| self.patterns.matches(pattern, key))
                    {
                        self.inside(key, |checker| value.check(rules, checker));
                    }
                }
            }
            _ => {}
        }
    }

    fn by_pattern(
        &mut self,
        patterns: &'static [(&'static str, &'static [Rule])],
        key: &str,
        value: &Value,
    ) {
        for (pattern, rules) in patterns {
            if self.patterns.matches(pattern, key) {
                self.inside(key, |checker| value.check(rules, checker));
            }
        }
    }
}
