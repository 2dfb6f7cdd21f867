//! Holds a deployment to its OpenAPI document.

mod checks;
mod memo;
mod mock;
mod probe;
mod proxy;
pub mod replay;
pub mod report;
mod samples;
mod serve;
mod shape;
mod state;
mod synthesize;
pub mod validate;
mod wire;

pub use bindery_spec as spec;
pub use checks::custom::{Answered, CustomCheck, Expectation};
pub use checks::rules::{Rule, all as rules};
pub use checks::{Check, Level, all as checks};
pub use mock::{Exchange, Fault, Latency, Log, Mock, Running};
pub use probe::{
    ClientCredentials, Covered, Filter, Finding, Message, Options, Outcome, Piece, Progress,
    RunError, Selector, Shard, Step, Stop, Tried, run,
};
pub use proxy::{Proxy, Proxying};
pub use samples::{Sample, Samples};
pub use state::{Played, resources};
pub use validate::Contract;
