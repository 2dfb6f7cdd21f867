//! The HTTP core: one call under construction, one client, one error, and what spells values on the wire.

#[cfg(feature = "part-pages")]
mod advance;
mod attempt;
mod auth;
mod base;
mod body;
mod call;
mod clock;
mod core;
#[cfg(feature = "part-streams")]
mod download;
mod encode;
mod error;
#[cfg(feature = "part-events")]
mod event;
#[cfg(feature = "part-events")]
mod events;
mod execute;
mod form;
#[cfg(feature = "part-headers")]
mod headers;
#[cfg(feature = "part-streams")]
mod incoming;
#[cfg(feature = "part-pages")]
mod link;
#[cfg(feature = "mocks")]
pub mod mock;
#[cfg(feature = "part-multipart")]
mod multipart;
#[cfg(feature = "part-tokens")]
mod oauth2;
mod operation;
mod options;
#[cfg(feature = "part-pages")]
mod pagination;
mod parameter;
#[cfg(not(target_arch = "wasm32"))]
mod pause;
mod redirect;
#[cfg(feature = "part-tokens")]
mod renew;
#[cfg(feature = "reqwest")]
mod reqwest;
mod response;
mod retry;
mod secret;
#[cfg(feature = "part-events")]
mod sequence;
mod spell;
mod style;
#[cfg(feature = "part-tokens")]
mod token;
mod trace;
mod transport;
mod upload;

pub use crate::call_options;

pub use self::attempt::{Attempt, Observer, Outcome};
pub use self::auth::{Scheme, SchemeKind};
pub use self::body::Body;
pub use self::call::Call;
pub use self::clock::Clock;
pub use self::core::{BuildError, Core, CoreBuilder};
#[cfg(feature = "part-streams")]
pub use self::download::Download;
pub use self::error::{ApiError, Error, ErrorKind, Fault};
#[cfg(feature = "part-events")]
pub use self::event::{Event, EventData};
#[cfg(feature = "part-events")]
pub use self::events::Events;
pub use self::form::Encoding;
#[cfg(feature = "part-headers")]
pub use self::headers::Headers;
#[cfg(feature = "part-streams")]
pub use self::incoming::Incoming;
#[cfg(feature = "part-multipart")]
pub use self::multipart::{File, Multipart};
#[cfg(feature = "part-tokens")]
pub use self::oauth2::{OAuth2, TokenEndpoint};
pub use self::operation::Operation;
#[cfg(feature = "part-pages")]
pub use self::pagination::{Items, Pages, Paginate};
pub use self::parameter::{Location, Parameter, Spelling, Style};
pub use self::response::RawResponse;
pub use self::retry::Retries;
pub use self::secret::Secret;
#[cfg(feature = "part-events")]
pub use self::sequence::{Sequence, StreamError};
#[cfg(feature = "part-tokens")]
pub use self::token::{Token, TokenContext, TokenError, TokenSource};
pub use self::transport::{Pending, Transport, TransportError};
pub use self::upload::Upload;
