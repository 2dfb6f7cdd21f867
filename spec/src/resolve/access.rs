//! Where the other files of a document may come from.

use std::fmt;

/// Fetches documents by URL. What it allows, how long it waits and how much it takes is its own affair.
pub trait Fetch {
    /// The bytes behind an `http` or `https` URL without a fragment.
    ///
    /// # Errors
    /// Why there are none, in words that follow a colon.
    fn fetch(&self, url: &str) -> Result<Vec<u8>, String>;
}

/// Where other files may come from.
#[derive(Clone, Copy)]
pub(crate) enum Access<'f> {
    /// From the disk, relative to the file that refers to them.
    Disk,
    /// From the disk and by URL. What was fetched refers to URLs only.
    Web(&'f dyn Fetch),
    /// From nowhere: the document is one text.
    Text,
}

impl fmt::Debug for Access<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Disk => "Disk",
            Self::Web(_) => "Web",
            Self::Text => "Text",
        })
    }
}
