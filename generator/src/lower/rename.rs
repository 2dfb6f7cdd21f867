//! Names that the configuration gives instead of those that were made of the document's.

use std::collections::BTreeMap;

use bindery_spec::Diagnostics;
use bindery_spec::diagnostic::codes;

use crate::ir::{
    Case, Crate, Field, Given, Item, ItemId, ItemKind, Name, Operation, Scope, Success, Tag,
};
use crate::lower::operation::parameter::CALL_METHODS;

/// Gives everything that `names` has the name that it has there.
///
/// What is renamed is found by the path that it has in the crate otherwise: `Pet`, `Pet.id`, `Status::Sold`,
/// `api::pets`, `api::pets::list_pets`, `api::pets::list_pets.limit`, `api::pets::ListPets`. A path that leads nowhere and a name that is taken or cannot be one are reported.
pub(super) fn rename<'n>(
    krate: &mut Crate,
    names: impl IntoIterator<Item = (&'n String, &'n String)>,
    sink: &mut Diagnostics,
) {
    let mut renaming = Renaming {
        wanted: names
            .into_iter()
            .map(|(path, name)| (path.as_str(), name.as_str()))
            .collect(),
        problems: Vec::new(),
    };
    if renaming.wanted.is_empty() {
        return;
    }
    renaming.fields(krate);
    renaming.items(&mut krate.items);
    renaming.tags(&mut krate.tags);
    for path in renaming.wanted.keys() {
        let message = format!("there is no `{path}` in the client that could be renamed");
        renaming.problems.push(message);
    }
    for message in renaming.problems {
        sink.push(codes::RENAME_NOT_DONE.nowhere(message));
    }
}

/// The renames that are still to be done.
struct Renaming<'n> {
    wanted: BTreeMap<&'n str, &'n str>,
    problems: Vec<String>,
}

impl Renaming<'_> {
    /// The name that a path is to have, in a scope where the others have the names of `taken`.
    fn name<'t>(
        &mut self,
        path: &str,
        case: Case,
        taken: impl IntoIterator<Item = &'t Name>,
    ) -> Option<Name> {
        self.name_in(path, Scope::of(case, taken))
    }

    /// The name that a path is to have in a scope.
    fn name_in(&mut self, path: &str, mut scope: Scope) -> Option<Name> {
        let wanted = self.wanted.remove(path)?;
        let name = scope.mint(wanted);
        if name.trim_start_matches("r#") == wanted {
            return Some(name);
        }
        let reason = "another has that name, or it is not written as Rust writes names";
        self.problems
            .push(format!("`{path}` cannot be called `{wanted}`: {reason}"));
        None
    }

    fn items(&mut self, items: &mut [Item]) {
        for index in 0..items.len() {
            let old = items[index].name.clone();
            self.variants(&mut items[index]);
            let taken = items.iter().map(|item| &item.name);
            if let Some(name) = self.name(&old, Case::Pascal, taken) {
                items[index].name = name;
            }
        }
    }

    fn variants(&mut self, item: &mut Item) {
        let owner = &item.name;
        let mut names: Vec<&mut Name> = match &mut item.kind {
            ItemKind::Enum(body) => body.variants.iter_mut().map(|v| &mut v.name).collect(),
            ItemKind::Union(body) => body.variants.iter_mut().map(|v| &mut v.name).collect(),
            ItemKind::Struct(_) | ItemKind::Tuple(_) | ItemKind::Alias(_) => return,
        };
        for index in 0..names.len() {
            let path = format!("{owner}::{}", names[index]);
            let taken: Vec<Name> = names.iter().map(|name| (**name).clone()).collect();
            if let Some(name) = self.name(&path, Case::Pascal, &taken) {
                *names[index] = name;
            }
        }
    }

    /// Renames fields, with the setters that are called after them.
    fn fields(&mut self, krate: &mut Crate) {
        for index in 0..krate.items.len() {
            let Item { name, kind, .. } = &mut krate.items[index];
            let ItemKind::Struct(body) = kind else {
                continue;
            };
            let mut changes = Vec::new();
            for at in 0..body.fields.len() {
                let path = format!("{name}.{}", body.fields[at].name);
                let rest = body.additional.iter().map(|rest| &rest.name);
                let taken = body.fields.iter().map(|field| &field.name).chain(rest);
                if let Some(new) = self.name(&path, Case::Snake, taken) {
                    let Field { name, setter, .. } = &mut body.fields[at];
                    let old = std::mem::replace(name, new.clone());
                    if *setter == old {
                        setter.clone_from(&new);
                    }
                    changes.push((at, old, new));
                }
            }
            let id = ItemId(u32::try_from(index).unwrap_or(u32::MAX));
            let operations = krate.tags.iter_mut().flat_map(|tag| &mut tag.operations);
            for operation in operations.filter(|_| !changes.is_empty()) {
                follow(operation, id, &changes);
            }
        }
    }

    fn tags(&mut self, tags: &mut [Tag]) {
        self.builders(tags);
        for index in 0..tags.len() {
            let module = tags[index].module.clone();
            self.operations(&module, &mut tags[index].operations);
            let taken = tags.iter().map(|tag| &tag.module);
            if let Some(name) = self.name(&format!("api::{module}"), Case::Module, taken) {
                tags[index].module = name;
            }
        }
    }

    /// Renames parameters, and the properties of bodies that calls set one by one.
    fn setters(&mut self, path: &str, operation: &mut Operation) {
        for index in 0..setters(operation).len() {
            let names: Vec<Name> = setters(operation)
                .into_iter()
                .map(|own| own.clone())
                .collect();
            let scope = Scope::new(Case::Snake, CALL_METHODS).without(&names);
            if let Some(name) = self.name_in(&format!("{path}.{}", names[index]), scope) {
                follow_setter(operation, &names[index], &name);
                *setters(operation)[index] = name;
            }
        }
    }

    /// Renames the types of calls, which share one scope with what else the files of operations declare.
    fn builders(&mut self, tags: &mut [Tag]) {
        let mut taken: Vec<Name> = Vec::new();
        for tag in tags.iter() {
            taken.push(tag.accessor.clone());
            for operation in &tag.operations {
                taken.extend([operation.builder.clone(), operation.error.alias.clone()]);
                taken.extend(operation.required.clone());
                let choices = operation.successes().filter_map(Success::choice);
                taken.extend(choices.map(|(name, _)| name.clone()));
                taken.extend(operation.headers.iter().map(|own| own.name.clone()));
            }
        }
        for Tag {
            module, operations, ..
        } in tags
        {
            for operation in operations {
                let path = format!("api::{module}::{}", operation.builder);
                if let Some(name) = self.name(&path, Case::Pascal, &taken) {
                    taken.push(name.clone());
                    follow_builder(operation, name, &mut taken);
                }
            }
        }
    }

    fn operations(&mut self, module: &Name, operations: &mut [Operation]) {
        for operation in operations.iter_mut() {
            self.setters(&format!("api::{module}::{}", operation.name), operation);
        }
        for index in 0..operations.len() {
            let path = format!("api::{module}::{}", operations[index].name);
            let taken = operations.iter().map(|operation| &operation.name);
            if let Some(name) = self.name(&path, Case::Snake, taken) {
                operations[index].name = name;
            }
        }
    }
}

/// What callers of an operation can set: its parameters, and the properties of a body that is set one by one.
fn setters(operation: &mut Operation) -> Vec<&mut Name> {
    let parameters = operation.arguments.iter_mut().chain(&mut operation.options);
    let mut names: Vec<_> = parameters.map(|own| &mut own.name).collect();
    if let Some(body) = &mut operation.body
        && let Given::Fields { setters, .. } = &mut body.given
    {
        names.extend(setters.iter_mut().map(|own| &mut own.name));
    }
    names
}

/// Lets the docs of bounds name a setter as it is called now.
fn follow_setter(operation: &mut Operation, old: &Name, new: &Name) {
    let (old, new) = (old.trim_start_matches("r#"), new.trim_start_matches("r#"));
    let parameters = operation.arguments.iter_mut().chain(&mut operation.options);
    for bound in parameters.flat_map(|own| &mut own.bounds) {
        for (before, after) in [("`", "`"), ("(Self::", ")")] {
            let called = |name: &str| format!("{before}{name}{after}");
            bound.docs = bound.docs.replace(&called(old), &called(new));
        }
    }
}

/// Gives an operation's builder a name, and what is called after it one that goes with it.
fn follow_builder(operation: &mut Operation, name: Name, taken: &mut Vec<Name>) {
    let old = std::mem::replace(&mut operation.builder, name);
    let new = operation.builder.clone();
    let mut alias = operation.error.alias.clone();
    let mut headers = operation.headers.take();
    let choices = operation.successes_mut().filter_map(Success::choice_mut);
    let headed = headers.iter_mut().map(|own| &mut own.name);
    for own in choices
        .map(|(name, _)| name)
        .chain([&mut alias])
        .chain(headed)
    {
        if let Some(suffix) = own.strip_prefix(&*old) {
            let text = format!("{new}{suffix}");
            *own = Scope::of(Case::Pascal, &*taken).mint(&text);
            taken.push(own.clone());
        }
    }
    operation.error.alias = alias;
    operation.headers = headers;
}

/// Lets an operation call the fields of an item as they are called now.
fn follow(operation: &mut Operation, item: ItemId, changes: &[(usize, Name, Name)]) {
    if let Some(body) = &mut operation.body
        && let Given::Fields { item: own, setters } = &mut body.given
        && *own == item
    {
        for setter in setters {
            let change = changes
                .iter()
                .find(|(at, old, _)| *at == setter.field && *old == setter.name);
            if let Some((_, _, new)) = change {
                setter.name.clone_from(new);
            }
        }
    }
}
