//! HTTP that is broken: each shows over a socket only.

use crate::server::raw::Flaw;
use crate::shop::defect::Defect;
use crate::shop::defect::Fault::{Header, Status, Wire};

const fn wire(name: &'static str, code: &'static str, at: [&'static str; 2], flaw: Flaw) -> Defect {
    Defect::new(name, "get_cart", code, at, Wire(200, flaw))
}

pub(super) const DEFECTS: &[Defect] = &[
    wire(
        "Truncated",
        "response-truncated",
        ["response body", "response-truncated"],
        Flaw::Truncated,
    ),
    wire(
        "LengthShort",
        "response-surplus|response-json",
        ["response body", ""],
        Flaw::ShortLength,
    ),
    wire(
        "ChunkBroken",
        "response-truncated",
        ["response body", "response-truncated"],
        Flaw::BrokenChunk,
    ),
    wire(
        "NotHttp",
        "response-not-http",
        ["response", "response-not-http"],
        Flaw::NotHttp,
    ),
    wire(
        "Reset",
        "connection-closed",
        ["response", "connection-closed"],
        Flaw::Reset,
    ),
    wire(
        "Closed",
        "connection-closed",
        ["response", "connection-closed"],
        Flaw::Closed,
    ),
    wire("Hang", "timeout", ["response", "timeout"], Flaw::Hang),
    wire("Stall", "timeout", ["response", "timeout"], Flaw::Stall),
    wire(
        "Endless",
        "response-too-large",
        ["response body", "response-too-large"],
        Flaw::Endless,
    ),
    Defect::new(
        "RedirectToNowhere",
        "get_product",
        "status-undocumented",
        ["response status", "status"],
        Status(200, 302),
    ),
    Defect::new(
        "CharsetOdd",
        "get_cart",
        "response-media-type",
        ["response header Content-Type", "charset"],
        Header(
            200,
            "content-type",
            Some("application/json; charset=latin-1"),
        ),
    ),
];
