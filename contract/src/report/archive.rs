//! Every exchange of a run as an HTTP Archive (HAR 1.2), written while the run goes on.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::har;
use crate::probe::Step;

/// An archive that is written. It holds no exchange in memory.
///
/// ```no_run
/// use bindery_contract::{Options, RunError, report::Archive, run, spec::Api};
/// use std::sync::Arc;
/// # async fn example(api: Api) -> Result<(), Box<dyn std::error::Error>> {
/// let archive = Arc::new(Archive::create("run.har".as_ref())?);
/// let options = Options::new("http://127.0.0.1:8080").archive(&archive);
/// run(api, &options, &()).await?;
/// archive.finish()?;
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Archive(Mutex<State>);

#[derive(Debug)]
struct State {
    out: BufWriter<File>,
    entries: usize,
    /// What went wrong first; nothing is written after it.
    failed: Option<std::io::Error>,
}

impl Archive {
    /// Begins an archive in a file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn create(file: &Path) -> std::io::Result<Self> {
        let mut out = BufWriter::new(File::create(file)?);
        let creator = har::creator();
        writeln!(
            out,
            r#"{{"log":{{"version":"1.2","creator":{creator},"entries":["#
        )?;
        Ok(Self(Mutex::new(State {
            out,
            entries: 0,
            failed: None,
        })))
    }

    /// Adds an exchange that took so long and ended now.
    pub(crate) fn add(&self, step: &Step, elapsed: Duration) {
        let began = OffsetDateTime::now_utc() - elapsed;
        let began = began.format(&Rfc3339).unwrap_or_default();
        let milliseconds = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        let entry = har::entry(step, &began, milliseconds);
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let comma = if state.entries > 0 { ",\n" } else { "" };
        state.entries += 1;
        if state.failed.is_none() {
            state.failed = write!(state.out, "{comma}{entry}").err();
        }
    }

    /// Ends the archive.
    ///
    /// # Errors
    /// When an exchange or the end could not be written.
    pub fn finish(&self) -> std::io::Result<()> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = state.failed.take() {
            return Err(error);
        }
        state.out.write_all(b"\n]}}\n")?;
        state.out.flush()
    }
}
