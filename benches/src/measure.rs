//! Starts the server and, for each client, the program anew; and prints the table.

use std::fmt::Write;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::server;

/// The calls that are counted are those of the second number less those of the first.
const COUNTED: [usize; 2] = [20, 120];
/// The calls whose time is taken, likewise.
const TIMED: [usize; 2] = [200, 4200];
/// How often the time is taken; the best counts, because a busy machine only makes it worse.
const RUNS: usize = 5;

/// What one call costs.
struct Cost {
    instructions: f64,
    allocations: f64,
    per_second: f64,
}

/// Measures pages of few and of many sessions.
pub(crate) fn run() -> anyhow::Result<()> {
    if cfg!(debug_assertions) {
        bail!("only a release build says something: cargo run --release -p bindery-benches");
    }
    let mut table = String::from(
        "| sessions in the answer | client | instructions a call | allocations a call | calls a second |\n|---|---|---|---|---|\n",
    );
    for sessions in [1, 50] {
        let url = server::start(sessions)?;
        for client in ["generated", "hand"] {
            let cost = measure(client, &url)?;
            writeln!(
                table,
                "| {sessions} | {client} | {:.0} | {:.1} | {:.0} |",
                cost.instructions, cost.allocations, cost.per_second
            )?;
        }
    }
    #[expect(clippy::print_stdout, reason = "this is what the program is for")]
    {
        print!("{table}");
    }
    Ok(())
}

fn measure(client: &str, url: &str) -> anyhow::Result<Cost> {
    let mut fastest = f64::INFINITY;
    for _ in 0..RUNS {
        fastest = fastest.min(per_call(TIMED, |calls| seconds(client, url, calls))?);
    }
    Ok(Cost {
        instructions: per_call(COUNTED, |calls| {
            let tool = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
            counted(&tool, client, url, calls, "Collected : ")
        })?,
        allocations: per_call(COUNTED, |calls| {
            counted(
                &["--tool=memcheck"],
                client,
                url,
                calls,
                "total heap usage: ",
            )
        })?,
        per_second: 1.0 / fastest,
    })
}

/// What one call adds.
#[expect(clippy::cast_precision_loss, reason = "the numbers of calls are small")]
fn per_call(
    calls: [usize; 2],
    measure: impl Fn(usize) -> anyhow::Result<f64>,
) -> anyhow::Result<f64> {
    let [few, many] = calls;
    Ok((measure(many)? - measure(few)?) / (many - few) as f64)
}

fn seconds(client: &str, url: &str, calls: usize) -> anyhow::Result<f64> {
    let start = Instant::now();
    let program = std::env::current_exe()?;
    let status = Command::new(program)
        .args(["call", client, url, &calls.to_string()])
        .status()?;
    anyhow::ensure!(status.success(), "{client} failed");
    Ok(start.elapsed().as_secs_f64())
}

/// The number that valgrind prints behind some words.
fn counted(
    tool: &[&str],
    client: &str,
    url: &str,
    calls: usize,
    words: &str,
) -> anyhow::Result<f64> {
    let output = Command::new("valgrind")
        .args(tool)
        .arg(std::env::current_exe()?)
        .args(["call", client, url, &calls.to_string()])
        .output()
        .context("valgrind is needed, and could not be started")?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{client}: {said}");
    let (_, rest) = said.split_once(words).context("valgrind counted nothing")?;
    let number: String = rest
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ',')
        .filter(char::is_ascii_digit)
        .collect();
    Ok(number.parse()?)
}
