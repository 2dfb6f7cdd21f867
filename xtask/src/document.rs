//! Documents as the command line reads them: other files always, URLs where they are allowed.

use std::path::Path;

use bindery_fetch::Web;
use bindery_spec::{Reading, read_file, read_file_with};

/// Reads a document.
pub(crate) fn read(file: &Path, allow_remote: bool) -> Reading {
    if allow_remote {
        read_file_with(file, &Web::new())
    } else {
        read_file(file)
    }
}
