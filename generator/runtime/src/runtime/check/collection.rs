//! Counts, uniqueness, items, keys and entries of arrays and objects.

use super::{Checker, Rule};
use crate::runtime::json::Json;

impl Checker {
    /// Checks an array.
    pub(crate) fn array(&mut self, rules: &'static [Rule], items: &[&dyn Json]) {
        self.item_rules(rules, items);
        let item_rules = rules.iter().find_map(|rule| match rule {
            Rule::Items(rules) => Some(*rules),
            _ => None,
        });
        for (index, item) in items.iter().enumerate() {
            self.item(index, *item, item_rules.unwrap_or_default());
        }
    }

    /// Checks the rules about an array as a whole.
    pub(crate) fn item_rules(&mut self, rules: &'static [Rule], items: &[&dyn Json]) {
        let count = items.len() as u64;
        for rule in rules {
            match *rule {
                Rule::MinItems(bound) if count < bound => {
                    self.report(format!(
                        "{count} items are fewer than the minimum of {bound}"
                    ));
                }
                Rule::MaxItems(bound) if count > bound => {
                    self.report(format!(
                        "{count} items are more than the maximum of {bound}"
                    ));
                }
                Rule::UniqueItems => self.unique(items),
                _ => {}
            }
        }
    }

    /// Checks the number of properties of an object.
    pub(crate) fn property_count(&mut self, count: usize, rules: &'static [Rule]) {
        let count = count as u64;
        for rule in rules {
            match *rule {
                Rule::MinProperties(bound) if count < bound => {
                    self.report(format!(
                        "{count} properties are fewer than the minimum of {bound}"
                    ));
                }
                Rule::MaxProperties(bound) if count > bound => {
                    self.report(format!(
                        "{count} properties are more than the maximum of {bound}"
                    ));
                }
                _ => {}
            }
        }
    }

    /// Checks a property that has no field of its own.
    pub(crate) fn entry(&mut self, key: &str, value: &dyn Json, rules: &'static [Rule]) {
        self.inside(key, |checker| {
            let own = rules.iter().find_map(|rule| match rule {
                Rule::Values(rules) => Some(*rules),
                _ => None,
            });
            value.check(own.unwrap_or_default(), checker);
        });
    }

    /// Reports items that are equal to an earlier one.
    fn unique(&mut self, items: &[&dyn Json]) {
        let mut spelled: Vec<_> = items
            .iter()
            .enumerate()
            .map(|(index, item)| (canonical(*item), index))
            .collect();
        spelled.sort();
        for pair in spelled.windows(2) {
            if pair[0].0 == pair[1].0 {
                self.report(format!("items {} and {} are equal", pair[0].1, pair[1].1));
            }
        }
    }
}

/// The text of a value, such that values have the same text exactly if they are equal.
fn canonical(value: &dyn Json) -> String {
    value.to_value().canonical().to_json()
}
