//! Why there is no verdict.

/// Why a run could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The base URL is no `http` or `https` URL.
    #[error("`{0}` is no base URL; it must start with `http://` or `https://`")]
    BaseUrl(String),
    /// Nobody listens there.
    #[error("{0} cannot be reached: {1}")]
    Unreachable(String, String),
    /// A header that was given cannot stand in a message. The value is not shown.
    #[error("the header `{0}` has a name or a value that HTTP does not allow")]
    Header(String),
    /// The HTTP client could not be set up.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
    /// No token was given out.
    #[error("no token could be had: {0}")]
    Token(String),
    /// The document has no operations, or the filters leave none of them.
    #[error("{0}")]
    Nothing(&'static str),
    /// There is nothing of the API at the base URL, so that nothing was tested.
    #[error("every request below {0} was answered with 404{1}")]
    NotServed(String, String),
}
