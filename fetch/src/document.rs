//! Documents as command lines name them: files, URLs and the standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use bindery_spec::{Fetch, Reader, Reading};

use crate::{Web, is_web};

/// Reads a document that a person names: a file, an `http` or `https` URL, or `-` for the standard input.
///
/// Overlays are applied in their order. What the document refers to by URL is fetched with `allow_remote` only, also where
/// the document itself came by one.
///
/// ```
/// let reading = bindery_fetch::read("no/such/file.yaml", &[], false);
/// assert!(reading.api.is_none());
/// ```
pub fn read(document: impl AsRef<Path>, overlays: &[PathBuf], allow_remote: bool) -> Reading {
    let (document, web) = (document.as_ref(), Web::new());
    let reader = Reader::new().overlays(overlays);
    let reader = if allow_remote {
        reader.fetch(&web)
    } else {
        reader
    };
    match document.to_str() {
        Some("-") => reader.read_fetched("-", &Input),
        Some(url) if is_web(url) => reader.read_fetched(url, &web),
        _ => reader.read_file(document),
    }
}

/// The standard input.
struct Input;

impl Fetch for Input {
    fn fetch(&self, _: &str) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| error.to_string())?;
        Ok(bytes)
    }
}
