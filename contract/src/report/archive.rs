//! Every exchange of a run as an HTTP Archive (HAR 1.2), written while the run goes on.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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
        let began = SystemTime::now().checked_sub(elapsed).unwrap_or(UNIX_EPOCH);
        let milliseconds = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        let entry = har::entry(step, &timestamp(began), milliseconds);
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

/// A time as RFC 3339 has it, in milliseconds and UTC.
fn timestamp(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (days, seconds) = (since.as_secs() / 86_400, since.as_secs() % 86_400);
    let (year, month, day) = civil(days);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60,
        since.subsec_millis()
    )
}

/// The date of a day since 1970 in the Gregorian calendar: eras of 400 years of 146,097 days, which begin in March.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let from_march = (5 * day + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = era * 400 + year + u64::from(month <= 2);
    (year, month, day - (153 * from_march + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_calendar() {
        let shown =
            |seconds: u64| timestamp(UNIX_EPOCH + Duration::from_millis(seconds * 1_000 + 7));
        assert_eq!(shown(0), "1970-01-01T00:00:00.007Z");
        assert_eq!(shown(951_782_399), "2000-02-28T23:59:59.007Z");
        assert_eq!(shown(951_782_400), "2000-02-29T00:00:00.007Z");
        assert_eq!(shown(1_795_769_999), "2026-11-27T08:59:59.007Z");
    }
}
