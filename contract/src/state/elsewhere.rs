//! Resources whose things are made in other ways than by `POST` on all but the end of their path: by `POST` on a path that
//! ends with the same word, by `PUT` under a key that the client chooses, as what tells how far something else is, or
//! without a path for one of them.

use bindery_spec::model::Status;

use super::infer::{Finder, MADE, has_location, key_in};
use super::look;
use super::path::{anonymous, noun};
use super::resource::{Create, Resource, Resources, Way};

impl Finder<'_> {
    /// Adds to a resource what makes one elsewhere, where nothing does in its place.
    pub(super) fn complete(&self, resource: &mut Resource, items: &[&str]) {
        if resource.create.is_some() {
            return;
        }
        if let Some(create) = self.put(resource) {
            resource.create = Some(create);
            return;
        }
        let made = self.made_below_another(resource, items);
        let Some(create) = made.or_else(|| self.promised(resource)) else {
            return;
        };
        let home = &self.api.operations[create.operation].path;
        let is_made = create.way == Way::Made;
        resource.create = Some(create);
        if resource.list.is_none() {
            home.trim_end_matches('/').clone_into(&mut resource.home);
            resource.list = self.list(resource).filter(|_| is_made);
        }
    }

    /// `PUT` that says that it makes what was not there (RFC 9110 §9.3.4).
    fn put(&self, resource: &Resource) -> Option<Create> {
        let operation = resource.replace?;
        let put = &self.api.operations[operation];
        if resource.read.is_none() && resource.list.is_none() {
            return None;
        }
        let mut statuses = put.responses.iter().map(|response| response.status);
        let makes = statuses.any(|status| status == Status::Code(201));
        look::success(put, &[201]).filter(|_| makes)?;
        let key = self.answered_key(operation, &[201], resource);
        Some(Create::new(operation, key, Way::Chosen))
    }

    /// What is answered with 202, `Location`, and what is read of one: how far something is (RFC 9110 §15.3.3).
    fn promised(&self, resource: &Resource) -> Option<Create> {
        let read = self.thing(resource.read?, &[200], resource)?;
        let mut makers = self.operations().filter(|(index, own)| {
            own.method == "POST"
                && has_location(own, 202)
                && self.thing(*index, &[202], resource).as_ref() == Some(&read)
        });
        let (operation, _) = makers.next()?;
        let key = self.answered_key(operation, &[202], resource);
        Some(Create::new(operation, key, Way::Promised))
    }

    /// `POST` on a path that ends with the same word, and whose answer is what is read of one, if that is JSON.
    fn made_below_another(&self, resource: &Resource, items: &[&str]) -> Option<Create> {
        let read = resource.read?;
        let is_json = look::success(&self.api.operations[read], &[200]).is_some();
        let read = self.thing(read, &MADE, resource);
        let makers = self.operations().filter(|(_, own)| {
            let path = own.path.trim_end_matches('/');
            let own_items = format!("{}/{{}}", anonymous(path));
            own.method == "POST"
                && !path.ends_with('}')
                && noun(path) == resource.noun()
                && !items.iter().any(|item| anonymous(item) == own_items)
        });
        let mut made = makers.filter_map(|(index, _)| {
            let create = self.maker(index, resource)?;
            (!is_json || self.thing(index, &MADE, resource) == read).then_some(create)
        });
        let found = made.next()?;
        made.next().is_none().then_some(found)
    }

    /// The names of what a successful answer says of a thing, where it has the key.
    fn thing(
        &self,
        operation: usize,
        statuses: &[u16],
        resource: &Resource,
    ) -> Option<Vec<String>> {
        let schemas = &self.api.schemas;
        let (_, schema) = look::success(&self.api.operations[operation], statuses)?;
        let mut properties = look::properties(schemas, &[schema]);
        let (thing, _) = key_in(schemas, &properties, resource)?;
        if let Some(name) = thing.strip_prefix('/') {
            let inner = properties
                .iter()
                .find(|(own, _)| crate::validate::escape(own) == name);
            properties = look::properties(schemas, inner?.1);
        }
        let mut names: Vec<String> = properties.into_keys().collect();
        names.sort();
        Some(names)
    }

    /// What is made (201) and listed under one path, and has no path for one, not elsewhere either: it is known by its `id`.
    pub(super) fn listed_only(&self, items: &[&str], known: &Resources) -> Vec<Resource> {
        let makes = |status| status == Status::Code(201);
        let is_known = |index: usize| {
            let mut creates = known.all.iter().filter_map(|own| own.create.as_ref());
            creates.any(|create| create.operation == index)
        };
        let posts = self.operations().filter(|(index, own)| {
            let one = format!("{}/{{}}", anonymous(&own.path));
            let taken = items.iter().any(|item| anonymous(item) == one);
            let mut statuses = own.responses.iter().map(|response| response.status);
            own.method == "POST" && !taken && !is_known(*index) && statuses.any(makes)
        });
        let found = posts.filter_map(|(_, own)| {
            let item = format!("{}/{{id}}", own.path.trim_end_matches('/'));
            let resource = self.resource(&item);
            let key = resource.create.as_ref()?.key.is_some();
            (key && resource.list.is_some()).then_some(resource)
        });
        found.collect()
    }
}
