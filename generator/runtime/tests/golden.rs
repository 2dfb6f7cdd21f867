//! The golden client: its types, and its calls against a server of a few lines.

#[path = "support/server.rs"]
mod server;

#[path = "support/calls.rs"]
mod calls;
#[path = "support/limits.rs"]
mod limits;
#[path = "support/types.rs"]
mod types;
