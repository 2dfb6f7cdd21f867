//! The answer that a schema is given where nothing else decides: by a mock, and as a measure of what can be asked of others.

use std::sync::Arc;

use bindery_spec::Value;
use bindery_spec::model::SchemaId;

use super::{Extent, Synthesizer};
use crate::validate::{Contract, Direction, Part, Violation};

impl Contract {
    /// The schema's own example, its default, or a value made from it. Where none is valid, as for a schema that
    /// contradicts itself, it is what comes closest.
    pub(crate) fn answer(&self, schema: SchemaId) -> Arc<Value> {
        let make = || Arc::new(self.make_answer(schema));
        self.answers.get(&schema, make)
    }

    fn make_answer(&self, schema: SchemaId) -> Value {
        let schemas = &self.api.schemas;
        let nodes = crate::shape::conjunction(schemas, &[schema]);
        let samples = nodes.iter().map(|id| &schemas[*id]);
        let mut samples = samples.flat_map(|node| node.examples.iter().chain(&node.default));
        let valid = |value: &&Value| self.is_valid(schema, Direction::Response, value);
        let synthesizer = Synthesizer::new(self, Direction::Response, 0);
        // A whole answer is of more use to a client than a bare one.
        let mut extents = [Extent::Full, Extent::Minimal].into_iter();
        let made = || extents.find_map(|extent| synthesizer.value(schema, extent));
        let documented = samples.find(valid).cloned();
        let known = documented.or_else(made);
        known.unwrap_or_else(|| synthesizer.nearest(schema))
    }

    /// Whether our own answer breaks the same rule at the same place: then it is the document that cannot be kept, and
    /// no server is to blame.
    pub(crate) fn is_unmeetable(&self, schema: SchemaId, violation: &Violation) -> bool {
        let answer = self.answer(schema);
        let own = self.check_value(schema, Direction::Response, &answer, &Part::ResponseBody);
        let same = own.iter().any(|own| {
            own.rule == violation.rule && own.spot.general() == violation.spot.general()
        });
        if same {
            self.report_unmeetable(schema, violation);
        }
        same
    }
}
