//! Turns the model of an OpenAPI document into a Rust client.

pub mod config;
pub mod output;
