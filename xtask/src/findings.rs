//! How many problems a document has, and whether the work goes on in spite of them.

use std::fmt;

use bindery_spec::diagnostic::render_brief;
use bindery_spec::{Diagnostics, Reading, Severity};

use crate::console;

/// How many findings of one code are shown.
const MOST: usize = 5;

/// Shows the diagnostics of a document, a few of each code or all.
pub(crate) fn show(reading: &Reading, diagnostics: &Diagnostics, all: bool) {
    if !diagnostics.is_empty() {
        let most = if all { usize::MAX } else { MOST };
        console::complain(&render_brief(&reading.sources, diagnostics, most));
    }
}

/// The number of errors and warnings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    errors: usize,
    warnings: usize,
}

impl Findings {
    /// Counts diagnostics, those that were counted before included.
    pub(crate) fn add(&mut self, diagnostics: &Diagnostics) {
        for diagnostic in diagnostics.iter() {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
            }
        }
    }

    /// Whether the work stops: at an error, and with `strict` at a warning too.
    pub(crate) fn stop(self, strict: bool) -> bool {
        self.errors > 0 || (strict && self.warnings > 0)
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count| if count == 1 { "" } else { "s" };
        let (errors, warnings) = (self.errors, self.warnings);
        match (errors, warnings) {
            (0, 0) => write!(f, "no problems"),
            (0, _) => write!(f, "{warnings} warning{}", plural(warnings)),
            (_, 0) => write!(f, "{errors} error{}", plural(errors)),
            _ => write!(
                f,
                "{errors} error{}, {warnings} warning{}",
                plural(errors),
                plural(warnings)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_stop_only_when_strict() {
        let fine = Findings::default();
        assert!(!fine.stop(true));
        let warned = Findings {
            warnings: 1,
            ..fine
        };
        assert!(!warned.stop(false) && warned.stop(true));
        let failed = Findings { errors: 1, ..fine };
        assert!(failed.stop(false) && failed.stop(true));
    }

    #[test]
    fn counts_read_well() {
        let text = |errors, warnings| Findings { errors, warnings }.to_string();
        assert_eq!(text(0, 0), "no problems");
        assert_eq!(text(0, 1), "1 warning");
        assert_eq!(text(2, 0), "2 errors");
        assert_eq!(text(1, 3), "1 error, 3 warnings");
    }
}
