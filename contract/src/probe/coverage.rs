//! What of the document a run has seen.

use std::collections::BTreeMap;

use bindery_spec::model::{Operation, Status};
use serde::Serialize;

/// What a run has seen of one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// The `operationId`, or method and path where there is none.
    pub operation: String,
    /// How often each status came, by its number.
    pub statuses: BTreeMap<u16, usize>,
    /// The declared statuses that never came.
    pub unseen: Vec<String>,
    /// Why it was not probed, or not to the end.
    pub skipped: Option<String>,
}

impl Covered {
    /// Nothing of an operation.
    pub(super) fn of(operation: &Operation) -> Self {
        let name = || format!("{} {}", operation.method, operation.path);
        Self {
            operation: operation.id.clone().unwrap_or_else(name),
            unseen: operation
                .responses
                .iter()
                .map(|response| status_name(response.status))
                .collect(),
            ..Self::default()
        }
    }

    /// Notes a status.
    pub(super) fn saw(&mut self, status: Option<u16>) {
        let Some(status) = status else { return };
        *self.statuses.entry(status).or_default() += 1;
        let own = [
            status_name(Status::Code(status)),
            format!("{}XX", status / 100),
        ];
        self.unseen.retain(|unseen| !own.contains(unseen));
    }
}

fn status_name(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}
