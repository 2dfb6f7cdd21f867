//! Turns the model of an OpenAPI document into a Rust client.

pub mod config;
pub mod ir;
pub mod lower;
pub mod markdown;
pub mod output;
pub mod runtime;
