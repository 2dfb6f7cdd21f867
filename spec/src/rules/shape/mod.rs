//! Whether a document has the shape that the standard gives it: known keys, required keys, kinds of values, and keys
//! that exclude each other.
//!
//! The tables say what each object is in each version; one walk over the raw document compares. It looks at what the
//! model no longer shows, and reports only what can be read anyway, so nothing here stops a generation.

mod checks;
mod names;
mod object;
mod tables;
mod walk;

use crate::model::Version;
use crate::source::Place;
use crate::{Diagnostics, Value};

/// Compares the root of a document with the tables of its version.
///
/// `place` is where the root stands. The time is linear in the size of the document, and nesting costs no stack.
pub fn check(document: &Value, place: &Place, version: Version, sink: &mut Diagnostics) {
    let mut found = Diagnostics::default();
    walk::walk(document, place, version, &mut found);
    sink.extend_silent(found);
}
