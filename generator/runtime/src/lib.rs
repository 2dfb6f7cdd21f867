//! The support code of every generated client.
//!
//! The generator copies `src/runtime` into each client that it writes; this crate is where that code is compiled,
//! linted and tested. Nothing in it knows any API.

pub mod runtime;
