//! Rules of parameters that are not checked: the invalid is accepted.

use crate::shop::defect::Defect;
use crate::shop::defect::Fault::Accepts;

pub(super) const INVALID: &str = "invalid-input-accepted";
pub(super) const MISSING: &str = "missing-input-accepted";

pub(super) const fn invalid(
    name: &'static str,
    operation: &'static str,
    location: &'static str,
    place: &'static str,
    rule: &'static str,
) -> Defect {
    Defect::new(
        name,
        operation,
        INVALID,
        [location, rule],
        Accepts(place, rule),
    )
}

pub(super) const fn missing(
    name: &'static str,
    operation: &'static str,
    location: &'static str,
    place: &'static str,
) -> Defect {
    Defect::new(
        name,
        operation,
        MISSING,
        [location, "required"],
        Accepts(place, "required"),
    )
}

pub(super) const DEFECTS: &[Defect] = &[
    // The query.
    invalid(
        "LimitZero",
        "list_products",
        "query limit",
        "limit",
        "minimum",
    ),
    invalid(
        "LimitHuge",
        "list_products",
        "query limit",
        "limit",
        "maximum",
    ),
    invalid("LimitText", "list_products", "query limit", "limit", "type"),
    invalid(
        "CursorLong",
        "list_products",
        "query cursor",
        "cursor",
        "maxLength",
    ),
    invalid("KindUnknown", "list_products", "query kind", "kind", "enum"),
    invalid(
        "PriceAtExclusiveMaximum",
        "list_products",
        "query max_price",
        "max_price",
        "exclusiveMaximum",
    ),
    invalid(
        "PriceBelowZero",
        "list_products",
        "query max_price",
        "max_price",
        "minimum",
    ),
    invalid(
        "TagsTooMany",
        "list_products",
        "query tags",
        "tags",
        "maxItems",
    ),
    invalid(
        "TagsTwice",
        "list_products",
        "query tags",
        "tags",
        "uniqueItems",
    ),
    invalid(
        "TagsPattern",
        "list_products",
        "query tags /0",
        "tags/*",
        "pattern",
    ),
    invalid("PageZero", "list_reviews", "query page", "page", "minimum"),
    invalid(
        "CountryLower",
        "list_customers",
        "query country",
        "country",
        "pattern",
    ),
    invalid(
        "SinceNoDate",
        "list_orders",
        "query since",
        "since",
        "format",
    ),
    invalid("QueryEmpty", "search", "query q", "q", "minLength"),
    invalid("QueryLong", "search", "query q", "q", "maxLength"),
    missing("QueryMissing", "search", "query q", "q"),
    invalid("IdsZero", "search", "query ids /0", "ids/*", "minimum"),
    invalid("IdsTooMany", "search", "query ids", "ids", "maxItems"),
    invalid(
        "PriceOther",
        "search",
        "query price /bindery_unknown",
        "price",
        "additionalProperties",
    ),
    invalid(
        "PriceMaximum",
        "search",
        "query price /max",
        "price/max",
        "maximum",
    ),
    // Path, headers and cookies.
    invalid(
        "ExportPattern",
        "get_export",
        "path export_id",
        "export_id",
        "pattern",
    ),
    invalid(
        "CustomerPattern",
        "get_customer",
        "path customer_id",
        "customer_id",
        "pattern",
    ),
    missing("RegionMissing", "search", "header X-Region", "X-Region"),
    invalid(
        "RegionPattern",
        "search",
        "header X-Region",
        "X-Region",
        "pattern",
    ),
    invalid(
        "KeyNoUuid",
        "create_product",
        "header Idempotency-Key",
        "Idempotency-Key",
        "format",
    ),
    invalid("LocaleUnknown", "search", "cookie locale", "locale", "enum"),
];
