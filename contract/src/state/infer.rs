//! Which resources a document has, as far as its shape says so: a path for all and a path for one, with operations on
//! both, and a key in the answers that fits the parameter of the path.
//!
//! Where the evidence is thin there is no resource. Declared links, and a declared `Location`, are evidence as well.

use bindery_spec::Api;
use bindery_spec::model::{LinkTarget, Operation, Response, Schemas, Status};

use super::attributes;
use super::path::{anonymous, noun, prefixes};
use super::refer::Named;
use super::resource::{Create, Resource, Resources, Way};
use super::{listing, look, names};

/// Words that make a path of its own for what `POST` on the collection does elsewhere.
const CREATE_WORDS: &[&str] = &["create", "new", "add"];

/// The statuses of what was made or done.
pub(super) const MADE: [u16; 2] = [201, 200];

impl Resources {
    /// The resources among the operations that may be called.
    pub(crate) fn infer(api: &Api, may_call: &dyn Fn(usize) -> bool) -> Self {
        let operations: Vec<usize> = (0..api.operations.len())
            .filter(|index| may_call(*index))
            .collect();
        let finder = Finder { api, operations };
        let mut resources = Self::default();
        let items = finder.item_paths();
        for path in &items {
            let mut resource = finder.resource(path);
            finder.complete(&mut resource, &items);
            if resource.create.is_some() || resource.list.is_some() {
                resources.all.push(resource);
            }
        }
        let listed_only = finder.listed_only(&items, &resources);
        resources.all.extend(listed_only);
        let singles: Vec<Resource> = finder.singles(&resources);
        resources.all.extend(singles);
        // What stands before another in a path is shorter.
        resources
            .all
            .sort_by_key(|resource| resource.item.matches('/').count());
        for index in 0..resources.all.len() {
            let own = &resources.all[index];
            let mut parents = resources.along(own.collection());
            parents.extend(resources.along(&own.home));
            parents.extend(resources.along(own.birthplace(api)));
            parents.extend(resources.stands_for(index));
            let (references, inner) = finder.references(&resources, index);
            let actions = finder.actions(&resources, own);
            let contents = finder.contents(own);
            let views = finder.views(&resources, own);
            let bulks = finder.bulks(own);
            resources.all[index].actions = actions;
            resources.all[index].contents = contents;
            resources.all[index].views = views;
            resources.all[index].bulks = bulks;
            resources.all[index].shown = finder.shown(&resources.all[index]);
            resources.all[index].told = finder.told(&resources.all[index]);
            resources.all[index].parents = parents;
            resources.all[index].references = references;
            resources.all[index].inner = inner;
        }
        resources
    }
}

/// Looks for resources among the operations that may be called.
pub(super) struct Finder<'a> {
    pub(super) api: &'a Api,
    pub(super) operations: Vec<usize>,
}

impl Finder<'_> {
    /// The paths, and starts of paths, that end in one parameter, each once.
    fn item_paths(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for index in &self.operations {
            for (_, path) in prefixes(&self.api.operations[*index].path) {
                let last = path.rsplit('/').next().unwrap_or_default();
                let whole = last.starts_with('{') && last.matches('{').count() == 1;
                if whole && !found.iter().any(|own| anonymous(own) == anonymous(path)) {
                    found.push(path);
                }
            }
        }
        found
    }

    pub(super) fn resource(&self, item: &str) -> Resource {
        let parameter = item
            .rsplit('{')
            .next()
            .unwrap_or_default()
            .trim_end_matches('}');
        let mut resource = Resource {
            item: item.to_owned(),
            home: String::new(),
            single: false,
            parameter: parameter.to_owned(),
            create: None,
            read: self.on(item, "GET"),
            replace: self.on(item, "PUT"),
            modify: self.on(item, "PATCH"),
            delete: self.on(item, "DELETE"),
            shown: Vec::new(),
            told: Vec::new(),
            list: None,
            actions: Vec::new(),
            contents: Vec::new(),
            views: Vec::new(),
            bulks: Vec::new(),
            parents: Vec::new(),
            references: Vec::new(),
            inner: Vec::new(),
        };
        resource.home = resource.collection().to_owned();
        resource.create = self.create(&resource);
        resource.list = self.list(&resource);
        resource
    }

    /// The operations that may be called, with their indexes.
    pub(super) fn operations(&self) -> impl Iterator<Item = (usize, &Operation)> {
        let all = self.operations.iter();
        all.map(|index| (*index, &self.api.operations[*index]))
    }

    /// What there is one of: a path that ends in a word, is no collection, and is read and written as the same object.
    fn singles(&self, resources: &Resources) -> Vec<Resource> {
        let reads = self.operations.iter().filter(|index| {
            let operation = &self.api.operations[**index];
            let path = operation.path.trim_end_matches('/');
            operation.method == "GET" && !path.ends_with('}')
        });
        let found = reads.filter_map(|index| {
            let path = self.api.operations[*index].path.trim_end_matches('/');
            let start = format!("{}/{{", anonymous(path));
            let collection = resources
                .all
                .iter()
                .any(|other| anonymous(&other.item).starts_with(&start));
            if collection {
                return None;
            }
            let mut single = self.resource(path);
            let writes = single.replace.or(single.modify)?;
            single.single = true;
            single.parameter.clear();
            single.list = None;
            single.delete = None;
            single.create = Some(Create::new(writes, None, Way::Made));
            self.is_one(*index, writes).then_some(single)
        });
        found.collect()
    }

    /// Whether what is read is what is written: both are objects that have a property in common.
    fn is_one(&self, read: usize, write: usize) -> bool {
        let operations = &self.api.operations;
        let read = look::success(&operations[read], &[200]);
        let body = operations[write].body.as_ref();
        let written = body.and_then(|body| look::written(&self.api.schemas, &body.content));
        let properties = |schema| look::properties(&self.api.schemas, &[schema]);
        read.zip(written).is_some_and(|((_, read), (_, written))| {
            let read = properties(read);
            let written = properties(written);
            written.keys().any(|name| read.contains_key(name))
        })
    }

    /// The operation of a method on a path.
    pub(super) fn on(&self, path: &str, method: &str) -> Option<usize> {
        let fits = |index: &&usize| {
            let operation = &self.api.operations[**index];
            operation.method == method && anonymous(&operation.path) == anonymous(path)
        };
        self.operations.iter().find(fits).copied()
    }

    fn create(&self, resource: &Resource) -> Option<Create> {
        let collection = resource.collection();
        let verbs = CREATE_WORDS
            .iter()
            .map(|word| format!("{collection}/{word}"));
        let paths = std::iter::once(collection.to_owned()).chain(verbs);
        let mut makers = paths.filter_map(|path| self.on(&path, "POST"));
        makers.find_map(|index| self.maker(index, resource))
    }

    /// Whether an operation makes a thing of a resource: its success has a key that fits, or says where the thing is.
    pub(super) fn maker(&self, index: usize, resource: &Resource) -> Option<Create> {
        let operation = &self.api.operations[index];
        let linked = self.linked(operation, resource);
        let key = self.answered_key(index, &MADE, resource);
        let tells = key.is_some() || linked.is_some() || has_location(operation, 201);
        let create = Create::new(index, key, Way::Made);
        let key = linked.or_else(|| create.key.clone());
        tells.then_some(Create { key, ..create })
    }

    /// Where the answer of an operation has the key of a thing: the object, and the key in the whole, as JSON Pointers.
    pub(super) fn answered_key(
        &self,
        index: usize,
        statuses: &[u16],
        resource: &Resource,
    ) -> Option<(String, String)> {
        let schemas = &self.api.schemas;
        let (_, schema) = look::success(&self.api.operations[index], statuses)?;
        let properties = look::properties(schemas, &[schema]);
        key_in(schemas, &properties, resource)
    }

    /// Where a declared link takes the parameter of the item's path from (OpenAPI 3.1 §4.8.20).
    fn linked(&self, operation: &Operation, resource: &Resource) -> Option<String> {
        let links = operation
            .responses
            .iter()
            .flat_map(|response| &response.links);
        let mut fitting = links.filter(|link| match &link.target {
            LinkTarget::Id(id) => self
                .item_operations(resource)
                .any(|own| own.id.as_ref() == Some(id)),
            LinkTarget::Reference(_) => false,
        });
        fitting.find_map(|link| {
            let own = |name: &str| name.rsplit('.').next() == Some(resource.parameter.as_str());
            let (_, value) = link.parameters.iter().find(|(name, _)| own(name))?;
            value
                .as_str()?
                .strip_prefix("$response.body#")
                .map(str::to_owned)
        })
    }

    fn item_operations(&self, resource: &Resource) -> impl Iterator<Item = &Operation> {
        let own = [
            resource.read,
            resource.replace,
            resource.modify,
            resource.delete,
        ];
        own.into_iter()
            .flatten()
            .map(|index| &self.api.operations[index])
    }

    pub(super) fn list(&self, resource: &Resource) -> Option<super::resource::List> {
        let index = self.on(&resource.home, "GET")?;
        listing::infer(self.api, index, resource)
    }

    /// Where the answers of a resource have the thing inside of them: where its key is, or in what a single one is sent in.
    fn shown(&self, own: &Resource) -> Vec<(usize, String)> {
        let schemas = &self.api.schemas;
        let sent_in = |index: usize| {
            let operation = &self.api.operations[index];
            let (_, body) = look::written(schemas, &operation.body.as_ref()?.content)?;
            look::envelope(schemas, operation, body).map(|(name, _)| name)
        };
        let made = own.create.as_ref().map(|create| create.operation);
        let single = made.filter(|_| own.single).and_then(sent_in);
        let shows = |index: usize| match &single {
            Some(name) => Some(crate::validate::pointer_to(name)),
            None => Some(self.answered_key(index, &MADE, own)?.0),
        };
        let found = showing(own).filter_map(|index| Some((index, shows(index)?)));
        found.filter(|(_, at)| !at.is_empty()).collect()
    }

    /// Where the answers of a resource have what is said of the thing: where the thing is, or in its attributes.
    fn told(&self, own: &Resource) -> Vec<(usize, String)> {
        let schemas = &self.api.schemas;
        let tells = |index: usize| {
            let at = own.shown_at(index);
            let (_, whole) = look::success(&self.api.operations[index], &MADE)?;
            let thing = look::inside(schemas, whole, at)?;
            Some((index, attributes::fields(schemas, (at.to_owned(), thing)).0))
        };
        let found = showing(own).filter_map(tells);
        found.filter(|(_, at)| !at.is_empty()).collect()
    }

    /// The properties of the body that makes a thing which are keys of other resources, and the places deeper in it.
    fn references(&self, resources: &Resources, index: usize) -> (Naming, Naming) {
        let Some(create) = &resources.all[index].create else {
            return Default::default();
        };
        let operation = &self.api.operations[create.operation];
        let fields = look::fields_of(&self.api.schemas, operation);
        let fields = fields.map_or_else(String::new, |(at, _)| at);
        let all = resources.references(self.api, create.operation).into_iter();
        let in_body = all.filter_map(|(at, _, other)| match at {
            Named::Property(place) => Some((place.strip_prefix(&fields)?.to_owned(), other)),
            Named::Query(_) => None,
        });
        let (own, deep): (Naming, Naming) = in_body.partition(|(at, _)| at.rfind('/') == Some(0));
        let name = |(at, other): (String, usize)| {
            let name = at.trim_start_matches('/');
            (crate::validate::unescape(name), other)
        };
        (own.into_iter().map(name).collect(), deep)
    }
}

/// What names other resources, each with that resource.
type Naming = Vec<(String, usize)>;

/// The operations whose answers show one.
fn showing(own: &Resource) -> impl Iterator<Item = usize> {
    let made = own.create.as_ref().map(|create| create.operation);
    let all = [made, own.read, own.replace, own.modify];
    all.into_iter().flatten().chain(own.actions.iter().copied())
}

/// Where a key that fits stands among properties, or inside one of them: the object, and the key, as JSON Pointers.
pub(super) fn key_in(
    schemas: &Schemas,
    properties: &look::Properties,
    resource: &Resource,
) -> Option<(String, String)> {
    if let Some(key) = key_place(schemas, properties, resource) {
        return Some((String::new(), key));
    }
    // An envelope has one object inside it that has the key; of several, nobody knows which.
    let mut inner = properties.iter().filter_map(|(name, ids)| {
        let key = key_place(schemas, &look::properties(schemas, ids), resource)?;
        let thing = crate::validate::pointer_to(name);
        let key = format!("{thing}{key}");
        Some((thing, key))
    });
    let found = inner.next()?;
    inner.next().is_none().then_some(found)
}

/// Where the key of a thing stands in it, or in its attributes, as a JSON Pointer.
fn key_place(schemas: &Schemas, thing: &look::Properties, resource: &Resource) -> Option<String> {
    let within = |properties: &look::Properties, place: &str| {
        let property = own_key(schemas, properties, resource)?;
        Some(format!("{place}{}", crate::validate::pointer_to(&property)))
    };
    let (flat, place) = attributes::flat(schemas, thing.clone());
    within(thing, "").or_else(|| within(&flat, place))
}

/// The property that is the key of a thing.
pub(super) fn own_key(
    schemas: &Schemas,
    properties: &look::Properties,
    resource: &Resource,
) -> Option<String> {
    let noun = noun(resource.collection());
    let ranked = properties.iter().filter_map(|(name, ids)| {
        let rank = names::key_rank(name, &resource.parameter, noun)?;
        look::is_key(schemas, ids).then_some((rank, name))
    });
    ranked
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, name)| name.clone())
}

/// Whether an answer declares where something is.
pub(super) fn has_location(operation: &Operation, status: u16) -> bool {
    let wanted = |own: &&Response| own.status == Status::Code(status);
    let answers = operation.responses.iter().filter(wanted);
    let mut headers = answers.flat_map(|response| &response.headers);
    headers.any(|header| header.name.eq_ignore_ascii_case("location"))
}
