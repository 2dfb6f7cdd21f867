//! The body: `status`, `filters` and `sort`.

use serde_json::{Map, Value};

use super::{Checker, Deviation};

/// The states of the document.
const STATES: [&str; 4] = ["active", "idle", "archived", "terminated"];

impl Checker {
    pub(super) fn check_body(&mut self, body: Option<Value>) {
        match body {
            None => self.refuse_when(Deviation::AbsentBodyRejected, &["body"]),
            Some(Value::Object(body)) => self.check_properties(body),
            Some(_) => self.refuse(
                Deviation::ArrayBodyAccepted,
                &["body"],
                "Not an object",
                "dict_type",
            ),
        }
    }

    fn check_properties(&mut self, mut body: Map<String, Value>) {
        if body.is_empty() {
            self.refuse_when(Deviation::EmptyObjectRejected, &["body"]);
        }
        if let Some(status) = body.remove("status") {
            self.check_status(status);
        }
        if let Some(filters) = body.remove("filters") {
            self.check_filters(filters);
        }
        if let Some(sort) = body.remove("sort") {
            self.check_sort(&sort);
        }
    }

    fn check_status(&mut self, status: Value) {
        let at = ["body", "status"];
        match status {
            Value::Null => self.refuse_when(Deviation::NullStatusRejected, &at),
            Value::String(state) if STATES.contains(&state.as_str()) => {
                if state == "archived" {
                    self.refuse_when(Deviation::EnumValueRejected, &at);
                }
                self.listing.status = Some(state);
            }
            Value::String(_) => self.refuse(
                Deviation::UnknownStatusAccepted,
                &at,
                "No such state",
                "enum",
            ),
            _ => self.refuse(
                Deviation::NumericStatusAccepted,
                &at,
                "Not a string",
                "string_type",
            ),
        }
    }

    fn check_filters(&mut self, filters: Value) {
        let at = ["body", "filters"];
        match filters {
            Value::Null => self.refuse_when(Deviation::NullFiltersRejected, &at),
            Value::Object(filters) => self.listing.filters = filters,
            _ => self.refuse(
                Deviation::ArrayFiltersAccepted,
                &at,
                "Not an object",
                "dict_type",
            ),
        }
    }

    /// The document does not say what may stand in `sort`, so every object is fine and none changes the order.
    fn check_sort(&mut self, sort: &Value) {
        let at = ["body", "sort"];
        match sort {
            Value::Object(sort) if sort.is_empty() => {
                self.refuse_when(Deviation::EmptySortRejected, &at);
            }
            Value::Null | Value::Object(_) => {}
            _ => self.refuse(
                Deviation::TextSortAccepted,
                &at,
                "Not an object",
                "dict_type",
            ),
        }
    }
}
