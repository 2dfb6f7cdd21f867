//! Pages as the configuration says. What it names and the document does not have is reported.

use bindery_spec::diagnostic::codes;
use bindery_spec::model::Operation;

use super::super::parameter::CallNames;
use super::Listing;
use super::look::{self, Scalar};
use super::sends::{Sends, Sent};
use crate::config::PageRules;
use crate::ir::{BodyPlace, Counted, Name, NextPage, Pagination, Type, Way};
use crate::lower::schema::types::Types;

/// How to get from one page to the next; `None`, and a diagnostic, where that cannot be done.
pub(super) fn lower(
    types: &mut Types,
    operation: &Operation,
    listing: &Listing,
    sends: &Sends,
    rules: &PageRules,
    names: &mut CallNames,
) -> Option<Pagination> {
    let mut reading = Reading {
        types,
        page: listing.page(),
        sends,
        names,
        places: Vec::new(),
    };
    match reading.pagination(rules) {
        Ok(pagination) => Some(pagination),
        Err(why) => {
            let place = &operation.place;
            let message = format!("{} {}: {why}", operation.method, operation.path);
            types.sink.push(codes::PAGES_NOT_DONE.at(place, message));
            None
        }
    }
}

struct Reading<'r, 't, 's> {
    types: &'r Types<'t, 's>,
    page: Option<&'r Type>,
    sends: &'r Sends<'r>,
    names: &'r mut CallNames,
    places: Vec<BodyPlace>,
}

impl Reading<'_, '_, '_> {
    fn pagination(&mut self, rules: &PageRules) -> Result<Pagination, String> {
        let page = self.page.ok_or("only JSON comes in pages")?;
        let (items, item) = self.list(page, rules.items.as_deref())?;
        let more = self.optional(page, rules.more.as_deref(), Scalar::Flag)?;
        let next = self.next(page, &item, rules)?;
        Ok(Pagination {
            items,
            item,
            next,
            more,
            body: std::mem::take(&mut self.places),
        })
    }

    fn list(&self, page: &Type, pointer: Option<&str>) -> Result<(Way, Type), String> {
        let found = match pointer {
            Some(pointer) => look::way(self.types, page, pointer),
            None => super::infer::list(self.types, page, &look::ways(self.types, page)),
        };
        let way = found.ok_or_else(|| match pointer {
            Some(pointer) => absent(pointer),
            None => "`items` must say where the list is".to_owned(),
        })?;
        match look::item_of(self.types, page, &way) {
            Some(item) => Ok((way, item.clone())),
            None => Err(format!("`{}` is no list", pointer.unwrap_or_default())),
        }
    }

    fn next(&mut self, page: &Type, item: &Type, rules: &PageRules) -> Result<NextPage, String> {
        if let Some(url) = &rules.url {
            let next = self.received(page, url, Scalar::Text)?;
            return Ok(NextPage::Url { next });
        }
        if let Some(cursor) = &rules.cursor {
            return self.cursor(page, item, rules, cursor);
        }
        let total = self.optional(page, rules.total.as_deref(), Scalar::Integer)?;
        let limit = rules.limit.as_deref();
        let limit = limit.map(|limit| self.number(limit)).transpose()?;
        let items = rules.offset.iter().map(|own| (Counted::Items, own));
        let pages = rules.page.iter().map(|own| (Counted::Pages, own));
        let Some((counted, number)) = items.chain(pages).next() else {
            return Ok(NextPage::Link);
        };
        Ok(NextPage::Number {
            counted,
            sent: self.number(number)?,
            limit,
            total,
        })
    }

    fn cursor(
        &mut self,
        page: &Type,
        item: &Type,
        rules: &PageRules,
        cursor: &str,
    ) -> Result<NextPage, String> {
        let (sent, kind) = self.sent(cursor)?;
        let last = rules.last.as_deref();
        let last = last.map(|key| self.received(item, key, kind)).transpose()?;
        let next = rules.next.as_deref();
        let next = next
            .map(|next| self.received(page, next, kind))
            .transpose()?;
        let sent = sent.constant(self.names, &mut self.places);
        Ok(match last {
            Some(key) => NextPage::Last { sent, key },
            // One of the two is there, as the configuration was read.
            None => NextPage::Cursor {
                sent,
                next: next.unwrap_or_default(),
            },
        })
    }

    fn sent(&self, place: &str) -> Result<(Sent, Scalar), String> {
        let sent = self.sends.at(self.types, place);
        let kind = if place.starts_with('/') {
            "place in a JSON body"
        } else {
            "parameter"
        };
        sent.ok_or_else(|| format!("there is no {kind} `{place}` that is text or an integer"))
    }

    fn number(&mut self, place: &str) -> Result<Name, String> {
        match self.sent(place)? {
            (sent, Scalar::Integer) => Ok(sent.constant(self.names, &mut self.places)),
            _ => Err(format!("`{place}` is no integer")),
        }
    }

    fn optional(
        &self,
        page: &Type,
        pointer: Option<&str>,
        kind: Scalar,
    ) -> Result<Option<Way>, String> {
        pointer
            .map(|pointer| self.received(page, pointer, kind))
            .transpose()
    }

    /// Something that is received, of a kind.
    fn received(&self, from: &Type, pointer: &str, kind: Scalar) -> Result<Way, String> {
        let way = look::way(self.types, from, pointer);
        let way = way.filter(|way| !way.is_empty());
        let way = way.ok_or_else(|| absent(pointer))?;
        let own = look::field(self.types, &way);
        let own = own.and_then(|own| look::scalar(self.types, &own.ty));
        if own == Some(kind) {
            return Ok(way);
        }
        let kind = match kind {
            Scalar::Text => "text",
            Scalar::Integer => "an integer",
            Scalar::Flag => "true or false",
        };
        Err(format!("`{pointer}` is to be {kind}"))
    }
}

fn absent(pointer: &str) -> String {
    format!("there is no property `{pointer}` in the response, or a part of it has no properties")
}
