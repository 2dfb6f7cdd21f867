//! The support code of every generated client.
