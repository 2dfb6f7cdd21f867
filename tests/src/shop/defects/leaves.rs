//! What servers leave out, or do twice: the second of two things, false, the end of a range, the time of a change, and what an
//! action is there for.

use super::habits::habit;
use crate::shop::defect::Defect;
use crate::shop::defect::Fault::Status;
use crate::shop::defect::Slip::{
    ActionLost, BoundExclusive, CreatesTwo, DraftsLost, FalseIgnored, FirstFilterOnly,
    FirstTagOnly, LinkStays, LinkUnfiltered, MatchRefused, TagOfNothing, UpdatedStays,
};

pub(super) const DEFECTS: &[Defect] = &[
    habit(
        "CancelDoesNothing",
        "cancel_order",
        "action-without-effect",
        ["response body /state", "effect"],
        ActionLost,
    ),
    habit(
        "CreatesTwo",
        "create_product",
        "created-twice",
        ["response body", "created"],
        CreatesTwo,
    ),
    habit(
        "LinkStays",
        "list_reviews",
        "page-stuck",
        ["response header Link", "link"],
        LinkStays,
    ),
    habit(
        "LinkUnfiltered",
        "list_reviews",
        "filter-ignored",
        ["query rating", "filter"],
        LinkUnfiltered,
    ),
    habit(
        "PriceBoundExclusive",
        "list_products",
        "filter-loses",
        ["query max_price", "bound"],
        BoundExclusive,
    ),
    habit(
        "FirstTagOnly",
        "list_products",
        "filter-loses",
        ["query tags", "several"],
        FirstTagOnly,
    ),
    habit(
        "TaggedDraftsLost",
        "list_products",
        "filter-loses",
        ["query tags", "filter"],
        DraftsLost,
    ),
    habit(
        "FirstFilterOnly",
        "list_products",
        "filter-ignored",
        ["query status", "together"],
        FirstFilterOnly,
    ),
    habit(
        "MatchRefused",
        "replace_product",
        "precondition-refused",
        ["header If-Match", "if-match"],
        MatchRefused,
    ),
    habit(
        "FalseIgnored",
        "update_customer",
        "update-not-kept",
        ["body /newsletter", "kept"],
        FalseIgnored,
    ),
    habit(
        "UpdatedStays",
        "update_product",
        "modified-time-stays",
        ["response body /updated_at", "modified"],
        UpdatedStays,
    ),
    habit(
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
