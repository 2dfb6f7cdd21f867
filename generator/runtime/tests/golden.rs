//! The golden client: its types, and its calls against a server of a few lines.

#[path = "support/server.rs"]
mod server;

#[path = "support/auth.rs"]
mod auth;
#[path = "support/calls.rs"]
mod calls;
#[path = "support/clocks.rs"]
mod clocks;
#[path = "support/limits.rs"]
mod limits;
#[path = "support/load.rs"]
mod load;
#[path = "support/retries.rs"]
mod retries;
#[path = "support/traces.rs"]
mod traces;
#[path = "support/types.rs"]
mod types;
