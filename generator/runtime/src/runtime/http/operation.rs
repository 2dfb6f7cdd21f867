//! What is fixed about an operation.

use super::{Parameter, Scheme};

/// An operation (OpenAPI 3.1 §4.8.10), as far as calls need to know it.
#[derive(Debug)]
pub struct Operation {
    /// Its name in the client, for messages.
    pub name: &'static str,
    /// The HTTP method in upper case.
    pub method: &'static str,
    /// The path template, such as `/sessions/{id}`.
    pub path: &'static str,
    /// The alternatives that authorize a call, in order of preference; empty when none is needed.
    pub auth: &'static [&'static [&'static Scheme]],
    /// The parameters that the client has settings for.
    pub settings: &'static [&'static Parameter],
    /// The media types of its responses, for the header `Accept`.
    pub accept: &'static str,
    /// Whether redirects are followed; not where the document describes them as responses.
    pub redirects: bool,
}
