//! The HTTP core: one call under construction, one client, one error, and what spells values on the wire.

mod advance;
mod attempt;
mod auth;
mod base;
mod body;
mod call;
mod clock;
mod core;
mod download;
mod encode;
mod error;
mod event;
mod events;
mod execute;
mod form;
mod headers;
mod incoming;
mod link;
#[cfg(feature = "mocks")]
pub mod mock;
mod multipart;
mod oauth2;
mod operation;
mod options;
mod pagination;
mod parameter;
#[cfg(not(target_arch = "wasm32"))]
mod pause;
mod redirect;
#[cfg(feature = "reqwest")]
mod reqwest;
mod response;
mod retry;
mod secret;
mod sequence;
mod spell;
mod style;
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
pub use self::download::Download;
pub use self::error::{ApiError, Error, ErrorKind, Fault};
pub use self::event::Event;
pub use self::events::Events;
pub use self::form::Encoding;
pub use self::headers::Headers;
pub use self::incoming::Incoming;
pub use self::multipart::{File, Multipart};
pub use self::oauth2::{OAuth2, TokenEndpoint};
pub use self::operation::Operation;
pub use self::pagination::{Items, Pages, Paginate};
pub use self::parameter::{Location, Parameter, Spelling, Style};
pub use self::response::RawResponse;
pub use self::retry::Retries;
pub use self::secret::Secret;
pub use self::sequence::{Sequence, StreamError};
pub use self::token::{Token, TokenContext, TokenError, TokenSource};
pub use self::transport::{Pending, Transport, TransportError};
pub use self::upload::Upload;
