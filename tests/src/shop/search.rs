//! The search: parameters of every kind, and an answer without a body where nothing is found.

use serde_json::{Value, json};

use super::answer::Answer;
use super::call::Call;
use super::check::{Checker, Number, Text};
use super::store::Store;

type Result = std::result::Result<Answer, Answer>;

pub(super) fn search(call: &Call<'_>, store: &mut Store) -> Result {
    let mut check = Checker::of(call);
    check.rule("q", "required", call.query("q").is_some());
    let text = call.query("q").unwrap_or("Thing");
    check.plain("q", text, Text::of(1, 50));
    let ids = ids(&mut check, call);
    let most = price(&mut check, call);
    let region = call.header("x-region");
    check.rule("X-Region", "required", region.is_some());
    check.plain(
        "X-Region",
        region.as_deref().unwrap_or("eu-1"),
        Text::like(is_region),
    );
    if let Some(locale) = call.cookie("locale") {
        check.word("locale", &locale.into(), &["en", "de", "fr"]);
    }
    check.done()?;
    let fits = |product: &&Value| {
        let price = product["price"].as_f64().unwrap_or_default();
        let name = product["name"].as_str().unwrap_or_default();
        let named = name.to_lowercase().contains(&text.to_lowercase());
        let listed = ids.iter().any(|id| product["id"].as_f64() == Some(*id));
        (named || text.len() == 1)
            && (ids.is_empty() || listed)
            && most.is_none_or(|most| price <= most)
    };
    let values = store.products.values().map(|product| &product.value);
    let hits: Vec<Value> = values.filter(fits).take(10).cloned().collect();
    if hits.is_empty() {
        return Ok(Answer::empty(204));
    }
    let count = |kind: &str| hits.iter().filter(|hit| hit["kind"] == kind).count();
    let facets = json!({ "book": count("book"), "gadget": count("gadget") });
    Ok(Answer::json(200, json!({ "hits": hits, "facets": facets })))
}

fn ids(check: &mut Checker, call: &Call<'_>) -> Vec<f64> {
    let Some(text) = call.query("ids") else {
        return Vec::new();
    };
    let parts = text.split(',').filter(|_| !text.is_empty());
    let read = |part: &str| serde_json::from_str(part).unwrap_or(Value::Null);
    let values: Vec<Value> = parts.map(read).collect();
    let mut ids = Vec::new();
    check.list("ids", &values.into(), (1, 5), false, |check, at, value| {
        ids.push(check.number(at, value, Number::from(1.0)));
    });
    ids
}

/// The upper end of `price[min]` and `price[max]`.
fn price(check: &mut Checker, call: &Call<'_>) -> Option<f64> {
    let names = call
        .query
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("price["));
    let known = names
        .into_iter()
        .all(|name| matches!(name, "min]" | "max]"));
    check.rule("price", "additionalProperties", known);
    check.number_of("price/min", call.query("price[min]"), Number::from(0.0));
    check.number_of(
        "price/max",
        call.query("price[max]"),
        Number::whole(0.0, 1e6),
    )
}

fn is_region(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 4
        && bytes[..2].iter().all(u8::is_ascii_lowercase)
        && bytes[2] == b'-'
        && bytes[3].is_ascii_digit()
}
