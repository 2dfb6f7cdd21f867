//! Turns the model of an OpenAPI document into a Rust client.

pub mod output;
