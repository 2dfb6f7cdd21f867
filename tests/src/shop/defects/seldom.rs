//! What shows only where something is sent or asked for that seldom is: many digits, octets that are no characters, what another
//! user has at the same path, when a thing was made, and all of what was uploaded.

use serde_json::json;

use super::habits::habit;
use crate::shop::defect::Defect;
use crate::shop::defect::Fault::Stores;
use crate::shop::defect::Slip::{BytesFail, CreatedMoves, Foreign, LastByteLost, OtherAction};

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "WeightRounded",
        "create_product",
        "number-rounded",
        ["body /weight", "digits"],
        Stores(|product| {
            if let Some(weight) = product["weight"].as_f64() {
                product["weight"] = json!((weight * 100.0).round() / 100.0);
            }
        }),
    ),
    habit(
        "ImageCut",
        "upload_image",
        "content-not-kept",
        ["body /file", "kept"],
        LastByteLost,
    ),
    habit(
        "CancelPays",
        "cancel_order",
        "action-of-another",
        ["response body /state", "effect"],
        OtherAction,
    ),
    habit(
        "CustomerCreatedMoves",
        "update_customer",
        "read-only-changed",
        ["response body /created_at", "readOnly"],
        CreatedMoves,
    ),
    habit(
        "PreferencesShared",
        "get_preferences",
        "own-resource-shared",
        ["response body /signature", "owner"],
        Foreign,
    ),
    habit(
        "ReviewBytesFail",
        "create_review",
        "server-error",
        ["response status", "server-error"],
        BytesFail,
    ),
];
