//! Reviews of a product: a list by pages.

use serde_json::Value;

use super::answer::Answer;
use super::call::Call;
use super::check::{Checker, Number, Text};
use super::defect::Slip;
use super::page::page;
use super::products::id;
use super::store::Store;

type Result = std::result::Result<Answer, Answer>;

const RATING: Number = Number::whole(1.0, 5.0);

pub(super) fn list(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let product = id(&mut check, call, "product_id");
    let number = check.count_of("page", call.query("page"), Number::whole(1.0, 1000.0), 1);
    let limit = Number::whole(1.0, 50.0);
    let limit = check.count_of("per_page", call.query("per_page"), limit, 10);
    let rating = check.number_of("rating", call.query("rating"), RATING);
    let mut pages = call.query.iter().filter(|(name, _)| name == "page");
    check.fails(call.does(Slip::TwiceFails) && pages.by_ref().count() > 1);
    check.done()?;
    find_product(store, product)?;
    let parents = if call.does(Slip::ForeignParent) {
        (0, 0)..=(u64::MAX, u64::MAX)
    } else {
        (product, 0)..=(product, u64::MAX)
    };
    let own = store.reviews.range(parents);
    let fits = |review: &&Value| {
        call.does(Slip::FilterIgnored)
            || rating.is_none_or(|rating| review["rating"].as_f64() == Some(rating))
    };
    let all: Vec<Value> = own
        .map(|(_, review)| review)
        .filter(fits)
        .cloned()
        .collect();
    let page = page(call, all, (number - 1) * limit, limit);
    let answer = Answer::json(200, page.items.into());
    let answer = answer.header("X-Total-Count", page.total.to_string());
    if page.next.is_none() {
        return Ok(answer);
    }
    let next = number + usize::from(!call.does(Slip::LinkStays));
    let kept = rating.filter(|_| !call.does(Slip::LinkUnfiltered));
    let kept = kept.map_or(String::new(), |rating| format!("&rating={rating}"));
    let target = format!("/products/{product}/reviews?page={next}&per_page={limit}{kept}");
    let link = format!("<{target}>; rel=\"next\"");
    Ok(answer.header("Link", link))
}

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let product = id(&mut check, call, "product_id");
    let lossy = String::from_utf8_lossy(call.body);
    let is_read = serde_json::from_str(&lossy).is_ok_and(|own: Value| own["rating"].is_number());
    let is_broken = is_read && std::str::from_utf8(call.body).is_err();
    if is_broken && call.does(Slip::BytesFail) {
        return Err(Answer::problem(500, "Something went wrong"));
    }
    let body = call.json("application/json")?;
    let mut review = read(&mut check, &body);
    check.done()?;
    find_product(store, product)?;
    let id = store.next();
    review["id"] = id.into();
    review["author"] = call.user.into();
    review["created_at"] = store.now().into();
    if let Some(author) = body
        .get("author")
        .filter(|_| call.does(Slip::ReadOnlyTaken))
    {
        review["author"] = author.clone();
    }
    let mut stored = review.clone();
    call.planted.store(&mut stored);
    if !call.does(Slip::CreateLost) {
        store.reviews.insert((product, id), stored);
    }
    let place = format!("/products/{product}/reviews/{id}");
    let place = if call.does(Slip::LocationNowhere) {
        format!("{place}0")
    } else {
        place
    };
    Ok(Answer::json(201, review).header("Location", place))
}

pub(super) fn get(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let key = (
        id(&mut check, call, "product_id"),
        id(&mut check, call, "review_id"),
    );
    check.fails(call.does(Slip::MissingFails) && !store.reviews.contains_key(&key));
    check.done()?;
    let mut all = store.reviews.iter();
    let elsewhere = all.find(|((_, review), _)| *review == key.1 && call.does(Slip::ForeignParent));
    let elsewhere = elsewhere.map(|(_, review)| review);
    let review = store.reviews.get(&key).or(elsewhere);
    let review = review.ok_or_else(Answer::not_found)?;
    Ok(Answer::json(200, review.clone()))
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    let key = (
        id(&mut check, call, "product_id"),
        id(&mut check, call, "review_id"),
    );
    check.done()?;
    let is_it = |own: &(u64, u64)| *own == key || own.1 == key.1 && call.does(Slip::ForeignParent);
    let found = store.reviews.keys().copied().find(is_it);
    let own = found.ok_or_else(Answer::not_found)?;
    if !call.does(Slip::DeleteKeeps) {
        store.reviews.remove(&own);
    }
    Ok(Answer::empty(204))
}

/// Says 404 where a product is not there.
pub(super) fn find_product(store: &Store, id: u64) -> std::result::Result<(), Answer> {
    let there = store.products.contains_key(&id);
    there.then_some(()).ok_or_else(Answer::not_found)
}

fn read(check: &mut Checker, body: &Value) -> Value {
    let mut review = Value::Object(serde_json::Map::new());
    let Some(object) = check.object("", body) else {
        return review;
    };
    check.need("", object, &["rating", "text"]);
    check.member("", object, "rating", |check, at, value| {
        check.number(at, value, RATING);
    });
    check.member("", object, "text", |check, at, value| {
        check.text(at, value, Text::of(1, 300));
    });
    check.nullable("", object, "title", |check, at, value| {
        check.text(at, value, Text::up_to(60));
    });
    for name in ["rating", "text", "title"] {
        if let Some(value) = object.get(name) {
            review[name] = value.clone();
        }
    }
    review
}
