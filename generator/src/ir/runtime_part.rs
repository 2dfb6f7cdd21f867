//! The parts of the runtime that a client has only where its document needs them.

/// A part of the runtime that a client has only where its document needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuntimePart {
    /// Bodies that are events, or JSON values one after the other; they are streams as well.
    Events,
    /// Described headers of responses.
    Headers,
    /// Bodies in parts, with files.
    Multipart,
    /// Lists in pages.
    Pages,
    /// Checks of `pattern`.
    Patterns,
    /// Bodies that are taken while they come.
    Streams,
    /// Tokens that are asked for when they are needed.
    Tokens,
    /// Arrays whose items have types of their own.
    Tuples,
    /// Values of one of several types.
    Unions,
}

impl RuntimePart {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Events,
        Self::Headers,
        Self::Multipart,
        Self::Pages,
        Self::Patterns,
        Self::Streams,
        Self::Tokens,
        Self::Tuples,
        Self::Unions,
    ];

    /// The feature of the runtime crate that stands for it.
    pub fn feature(self) -> &'static str {
        match self {
            Self::Events => "part-events",
            Self::Headers => "part-headers",
            Self::Multipart => "part-multipart",
            Self::Pages => "part-pages",
            Self::Patterns => "patterns",
            Self::Streams => "part-streams",
            Self::Tokens => "part-tokens",
            Self::Tuples => "part-tuples",
            Self::Unions => "part-unions",
        }
    }
}
