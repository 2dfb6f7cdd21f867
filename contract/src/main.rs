//! The command line of the contract tester.

mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Values are many small pieces, and both sides of a mocked run make them; the system's allocator took a third of it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
