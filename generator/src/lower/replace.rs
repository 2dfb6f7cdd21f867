//! Types that the configuration puts in the place of those that are made of the document's.

use std::collections::BTreeSet;

use bindery_spec::Diagnostics;
use bindery_spec::diagnostic::codes;
use indexmap::IndexMap;

use crate::ir::{Crate, Integer, ItemKind, Type};

/// What stands in for what, and what of it was asked for.
#[derive(Default)]
pub(super) struct Replacements {
    wanted: IndexMap<String, String>,
    done: BTreeSet<String>,
}

impl Replacements {
    /// Nothing replaced yet.
    pub(super) fn new(wanted: &IndexMap<String, String>) -> Self {
        Self {
            wanted: wanted.clone(),
            done: BTreeSet::new(),
        }
    }

    /// The type that stands in for an item, a field or a parameter, by its path in the crate.
    pub(super) fn of(&mut self, path: &str) -> Option<Type> {
        let ty = self.wanted.get(path)?;
        self.done.insert(path.to_owned());
        Some(own_type(ty).unwrap_or_else(|| Type::Foreign(ty.clone())))
    }

    /// The type that stands in for strings or numbers of a format.
    pub(super) fn of_format(&mut self, format: Option<&str>) -> Option<Type> {
        let format = format.filter(|_| !self.wanted.is_empty())?;
        self.of(&format!("format:{format}"))
    }

    /// Replaces the types of fields and of parameters, and reports what was to be replaced in vain.
    pub(super) fn finish(mut self, krate: &mut Crate, sink: &mut Diagnostics) {
        if self.wanted.is_empty() {
            return;
        }
        self.fields(krate);
        self.parameters(krate);
        for (path, ty) in self.wanted {
            if !self.done.contains(&path) {
                let message =
                    format!("there is no `{path}` in the client whose type could be `{ty}`");
                sink.push(codes::REPLACE_NOT_DONE.nowhere(message));
            } else if own_type(&ty).is_none() && !krate.foreign.contains(&ty) {
                krate.foreign.push(ty);
            }
        }
    }

    fn fields(&mut self, krate: &mut Crate) {
        for item in &mut krate.items {
            let ItemKind::Struct(body) = &mut item.kind else {
                continue;
            };
            for field in &mut body.fields {
                if let Some(ty) = self.of(&format!("{}.{}", item.name, field.name)) {
                    (field.ty, field.fixed) = (ty, None);
                }
            }
        }
    }

    fn parameters(&mut self, krate: &mut Crate) {
        for tag in &mut krate.tags {
            for operation in &mut tag.operations {
                let path = format!("api::{}::{}", tag.module, operation.name);
                let parameters = operation.arguments.iter_mut().chain(&mut operation.options);
                for parameter in parameters {
                    if let Some(ty) = self.of(&format!("{path}.{}", parameter.name)) {
                        parameter.ty = ty;
                    }
                }
            }
        }
    }
}

/// A type that every client has, by the name that it has there.
pub(crate) fn own_type(name: &str) -> Option<Type> {
    Some(match name {
        "Value" => Type::Value,
        "Number" => Type::Number,
        "String" => Type::String,
        "bool" => Type::Bool,
        "f64" => Type::Float,
        "i32" => Type::Integer(Integer::I32),
        "i64" => Type::Integer(Integer::I64),
        "u32" => Type::Integer(Integer::U32),
        "u64" => Type::Integer(Integer::U64),
        "i128" => Type::Integer(Integer::I128),
        "u128" => Type::Integer(Integer::U128),
        _ => return None,
    })
}
