//! Schemas become types: each set of schemas once, recursion included.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use bindery_spec::diagnostic::codes;
use bindery_spec::model::{self, SchemaId, Schemas};
use bindery_spec::{Diagnostic, Diagnostics};

use super::constrain::constraints;
use super::origin::Origins;
use super::plan::{Plan, plan};
use super::replace::Replacements;
use super::reserved::RESERVED;
use super::view::{Part, Undeclared, View};
use super::{docs, scalar};
use crate::ir::{Case, Component, Constraints, Item, ItemId, ItemKind, Name, Scope, Type};

/// How many named types may lead from one to the next before the first is done.
const MAX_LEVELS: usize = 1000;

/// How many types without a name may stand in each other.
const MAX_NESTING: usize = 100;

/// What a use of a schema comes to.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    /// The type of a value that is not null.
    pub(super) ty: Type,
    /// Whether null is allowed as well; never for [`Type::Value`], which holds null by itself.
    pub(super) nullable: bool,
    /// What the value must keep to.
    pub(super) constraints: Constraints,
}

impl Typed {
    /// What may be anything.
    pub(super) fn any() -> Self {
        Self {
            ty: Type::Value,
            nullable: false,
            constraints: Constraints::default(),
        }
    }

    /// The type of a value that may be null.
    pub(super) fn whole(self) -> Type {
        if self.nullable {
            Type::Nullable(Box::new(self.ty))
        } else {
            self.ty
        }
    }
}

/// A set of schemas, and the type of theirs that counts.
type Key = (Vec<Part>, Option<model::Type>);

/// The types of a crate while they are made.
pub(super) struct Types<'a, 's> {
    pub(super) schemas: &'a Schemas,
    pub(super) origins: &'s Origins,
    pub(super) sink: &'s mut Diagnostics,
    /// The strings that are files.
    files: &'s BTreeSet<SchemaId>,
    scope: Scope,
    names: BTreeMap<SchemaId, Name>,
    known: BTreeMap<Key, Type>,
    /// The types without a name that are being made, back to the item that they are for.
    open: Vec<Key>,
    /// How many types without a name are being made, for whichever item.
    nesting: usize,
    /// How many items are being made, each for the one before.
    level: usize,
    items: Vec<Option<Item>>,
    /// The types that stand in for others.
    pub(super) replacements: Replacements,
    /// The schemas that ask more of values than can be checked.
    unasked: RefCell<BTreeSet<SchemaId>>,
    /// What each item was made from, for questions that come later.
    pub(super) parts: Vec<Vec<Part>>,
}

impl<'a, 's> Types<'a, 's> {
    /// No types but those that the document names, and of these only the names.
    pub(super) fn new(
        schemas: &'a Schemas,
        origins: &'s Origins,
        files: &'s BTreeSet<SchemaId>,
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
            files,
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
    pub(super) fn lower_named(&mut self) {
        for (_, id) in self.schemas.named() {
            // By its own part, so that a schema that only refers to another one has a type of its own all the same.
            self.lower_parts(&[Part::from(id)], None);
        }
    }

    /// The schemas that the document names and that have been lowered.
    pub(super) fn components(&mut self) -> Vec<Component> {
        let schemas = self.schemas;
        let is_lowered = |types: &Self, id| types.known.contains_key(&(vec![Part::from(id)], None));
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
            }
        });
        lowered.collect()
    }

    /// Lowers schemas that all hold.
    pub(super) fn lower(&mut self, ids: &[SchemaId]) -> Typed {
        let parts: Vec<_> = ids.iter().copied().map(Part::from).collect();
        self.lower_all(&parts)
    }

    /// Lowers parts that all hold.
    pub(super) fn lower_all(&mut self, parts: &[Part]) -> Typed {
        let nullable = View::of(self.schemas, parts).is_nullable();
        let parts = self.simplify(parts);
        let ty = self.lower_parts(&parts, None);
        let value = *self.resolve(&ty) == Type::Value;
        let constraints = constraints(self, &parts, &ty);
        Typed {
            nullable: nullable && !value,
            ty,
            constraints,
        }
    }

    /// A type with the aliases at its outside taken away.
    pub(super) fn resolve<'t>(&'t self, ty: &'t Type) -> &'t Type {
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
    pub(super) fn item(&self, id: ItemId) -> Option<&Item> {
        self.items[id.0 as usize].as_ref()
    }

    /// Notes that a schema asks more of values than can be checked.
    pub(super) fn note_unasked(&self, id: SchemaId) {
        self.unasked.borrow_mut().insert(id);
    }

    /// All items. What is not checked of their values is reported.
    pub(super) fn finish(self) -> Vec<Item> {
        for id in self.unasked.into_inner() {
            let message = "what this schema asks beyond types holds schemas that are recursive, or too many, and is not checked";
            let place = &self.schemas[id].place;
            self.sink.push(codes::RULE_UNCHECKED.at(place, message));
        }
        self.items.into_iter().flatten().collect()
    }

    /// Whether a view is of a string that is a file.
    fn is_file(&self, view: &View) -> bool {
        view.nodes
            .iter()
            .any(|(part, _)| self.files.contains(&part.id))
    }

    /// The view of parts.
    pub(super) fn view(&self, parts: &[Part]) -> View<'a> {
        View::of(self.schemas, parts)
    }

    /// Fewer parts that mean the same: references that say nothing else are followed up to a name, and parts that say
    /// nothing about values are left out.
    fn simplify(&self, parts: &[Part]) -> Vec<Part> {
        let mut simple: Vec<Part> = Vec::new();
        for part in parts {
            let part = self.follow(*part);
            if !simple.contains(&part) {
                simple.push(part);
            }
        }
        let says = |part: &&Part| super::statement::states(&self.schemas[part.id]);
        let saying: Vec<_> = simple.iter().filter(says).copied().collect();
        if saying.is_empty() {
            simple.truncate(1);
            simple
        } else {
            saying
        }
    }

    fn follow(&self, mut part: Part) -> Part {
        for _ in 0..64 {
            if self.schemas[part.id].name.is_some() {
                break;
            }
            match plan(&self.view(&[part]), &[part], None) {
                Plan::Same(same) if same.len() == 1 => part = same[0],
                _ => break,
            }
        }
        part
    }

    /// The type of parts that are simplified.
    fn lower_parts(&mut self, parts: &[Part], only: Option<model::Type>) -> Type {
        let key = (parts.to_vec(), only);
        if let Some(ty) = self.known.get(&key) {
            return ty.clone();
        }
        let view = self.view(parts);
        let plan = plan(&view, parts, only);
        let name = match parts {
            [part] if !part.is_bare() && only.is_none() => self.names.get(&part.id).cloned(),
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
    fn lower_item(
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
            Plan::Struct => ItemKind::Struct(Box::new(super::object::lower_struct(self, view))),
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
            plan => ItemKind::Alias(self.lower_plain(plan, view)),
        }
    }

    /// One type of parts that allow several.
    pub(super) fn lower_only(&mut self, parts: &[Part], ty: model::Type) -> Typed {
        let lowered = self.lower_parts(parts, Some(ty));
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
            Plan::Scalar(_) if self.is_file(view) => Type::File,
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
    fn mint(&mut self, (parts, only): &Key) -> Name {
        let Some(last) = parts.last() else {
            return self.scope.mint("Empty");
        };
        let mut name = self.origins.name(last.id, self.schemas);
        if self.schemas[last.id].name.is_some() && parts.len() > 1 {
            let bare = parts.iter().find(|part| part.is_bare());
            let first = bare.unwrap_or(&parts[0]);
            let owner = self.origins.name(first.id, self.schemas);
            name = format!("{owner} {}", self.origins.role(last.id, self.schemas));
        }
        if let Some(ty) = only {
            name = format!("{name} {ty:?}");
        }
        let title = self.schemas[last.id].title.as_deref().unwrap_or("Inline");
        let longer = format!("{name} {title}");
        self.scope.mint_first(&[&name, &longer])
    }
}
