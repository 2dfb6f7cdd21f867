//! The program of a client at work: rows go in, answers come out, and one that crashes or hangs costs one row.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use anyhow::Context;

/// How long one value may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What became of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It could not be read, and why.
    Unread(String),
    /// It was read.
    Read {
        /// What `validate()` says; empty when all is well.
        violations: String,
        /// What was written.
        text: String,
    },
    /// There is no answer, and why.
    Lost(&'static str),
}

/// The answers to rows, one each.
pub(crate) fn answers(program: &Path, rows: &[String]) -> anyhow::Result<Vec<Answer>> {
    let mut answers = Vec::with_capacity(rows.len());
    while answers.len() < rows.len() {
        let rest = &rows[answers.len()..];
        if let Some(reason) = session(program, rest, &mut answers)? {
            answers.push(Answer::Lost(reason));
        }
    }
    Ok(answers)
}

/// One run of the program, until all rows are answered or one is not; then why not.
fn session(
    program: &Path,
    rows: &[String],
    answers: &mut Vec<Answer>,
) -> anyhow::Result<Option<&'static str>> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let lost = std::thread::scope(|scope| exchange(scope, &mut child, rows, answers));
    // It has ended or shall end; that it has done so already is no problem.
    let _ = child.kill();
    child.wait()?;
    Ok(lost)
}

fn exchange<'s>(
    scope: &'s std::thread::Scope<'s, '_>,
    child: &mut Child,
    rows: &'s [String],
    answers: &mut Vec<Answer>,
) -> Option<&'static str> {
    let (input, output) = (child.stdin.take()?, child.stdout.take()?);
    scope.spawn(move || {
        let mut input = std::io::BufWriter::new(input);
        // When the program is gone, the missing answer tells.
        let _ = rows.iter().try_for_each(|row| writeln!(input, "{row}"));
    });
    let (sender, receiver) = mpsc::channel();
    scope.spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        // When nobody listens any more, the program was given up.
        let _ = lines.map(|line| sender.send(line)).find(Result::is_err);
    });
    for _ in rows {
        match receiver.recv_timeout(PATIENCE) {
            Ok(line) => answers.push(parse(&line)),
            Err(reason) => {
                // The threads end when the pipes close.
                let _ = child.kill();
                return Some(match reason {
                    RecvTimeoutError::Timeout => "takes too long",
                    RecvTimeoutError::Disconnected => "ends the program",
                });
            }
        }
    }
    None
}

fn parse(line: &str) -> Answer {
    let parts: Vec<_> = line.splitn(3, '\t').collect();
    match parts.as_slice() {
        ["unread", reason] => Answer::Unread((*reason).to_owned()),
        ["read", violations, text] => Answer::Read {
            violations: (*violations).to_owned(),
            text: (*text).to_owned(),
        },
        _ => Answer::Lost("panics"),
    }
}
