//! Schemas become types: what each says is seen as one view, a plan is made of it, and the plan is carried out.

pub(super) mod annotations;
mod ask;
mod branches;
pub(super) mod constrain;
mod enumeration;
pub(super) mod event;
mod item;
pub(super) mod merge;
pub(super) mod object;
pub(super) mod origin;
mod plan;
mod possible;
mod role;
mod scalar;
mod simple;
mod statement;
mod tag;
mod tuple;
pub(super) mod types;
mod union;
pub(super) mod view;
