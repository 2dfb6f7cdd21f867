//! Values that the document allows, and that are refused or end in an error of the server.

use crate::shop::defect::Defect;
use crate::shop::defect::Fault::{Fails, Rejects};

const fn refused(
    name: &'static str,
    operation: &'static str,
    at: [&'static str; 2],
    place: &'static str,
    edge: &'static str,
) -> Defect {
    Defect::new(
        name,
        operation,
        "valid-input-rejected",
        at,
        Rejects(place, edge),
    )
}

const fn fails(
    name: &'static str,
    operation: &'static str,
    place: &'static str,
    edge: &'static str,
) -> Defect {
    let at = ["response status", "server-error"];
    Defect::new(name, operation, "server-error", at, Fails(place, edge))
}

pub(super) const DEFECTS: &[Defect] = &[
    refused(
        "LimitOneRefused",
        "list_products",
        ["query limit", "minimum"],
        "limit",
        "minimum",
    ),
    refused(
        "LimitHundredRefused",
        "list_products",
        ["query limit", "maximum"],
        "limit",
        "maximum",
    ),
    refused(
        "LimitAbsentRefused",
        "list_products",
        ["query limit", "absent"],
        "limit",
        "absent",
    ),
    refused(
        "CursorLongestRefused",
        "list_products",
        ["query cursor", "maxLength"],
        "cursor",
        "maxLength",
    ),
    refused(
        "KindLastRefused",
        "list_products",
        ["query kind", "enum"],
        "kind",
        "enum",
    ),
    refused(
        "TagsMostRefused",
        "list_products",
        ["query tags", "maxItems"],
        "tags",
        "maxItems",
    ),
    refused(
        "OffsetZeroRefused",
        "list_customers",
        ["query offset", ""],
        "offset",
        "minimum",
    ),
    refused(
        "LocaleRefused",
        "search",
        ["cookie locale", "enum"],
        "locale",
        "enum",
    ),
    refused(
        "PriceMaxRefused",
        "search",
        ["", ""],
        "price/max",
        "maximum",
    ),
    refused(
        "NameLongestRefused",
        "create_product",
        ["body /name", "maxLength"],
        "name",
        "maxLength",
    ),
    refused(
        "NameShortestRefused",
        "create_product",
        ["body /name", "minLength"],
        "name",
        "minLength",
    ),
    refused(
        "PriceZeroRefused",
        "create_product",
        ["body /price", "minimum"],
        "price",
        "minimum",
    ),
    refused(
        "DescriptionNullRefused",
        "create_product",
        ["body /description", "null"],
        "description",
        "null",
    ),
    refused(
        "DescriptionAbsentRefused",
        "create_product",
        ["", ""],
        "description",
        "absent",
    ),
    refused(
        "StatusLastRefused",
        "create_product",
        ["body /status", "enum"],
        "status",
        "enum",
    ),
    refused(
        "TagsEmptyRefused",
        "create_product",
        ["body /tags", ""],
        "tags",
        "minItems",
    ),
    refused(
        "AttributesMostRefused",
        "create_product",
        ["body /attributes", "maxProperties"],
        "attributes",
        "maxProperties",
    ),
    refused(
        "DownloadRefused",
        "create_product",
        ["", ""],
        "kind",
        "enum",
    ),
    refused(
        "WarrantyNullRefused",
        "create_product",
        ["body /warranty", "null"],
        "warranty",
        "null",
    ),
    refused(
        "VoltageLastRefused",
        "create_product",
        ["body /voltage", "enum"],
        "voltage",
        "enum",
    ),
    refused(
        "NameUnicodeRefused",
        "create_product",
        ["", ""],
        "name",
        "unicode",
    ),
    refused(
        "QuantityMostRefused",
        "create_order",
        ["body /lines/0/quantity", "maximum"],
        "lines/*/quantity",
        "maximum",
    ),
    refused(
        "NoteNullRefused",
        "create_order",
        ["body /note", "null"],
        "note",
        "null",
    ),
    refused(
        "PriorityLastRefused",
        "create_order",
        ["body /priority", "enum"],
        "priority",
        "enum",
    ),
    refused(
        "NewsletterFalseRefused",
        "create_customer",
        ["body /newsletter", ""],
        "newsletter",
        "false",
    ),
    refused(
        "FormatAbsentRefused",
        "start_export",
        ["body", "absent"],
        "body",
        "absent",
    ),
    refused(
        "PositionZeroRefused",
        "upload_image",
        ["", ""],
        "position",
        "minimum",
    ),
    fails("NameUnicodeFails", "create_review", "text", "unicode"),
    fails("QuoteFails", "search", "q", "quote"),
    fails("LinesMostFails", "create_order", "lines", "maxItems"),
    fails("TagsEmptyFails", "create_product", "tags", "minItems"),
    fails("PriceZeroFails", "update_product", "price", "zero"),
    fails("LimitMostFails", "list_orders", "limit", "maximum"),
    fails("FileEmptyFails", "upload_image", "file", "empty"),
    fails("LongTextFails", "create_review", "text", "maxLength"),
];
