//! Answers that are not as they are declared: status, media type, headers, body.

use serde_json::{Value, json};

use crate::shop::defect::Defect;
use crate::shop::defect::Fault::{Bytes, Header, Json, Status};

pub(super) const fn body(
    name: &'static str,
    operation: &'static str,
    at: [&'static str; 2],
    status: u16,
    change: fn(&mut Value),
) -> Defect {
    Defect::new(name, operation, "response-body", at, Json(status, change))
}

const fn header(
    name: &'static str,
    operation: &'static str,
    at: [&'static str; 2],
    status: u16,
    field: &'static str,
    value: Option<&'static str>,
) -> Defect {
    Defect::new(
        name,
        operation,
        "response-header",
        at,
        Header(status, field, value),
    )
}

const fn media(name: &'static str, operation: &'static str, value: Option<&'static str>) -> Defect {
    Defect::new(
        name,
        operation,
        "response-media-type",
        ["response header Content-Type", "media-type"],
        Header(200, "content-type", value),
    )
}

const fn status(name: &'static str, operation: &'static str, from: u16, to: u16) -> Defect {
    let at = ["response status", "status"];
    Defect::new(name, operation, "status-undocumented", at, Status(from, to))
}

const fn json(
    name: &'static str,
    operation: &'static str,
    at: [&'static str; 2],
    change: fn(&str) -> Vec<u8>,
) -> Defect {
    Defect::new(name, operation, "response-json", at, Bytes(200, change))
}

pub(super) const DEFECTS: &[Defect] = &[
    status("Created200", "create_product", 201, 200),
    status("Deleted200", "delete_product", 204, 202),
    status("Refused418", "create_product", 400, 418),
    status("Got203", "get_product", 200, 203),
    Defect::new(
        "Broken",
        "get_cart",
        "server-error",
        ["response status", "server-error"],
        Status(200, 500),
    ),
    media("MediaTypeHtml", "get_cart", Some("text/html")),
    media("MediaTypeMissing", "list_orders", None),
    media("MediaTypeMalformed", "get_cart", Some("application json")),
    media("ReportAsJson", "stock_report", Some("application/json")),
    header(
        "LocationMissing",
        "create_product",
        ["response header Location", "required"],
        201,
        "location",
        None,
    ),
    header(
        "EtagMissing",
        "create_product",
        ["response header ETag", "required"],
        201,
        "etag",
        None,
    ),
    header(
        "EtagPattern",
        "create_product",
        ["response header ETag", "pattern"],
        201,
        "etag",
        Some("W/1"),
    ),
    header(
        "TotalText",
        "list_products",
        ["response header X-Total-Count", "type"],
        200,
        "x-total-count",
        Some("many"),
    ),
    header(
        "RateNegative",
        "list_products",
        ["response header RateLimit-Remaining", "minimum"],
        200,
        "ratelimit-remaining",
        Some("-1"),
    ),
    header(
        "ChallengeMissing",
        "create_product",
        ["response header WWW-Authenticate", "required"],
        401,
        "www-authenticate",
        None,
    ),
    body(
        "ItemsNoArray",
        "list_products",
        ["response body /items", "type"],
        200,
        |page| page["items"] = json!({}),
    ),
    body(
        "ItemLostId",
        "list_products",
        ["", "required"],
        200,
        |page| first(page, "items", |item| remove(item, "id")),
    ),
    body(
        "CursorNumber",
        "list_products",
        ["response body /next_cursor", "type"],
        200,
        |page| page["next_cursor"] = json!(7),
    ),
    body("BookLostIsbn", "list_products", ["", ""], 200, |page| {
        first(page, "items", |item| remove(item, "isbn"));
    }),
    body("KindOfNothing", "list_products", ["", ""], 200, |page| {
        first(page, "items", |item| item["kind"] = json!("album"));
    }),
    body(
        "DateTimeWrong",
        "list_products",
        ["", "format"],
        200,
        |page| {
            first(page, "items", |item| {
                item["created_at"] = json!("2024-13-01");
            });
        },
    ),
    body(
        "CartNull",
        "get_cart",
        ["response body", "type"],
        200,
        |cart| *cart = Value::Null,
    ),
    body(
        "CartOpen",
        "get_cart",
        ["", "additionalProperties"],
        200,
        |cart| cart["more"] = json!(1),
    ),
    body(
        "OrderIdNoUuid",
        "list_orders",
        ["response body /orders/0/id", "format"],
        200,
        |page| first(page, "orders", |order| order["id"] = json!("7")),
    ),
    body(
        "SkuLower",
        "list_orders",
        ["response body /orders/0/lines/0/sku", "pattern"],
        200,
        |page| {
            first(page, "orders", |order| {
                order["lines"][0]["sku"] = json!("abc-0001");
            });
        },
    ),
    body(
        "LinesGone",
        "list_orders",
        ["response body /orders/0/lines", "minItems"],
        200,
        |page| first(page, "orders", |order| order["lines"] = json!([])),
    ),
    body(
        "PriceStepWrong",
        "create_product",
        ["", "multipleOf"],
        201,
        |product| product["price"] = json!(0.1),
    ),
    body(
        "ProblemNoTitle",
        "create_product",
        ["response body /title", "required"],
        400,
        |problem| remove(problem, "title"),
    ),
    body(
        "ProblemStatusText",
        "create_product",
        ["response body /status", "type"],
        400,
        |problem| problem["status"] = json!("400"),
    ),
    body(
        "FacetUnknown",
        "search",
        ["", "propertyNames"],
        200,
        |found| found["facets"]["toy"] = json!(1),
    ),
    body(
        "FacetsTooMany",
        "search",
        ["response body /facets", "maxProperties"],
        200,
        |found| found["facets"] = json!({"book": 1, "gadget": 1, "download": 1, "toy": 1}),
    ),
    json(
        "JsonBroken",
        "get_cart",
        ["response body", "json"],
        |text| text.as_bytes()[..text.len() - 1].to_vec(),
    ),
    json(
        "JsonTrailing",
        "get_cart",
        ["response body", "json-trailing"],
        |text| format!("{text}}}").into_bytes(),
    ),
    json(
        "JsonDuplicate",
        "get_cart",
        ["response body /lines", "json-duplicate-key"],
        |text| text.replacen('{', r#"{"lines":[],"#, 1).into_bytes(),
    ),
    json(
        "JsonUtf8",
        "list_orders",
        ["response body", "json-utf8"],
        |text| {
            text.bytes()
                .map(|byte| if byte == b'-' { 0xff } else { byte })
                .collect()
        },
    ),
    Defect::new(
        "StackTrace",
        "create_product",
        "internals-leaked",
        ["", ""],
        Json(400, |problem| {
            problem["detail"] = json!(
                "Traceback (most recent call last):\n  File \"/srv/shop/app.py\", line 7, in create\nKeyError: 'name'"
            );
        }),
    ),
    Defect::new(
        "StackTraceJava",
        "list_products",
        "internals-leaked",
        ["", ""],
        Json(400, |problem| {
            problem["detail"] = json!(
                "java.lang.NullPointerException\n\tat com.shop.Products.list(Products.java:42)\n\tat com.shop.Main.main(Main.java:7)"
            );
        }),
    ),
    Defect::new(
        "PasswordReturned",
        "create_customer",
        "write-only-returned",
        ["response body /password", "writeOnly"],
        Json(201, |customer| {
            customer["password"] = json!("hunter2hunter2");
        }),
    ),
    Defect::new(
        "PasswordListed",
        "list_customers",
        "write-only-returned",
        ["response body /data/0/password", "writeOnly"],
        Json(200, |page| {
            first(page, "data", |item| {
                item["password"] = json!("hunter2hunter2");
            });
        }),
    ),
];

pub(super) fn remove(value: &mut Value, name: &str) {
    if let Some(object) = value.as_object_mut() {
        object.shift_remove(name);
    }
}

/// Changes the first item of a list, where there is one.
fn first(page: &mut Value, name: &str, change: fn(&mut Value)) {
    if let Some(item) = page[name].get_mut(0) {
        change(item);
    }
}
