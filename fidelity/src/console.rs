//! What the terminal gets: results on the standard output, problems and progress on the standard error.

use std::io::{self, Write};

/// Writes a result.
pub(crate) fn say(text: &str) {
    // A reader that went away, as `head` does, is no problem of ours.
    let _ = writeln!(io::stdout(), "{}", text.trim_end());
}

/// Writes a problem, or how far we are.
pub(crate) fn complain(text: &str) {
    // Nobody is left to be told that nobody can be told.
    let _ = writeln!(io::stderr(), "{}", text.trim_end());
}
