//! What is sent to an operation: a pure function of the document, the seed, and the request to start from.

mod base;
mod body;
mod parameters;
mod random;
mod special;
mod wire;

pub(crate) use base::is_if_match;
pub(super) use base::is_nothing;
pub(super) use wire::DEPTH_RULE;

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use bindery_spec::Value;
use bindery_spec::model::{
    Location, MediaType, Operation, Parameter, ParameterFormat, SchemaId, Style, Type,
};
use bytes::Bytes;
use http::Request;

use super::{Case, Draft, Expect, Options};
use crate::memo::Memo;
use crate::state::{properties, types as look_types};
use crate::synthesize::{EXTREME, Synthesizer, Variation};
use crate::validate::{Contract, Direction, Part, RequestVerdict, Spot, Violation};

/// Plans the cases of one operation.
pub(crate) struct Planner<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) operation: &'a Operation,
    index: usize,
    options: &'a Options,
    /// The run's seed, and the operation's name in it.
    seed: u64,
    synthesizer: Synthesizer<'a>,
    /// The values that break a schema by one rule each.
    invalid: Memo<SchemaId, Arc<[Variation]>>,
}

/// For how many schemas the values that break them are kept.
const MAX_INVALID: usize = 64;

impl<'a> Planner<'a> {
    /// A planner for an operation by its index.
    pub(crate) fn new(contract: &'a Contract, index: usize, options: &'a Options) -> Self {
        let operation = &contract.api.operations[index];
        let name = operation.id.as_deref().unwrap_or(&operation.path);
        let own = name.bytes().fold(options.seed, |seed, byte| {
            seed.rotate_left(5) ^ u64::from(byte)
        });
        Self {
            contract,
            operation,
            index,
            options,
            seed: own,
            synthesizer: Synthesizer::new(contract, Direction::Request, own).with_extremes(),
            invalid: Memo::new(MAX_INVALID),
        }
    }

    /// The cases around a request to start from: the document's examples, then each boundary, then what is not allowed.
    /// Valid cases go first: what they find explains what the others find. Chance has the last word.
    pub(crate) fn cases<'p>(
        &'p self,
        base: &Draft,
    ) -> impl Iterator<Item = Case> + Send + use<'p, 'a> {
        let mut cases = self.parameter_cases(base);
        cases.extend(self.body_cases(base));
        cases.extend(self.special_cases(base));
        cases.extend(self.wire_cases(base));
        cases.sort_by_key(|case| !case.is_valid() || case.rule == EXTREME);
        // Judging a case takes longer than making it, so it is done when its turn comes.
        let mut seen = BTreeSet::new();
        cases
            .into_iter()
            .chain(self.random_cases(base.clone()))
            .map(|case| self.with_doubt(case))
            .filter(|case| self.is_sound(case))
            .filter(move |case| {
                self.spell(&case.draft)
                    .is_some_and(|request| seen.insert(fingerprint(&request)))
            })
    }

    /// The request as it goes over the wire.
    pub(crate) fn spell(&self, draft: &Draft) -> Option<Request<Bytes>> {
        draft.spell(self.contract, self.operation)
    }

    /// Whether our own validator sees on the wire what the case says: valid, or wrong at its place and nowhere else.
    fn is_sound(&self, case: &Case) -> bool {
        let Some(violations) = self.violations(&case.draft) else {
            return matches!(case.expect, Expect::UndeclaredMethod | Expect::Unusual);
        };
        match case.expect {
            Expect::Valid { .. } => violations.is_empty(),
            Expect::Invalid | Expect::Missing | Expect::UnsupportedMediaType => {
                let ours = |own: &Violation| own.spot.part == case.spot.part;
                let elsewhere = self.leads_elsewhere(&case.draft);
                let open = case.rule == "type" && is_text(&violations);
                let listed = self.deep(&case.draft).contains(&Type::Array);
                let broken = !violations.is_empty() && violations.iter().all(ours);
                broken && !open && !elsewhere && !listed
            }
            // A credential may be forged without breaking any rule that can be written down.
            Expect::Unauthorized | Expect::Unusual => true,
            Expect::UndeclaredMethod | Expect::Companion => false,
        }
    }

    /// Whether a case is sound and breaks no other rules than another.
    pub(crate) fn says_the_same(&self, case: &Case, other: &Case) -> bool {
        let rules = |case: &Case| {
            let violations = self.violations(&case.draft).into_iter().flatten();
            violations
                .map(|violation| (violation.spot.general(), violation.rule))
                .collect::<BTreeSet<_>>()
        };
        self.is_sound(case) && rules(case).is_subset(&rules(other))
    }

    /// A valid case as one that a server may refuse, where the document leaves open what is allowed, or a credential was
    /// made up.
    fn with_doubt(&self, case: Case) -> Case {
        let body = |media: &MediaType| {
            media.unresolved || media.schema.is_some_and(|own| self.contract.is_open(own))
        };
        let is_open = match &case.spot.part {
            Part::Parameter(location, name) => {
                let own = self.operation.parameter(*location, name);
                let schema = own.and_then(|own| self.schema(own));
                schema.is_some_and(|schema| self.contract.is_open(schema))
            }
            _ => self
                .operation
                .body
                .iter()
                .any(|own| own.content.iter().any(body)),
        };
        let expect = match case.expect {
            Expect::Valid { .. }
                if case.rule == EXTREME
                    || self.lacks_a_value(&case.draft)
                    || self.leads_elsewhere(&case.draft)
                    || self.deep(&case.draft).contains(&Type::Array) =>
            {
                Expect::Unusual
            }
            Expect::Valid { .. }
                if is_open
                    || case.draft.credentials.made_up
                    || self.deep(&case.draft).contains(&Type::Object) =>
            {
                Expect::Valid { invented: true }
            }
            other => other,
        };
        Case { expect, ..case }
    }

    /// Whether a parameter is a name without a value, which is allowed for sure only by `allowEmptyValue` (OpenAPI 3.1
    /// §4.8.12.2).
    fn lacks_a_value(&self, draft: &Draft) -> bool {
        let mut given = self.operation.parameters.iter().zip(&draft.parameters);
        given.any(|(parameter, value)| {
            parameter.style().is_some()
                && !parameter.allow_empty_value
                && value.as_ref().is_some_and(is_nothing)
        })
    }

    /// Whether a parameter of the path holds a slash: many servers look for the operation after escapes are undone, and
    /// find another one.
    fn leads_elsewhere(&self, draft: &Draft) -> bool {
        let mut given = self.operation.parameters.iter().zip(&draft.parameters);
        given.any(|(parameter, value)| {
            let text = value.as_ref().and_then(Value::as_str).unwrap_or_default();
            parameter.location == Location::Path && text.contains('/')
        })
    }

    /// Which types of more than one value the properties have that a draft spells in `deepObject`: the standard does not say
    /// how (OpenAPI 3.1 §4.8.12.4). Names in further brackets are what everybody reads; lists are spelled in many ways, and
    /// brackets behind what is no object are mostly taken for another name. That is told as a list as well.
    fn deep(&self, draft: &Draft) -> Vec<Type> {
        let schemas = &self.contract.api.schemas;
        let given = self.operation.parameters.iter().zip(&draft.parameters);
        let deep = given.filter(|(own, _)| own.style() == Some(Style::DeepObject));
        let types = deep.flat_map(|(parameter, value)| {
            let ids: Vec<SchemaId> = parameter.schema().into_iter().collect();
            let known = properties(schemas, &ids);
            let fields = value.as_ref().and_then(Value::as_object);
            let types = fields.into_iter().flatten().filter_map(|(name, value)| {
                let mut types = look_types(schemas, known.get(name)?);
                if value.is_object() && !types.contains(&Type::Object) {
                    types.push(Type::Array);
                }
                Some(types)
            });
            types.flatten().collect::<Vec<_>>()
        });
        types.collect()
    }

    /// What our own validator says about a draft; `None` when it does not lead to this operation.
    pub(crate) fn violations(&self, draft: &Draft) -> Option<Vec<Violation>> {
        match self.contract.request(&self.spell(draft)?) {
            RequestVerdict::Operation(index, violations) if index == self.index => Some(violations),
            _ => None,
        }
    }

    fn spot(parameter: &Parameter) -> Spot {
        Spot::whole(Part::Parameter(parameter.location, parameter.name.clone()))
    }

    /// The schema of a parameter that is varied: not of one whose value the caller fixed.
    fn schema(&self, parameter: &Parameter) -> Option<SchemaId> {
        let header = parameter.location == Location::Header;
        let fixed = header && self.options.fixes(&parameter.name);
        if fixed || !crate::validate::is_checked(self.operation, parameter) {
            return None;
        }
        match &parameter.format {
            ParameterFormat::Style { schema, .. } => Some(*schema),
            ParameterFormat::Content(media) => media.schema,
        }
    }
}

/// Whether nothing is broken but what is asked of a text: a value of another type is text on the wire of a parameter, and
/// what is wrong with it then is told under the rule that it breaks.
fn is_text(violations: &[Violation]) -> bool {
    let rules = [
        "format",
        "enum",
        "const",
        "pattern",
        "minLength",
        "maxLength",
    ];
    violations
        .iter()
        .all(|violation| rules.contains(&violation.rule.as_str()))
}

/// Documented examples, each as a variation.
fn examples<'e>(examples: impl Iterator<Item = &'e Value>) -> Vec<Variation> {
    let scalar = |value: &Value| value.is_number() || value.is_boolean() || value.is_null();
    examples
        .map(|value| Variation {
            rule: "example".to_owned(),
            pointer: String::new(),
            value: value.clone(),
            invented: !scalar(value),
        })
        .collect()
}

/// What two requests that are the same have in common, in few bytes, since one is kept for each request.
fn fingerprint(request: &Request<Bytes>) -> u64 {
    let mut hasher = DefaultHasher::new();
    request.method().hash(&mut hasher);
    request.uri().hash(&mut hasher);
    for (name, value) in request.headers() {
        (name, value.as_bytes()).hash(&mut hasher);
    }
    request.body().hash(&mut hasher);
    hasher.finish()
}
