//! The HTTP core: one call under construction, one client, one error, and what spells values on the wire.

mod advance;
mod auth;
mod base;
mod body;
mod call;
mod core;
mod encode;
mod error;
mod execute;
mod form;
mod multipart;
mod operation;
mod pagination;
mod parameter;
mod redirect;
mod reqwest;
mod response;
mod secret;
mod spell;
mod style;
mod transport;

pub use self::auth::{Scheme, SchemeKind};
pub use self::body::Body;
pub use self::call::Call;
pub use self::core::{BuildError, Core, CoreBuilder};
pub use self::error::{ApiError, Error, ErrorKind, Fault};
pub use self::form::Encoding;
pub use self::multipart::{File, Multipart};
pub use self::operation::Operation;
pub use self::pagination::{Fetch, Items, Pages, Paginate};
pub use self::parameter::{Location, Parameter, Spelling, Style};
pub use self::response::RawResponse;
pub use self::secret::Secret;
pub use self::transport::{Pending, Transport, TransportError};
