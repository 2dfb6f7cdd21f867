//! The runtime without the parts that a client does not need.
//!
//! In the runtime crate, what belongs to a part carries `#[cfg(feature = "…")]` with the feature of the part, on a line of
//! its own. Here it goes, or only the attribute does. Items are told by the layout of rustfmt: one ends with the first line
//! that stands as deep as its attribute and ends with `;`, `,` or `}`.

use std::collections::BTreeSet;
use std::str::Lines;

use crate::ir::RuntimePart;

/// The start of the features that stand for parts and for nothing else; users of a client do not see them.
pub(super) const HIDDEN: &str = "part";

/// The text of a source that has nothing but what belongs to all clients and to `parts`.
pub(super) fn resolve(text: &str, parts: &BTreeSet<RuntimePart>) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some((part, wanted)) = condition(line) else {
            kept.push(line);
            continue;
        };
        let is_there = parts.contains(&part);
        if is_there && !part.feature().starts_with(HIDDEN) {
            kept.push(line);
        } else if is_there != wanted {
            leave_out(indent(line), &mut kept, &mut lines);
        }
    }
    kept.push("");
    kept.join("\n")
}

/// The part whose presence or absence a line asks for.
fn condition(line: &str) -> Option<(RuntimePart, bool)> {
    let asked = line
        .trim_start()
        .strip_prefix("#[cfg(")?
        .strip_suffix(")]")?;
    let absent = asked
        .strip_prefix("not(")
        .and_then(|asked| asked.strip_suffix(')'));
    let feature = absent
        .unwrap_or(asked)
        .strip_prefix("feature = \"")?
        .strip_suffix('"')?;
    let part = RuntimePart::ALL
        .into_iter()
        .find(|part| part.feature() == feature)?;
    Some((part, absent.is_none()))
}

/// Takes the item that `lines` are at away, with what was said above it, and a blank line that stands for nothing then.
fn leave_out(depth: usize, kept: &mut Vec<&str>, lines: &mut Lines<'_>) {
    let above = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("#[") || line.starts_with("//") && !line.starts_with("//!")
    };
    while kept.last().is_some_and(above) {
        kept.pop();
    }
    lines.find(|line| indent(line) == depth && line.ends_with([';', ',', '}']));
    let mut rest = lines.clone();
    let next = rest.next();
    let ends = next.is_none_or(|next| next.trim_start() == "}");
    let opens = |line: &&str| line.is_empty() || line.ends_with('{');
    if ends && kept.last() == Some(&"") {
        kept.pop();
    } else if next == Some("") && kept.last().is_none_or(opens) {
        *lines = rest;
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
