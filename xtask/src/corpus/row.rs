//! What is known of one document: a row of the table.

use std::fmt::Display;

use crate::table::lay_out;

/// The titles of the columns, in order.
pub(super) const TITLES: [&str; COLUMNS] = [
    "document",
    "version",
    "operations",
    "schemas",
    "generate s",
    "peak MB",
    "lines",
    "check s",
    "warnings",
    "typed %",
    "verdict",
];
const COLUMNS: usize = 11;

/// A row as text, with `-` for what is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row(pub(super) [String; COLUMNS]);

impl Row {
    /// A row that knows nothing yet.
    pub(super) fn new(document: &str) -> Self {
        let mut row = Self(std::array::from_fn(|_| "-".to_owned()));
        row.set("document", document);
        row
    }

    /// Sets the value of a column; control characters cannot stand in a table.
    pub(super) fn set(&mut self, title: &str, value: impl Display) {
        if let Some(column) = TITLES.iter().position(|known| *known == title) {
            self.0[column] = format!("{value}").replace(char::is_control, " ");
        }
    }

    /// Whether all went well.
    pub(super) fn is_clean(&self) -> bool {
        self.0[COLUMNS - 1] == "clean"
    }

    /// The row as a line of a TSV file.
    pub(super) fn to_line(&self) -> String {
        self.0.join("\t")
    }

    /// The row that a line holds.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let cells: Vec<_> = line.split('\t').map(str::to_owned).collect();
        cells.try_into().ok().map(Self)
    }
}

/// All rows with their titles in columns.
pub(super) fn table(rows: &[Row]) -> String {
    let titles = [TITLES.map(str::to_owned)];
    let rows = rows.iter().map(|row| row.0.clone());
    lay_out(&titles.into_iter().chain(rows).collect::<Vec<_>>(), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_a_whole_row() {
        let mut row = Row::new("a\tb.yaml");
        row.set("verdict", "clean");
        assert_eq!(Row::parse(&row.to_line()), Some(row.clone()));
        assert!(row.is_clean());
        assert_eq!(row.0[0], "a b.yaml");
        assert_eq!(Row::parse("too\tshort"), None);
    }
}
