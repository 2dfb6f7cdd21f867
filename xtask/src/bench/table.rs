//! The figures as a table.

use crate::table::lay_out;
use crate::usage::Usage;

/// What one tool needs for one document.
pub(super) struct Cell {
    document: String,
    tool: &'static str,
    /// The cheapest run and the lines that it wrote; `None` where every run failed.
    best: Option<(Usage, usize)>,
    /// What checking the output costs.
    pub(super) check: Option<Usage>,
}

impl Cell {
    /// Nothing measured yet.
    pub(super) fn new(document: &str, tool: &'static str) -> Self {
        Self {
            document: document.to_owned(),
            tool,
            best: None,
            check: None,
        }
    }

    /// Takes a run into account.
    pub(super) fn add(&mut self, usage: Usage, lines: usize) {
        if self.best.is_none_or(|(best, _)| usage.cpu < best.cpu) {
            self.best = Some((usage, lines));
        }
    }

    fn row(&self) -> [String; 8] {
        let dash = || "-".to_owned();
        let (cpu, wall, memory, lines) = match self.best {
            Some((usage, lines)) => (
                format!("{:.2}", usage.cpu),
                format!("{:.2}", usage.wall),
                usage.megabytes.to_string(),
                lines.to_string(),
            ),
            None => ("fails".to_owned(), dash(), dash(), dash()),
        };
        let check = self
            .check
            .map_or_else(dash, |usage| format!("{:.1}", usage.cpu));
        let check_memory = self
            .check
            .map_or_else(dash, |usage| usage.megabytes.to_string());
        [
            self.document.clone(),
            self.tool.to_owned(),
            cpu,
            wall,
            memory,
            lines,
            check,
            check_memory,
        ]
    }
}

const TITLES: [&str; 8] = [
    "document",
    "tool",
    "cpu s",
    "wall s",
    "MB",
    "lines",
    "check cpu s",
    "check MB",
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

    #[test]
    fn the_cheapest_run_counts() {
        let usage = |cpu| Usage {
            cpu,
            wall: 1.0,
            megabytes: 10,
        };
        let mut cell = Cell::new("a.yaml", "bindery");
        assert!(render(&[Cell::new("a.yaml", "other")]).contains("fails"));
        cell.add(usage(2.0), 7);
        cell.add(usage(0.5), 7);
        cell.add(usage(1.0), 7);
        assert_eq!(
            render(&[cell]),
            "document  tool     cpu s  wall s  MB  lines  check cpu s  check MB\n\
             a.yaml    bindery   0.50    1.00  10      7            -         -\n"
        );
    }
}
