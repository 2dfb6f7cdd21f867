//! The counts of every document, the failures by their causes, and the tables that are written.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use bindery_contract::Sample;

use crate::client::Built;
use crate::console;
use crate::judge::{Outcome, Verdict};

/// How many causes the summary shows.
const CAUSES: usize = 25;

/// How much of a value a table shows, in characters.
const EXCERPT: usize = 2000;

/// A value that did not come through.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) schema: String,
    pub(crate) sample: Sample,
    pub(crate) verdict: Verdict,
}

/// What came of one document.
#[derive(Debug)]
pub(crate) struct Row {
    document: String,
    types: usize,
    left_out: usize,
    counts: BTreeMap<Outcome, usize>,
    pub(crate) failures: Vec<Failure>,
}

/// An outcome and what it comes from, with how often it occurs and an example.
type Cause = ((&'static str, String), (usize, String));

/// What came of all documents.
#[derive(Debug, Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
    /// Documents that could not be measured.
    unmeasured: Vec<(String, String)>,
}

impl Row {
    /// Nothing counted yet.
    pub(crate) fn new(document: &Path, built: &Built) -> Self {
        Self {
            document: document.display().to_string(),
            types: built.types.len(),
            left_out: built.left_out,
            counts: BTreeMap::new(),
            failures: Vec::new(),
        }
    }

    /// Counts a value.
    pub(crate) fn count(&mut self, outcome: Outcome) {
        *self.counts.entry(outcome).or_default() += 1;
    }

    fn cells(&self) -> Vec<String> {
        let mut cells = vec![self.types.to_string(), self.left_out.to_string()];
        cells.extend(Outcome::ALL.map(|(outcome, _)| self.of(outcome).to_string()));
        cells.push(self.document.clone());
        cells
    }

    fn of(&self, outcome: Outcome) -> usize {
        self.counts.get(&outcome).copied().unwrap_or_default()
    }
}

impl Report {
    /// Adds a document, and shows it.
    pub(crate) fn add(&mut self, row: Row) {
        if self.rows.is_empty() {
            console::say(&line(&titles()));
        }
        console::say(&line(&row.cells()));
        self.rows.push(row);
    }

    /// Adds a document that could not be measured.
    pub(crate) fn fail(&mut self, document: &Path, error: &anyhow::Error) {
        let name = document.display().to_string();
        console::complain(&format!("{name}: {error:#}"));
        self.unmeasured.push((name, format!("{error:#}")));
    }

    /// Whether the goals are reached.
    pub(crate) fn is_good(&self) -> bool {
        let [kept, all, refused, broken] = self.totals();
        let read = self.total(Outcome::Unread) + self.total(Outcome::Lost) == 0;
        let good = kept * 1000 >= all * 999 && refused * 100 >= broken * 95;
        good && read && self.unmeasured.is_empty()
    }

    /// The figures, and what went wrong most often.
    pub(crate) fn summary(&self) -> String {
        let [kept, all, refused, broken] = self.totals();
        let mut text = format!(
            "\n{kept} of {all} allowed values came back ({}), {} of them respelled; {refused} of {broken} broken values \
             were refused ({})\n",
            percent(kept, all),
            self.total(Outcome::Respelled),
            percent(refused, broken),
        );
        let overlapping = self.total(Outcome::Overlapping);
        if overlapping > 0 {
            let _ = writeln!(
                text,
                "{overlapping} values that only a `oneOf` refuses, because several of its branches allow them, were taken"
            );
        }
        for (document, error) in &self.unmeasured {
            let _ = writeln!(
                text,
                "not measured: {document}: {}",
                error.lines().next().unwrap_or_default()
            );
        }
        for ((outcome, cause), (count, example)) in self.causes().into_iter().take(CAUSES) {
            let _ = writeln!(
                text,
                "{count:6} {outcome}: {cause}\n       such as {example}"
            );
        }
        text
    }

    /// Writes the tables.
    pub(crate) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let mut documents = titles().join("\t") + "\n";
        let mut failures = "document\tschema\trule\toutcome\tplace\tcause\tvalue\n".to_owned();
        for row in &self.rows {
            let _ = writeln!(documents, "{}", row.cells().join("\t"));
            for failure in &row.failures {
                let _ = writeln!(failures, "{}\t{}", row.document, failure.cells().join("\t"));
            }
        }
        for (name, text) in [("documents.tsv", documents), ("failures.tsv", failures)] {
            let path = folder.join(name);
            std::fs::write(&path, text)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }

    /// The causes with how often they occur and an example, the most frequent first.
    fn causes(&self) -> Vec<Cause> {
        let mut causes = BTreeMap::new();
        for row in &self.rows {
            for failure in &row.failures {
                let key = (
                    failure.verdict.outcome.name(),
                    general(&failure.verdict.cause),
                );
                let example = || (0, failure.example(&row.document));
                causes.entry(key).or_insert_with(example).0 += 1;
            }
        }
        let mut causes: Vec<_> = causes.into_iter().collect();
        causes.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        causes
    }

    /// Allowed values that came back, all allowed ones, broken ones that were refused, all broken ones.
    fn totals(&self) -> [usize; 4] {
        let sum = |outcomes: &[Outcome]| outcomes.iter().map(|outcome| self.total(*outcome)).sum();
        let kept = sum(&[Outcome::Same, Outcome::Respelled]);
        let bad: usize = sum(&[
            Outcome::Changed,
            Outcome::Unread,
            Outcome::Disputed,
            Outcome::Lost,
        ]);
        let refused = sum(&[Outcome::Refused]);
        [
            kept,
            kept + bad,
            refused,
            refused + self.total(Outcome::Accepted),
        ]
    }

    fn total(&self, outcome: Outcome) -> usize {
        self.rows.iter().map(|row| row.of(outcome)).sum()
    }
}

impl Failure {
    fn cells(&self) -> [String; 6] {
        let value: String = self
            .sample
            .value
            .to_string()
            .chars()
            .take(EXCERPT)
            .collect();
        [
            self.schema.clone(),
            self.sample.rule.clone(),
            self.verdict.outcome.name().to_owned(),
            self.verdict.pointer.clone(),
            self.verdict.cause.clone(),
            value,
        ]
        .map(|cell| cell.replace(['\t', '\n', '\r'], " "))
    }

    fn example(&self, document: &str) -> String {
        format!(
            "{document} {} {} ({})",
            self.schema, self.verdict.pointer, self.sample.rule
        )
    }
}

/// A cause without what is different in every case: what is quoted, and numbers.
fn general(cause: &str) -> String {
    let mut text = String::new();
    for (index, part) in cause.split('`').enumerate() {
        text += if index % 2 == 0 { part } else { "`…`" };
    }
    let words = text.split(' ').map(|word| {
        if word.starts_with('/') || word.starts_with('"') {
            "…"
        } else if word.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            "N"
        } else {
            word
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn titles() -> Vec<String> {
    let outcomes = Outcome::ALL.map(|(_, name)| name);
    let titles = ["types", "no JSON"]
        .into_iter()
        .chain(outcomes)
        .chain(["document"]);
    titles.map(str::to_owned).collect()
}

/// Cells as columns of a terminal; the last one may be long.
fn line(cells: &[String]) -> String {
    let Some((last, cells)) = cells.split_last() else {
        return String::new();
    };
    let mut line = String::new();
    for cell in cells {
        // Writing to a string cannot fail.
        let _ = write!(line, "{cell:>9} ");
    }
    line + last
}

#[expect(clippy::cast_precision_loss, reason = "there are not so many values")]
fn percent(part: usize, all: usize) -> String {
    if all == 0 {
        return "none".to_owned();
    }
    format!("{:.2} %", part as f64 * 100.0 / all as f64)
}
