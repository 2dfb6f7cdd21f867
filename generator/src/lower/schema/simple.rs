//! Fewer schemas that say the same, so that what means the same becomes one type.

use super::plan::{Plan, plan};
use super::statement::states;
use super::types::Types;
use super::view::Part;

impl Types<'_, '_> {
    /// Fewer parts that mean the same: references that say nothing else are followed up to a name, and parts that say
    /// nothing about values are left out.
    pub(super) fn simplify(&self, parts: &[Part]) -> Vec<Part> {
        let mut simple: Vec<Part> = Vec::new();
        for part in parts {
            let part = self.follow(*part);
            if !simple.contains(&part) {
                simple.push(part);
            }
        }
        let says = |part: &&Part| states(&self.schemas[part.id]);
        let saying: Vec<_> = simple.iter().filter(says).copied().collect();
        if saying.is_empty() {
            simple.truncate(1);
            simple
        } else {
            saying
        }
    }

    fn follow(&self, mut part: Part) -> Part {
        for _ in 0..64 {
            if self.schemas[part.id].name.is_some() {
                break;
            }
            match plan(&self.view(&[part]), &[part], None) {
                Plan::Same(same) if same.len() == 1 => part = same[0],
                _ => break,
            }
        }
        part
    }
}
