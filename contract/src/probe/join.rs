//! Findings that say the same of the server as a whole.

use super::finding::Finding;
use super::plan::DEPTH_RULE;
use crate::checks::framing::CONTENT;
use crate::checks::method::{ALLOW_MISSING, ALLOW_WRONG};

/// Makes one finding of those that say the same of the server as a whole, wherever they showed: the first stands.
pub(super) fn join(findings: &mut Vec<Finding>) {
    join_all(findings, |finding| finding.code == ALLOW_MISSING.code);
    join_all(findings, |finding| {
        finding.code == ALLOW_WRONG.code && !finding.is_error()
    });
    // Whoever sends content after the head does so for all.
    join_all(findings, |finding| {
        finding.code == CONTENT.code && finding.method == "HEAD"
    });
    // A reader of JSON that cannot bear much is that of all operations. Where more cases failed there may be another cause.
    join_all(findings, |finding| {
        let tried = finding.tried.as_ref();
        finding.cases == 1 && tried.is_some_and(|tried| tried.rule == DEPTH_RULE)
    });
}

fn join_all(findings: &mut Vec<Finding>, is_general: impl Fn(&Finding) -> bool) {
    let Some(first) = findings.iter().position(&is_general) else {
        return;
    };
    let others = findings.extract_if(first + 1.., |finding| is_general(finding));
    let others: Vec<usize> = others.map(|finding| finding.cases).collect();
    if !others.is_empty() {
        let finding = &mut findings[first];
        finding.cases += others.iter().sum::<usize>();
        let (message, others) = (&finding.message, others.len());
        finding.message = format!("{message}, here and at {others} other paths");
    }
}
