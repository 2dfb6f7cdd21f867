//! What frameworks do by themselves, and what hands forget beside the happy path: values that are taken for others, lists that
//! are right on their first page only, and failures where nothing is.

use serde_json::{Value, json};

use super::answers::body;
use crate::shop::defect::Defect;
use crate::shop::defect::Fault::{Accepts, Bytes, Header, Json, Slip, Stores};
use crate::shop::defect::Slip::{
    self as Slips, AnyCredential, FilterForgotten, Foreign, ForeignParent, GoneListed,
    MissingFails, OverflowFails, PageSorted, SometimesFails, TotalUnfiltered,
};

const fn slip(
    name: &'static str,
    operation: &'static str,
    code: &'static str,
    slip: Slips,
) -> Defect {
    Defect::new(name, operation, code, ["", ""], Slip(slip))
}

/// A value that is none of its type is taken for one.
const fn takes(
    name: &'static str,
    operation: &'static str,
    at: [&'static str; 2],
    place: &'static str,
    rule: &'static str,
) -> Defect {
    let code = "invalid-input-accepted";
    Defect::new(name, operation, code, at, Accepts(place, rule))
}

const fn stores(name: &'static str, operation: &'static str, change: fn(&mut Value)) -> Defect {
    let at = ["", "kept"];
    Defect::new(name, operation, "written-not-kept", at, Stores(change))
}

const fn json(name: &'static str, operation: &'static str, change: fn(&str) -> Vec<u8>) -> Defect {
    let at = ["response body", ""];
    Defect::new(name, operation, "response-json", at, Bytes(200, change))
}

pub(super) const DEFECTS: &[Defect] = &[
    takes(
        "KindCased",
        "list_products",
        ["query kind", "enum-case"],
        "kind",
        "case",
    ),
    takes(
        "StatusCased",
        "create_product",
        ["body /status", "enum-case"],
        "status",
        "case",
    ),
    takes(
        "QuantityFraction",
        "create_order",
        ["body /lines/0/quantity", "type"],
        "lines/*/quantity",
        "fraction",
    ),
    takes(
        "RatingFraction",
        "list_reviews",
        ["query rating", "type"],
        "rating",
        "fraction",
    ),
    takes(
        "GiftNull",
        "put_cart",
        ["body /gift", "type"],
        "gift",
        "null",
    ),
    slip(
        "DeleteTwiceFails",
        "delete_product",
        "server-error",
        MissingFails,
    ),
    slip(
        "MissingReviewFails",
        "get_review",
        "server-error",
        MissingFails,
    ),
    slip(
        "ProductIdOverflow",
        "get_product",
        "server-error",
        OverflowFails,
    ),
    slip("SometimesFails", "get_cart", "server-error", SometimesFails),
    slip(
        "TotalUnfiltered",
        "list_customers",
        "total-wrong",
        TotalUnfiltered,
    ),
    slip(
        "FilterForgotten",
        "list_products",
        "filter-ignored",
        FilterForgotten,
    ),
    slip("PageSorted", "list_products", "sort-ignored", PageSorted),
    slip(
        "GoneListed",
        "delete_product",
        "deleted-still-there",
        GoneListed,
    ),
    slip(
        "ForeignOrderListed",
        "list_orders",
        "foreign-object-served",
        Foreign,
    ),
    slip(
        "ReviewOfAnother",
        "get_review",
        "other-parent-served",
        ForeignParent,
    ),
    slip(
        "ReviewDeletedOfAnother",
        "delete_review",
        "other-parent-served",
        ForeignParent,
    ),
    slip(
        "ReviewsOfAll",
        "list_reviews",
        "other-parent-served",
        ForeignParent,
    ),
    slip(
        "PatchAnyToken",
        "update_customer",
        "authorization-ignored",
        AnyCredential,
    ),
    stores("PriceRounded", "create_product", |own| {
        if let Some(price) = own["price"].as_f64() {
            own["price"] = json!(price.floor());
        }
    }),
    json("ByteOrderMark", "get_cart", |text| {
        format!("\u{feff}{text}").into()
    }),
    json("NotANumber", "get_product", |text| {
        let (before, price) = text.split_once("\"price\":").unwrap_or((text, ","));
        let after = price.find(',').map_or("}", |end| &price[end..]);
        format!("{before}\"price\":NaN{after}").into()
    }),
    body(
        "AttributesAsList",
        "get_product",
        ["response body /attributes", "type"],
        200,
        |own| own["attributes"] = json!([]),
    ),
    body(
        "TagsAsText",
        "get_product",
        ["response body /tags", "type"],
        200,
        |own| own["tags"] = json!("one"),
    ),
    Defect::new(
        "MissingAsPage",
        "get_product",
        "response-media-type",
        ["response header Content-Type", "media-type"],
        Header(404, "content-type", Some("text/html")),
    ),
    Defect::new(
        "PasswordOfPatch",
        "update_customer",
        "write-only-returned",
        ["response body /password", ""],
        Json(200, |own| own["password"] = json!("open sesame")),
    ),
    Defect::new(
        "TagUnquoted",
        "get_cart",
        "response-etag-malformed",
        ["response header ETag", "entity-tag"],
        Header(200, "etag", Some("abc")),
    ),
    Defect::new(
        "ProblemOfAnother",
        "create_product",
        "problem-status-differs",
        ["response body /status", "status"],
        Json(400, |own| own["status"] = json!(500)),
    ),
];
