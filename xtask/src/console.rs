//! What the terminal gets: results on the standard output, problems on the standard error.

use std::io::{self, IsTerminal, Write};

use bindery_generator::config::ConfigError;
use bindery_generator::output::OutputError;

/// Writes a result.
pub(crate) fn say(text: &str) {
    // A reader that went away, as `head` does, is no problem of ours.
    let _ = writeln!(io::stdout(), "{}", text.trim_end());
}

/// Writes a problem.
pub(crate) fn complain(text: &str) {
    // Nobody is left to be told that nobody can be told.
    let _ = writeln!(io::stderr(), "{}", text.trim_end());
}

/// Tells someone who watches how far the work is.
pub(crate) fn progress(done: usize, all: usize, what: &str) {
    if io::stderr().is_terminal() {
        complain(&format!("{done}/{all} {what}"));
    }
}

/// An error as text, with its code and what to do about it where these are known.
pub(crate) fn explain(error: &anyhow::Error) -> String {
    let (code, help) = if let Some(error) = error.downcast_ref::<OutputError>() {
        (Some(error.code()), error.help())
    } else if let Some(error) = error.downcast_ref::<ConfigError>() {
        (Some(error.code()), error.help())
    } else {
        (None, None)
    };
    let code = code.map(|code| format!("[{code}]")).unwrap_or_default();
    let help = help.map(|help| format!("\n  = help: {help}"));
    format!("error{code}: {error:#}{}", help.unwrap_or_default())
}
