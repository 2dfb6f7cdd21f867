//! What of the document a run has seen.

use std::collections::BTreeMap;

use bindery_spec::model::Operation;
use serde::{Deserialize, Serialize};

use crate::validate::{Part, Spot};

/// What a run has seen of one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// The `operationId`, or method and path where there is none.
    pub operation: String,
    /// How often each status came, by its number.
    pub statuses: BTreeMap<u16, usize>,
    /// The declared statuses that never came.
    pub unseen: Vec<String>,
    /// How often each rule was tried at each place: `query limit` or `body /name`, by rule and number of cases.
    #[serde(default)]
    pub tried: BTreeMap<String, BTreeMap<String, usize>>,
    /// How many fields the answers may have, as the document describes them.
    #[serde(default)]
    pub fields: usize,
    /// The fields that never came: `200 /items/*/name`, by the status that they are described for.
    #[serde(default)]
    pub unseen_fields: Vec<String>,
    /// How many values the answers may have where only some are allowed (`enum`).
    #[serde(default)]
    pub values: usize,
    /// The allowed values that never came: `200 /state "off"`.
    #[serde(default)]
    pub unseen_values: Vec<String>,
    /// The media types that no answer had: `200 text/csv`.
    #[serde(default)]
    pub unseen_media_types: Vec<String>,
    /// Why it was not probed, or not to the end.
    pub skipped: Option<String>,
}

impl Covered {
    /// Nothing of an operation.
    pub(crate) fn of(operation: &Operation) -> Self {
        Self {
            operation: name(operation),
            unseen: operation
                .responses
                .iter()
                .map(|response| response.status.to_string())
                .collect(),
            tried: places(operation),
            ..Self::default()
        }
    }

    /// Notes that a rule was tried at a place.
    pub(crate) fn tried(&mut self, spot: &Spot, rule: &str) {
        let rules = self.tried.entry(spot.to_string()).or_default();
        *rules.entry(rule.to_owned()).or_default() += 1;
    }

    /// Notes a status.
    pub(crate) fn saw(&mut self, status: Option<u16>) {
        let Some(status) = status else { return };
        *self.statuses.entry(status).or_default() += 1;
        let own = [status.to_string(), format!("{}XX", status / 100)];
        self.unseen.retain(|unseen| !own.contains(unseen));
    }
}

/// Every place of a request that can be varied, with nothing tried yet.
fn places(operation: &Operation) -> BTreeMap<String, BTreeMap<String, usize>> {
    let parameters = operation.parameters.iter();
    let parameters =
        parameters.map(|parameter| Part::Parameter(parameter.location, parameter.name.clone()));
    let body = operation.body.iter().map(|_| Part::Body);
    let parts = parameters.chain(body);
    parts
        .map(|part| (part.to_string(), BTreeMap::new()))
        .collect()
}

/// What an operation is called: its `operationId`, or method and path where there is none.
pub(crate) fn name(operation: &Operation) -> String {
    let route = || format!("{} {}", operation.method, operation.path);
    operation.id.clone().unwrap_or_else(route)
}
