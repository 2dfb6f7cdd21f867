//! The figures as a table.

use super::check::Check;
use crate::table::lay_out;
use crate::usage::Usage;

/// What one tool needs for one document.
pub(super) struct Cell {
    document: String,
    operations: u32,
    tool: &'static str,
    /// The cheapest run and the lines that it wrote; `None` where every run failed.
    best: Option<(Usage, u32)>,
    /// What checking the output costs.
    pub(super) check: Option<Check>,
}

impl Cell {
    /// Nothing measured yet.
    pub(super) fn new(document: &str, operations: u32, tool: &'static str) -> Self {
        Self {
            document: document.to_owned(),
            operations,
            tool,
            best: None,
            check: None,
        }
    }

    /// Takes a run into account.
    pub(super) fn add(&mut self, usage: Usage, lines: u32) {
        if self.best.is_none_or(|(best, _)| usage.cpu < best.cpu) {
            self.best = Some((usage, lines));
        }
    }

    fn row(&self) -> [String; TITLES.len()] {
        let dash = || "-".to_owned();
        let [cpu, wall, memory, lines, per_operation] = match self.best {
            Some((usage, lines)) => [
                format!("{:.2}", usage.cpu),
                format!("{:.2}", usage.wall),
                usage.megabytes.to_string(),
                lines.to_string(),
                self.per_operation(f64::from(lines)),
            ],
            None => ["fails".to_owned(), dash(), dash(), dash(), dash()],
        };
        let [check, check_memory, check_per_thousand] = match self.check {
            Some(Check::Compiles(usage)) => [
                format!("{:.1}", usage.cpu),
                usage.megabytes.to_string(),
                self.per_operation(usage.cpu * 1000.0),
            ],
            Some(Check::Fails) => ["fails".to_owned(), dash(), dash()],
            Some(Check::GivenUp(seconds)) => [format!("> {seconds}"), dash(), dash()],
            None => [dash(), dash(), dash()],
        };
        [
            self.document.clone(),
            self.tool.to_owned(),
            cpu,
            wall,
            memory,
            self.operations.to_string(),
            lines,
            per_operation,
            check,
            check_memory,
            check_per_thousand,
        ]
    }

    fn per_operation(&self, amount: f64) -> String {
        match self.operations {
            0 => "-".to_owned(),
            operations => format!("{:.0}", amount / f64::from(operations)),
        }
    }
}

const TITLES: [&str; 11] = [
    "document",
    "tool",
    "cpu s",
    "wall s",
    "MB",
    "operations",
    "lines",
    "lines each",
    "check cpu s",
    "check MB",
    "check cpu s per 1000",
];

/// All figures, a line for each document and tool.
pub(super) fn render(cells: &[Cell]) -> String {
    let mut rows = vec![TITLES.map(str::to_owned)];
    rows.extend(cells.iter().map(Cell::row));
    lay_out(&rows, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(cpu: f64) -> Usage {
        Usage {
            cpu,
            wall: 1.0,
            megabytes: 10,
        }
    }

    #[test]
    fn the_cheapest_run_counts() {
        let mut cell = Cell::new("a.yaml", 2, "bindery");
        assert!(render(&[Cell::new("a.yaml", 2, "other")]).contains("fails"));
        cell.add(usage(2.0), 7);
        cell.add(usage(0.5), 8);
        cell.add(usage(1.0), 7);
        let [cells @ .., _, _, _] = cell.row();
        assert_eq!(
            cells,
            ["a.yaml", "bindery", "0.50", "1.00", "10", "2", "8", "4"]
        );
    }

    #[test]
    fn a_check_is_told_for_each_thousand_operations() {
        let mut cell = Cell::new("a.yaml", 500, "bindery");
        let last = |cell: &Cell| {
            let [.., check, memory, each] = cell.row();
            [check, memory, each].join(" ")
        };
        assert_eq!(last(&cell), "- - -");
        cell.check = Some(Check::Compiles(usage(2.5)));
        assert_eq!(last(&cell), "2.5 10 5");
        cell.check = Some(Check::Fails);
        assert_eq!(last(&cell), "fails - -");
        cell.check = Some(Check::GivenUp(60));
        assert_eq!(last(&cell), "> 60 - -");
    }
}
