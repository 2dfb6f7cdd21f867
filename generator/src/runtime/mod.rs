//! The support code of every client, embedded: its sources and the dependencies that it needs.

mod manifest;
mod parts;
mod sources;
#[cfg(test)]
mod tests;

pub use manifest::manifest;
pub use sources::sources;
