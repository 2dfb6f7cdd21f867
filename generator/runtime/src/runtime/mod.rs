//! What every generated client stands on: the JSON codec, the checks, and the HTTP core.
//!
//! Users meet the types that are named here. What only generated code calls lives in the modules below.

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
pub mod check;
pub mod http;
pub mod json;

pub use check::{Violation, Violations};
pub use http::{
    Attempt, Body, BuildError, Clock, Download, Error, ErrorKind, Event, Events, File, Items,
    OAuth2, Observer, Outcome, Pages, Pending, RawResponse, Retries, Secret, Sequence, StreamError,
    Token, TokenContext, TokenEndpoint, TokenError, TokenSource, Transport, TransportError, Upload,
};
pub use json::{Date, DateTime, DecodeError, Field, Json, Map, Number, Time, Uuid, Value};
