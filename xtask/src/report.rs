//! What became of a document, as JSON and in a line: how much is typed, and what is not carried over, why and where.

use std::collections::BTreeMap;
use std::fmt;

use bindery_generator::ir::{Census, Crate};
use bindery_spec::diagnostic::codes;
use bindery_spec::{Diagnostics, Reading};
use serde::Serialize;

/// The report on one client.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    package: String,
    document: String,
    operations: usize,
    types: usize,
    /// Fields, variants, aliases, parameters and bodies.
    places: usize,
    typed_percent: f64,
    /// The places that hold any JSON, by their paths in the crate.
    untyped: Vec<String>,
    /// What the client does not carry as the document says it.
    fallbacks: BTreeMap<&'static str, Reason>,
    /// What is wrong with the document itself.
    findings: BTreeMap<&'static str, Reason>,
}

/// All diagnostics of one code.
#[derive(Debug, Serialize)]
struct Reason {
    meaning: &'static str,
    places: Vec<At>,
}

#[derive(Debug, Serialize)]
struct At {
    message: String,
    #[serde(flatten)]
    place: Option<Spot>,
}

#[derive(Debug, Serialize)]
struct Spot {
    file: String,
    line: usize,
    column: usize,
    pointer: String,
}

impl Report {
    /// The report on a crate, with what was found `later` than reading: while it was lowered.
    pub(crate) fn new(reading: &Reading, krate: &Crate, later: &Diagnostics) -> Self {
        let census = Census::of(krate);
        Self {
            package: krate.package.clone(),
            document: krate.document.clone(),
            operations: krate.tags.iter().map(|tag| tag.operations.len()).sum(),
            types: krate.items.len(),
            places: census.places,
            typed_percent: census.typed_percent(),
            untyped: census.untyped,
            fallbacks: reasons(reading, later),
            findings: reasons(reading, &reading.diagnostics),
        }
    }
}

fn reasons(reading: &Reading, diagnostics: &Diagnostics) -> BTreeMap<&'static str, Reason> {
    let mut reasons = BTreeMap::new();
    for diagnostic in diagnostics.iter() {
        let reason = reasons.entry(diagnostic.code).or_insert_with(|| Reason {
            meaning: codes::find(diagnostic.code).map_or("", |code| code.meaning),
            places: Vec::new(),
        });
        let place = diagnostic.at.as_ref().map(|place| {
            let location = reading.sources.locate(place);
            Spot {
                file: reading.sources.name(location.file).to_owned(),
                line: location.line,
                column: location.column,
                pointer: place.pointer.to_string(),
            }
        });
        let message = diagnostic.message.clone();
        reason.places.push(At { message, place });
    }
    reasons
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} operations, {} types; {:.2} % of {} places typed; ",
            self.document, self.operations, self.types, self.typed_percent, self.places
        )?;
        if self.fallbacks.is_empty() {
            return f.write_str("nothing left out");
        }
        let counts = self.fallbacks.iter();
        let counts = counts.map(|(code, reason)| format!("{code} {}", reason.places.len()));
        write!(f, "fallbacks: {}", counts.collect::<Vec<_>>().join(", "))
    }
}
