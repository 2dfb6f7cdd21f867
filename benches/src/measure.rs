//! Starts the server and, for each client, the program anew; and prints the table.

use std::fmt::Write;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::server;

/// The calls that are counted are those of the second number less those of the first.
const COUNTED: [usize; 2] = [20, 120];
/// The calls whose time is taken, likewise.
const TIMED: [usize; 2] = [500, 10_500];
/// How often the time is taken of each client in turn.
const ROUNDS: usize = 9;
/// The clients, as the command line names them.
const CLIENTS: [&str; 2] = ["generated", "hand"];

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
        let (rates, ratio) = rates(&url)?;
        for (client, rate) in CLIENTS.iter().zip(rates) {
            let instructions = instructions(client, &url)?;
            let allocations = allocations(client, &url)?;
            writeln!(
                table,
                "| {sessions} | {client} | {instructions:.0} | {allocations:.1} | {rate:.0} |"
            )?;
        }
        writeln!(
            table,
            "| {sessions} | generated for each by hand | | | {ratio:.3} |"
        )?;
    }
    #[expect(clippy::print_stdout, reason = "this is what the program is for")]
    {
        print!("{table}");
    }
    Ok(())
}

/// The calls a second of each client, and how many of the first go on one of the second: the medians of rounds in which
/// both had the same machine, one after the other and the first of one round last in the next.
fn rates(url: &str) -> anyhow::Result<([f64; 2], f64)> {
    let (mut rates, mut ratios) = ([Vec::new(), Vec::new()], Vec::new());
    for round in 0..ROUNDS {
        let mut pair = [0.0; 2];
        for turn in [round % 2, 1 - round % 2] {
            let seconds = per_call(TIMED, |calls| seconds(CLIENTS[turn], url, calls))?;
            pair[turn] = 1.0 / seconds;
            rates[turn].push(pair[turn]);
        }
        ratios.push(pair[0] / pair[1]);
    }
    Ok((rates.map(median), median(ratios)))
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn instructions(client: &str, url: &str) -> anyhow::Result<f64> {
    let tool = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    per_call(COUNTED, |calls| {
        counted(&tool, client, url, calls, "Collected : ")
    })
}

fn allocations(client: &str, url: &str) -> anyhow::Result<f64> {
    let tool = ["--tool=memcheck"];
    per_call(COUNTED, |calls| {
        counted(&tool, client, url, calls, "total heap usage: ")
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
