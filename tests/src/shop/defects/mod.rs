//! Everything that can be planted: what is let in, what is refused, what is answered, and what is remembered.

mod accepts;
mod answers;
mod bodies;
mod frameworks;
mod habits;
mod keywords;
mod leaves;
mod rejects;
mod security;
mod seldom;
mod states;
mod wire;

use super::Defect;

/// All of them, class by class.
pub(super) const ALL: &[&[Defect]] = &[
    accepts::DEFECTS,
    bodies::DEFECTS,
    rejects::DEFECTS,
    answers::DEFECTS,
    keywords::DEFECTS,
    wire::DEFECTS,
    security::DEFECTS,
    states::DEFECTS,
    habits::DEFECTS,
    frameworks::DEFECTS,
    leaves::DEFECTS,
    seldom::DEFECTS,
];
