//! What processes use: CPU time and memory, as Linux tells it.

use std::fs;
use std::io;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a process has used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    /// The seconds of all its threads together.
    pub(crate) cpu: f64,
    /// The seconds on the clock.
    pub(crate) wall: f64,
    /// The most memory that it, or a process of its own, has held, in megabytes, as far as it was seen.
    pub(crate) megabytes: u64,
}

/// Runs a command in silence. Nothing else that this process has started may end meanwhile.
pub(crate) fn run(command: &mut Command) -> io::Result<(ExitStatus, Usage)> {
    let command = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let (start, before) = (Instant::now(), children_seconds());
    let mut child = command.spawn()?;
    let (id, mut most) = (child.id().to_string(), 0);
    let status = loop {
        most = most_of_tree(&id).max(most);
        match child.try_wait()? {
            Some(status) => break status,
            None => thread::sleep(Duration::from_millis(2)),
        }
    };
    let wall = start.elapsed().as_secs_f64();
    let cpu = before
        .zip(children_seconds())
        .map_or(wall, |(before, after)| after - before);
    let megabytes = most / 1024;
    Ok((
        status,
        Usage {
            cpu,
            wall,
            megabytes,
        },
    ))
}

/// The most memory that a process has held so far, in kilobytes, where the system tells; `self` is this one.
pub(crate) fn peak_memory(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// The most memory that a process or one that it has started has held so far, in kilobytes; 0 where the system does not
/// tell.
fn most_of_tree(process: &str) -> u64 {
    let own = peak_memory(process).unwrap_or_default();
    let others = children(process);
    let others = others.split_whitespace().map(most_of_tree);
    others.max().unwrap_or_default().max(own)
}

/// The processes that a process has started, each followed by a space. They are told for each thread apart, and cargo
/// starts its compilers from several.
fn children(process: &str) -> String {
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    let threads = threads.into_iter().flatten().flatten();
    threads
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
        .collect()
}

/// The CPU seconds of all processes that this one has waited for, and of those that they have waited for.
pub(crate) fn children_seconds() -> Option<f64> {
    /// Linux counts these in hundredths of a second on every machine (`USER_HZ`).
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program stands in parentheses and may hold anything; the times are the 14th field after it.
    let (_, fields) = stat.rsplit_once(')')?;
    let times = fields.split_whitespace().skip(13).take(2);
    let times: Option<Vec<f64>> = times.map(|time| time.parse().ok()).collect();
    Some(times?.iter().sum::<f64>() / TICKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_thread_has_started_counts() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let id = child.id().to_string();
        let found = children("self").split_whitespace().any(|other| other == id);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(found);
    }
}
