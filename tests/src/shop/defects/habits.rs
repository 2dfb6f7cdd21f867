//! What servers get wrong beside that: conditional requests, half replacements, orders, and input that nobody expects.

use serde_json::{Value, json};

use super::answers::body;
use crate::shop::defect::Defect;
use crate::shop::defect::Fault::{Fails, Header, Json, Slip, Stores};
use crate::shop::defect::Slip::{
    self as Slips, AllowLies, AlwaysModified, BoundIgnored, CreatedMoves, DeepFails,
    DefaultIgnored, EmptyToken, Endless, GhostPut, ListStale, MatchIgnored, NeverModified,
    NullKept, OldAnswer, OrderIgnored, OtherServed, PutMerges, ReadOnlyTaken, StartsAgain,
    TagStays, TagsIgnored, TwiceFails, UnknownFails, UpdatesNeighbour,
};

pub(super) const fn habit(
    name: &'static str,
    operation: &'static str,
    code: &'static str,
    at: [&'static str; 2],
    slip: Slips,
) -> Defect {
    Defect::new(name, operation, code, at, Slip(slip))
}

const fn stores(
    name: &'static str,
    operation: &'static str,
    at: &'static str,
    change: fn(&mut Value),
) -> Defect {
    Defect::new(
        name,
        operation,
        "written-not-kept",
        [at, "kept"],
        Stores(change),
    )
}

const fn leaks(
    name: &'static str,
    operation: &'static str,
    rule: &'static str,
    status: u16,
    change: fn(&mut Value),
) -> Defect {
    let at = ["response body", rule];
    Defect::new(
        name,
        operation,
        "internals-leaked",
        at,
        Json(status, change),
    )
}

/// Changes a text of an object.
fn respell(own: &mut Value, name: &str, change: impl Fn(&str) -> String) {
    if let Some(text) = own[name].as_str() {
        own[name] = change(text).into();
    }
}

pub(super) const DEFECTS: &[Defect] = &[
    habit(
        "PutMerges",
        "replace_product",
        "replace-merges",
        ["", "replace"],
        PutMerges,
    ),
    habit(
        "NullKept",
        "update_product",
        "patch-null-kept",
        ["", "null"],
        NullKept,
    ),
    habit(
        "MatchIgnored",
        "replace_product",
        "precondition-ignored",
        ["header If-Match", "if-match"],
        MatchIgnored,
    ),
    habit(
        "TagStays",
        "get_product",
        "etag-not-changed",
        ["response header ETag", "etag"],
        TagStays,
    ),
    habit(
        "AlwaysModified",
        "get_product",
        "not-modified-missing",
        ["response status", "if-none-match"],
        AlwaysModified,
    ),
    habit(
        "NeverModified",
        "get_product",
        "not-modified-wrong",
        ["response status", "if-none-match"],
        NeverModified,
    ),
    stores("NameCut", "create_product", "body /name", |own| {
        respell(own, "name", |text| text.chars().take(40).collect());
    }),
    stores("QuotesEscaped", "create_review", "body /text", |own| {
        respell(own, "text", |text| text.replace('"', "&quot;"));
    }),
    stores("ForeignLost", "create_review", "body /text", |own| {
        respell(own, "text", |text| {
            text.chars()
                .map(|c| if c.is_ascii() { c } else { '?' })
                .collect()
        });
    }),
    stores("FalseLost", "create_customer", "body /newsletter", |own| {
        own["newsletter"] = json!(true);
    }),
    stores("ZeroLost", "create_product", "body /price", |own| {
        if own["price"].as_f64() == Some(0.0) {
            own["price"] = json!(1);
        }
    }),
    habit(
        "OrderIgnored",
        "list_products",
        "sort-ignored",
        ["query order", "order"],
        OrderIgnored,
    ),
    habit(
        "PriceBoundIgnored",
        "list_products",
        "filter-ignored",
        ["query max_price", "filter"],
        BoundIgnored,
    ),
    habit(
        "TagsIgnored",
        "list_products",
        "filter-ignored",
        ["query tags", "filter"],
        TagsIgnored,
    ),
    habit(
        "AuthorTaken",
        "create_review",
        "read-only-written",
        ["body /author", "readOnly"],
        ReadOnlyTaken,
    ),
    habit(
        "DefaultLimitIgnored",
        "list_products",
        "limit-ignored",
        ["query limit", "default"],
        DefaultIgnored,
    ),
    habit(
        "CursorEndless",
        "list_products",
        "page-stuck",
        ["query cursor", "end"],
        Endless,
    ),
    habit(
        "OffsetStartsAgain",
        "list_customers",
        "page-stuck",
        ["query offset", "beyond"],
        StartsAgain,
    ),
    habit(
        "GhostPut",
        "replace_product",
        "deleted-still-changes",
        ["", ""],
        GhostPut,
    ),
    habit(
        "OtherServed",
        "get_product",
        "other-thing-served",
        ["", "key"],
        OtherServed,
    ),
    habit(
        "OldAnswer",
        "update_product",
        "updated-answer-differs",
        ["", "echo"],
        OldAnswer,
    ),
    habit(
        "ListStale",
        "list_products",
        "list-stale",
        ["", "listed"],
        ListStale,
    ),
    habit(
        "CreatedMoves",
        "replace_product",
        "read-only-changed",
        ["response body /created_at", "readOnly"],
        CreatedMoves,
    ),
    habit(
        "UpdatesNeighbour",
        "update_product",
        "update-touched-others",
        ["", "others"],
        UpdatesNeighbour,
    ),
    Defect::new(
        "NulFails",
        "create_review",
        "server-error",
        ["response status", "server-error"],
        Fails("text", "nul"),
    ),
    habit(
        "DeepFails",
        "create_order",
        "server-error",
        ["", ""],
        DeepFails,
    ),
    habit(
        "UnknownFails",
        "list_customers",
        "server-error",
        ["", ""],
        UnknownFails,
    ),
    habit(
        "TwiceFails",
        "list_reviews",
        "server-error",
        ["", ""],
        TwiceFails,
    ),
    habit(
        "EmptyToken",
        "list_orders",
        "authorization-ignored",
        ["", "empty"],
        EmptyToken,
    ),
    habit(
        "AllowLies",
        "get_cart",
        "allow-wrong",
        ["response header Allow", "method"],
        AllowLies,
    ),
    Defect::new(
        "DateOdd",
        "get_cart",
        "response-date-malformed",
        ["response header Last-Modified", "http-date"],
        Header(200, "last-modified", Some("2024-05-17T09:00:00Z")),
    ),
    leaks("PythonTrace", "create_order", "python", 400, |own| {
        own["title"] = json!("Traceback (most recent call last):\n  File \"shop.py\", line 3");
    }),
    leaks("SqlMessage", "search", "sql", 400, |own| {
        own["title"] = json!("syntax error at or near \"'\"");
    }),
    body(
        "StateCased",
        "create_order",
        ["response body /state", "enum"],
        201,
        |own| {
            own["state"] = json!("Open");
        },
    ),
    body(
        "TimeWithoutZone",
        "create_review",
        ["response body /created_at", "format"],
        201,
        |own| {
            respell(own, "created_at", |text| {
                text.trim_end_matches('Z').to_owned()
            });
        },
    ),
    body(
        "IdAsText",
        "create_review",
        ["response body /id", "type"],
        201,
        |own| {
            own["id"] = json!(own["id"].to_string());
        },
    ),
];
