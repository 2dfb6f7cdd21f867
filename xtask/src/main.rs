//! The command line of this workspace.

mod bench;
mod ci;
mod codegen;
mod console;
mod contract;
mod corpus;
mod findings;
mod inspect;
mod lint;
mod report;
mod servers;
mod table;
mod usage;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// A third of generation was the allocator of the system; this one takes half as long.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Everything that is done in this workspace, as one command each.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", after_help = EXAMPLES)]
enum Command {
    Codegen(codegen::Arguments),
    Lint(lint::Arguments),
    Inspect(inspect::Arguments),
    Corpus(corpus::Arguments),
    Bench(bench::Arguments),
    /// Test a deployment (--base-url URL) or our mock server (--mock) against its document
    Contract(contract::Arguments),
    /// Serve a document with made-up answers that keep to it
    Mock(contract::Arguments),
    /// Stand between clients and a server, and hold what passes to a document
    Proxy(contract::Arguments),
    /// Hold recorded traffic (HTTP Archives) to a document
    Replay(contract::Arguments),
    /// Send values of every named schema through the generated types and back (DIR…)
    Fidelity(contract::Arguments),
    Servers(servers::Arguments),
    /// Run all checks, as CI does
    Ci,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask codegen                 write the clients of bindery.toml
  cargo xtask lint spec/mixpeek.yaml  say what is wrong with a document
  cargo xtask inspect openapi.json    show what is in a document
  cargo xtask contract --mock         test the mock server against the document

Exit codes:
  0  all is well
  1  something is wrong with the input, or a check failed
  2  the command line was not understood";

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Lint(arguments) => Ok(lint::run(&arguments)),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Contract(arguments) => contract::run("run", &arguments),
        Command::Mock(arguments) => contract::run("mock", &arguments),
        Command::Proxy(arguments) => contract::run("proxy", &arguments),
        Command::Replay(arguments) => contract::run("replay", &arguments),
        Command::Fidelity(arguments) => contract::fidelity(&arguments),
        Command::Servers(arguments) => servers::run(&arguments),
        Command::Ci => ci::run(),
    };
    result.unwrap_or_else(|error| {
        console::complain(&console::explain(&error));
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        <Command as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn what_the_tester_takes_is_passed_on_as_it_is() {
        let line = ["xtask", "contract", "--mock", "--help", "--", "-x"];
        let Ok(Command::Contract(arguments)) = Command::try_parse_from(line) else {
            panic!("the line is not understood");
        };
        assert_eq!(arguments.rest, ["--mock", "--help", "--", "-x"]);
    }
}
