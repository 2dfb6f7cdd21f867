//! Products: a union of three kinds, with lists by cursor, versions and partial updates.

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::call::Call;
use super::check::{Checker, Number, Text, is_uuid};
use super::defect::Slip;
use super::page::page;
use super::product::{STATES, read_patch, read_product, tag};
use super::store::{Product, Store};

type Result = std::result::Result<Answer, Answer>;

/// How many items a page of a list may have.
pub(super) const LIMIT: Number = Number::whole(1.0, 100.0);

pub(super) const KINDS: [&str; 3] = ["book", "gadget", "download"];

pub(super) fn list(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let limit = check.count_of("limit", call.query("limit"), LIMIT, 20);
    let max_price = Number::of(("minimum", 0.0), ("exclusiveMaximum", 1e6));
    let max_price = check.number_of("max_price", call.query("max_price"), max_price);
    check_words(&mut check, call);
    let tags = tags(&mut check, call);
    let start = call.query("cursor").map(|cursor| {
        check.plain("cursor", cursor, Text::up_to(64));
        let at = cursor.strip_prefix("at-");
        at.and_then(|at| at.parse().ok()).unwrap_or(usize::MAX)
    });
    check.done()?;
    let fits = |product: &&Value| {
        let kind = call.query("kind");
        let price = product["price"].as_f64();
        let cheap = max_price.is_none_or(|most| {
            price.is_some_and(|price| {
                price < most || price <= most && !call.does(Slip::BoundExclusive)
            })
        });
        let counted = if call.does(Slip::FirstTagOnly) {
            1
        } else {
            tags.len()
        };
        let lost = call.does(Slip::DraftsLost) && !tags.is_empty() && product["status"] == "draft";
        let tagged = tags.iter().take(counted).all(|tag| has_tag(product, tag)) && !lost;
        let first_only = kind.is_some() && call.does(Slip::FirstFilterOnly);
        let status = call.query("status").filter(|_| !first_only);
        call.does(Slip::FilterIgnored)
            || call.does(Slip::FilterForgotten) && start.is_some()
            || kind.is_none_or(|kind| product["kind"] == kind)
                && status.is_none_or(|status| product["status"] == status)
                && (cheap || call.does(Slip::BoundIgnored))
                && (tagged || call.does(Slip::TagsIgnored))
    };
    let shown = |(id, product)| {
        let first = store.first.get(id).filter(|_| call.does(Slip::ListStale));
        first.unwrap_or(product)
    };
    let values = store.products.iter().map(shown);
    let values = values.map(|product: &Product| &product.value);
    let values = values.chain(store.ghosts.values().map(|product| &product.value));
    let mut all: Vec<Value> = values.filter(fits).cloned().collect();
    all.sort_by_key(|product| product["id"].as_u64());
    let order = call.query("order");
    let sorted = !call.does(Slip::OrderIgnored) && !call.does(Slip::PageSorted);
    sort(&mut all, order.filter(|_| sorted));
    if call.does(Slip::NotListed) && all.len() > 30 {
        all.truncate(30);
    }
    let without = call.query("limit").is_none() && call.does(Slip::DefaultIgnored);
    let limit = if without { 100 } else { limit };
    let mut page = page(call, all, start.unwrap_or(0), limit);
    if call.does(Slip::PageSorted) {
        sort(&mut page.items, order);
    }
    let next = page.next.map(|at| format!("at-{at}"));
    let body = json!({ "items": page.items, "next_cursor": next });
    let answer = Answer::json(200, body).header("RateLimit-Remaining", "999");
    Ok(answer.header("X-Total-Count", page.total.to_string()))
}

pub(super) fn head(call: &Call<'_>, store: &mut Store) -> Result {
    let mut answer = list(call, store)?;
    if call.does(Slip::HeadDiffers) {
        answer.headers.retain(|(name, _)| *name != "X-Total-Count");
        answer = answer.header("X-Total-Count", "1");
    }
    Ok(answer)
}

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    if let Some(key) = call.header("idempotency-key") {
        check.plain("Idempotency-Key", &key, Text::format(is_uuid));
    }
    let body = call.json("application/json")?;
    let input = read_product(&mut check, &body);
    if call.does(Slip::RefusedApplies) && !check.is_good() && body.is_object() {
        add(store, call, &input);
    }
    check.done()?;
    if call.does(Slip::CreatesTwo) {
        add(store, call, &input);
    }
    let (id, mut value) = add(store, call, &input);
    if call.does(Slip::EchoDiffers) {
        value["name"] = format!("{} ", value["name"].as_str().unwrap_or_default()).into();
    }
    let path = if call.does(Slip::LocationNowhere) {
        "items"
    } else {
        "products"
    };
    let answer = Answer::json(201, value).header("Location", format!("/{path}/{id}"));
    let tag = if call.does(Slip::TagOfNothing) {
        "\"77\""
    } else {
        "\"1\""
    };
    Ok(answer.header("ETag", tag))
}

pub(super) fn get(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let id = id(&mut check, call, "product_id");
    let id = match store.products.keys().next() {
        Some(first) if call.does(Slip::OtherServed) => *first,
        _ => id,
    };
    let known = call.header("if-none-match");
    if let Some(known) = &known {
        check.plain("If-None-Match", known, Text::like(is_etag));
    }
    check.done()?;
    let gone = store.gone.get(&id).filter(|_| call.does(Slip::GoneServed));
    let product = store.products.get(&id).or(gone);
    let product = product.ok_or_else(Answer::not_found)?;
    let same = known.as_ref().is_some_and(|known| *known == etag(product));
    let always = known.is_some() && call.does(Slip::NeverModified);
    if always || same && !call.does(Slip::AlwaysModified) {
        return Ok(Answer::empty(304).header("ETag", etag(product)));
    }
    if call.does(Slip::TagStays) {
        return Ok(Answer::json(200, product.value.clone()).header("ETag", "\"1\""));
    }
    Ok(answer(product))
}

pub(super) fn replace(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let id = id(&mut check, call, "product_id");
    let wanted = call.header("if-match");
    if let Some(wanted) = &wanted {
        check.plain("If-Match", wanted, Text::like(is_etag));
    }
    let body = call.json("application/json")?;
    let mut input = read_product(&mut check, &body);
    if call.does(Slip::RefusedApplies) && !check.is_good() {
        write(call, store, id, |value| overlay(value, &input));
    }
    check.done()?;
    if call.does(Slip::GhostPut) && !store.products.contains_key(&id) {
        input.insert("id".to_owned(), id.into());
        input.insert("created_at".to_owned(), store.now().into());
        let (value, version) = (Value::Object(input), 1);
        return Ok(answer(&Product { value, version }));
    }
    let product = store.products.get(&id).ok_or_else(Answer::not_found)?;
    let refused = call.does(Slip::MatchRefused);
    let stale = wanted.is_some_and(|wanted| refused || wanted != etag(product));
    if stale && !call.does(Slip::MatchIgnored) {
        return Err(Answer::problem(412, "It was changed in between"));
    }
    if call.does(Slip::FieldLost) {
        let old = product.value["price"].clone();
        input.insert("price".to_owned(), old);
    }
    input.insert("id".to_owned(), id.into());
    let created_at = if call.does(Slip::CreatedMoves) {
        "2025-01-01T00:00:00Z".into()
    } else {
        product.value["created_at"].clone()
    };
    input.insert("created_at".to_owned(), created_at);
    let updated_at = product.value["updated_at"].clone();
    input.insert("updated_at".to_owned(), updated_at);
    if call.does(Slip::UpdateLost) {
        let value = Value::Object(input);
        let version = product.version + 1;
        return Ok(answer(&Product { value, version }));
    }
    if call.does(Slip::PutMerges) {
        write(call, store, id, |value| overlay(value, &input));
    } else {
        write(call, store, id, |value| *value = Value::Object(input));
    }
    Ok(answer(&store.products[&id]))
}

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let id = id(&mut check, call, "product_id");
    let body = call.json("application/merge-patch+json")?;
    read_patch(&mut check, &body);
    let mut patch = body.as_object().cloned().unwrap_or_default();
    if call.does(Slip::NullKept) {
        patch.retain(|_, value| !value.is_null());
    }
    if call.does(Slip::RefusedApplies) && !check.is_good() {
        write(call, store, id, |value| merge(value, &patch));
    }
    check.done()?;
    if !store.products.contains_key(&id) {
        return Err(Answer::not_found());
    }
    let clears = call.does(Slip::PatchClears);
    if call.does(Slip::UpdatesNeighbour) {
        write(call, store, id - 1, |value| merge(value, &patch));
    }
    let before = answer(&store.products[&id]);
    write(call, store, id, |value| {
        merge(value, &patch);
        if clears && !patch.contains_key("description") {
            value["description"] = Value::Null;
            value["tags"] = json!([]);
        }
    });
    if call.does(Slip::OldAnswer) {
        return Ok(before);
    }
    Ok(answer(&store.products[&id]))
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let id = id(&mut check, call, "product_id");
    check.fails(call.does(Slip::MissingFails) && !store.products.contains_key(&id));
    check.done()?;
    let product = store.products.get(&id).ok_or_else(Answer::not_found)?;
    store.gone.insert(id, product.clone());
    if call.does(Slip::GoneListed) {
        store.ghosts.insert(id, product.clone());
    }
    if !call.does(Slip::DeleteKeeps) {
        store.products.remove(&id);
        store.reviews.retain(|(product, _), _| *product != id);
        store.images.retain(|(product, _), _| *product != id);
    }
    if call.does(Slip::DeletesMore) {
        store.products.remove(&(id - 1));
    }
    Ok(Answer::empty(204))
}

/// An id in the path, from 1 on: the first of the path for `product_id`, and the last for all others.
pub(super) fn id(check: &mut Checker, call: &Call<'_>, name: &str) -> u64 {
    let own = if name == "product_id" {
        call.ids.first()
    } else {
        call.ids.last()
    };
    let id = check.count_of(name, own.map(String::as_str), Number::from(1.0), 0) as u64;
    check.fails(call.does(Slip::OverflowFails) && id > u64::from(u32::MAX));
    id
}

fn answer(product: &Product) -> Answer {
    Answer::json(200, product.value.clone()).header("ETag", etag(product))
}

fn etag(product: &Product) -> String {
    format!("\"{}\"", product.version)
}

fn is_etag(text: &str) -> bool {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    inner.is_some_and(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn add(store: &mut Store, call: &Call<'_>, input: &Map<String, Value>) -> (u64, Value) {
    let id = if call.does(Slip::SameId) {
        31
    } else {
        store.next()
    };
    let mut value = Value::Object(input.clone());
    value["id"] = id.into();
    value["created_at"] = store.now().into();
    value["updated_at"] = store.moment().into();
    let answer = value.clone();
    call.planted.store(&mut value);
    if !call.does(Slip::CreateLost) {
        let product = Product {
            value: value.clone(),
            version: 1,
        };
        store.first.insert(id, product.clone());
        store.products.insert(id, product);
    }
    (id, answer)
}

fn write(call: &Call<'_>, store: &mut Store, id: u64, change: impl FnOnce(&mut Value)) {
    let moment = store.moment();
    if let Some(product) = store.products.get_mut(&id) {
        change(&mut product.value);
        product.version += 1;
        if !call.does(Slip::UpdatedStays) {
            product.value["updated_at"] = moment.into();
        }
    }
}

fn overlay(value: &mut Value, input: &Map<String, Value>) {
    for (name, new) in input {
        value[name] = new.clone();
    }
}

/// RFC 7396: null takes a member away.
fn merge(value: &mut Value, patch: &Map<String, Value>) {
    for (name, new) in patch {
        match value.as_object_mut() {
            Some(object) if new.is_null() => drop(object.shift_remove(name)),
            _ => value[name] = new.clone(),
        }
    }
}

fn sort(all: &mut [Value], order: Option<&str>) {
    match order {
        Some("-id") => all.reverse(),
        Some("price") => all.sort_by(|one, other| {
            let price = |value: &Value| value["price"].as_f64().unwrap_or_default();
            price(one).total_cmp(&price(other))
        }),
        _ => {}
    }
}

fn has_tag(product: &Value, tag: &str) -> bool {
    let tags = product["tags"].as_array();
    tags.is_some_and(|tags| tags.iter().any(|own| own == tag))
}

fn check_words(check: &mut Checker, call: &Call<'_>) {
    if let Some(kind) = call.query("kind") {
        check.word("kind", &kind.into(), &KINDS);
    }
    if let Some(status) = call.query("status") {
        check.word("status", &status.into(), &STATES);
    }
    if let Some(order) = call.query("order") {
        check.word("order", &order.into(), &["id", "-id", "price"]);
    }
}

fn tags(check: &mut Checker, call: &Call<'_>) -> Vec<String> {
    let Some(text) = call.query("tags") else {
        return Vec::new();
    };
    let parts = text.split('|').filter(|_| !text.is_empty());
    let tags: Vec<String> = parts.map(str::to_owned).collect();
    check.list("tags", &json!(tags), (1, 3), true, tag);
    tags
}
