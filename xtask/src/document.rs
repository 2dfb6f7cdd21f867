//! Documents as the command line reads them: other files always, URLs where they are allowed, overlays as asked for.

use std::path::{Path, PathBuf};

use bindery_fetch::Web;
use bindery_spec::{Reader, Reading};

/// Reads a document with its overlays.
pub(crate) fn read(file: &Path, overlays: &[PathBuf], allow_remote: bool) -> Reading {
    let web = Web::new();
    let reader = Reader::new().overlays(overlays);
    let reader = if allow_remote {
        reader.fetch(&web)
    } else {
        reader
    };
    reader.read_file(file)
}
