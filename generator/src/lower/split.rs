//! Files of types that would be long are split by the words with which the names of their types begin.

use std::collections::BTreeMap;

use crate::ir::{Group, Item, Scope, Words};

/// A file with more types than these is split.
const MANY: usize = 100;

/// So many types whose names begin alike have a file of their own.
const ENOUGH: usize = 10;

/// Gives types other groups, which stand behind the ones that they are taken from.
pub(super) fn split(groups: &[Group], items: &mut [Item], modules: Scope) -> Vec<Group> {
    let mut members = vec![Vec::new(); groups.len()];
    for (index, item) in items.iter().enumerate() {
        members[item.group].push((index, Words::of(&item.name)));
    }
    let mut files = Files {
        groups: Vec::new(),
        items,
        modules,
    };
    for (group, members) in groups.iter().zip(members) {
        files.add(group, members, &Words::default());
    }
    files.groups
}

/// The files so far.
struct Files<'i> {
    groups: Vec<Group>,
    items: &'i mut [Item],
    modules: Scope,
}

impl Files<'_> {
    /// Adds a file for those `members` of a group whose names begin with `common`, and those that it is split into.
    fn add(&mut self, whole: &Group, members: Vec<(usize, Words)>, common: &Words) {
        for (index, _) in &members {
            self.items[*index].group = self.groups.len();
        }
        let group = self.part(whole, common);
        self.groups.push(group);
        if members.len() <= MANY {
            return;
        }
        let depth = common.iter().count();
        let mut by_word: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (index, words) in members {
            let word = words.iter().nth(depth).map(str::to_owned);
            if let Some(word) = word {
                by_word.entry(word).or_default().push((index, words));
            }
        }
        for (word, members) in by_word {
            if members.len() >= ENOUGH {
                self.add(whole, members, &common.and(&word));
            }
        }
    }

    fn part(&mut self, whole: &Group, common: &Words) -> Group {
        if common.is_empty() {
            return whole.clone();
        }
        let module = whole.module.trim_start_matches("r#");
        Group {
            module: self.modules.mint(&format!("{module}_{}", common.snake())),
            docs: format!(
                "{} Those whose names begin with `{}`.",
                whole.docs,
                common.pascal()
            ),
            feature: whole.feature.clone(),
        }
    }
}
