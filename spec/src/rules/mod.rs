//! What is wrong with a document that was read: one idea a file, every rule in one table.

mod access;
mod allow;
mod body;
mod bounds;
mod discriminator;
mod enumeration;
mod example;
mod link;
mod operation_id;
mod operations;
mod path;
mod pattern;
mod security;
pub mod shape;
mod together;

use crate::{Api, Diagnostics};

/// Every rule over the model, in the order in which their findings are given.
const RULES: &[fn(&Api, &mut Diagnostics)] = &[
    operation_id::check_unique,
    path::check_ambiguous,
    path::check_parameters,
    body::check_expected,
    security::check_declared,
    link::check_targets,
    bounds::check_bounds,
    bounds::check_multiple,
    pattern::check_valid,
    enumeration::check_values,
    together::check_agreement,
    access::check_direction,
    discriminator::check_declared,
    example::check_defaults,
    example::check_examples,
];

/// Reports what is wrong with a document although every part of it could be read: two things that clash, a name that
/// nothing has, a value that nothing allows.
///
/// [`read_text`](crate::read_text) and [`read_file`](crate::read_file) have called it already. The time is linear in
/// the size of the document, and no document costs more stack than another.
///
/// ```
/// let reading = bindery_spec::read_text("pets.yaml", "
/// openapi: 3.1.0
/// info: { title: Pets, version: 1.0.0 }
/// components:
///   schemas:
///     Age: { type: integer, minimum: 30, maximum: 0 }
/// ");
/// assert!(reading.diagnostics.iter().any(|d| d.code == "bounds-crossed"));
/// ```
pub fn check(api: &Api, sink: &mut Diagnostics) {
    let mut found = Diagnostics::default();
    for rule in RULES {
        rule(api, &mut found);
    }
    // What several operations share is met once for each of them.
    sink.extend_unique(found);
}
