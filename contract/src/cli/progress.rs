//! How far a run is, on one line of a terminal.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};

use bindery_contract::{Finding, Progress};

use super::tell;

/// Tells on standard error how far a run is, where somebody may be watching.
pub(super) struct Line {
    shown: bool,
    findings: AtomicUsize,
}

impl Line {
    /// A line that is shown only on a terminal.
    pub(super) fn new() -> Self {
        Self {
            shown: std::io::stderr().is_terminal(),
            findings: AtomicUsize::new(0),
        }
    }

    /// Takes the line away again.
    pub(super) fn clear(&self) {
        if self.shown {
            tell("\r\x1b[K");
        }
    }
}

impl Progress for Line {
    fn probed(&self, done: usize, all: usize, findings: &[Finding]) {
        let found = self.findings.fetch_add(findings.len(), Ordering::Relaxed) + findings.len();
        if self.shown {
            tell(&format!(
                "\r\x1b[K{done} of {all} operations, {found} findings"
            ));
        }
    }
}
