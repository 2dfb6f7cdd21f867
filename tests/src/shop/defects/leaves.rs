//! What servers leave out, or do twice: the second of two things, false, the end of a range, the time of a change, and what an
//! action is there for.

use crate::shop::defect::Defect;
use crate::shop::defect::Fault::{Slip, Status};
use crate::shop::defect::Slip::{
    self as Slips, ActionLost, BoundExclusive, CreatesTwo, FalseIgnored, FirstFilterOnly,
    FirstTagOnly, LinkStays, MatchRefused, TagOfNothing, UpdatedStays,
};

const fn slip(
    name: &'static str,
    operation: &'static str,
    code: &'static str,
    at: [&'static str; 2],
    slip: Slips,
) -> Defect {
    Defect::new(name, operation, code, at, Slip(slip))
}

pub(super) const DEFECTS: &[Defect] = &[
    slip(
        "CancelDoesNothing",
        "cancel_order",
        "action-without-effect",
        ["response body /state", "effect"],
        ActionLost,
    ),
    slip(
        "CreatesTwo",
        "create_product",
        "created-twice",
        ["response body", "created"],
        CreatesTwo,
    ),
    slip(
        "LinkStays",
        "list_reviews",
        "page-stuck",
        ["response header Link", "link"],
        LinkStays,
    ),
    slip(
        "PriceBoundExclusive",
        "list_products",
        "filter-loses",
        ["query max_price", "bound"],
        BoundExclusive,
    ),
    slip(
        "FirstTagOnly",
        "list_products",
        "filter-loses",
        ["query tags", "several"],
        FirstTagOnly,
    ),
    slip(
        "FirstFilterOnly",
        "list_products",
        "filter-ignored",
        ["query status", "together"],
        FirstFilterOnly,
    ),
    slip(
        "MatchRefused",
        "replace_product",
        "precondition-refused",
        ["header If-Match", "if-match"],
        MatchRefused,
    ),
    slip(
        "FalseIgnored",
        "update_customer",
        "update-not-kept",
        ["body /newsletter", "kept"],
        FalseIgnored,
    ),
    slip(
        "UpdatedStays",
        "update_product",
        "modified-time-stays",
        ["response body /updated_at", "modified"],
        UpdatedStays,
    ),
    slip(
        "TagOfNothing",
        "create_product",
        "etag-of-write-differs",
        ["response header ETag", "etag"],
        TagOfNothing,
    ),
    Defect::new(
        "HealthLocked",
        "health",
        "authorization-demanded",
        ["response status", "security"],
        Status(200, 401),
    ),
];
