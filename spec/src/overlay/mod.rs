//! Overlays: changes to a document that are written down apart from it (Overlay 1.1).
//!
//! They are applied to the text's value before anything is made of it, so that whatever follows sees one document; what
//! an overlay has put in is still found in the overlay.

mod action;
mod target;

use std::path::{Path, PathBuf};

use action::Action;
use target::Target;

use crate::diagnostic::codes;
use crate::source::{FileId, SourceMap};
use crate::{Diagnostics, Value, load};

/// Applies the overlays in their order to a file's value.
pub(crate) fn apply(
    overlays: &[PathBuf],
    sources: &mut SourceMap,
    (file, value): (FileId, &mut Value),
    sink: &mut Diagnostics,
) {
    let mut target = Target::new(file, value);
    for path in overlays {
        for action in actions(path, sources, sink) {
            act(&mut target, &action, sink);
        }
    }
    let origins = target.finish();
    sources.set_origins(file, origins);
}

/// The actions of an overlay, none when it cannot be read.
fn actions(path: &Path, sources: &mut SourceMap, sink: &mut Diagnostics) -> Vec<Action> {
    match load::read(path) {
        Ok(text) => {
            let (file, value) = load::parse(sources, &path.to_string_lossy(), text, sink);
            value.map_or_else(Vec::new, |value| action::read(file, &value, sink))
        }
        Err(diagnostic) => {
            sink.push(diagnostic);
            Vec::new()
        }
    }
}

fn act(target: &mut Target, action: &Action, sink: &mut Diagnostics) {
    match target.apply(action) {
        Ok(0) => sink.push(codes::OVERLAY_UNMATCHED.at(
            &action.place.child("target"),
            format!("`{}` selects nothing in the document", action.path),
        )),
        Ok(_) => {}
        Err(why) => sink.push(codes::OVERLAY_INVALID.at(&action.place, why)),
    }
}
