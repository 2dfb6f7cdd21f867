//! Leaves a deployment as it was: what was made is deleted, and what there is one of is put back.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Request;

use super::call::{Caller, Keys};
use super::resource::{Create, Resource};
use super::stock::lock;
use crate::probe::Draft;

impl Caller<'_> {
    /// The request that writes what there is one of as it is now.
    pub(super) async fn before(&self, resource: &Resource, create: &Create) -> Option<Draft> {
        let keys = self.stock.keys(&resource.item);
        let read = resource.read?;
        let now = self.send(read, &self.draft(read, &keys)?).await?;
        let now = now.thing().filter(|_| now.is_success())?;
        let maker = self.maker(create.operation)?;
        let mut draft = self.draft(create.operation, &keys)?;
        draft.body = maker.content(maker.taken(&now)?);
        Some(draft)
    }

    /// Puts back what there is one of.
    async fn restore(&self) {
        let before = std::mem::take(&mut *lock(&self.stock.before));
        for (index, draft) in before {
            let resource = &self.stock.resources.all[index];
            let operation = resource.create.as_ref().map(|create| create.operation);
            let request = draft.zip(operation).and_then(|(draft, operation)| {
                draft.spell(self.contract, self.operation(operation))
            });
            let restored = match request.zip(operation) {
                Some((request, operation)) => self.exchange(operation, request).await,
                None => None,
            };
            if !restored.is_some_and(|restored| restored.is_success()) {
                let item = &resource.item;
                self.stock.note(format!(
                    "state-left: {item} was written and could not be put back as it was"
                ));
            }
        }
    }

    /// Deletes what was made, the last first, and says what is left.
    pub(crate) async fn clean(&self) {
        self.tidy().await;
        self.restore().await;
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, _) in lock(&self.stock.made).iter() {
            *left
                .entry(&self.stock.resources.all[*index].item)
                .or_default() += 1;
        }
        for (item, count) in left {
            self.stock.note(format!(
                "state-left: {count} of {item} were made and cannot be deleted by the document"
            ));
        }
    }

    /// Deletes what was made, the last first, as far as the document has an operation for it.
    pub(crate) async fn tidy(&self) {
        let made = std::mem::take(&mut *lock(&self.stock.made));
        let mut left = Vec::new();
        for (index, keys) in made.into_iter().rev() {
            match self.deletion(&self.stock.resources.all[index], &keys) {
                // With what it belongs to, it may have been deleted as well.
                Some((delete, request)) => drop(self.exchange(delete, request).await),
                None => left.push((index, keys)),
            }
        }
        left.reverse();
        lock(&self.stock.made).splice(0..0, left);
    }

    /// The request that deletes a thing.
    fn deletion(&self, resource: &Resource, keys: &Keys) -> Option<(usize, Request<Bytes>)> {
        let delete = resource.delete?;
        let request = self
            .draft(delete, keys)?
            .spell(self.contract, self.operation(delete))?;
        Some((delete, request))
    }
}
