//! What every generated client stands on: the JSON codec, the checks, and the HTTP core.
//!
//! Users meet the types that are named here. What only generated code calls lives in the modules below.

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
pub mod check;
pub mod http;
pub mod json;

pub use check::{Violation, Violations};
#[cfg(feature = "part-streams")]
pub use http::Download;
#[cfg(feature = "part-multipart")]
pub use http::File;
pub use http::{
    Attempt, Body, BuildError, Clock, Error, ErrorKind, Observer, Outcome, Pending, RawResponse,
    Retries, Secret, Transport, TransportError, Upload,
};
#[cfg(feature = "part-events")]
pub use http::{Event, Events, Sequence, StreamError};
#[cfg(feature = "part-pages")]
pub use http::{Items, Pages};
#[cfg(feature = "part-tokens")]
pub use http::{OAuth2, Token, TokenContext, TokenEndpoint, TokenError, TokenSource};
pub use json::{Date, DateTime, DecodeError, Field, Json, Map, Number, Time, Uuid, Value};
