//! Turns the model of an OpenAPI document into a Rust client.
//!
//! The pipeline is `lower → emit → format → output`; what is between is [`ir::Crate`] and [`output::Files`].
//!
//! ```
//! use bindery_generator::Generator;
//! use bindery_generator::config::Client;
//!
//! let reading = bindery_spec::read_text("pets.yaml", "
//! openapi: 3.1.0
//! info: { title: Pets, version: 1.0.0 }
//! paths:
//!   /pets:
//!     get:
//!       operationId: listPets
//!       tags: [pets]
//!       responses: { '204': { description: none } }
//! ");
//! let api = reading.api.expect("a document that can be used");
//! let mut diagnostics = reading.diagnostics;
//! let client = Client::new("pets.yaml", "pets", "pets")?;
//! let files = Generator::new(&client).generate(&api, &mut diagnostics);
//! assert!(files.get("src/api/pets.rs").unwrap().contains("pub fn list_pets(&self) -> ListPets<'c>"));
//! # Ok::<(), bindery_generator::config::ConfigError>(())
//! ```

pub mod config;
pub mod emit;
pub mod format;
mod generate;
pub mod ir;
pub mod lower;
pub mod markdown;
pub mod output;
pub mod runtime;

pub use generate::Generator;
