//! One document after the other: values, a client, answers, verdicts. None of them can spoil another.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use bindery_contract::validate::Direction;
use bindery_contract::{Contract, Sample};
use bindery_generator::emit::Spelled;
use bindery_generator::ir::Component;

use crate::client::{Built, build};
use crate::judge::{self, Verdict};
use crate::report::{Failure, Report, Row};
use crate::{Arguments, console, documents, program};

/// Measures all documents; whether the goals are reached.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let documents = documents::find(&arguments.paths, arguments.only.as_deref())?;
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("cannot make {}", arguments.out.display()))?;
    console::say(&format!(
        "{} files, seed {}",
        documents.len(),
        arguments.seed
    ));
    let mut report = Report::default();
    for document in documents {
        match measure(&document, arguments) {
            Ok(Some(row)) => report.add(row),
            Ok(None) => console::complain(&format!("{}: no OpenAPI document", document.display())),
            Err(error) => report.fail(&document, &error),
        }
        // After every document, so that a run that is stopped leaves what it found.
        report.write(&arguments.out)?;
    }
    console::say(&report.summary());
    Ok(report.is_good())
}

/// Measures one document; nothing when the file is none.
fn measure(document: &Path, arguments: &Arguments) -> anyhow::Result<Option<Row>> {
    let Some(api) = bindery_spec::read_file(document).api else {
        return Ok(None);
    };
    let contract = Contract::new(Arc::new(api));
    let built = build(contract.api(), document, &arguments.out)?;
    let values = values(&contract, &built, arguments);
    let rows: Vec<String> = values
        .iter()
        .map(|value| format!("{} {}", value.index, value.sample.value))
        .collect();
    let answers = program::answers(&built.program, &rows)?;
    let mut row = Row::new(document, &built);
    for (value, answer) in values.into_iter().zip(answers) {
        let verdict = value.judge(&answer);
        row.count(verdict.outcome);
        if !verdict.outcome.is_good() {
            row.failures.push(Failure {
                schema: built.types[value.index].name.clone(),
                sample: value.sample,
                verdict,
            });
        }
    }
    Ok(Some(row))
}

/// Values that the schemas of components allow, as rows for a program: the place of the type, and JSON.
pub(crate) fn allowed(
    contract: &Contract,
    components: &[Spelled],
    arguments: &Arguments,
) -> Vec<String> {
    let components = components.iter().enumerate();
    let rows = components.flat_map(|(index, spelled)| {
        let component = spelled.component;
        let samples = contract.samples(component.schema, direction(component), arguments.seed);
        let some = spread(samples.allowed, arguments.values).into_iter();
        some.map(move |sample| format!("{index} {}", sample.value))
    });
    rows.collect()
}

/// The direction in which values of a schema travel: that of responses, unless there are none.
fn direction(component: &Component) -> Direction {
    if component.sent_only {
        Direction::Request
    } else {
        Direction::Response
    }
}

/// A value on its way.
struct Sent {
    /// The type, by its place in the program's table.
    index: usize,
    /// Whether the schema allows it.
    allowed: bool,
    sample: Sample,
}

impl Sent {
    fn judge(&self, answer: &program::Answer) -> Verdict {
        if self.allowed {
            judge::allowed(&self.sample, answer)
        } else {
            judge::broken(&self.sample, answer)
        }
    }
}

/// The values of all types.
fn values(contract: &Contract, built: &Built, arguments: &Arguments) -> Vec<Sent> {
    let mut values = Vec::new();
    for (index, own) in built.types.iter().enumerate() {
        let samples = contract.samples(own.schema, direction(own), arguments.seed);
        for (allowed, samples) in [(true, samples.allowed), (false, samples.broken)] {
            let some = spread(samples, arguments.values).into_iter();
            values.extend(some.map(|sample| Sent {
                index,
                allowed,
                sample,
            }));
        }
    }
    values
}

/// At most so many of them, from the first to the last in equal steps.
fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let count = all.len();
    if count <= most {
        return all;
    }
    let mut next = 0;
    let chosen = all.into_iter().enumerate().filter(|(index, _)| {
        let chosen = *index == next * count / most.max(1) && next < most;
        next += usize::from(chosen);
        chosen
    });
    chosen.map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_of_many_are_spread_over_all() {
        assert_eq!(spread((0..10).collect(), 5), [0, 2, 4, 6, 8]);
        assert_eq!(spread((0..3).collect(), 5), [0, 1, 2]);
        assert!(spread((0..3).collect::<Vec<_>>(), 0).is_empty());
    }
}
