//! Schemas become types: each set of schemas once, recursion included.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use bindery_spec::diagnostic::codes;
use bindery_spec::model::{self, Schema, SchemaId, Schemas};
use bindery_spec::{Diagnostic, Diagnostics};

use super::constrain::constraints;
use super::origin::Origins;
use super::plan::{Plan, plan};
use super::scalar;
use super::view::{Part, Undeclared, View};
use crate::ir::{Case, Component, Item, ItemId, ItemKind, Name, Scope, Type};
use crate::lower::docs;
use crate::lower::replace::Replacements;
use crate::lower::reserved::RESERVED;
use crate::lower::typed::Typed;

/// How many named types may lead from one to the next before the first is done.
const MAX_LEVELS: usize = 1000;

/// How many types without a name may stand in each other.
const MAX_NESTING: usize = 100;

/// What schemas are used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// All values that they allow.
    Whole,
    /// Those of one type.
    Only(model::Type),
    /// A multipart body with files.
    Multipart,
    /// The data of the events that they describe.
    Data,
}

/// A set of schemas, and what they are used for.
type Key = (Vec<Part>, Use);

/// The types of a crate while they are made.
pub(in crate::lower) struct Types<'a, 's> {
    pub(in crate::lower) schemas: &'a Schemas,
    pub(super) origins: &'s Origins,
    pub(in crate::lower) sink: &'s mut Diagnostics,
    /// The schemas that are multipart bodies with files, and nothing else.
    bodies: &'s BTreeSet<SchemaId>,
    scope: Scope,
    names: BTreeMap<SchemaId, Name>,
    pub(super) known: BTreeMap<Key, Type>,
    /// The types without a name that are being made, back to the item that they are for.
    open: Vec<Key>,
    /// How many types without a name are being made, for whichever item.
    nesting: usize,
    /// How many items are being made, each for the one before.
    level: usize,
    items: Vec<Option<Item>>,
    /// The types that stand in for others.
    pub(in crate::lower) replacements: Replacements,
    /// The schemas that ask more of values than can be checked.
    unasked: RefCell<BTreeSet<SchemaId>>,
    /// What each item was made from, for questions that come later.
    pub(in crate::lower) parts: Vec<Vec<Part>>,
}

impl<'a, 's> Types<'a, 's> {
    /// No types but those that the document names, and of these only the names.
    pub(in crate::lower) fn new(
        schemas: &'a Schemas,
        origins: &'s Origins,
        bodies: &'s BTreeSet<SchemaId>,
        sink: &'s mut Diagnostics,
    ) -> Self {
        let mut scope = Scope::new(Case::Pascal, RESERVED);
        let names = schemas
            .named()
            .map(|(name, id)| (id, scope.mint(name)))
            .collect();
        Self {
            schemas,
            origins,
            sink,
            bodies,
            scope,
            names,
            known: BTreeMap::new(),
            open: Vec::new(),
            nesting: 0,
            level: 0,
            items: Vec::new(),
            replacements: Replacements::default(),
            unasked: RefCell::default(),
            parts: Vec::new(),
        }
    }

    /// Lowers every schema that the document names, used or not.
    pub(in crate::lower) fn lower_named(&mut self) {
        for (_, id) in self.schemas.named() {
            // By its own part, so that a schema that only refers to another one has a type of its own all the same.
            let parts = [Part::from(id)];
            self.lower_parts(&parts, self.named_use(id));
        }
    }

    /// The schemas that the document names and that have been lowered.
    pub(in crate::lower) fn components(&mut self) -> Vec<Component> {
        let schemas = self.schemas;
        let is_lowered = |types: &Self, id| {
            types
                .known
                .contains_key(&(vec![Part::from(id)], Use::Whole))
        };
        let named = schemas
            .named()
            .filter_map(|(name, id)| is_lowered(self, id).then_some((name, id)));
        let named: Vec<_> = named.collect();
        let lowered = named.into_iter().map(|(name, id)| {
            let used = self.lower(&[id]);
            Component {
                name: name.to_owned(),
                schema: id,
                constraints: used.constraints.clone(),
                ty: used.whole(),
                sent_only: false,
            }
        });
        lowered.collect()
    }

    /// Lowers schemas that all hold.
    pub(in crate::lower) fn lower(&mut self, ids: &[SchemaId]) -> Typed {
        let parts: Vec<_> = ids.iter().copied().map(Part::from).collect();
        self.lower_all(&parts)
    }

    /// Lowers parts that all hold.
    pub(super) fn lower_all(&mut self, parts: &[Part]) -> Typed {
        self.lower_for(parts, Use::Whole)
    }

    /// Lowers a multipart body, which has a type of its own where the schema is used elsewhere as well.
    pub(in crate::lower) fn lower_multipart(&mut self, id: SchemaId) -> Typed {
        let parts = [Part::from(id)];
        let has_files = crate::lower::operation::multipart::has_files(&self.view(&parts));
        self.lower_for(
            &parts,
            if has_files {
                Use::Multipart
            } else {
                Use::Whole
            },
        )
    }

    fn lower_for(&mut self, parts: &[Part], used: Use) -> Typed {
        let nullable = View::of(self.schemas, parts).is_nullable();
        let parts = self.simplify(parts);
        let ty = self.lower_parts(&parts, used);
        let value = *self.resolve(&ty) == Type::Value;
        let constraints = constraints(self, &parts, &ty);
        Typed {
            nullable: nullable && !value,
            ty,
            constraints,
        }
    }

    /// A type with the aliases at its outside taken away.
    pub(in crate::lower) fn resolve<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty;
        for _ in 0..64 {
            let Type::Item(id) = ty else { return ty };
            match self.item(*id).map(|item| &item.kind) {
                Some(ItemKind::Alias(inner)) => ty = inner,
                _ => return ty,
            }
        }
        ty
    }

    /// An item, unless it is still being made.
    pub(in crate::lower) fn item(&self, id: ItemId) -> Option<&Item> {
        self.items[id.0 as usize].as_ref()
    }

    /// Notes that a schema asks more of values than can be checked.
    pub(super) fn note_unasked(&self, id: SchemaId) {
        self.unasked.borrow_mut().insert(id);
    }

    /// The schemas that types were made of, and those that these apply.
    pub(in crate::lower) fn lowered(&self) -> Vec<&'a Schema> {
        let parts = self.known.keys().flat_map(|(parts, _)| parts);
        let reached = self.schemas.reach(parts.map(|part| part.id));
        reached.into_iter().map(|id| &self.schemas[id]).collect()
    }

    /// All items. What is not checked of their values is reported.
    pub(in crate::lower) fn finish(self) -> Vec<Item> {
        for id in self.unasked.into_inner() {
            let message = "what this schema asks beyond types holds schemas that are recursive, or too many, and is not checked";
            let place = &self.schemas[id].place;
            self.sink.push(codes::RULE_UNCHECKED.at(place, message));
        }
        self.items.into_iter().flatten().collect()
    }

    /// What the type is for that has the name of a schema.
    fn named_use(&self, id: SchemaId) -> Use {
        if self.bodies.contains(&id) {
            Use::Multipart
        } else {
            Use::Whole
        }
    }

    /// The view of parts.
    pub(in crate::lower) fn view(&self, parts: &[Part]) -> View<'a> {
        View::of(self.schemas, parts)
    }

    /// The type of parts that are simplified.
    fn lower_parts(&mut self, parts: &[Part], used: Use) -> Type {
        let key = (parts.to_vec(), used);
        if let Some(ty) = self.known.get(&key) {
            return ty.clone();
        }
        let only = match used {
            Use::Only(ty) => Some(ty),
            Use::Whole | Use::Multipart | Use::Data => None,
        };
        let view = self.view(parts);
        let plan = plan(&view, parts, only);
        let name = match parts {
            [part] if !part.is_bare() && used == self.named_use(part.id) => {
                self.names.get(&part.id).cloned()
            }
            _ => None,
        };
        if self.level > MAX_LEVELS || self.nesting > MAX_NESTING {
            let message =
                "schemas that lead from one to the next for so long are kept as plain JSON";
            self.warn("nesting-untyped", &view, message);
            Type::Value
        } else if name.is_some() || plan.is_item() {
            self.level += 1;
            // What leads to an item leads to a name, which can stand in itself.
            let outer = std::mem::take(&mut self.open);
            let ty = self.lower_item(&key, name, plan, &view);
            self.open = outer;
            self.level -= 1;
            ty
        } else if self.open.contains(&key) {
            self.recursive_alias(&view)
        } else {
            self.open.push(key.clone());
            self.nesting += 1;
            let ty = self.lower_plain(plan, &view);
            self.nesting -= 1;
            self.open.pop();
            self.known.insert(key, ty.clone());
            ty
        }
    }

    /// An item is known before its content is lowered, so that the content may refer to it.
    pub(super) fn lower_item(
        &mut self,
        key: &Key,
        name: Option<Name>,
        plan: Plan<'a>,
        view: &View<'a>,
    ) -> Type {
        let name = name.unwrap_or_else(|| self.mint(key));
        let id = ItemId(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
        self.items.push(None);
        self.parts.push(key.0.clone());
        self.known.insert(key.clone(), Type::Item(id));
        let kind = match self.replacements.of(&name) {
            Some(ty) => ItemKind::Alias(ty),
            None => self.lower_kind(key, plan, view),
        };
        self.items[id.0 as usize] = Some(Item {
            docs: docs::of_type(view, &name),
            name,
            group: 0,
            deprecated: view
                .schemas()
                .last()
                .is_some_and(|schema| schema.deprecated),
            kind,
        });
        Type::Item(id)
    }

    fn lower_kind(&mut self, key: &Key, plan: Plan<'a>, view: &View<'a>) -> ItemKind {
        match plan {
            Plan::Struct => {
                let multipart = key.1 == Use::Multipart;
                ItemKind::Struct(Box::new(super::object::lower_struct(self, view, multipart)))
            }
            Plan::Enum(listed) => {
                if !super::ask::beyond(self, view).is_empty() {
                    self.note_unasked(key.0[0].id);
                }
                ItemKind::Enum(super::enumeration::lower_enum(self, &listed))
            }
            Plan::Tuple(positions) => {
                ItemKind::Tuple(super::tuple::lower_tuple(self, view, &positions))
            }
            Plan::Union(branches) => super::union::lower_union(self, view, &branches),
            Plan::Types(types) => super::union::lower_types(self, &key.0, &types),
            Plan::Data(kinds) => super::union::lower_data(self, kinds),
            plan => ItemKind::Alias(self.lower_plain(plan, view)),
        }
    }

    /// One type of parts that allow several.
    pub(super) fn lower_only(&mut self, parts: &[Part], ty: model::Type) -> Typed {
        let lowered = self.lower_parts(parts, Use::Only(ty));
        Typed {
            constraints: constraints(self, parts, &lowered),
            ty: lowered,
            nullable: false,
        }
    }

    fn lower_plain(&mut self, plan: Plan, view: &View<'a>) -> Type {
        if matches!(plan, Plan::Scalar(_))
            && let Some(ty) = self.replacements.of_format(view.format())
        {
            return ty;
        }
        match plan {
            Plan::Same(parts) => self.lower_all(&parts).ty,
            Plan::Scalar(ty) => scalar::lower_scalar(view, ty),
            Plan::List(ids) => Type::List(Box::new(self.lower_element(&ids))),
            Plan::Map(Undeclared::Schemas(ids)) => Type::Map(Box::new(self.lower_element(&ids))),
            Plan::Map(_) => Type::Map(Box::new(Type::Value)),
            Plan::Untyped(code, message) => {
                self.warn(code, view, message);
                Type::Value
            }
            _ => Type::Value,
        }
    }

    fn lower_element(&mut self, ids: &[SchemaId]) -> Type {
        if ids.is_empty() {
            Type::Value
        } else {
            self.lower(ids).whole()
        }
    }

    /// A type without a name that contains itself cannot be written.
    fn recursive_alias(&mut self, view: &View) -> Type {
        let message = "a schema without a name that contains itself is kept as plain JSON";
        self.warn("recursive-alias", view, message);
        Type::Value
    }

    /// Reports what could not be carried over as the document means it.
    pub(super) fn warn(&mut self, code: &'static str, view: &View, message: &str) {
        if let Some(schema) = view.schemas().last() {
            self.sink
                .push(Diagnostic::warning(code, &schema.place, message));
        }
    }

    /// The name of an item whose schema has none: by where it stands, then by its title.
    fn mint(&mut self, (parts, used): &Key) -> Name {
        let Some(last) = self
            .origins
            .nearest(parts, self.schemas)
            .or(parts.last().copied())
        else {
            return self.scope.mint("Empty");
        };
        let mut name = self.origins.name(last.id, self.schemas);
        if let Some(beside) = self.origins.beside(parts, self.schemas) {
            name = beside;
        } else if self.schemas[last.id].name.is_some() && parts.len() > 1 {
            let owner = self.origins.name(parts[0].id, self.schemas);
            name = format!("{owner} {}", self.origins.role(last.id, self.schemas));
        }
        match used {
            Use::Only(ty) => name = format!("{name} {ty:?}"),
            Use::Multipart if self.schemas[last.id].name.is_some() => name += " parts",
            Use::Data => name += " data",
            Use::Whole | Use::Multipart => {}
        }
        let title = self.schemas[last.id].title.as_deref().unwrap_or("Inline");
        let longer = format!("{name} {title}");
        self.scope.mint_first(&[&name, &longer])
    }
}
