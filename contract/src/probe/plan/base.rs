//! The requests to start from.

use bindery_spec::Value;
use bindery_spec::model::{Location, Parameter};

use super::super::credentials::Credentials;
use super::super::{Case, Content, Draft};
use super::{Planner, examples};
use crate::synthesize::Extent;
use crate::validate::{Direction, Part, Spot};
use crate::wire::is_spellable;

impl Planner<'_> {
    /// The least valid request; `None` when none can be made.
    pub(crate) fn base(&self) -> Option<Case> {
        let parameters = self.operation.parameters.iter();
        let parameters = parameters
            .map(|parameter| {
                if self.needs(parameter) {
                    self.simple(parameter).map(Some)
                } else {
                    Some(None)
                }
            })
            .collect::<Option<Vec<_>>>()?;
        let body = match &self.operation.body {
            Some(body) if body.required => self.simple_body()?,
            _ => Content::Empty,
        };
        let draft = Draft {
            method: None,
            parameters,
            body,
            credentials: Credentials::given(&self.contract.api, self.operation, self.options),
            quirk: None,
        };
        let invented = draft.parameters.iter().flatten().any(Value::is_string)
            || !matches!(draft.body, Content::Empty)
            || draft.credentials.made_up;
        let case = Case::valid(draft, Spot::whole(Part::Request), "minimal", invented);
        if self.is_kept(&case.draft) {
            return Some(case);
        }
        // An empty object is nothing at all in a form; it is there with something in it.
        let more = self.alternatives(&case.draft).into_iter().next()?;
        Some(Case {
            draft: more.draft,
            ..case
        })
    }

    /// Whether our own validator has nothing against a draft.
    fn is_kept(&self, draft: &Draft) -> bool {
        self.violations(draft)
            .is_some_and(|violations| violations.is_empty())
    }

    /// Requests with one part more than the base, and at last with everything, to be tried when the base is refused.
    pub(crate) fn alternatives(&self, base: &Draft) -> Vec<Case> {
        let mut found = Vec::new();
        let mut all = base.clone();
        for (index, parameter) in self.operation.parameters.iter().enumerate() {
            if base.parameters[index].is_some() || self.schema(parameter).is_none() {
                continue;
            }
            if let Some(value) = self.simple(parameter) {
                let mut draft = base.clone();
                draft.parameters[index] = Some(value.clone());
                all.parameters[index] = Some(value);
                found.push(Case::valid(draft, Self::spot(parameter), "absent", false));
            }
        }
        if matches!(base.body, Content::Empty) {
            if let Some(body) = self.simple_body() {
                all.body = body.clone();
                let draft = Draft {
                    body,
                    ..base.clone()
                };
                found.push(Case::valid(draft, Spot::whole(Part::Body), "absent", false));
            }
        } else if let Some(body) = self.full_body() {
            all.body = body.clone();
            let draft = Draft {
                body,
                ..base.clone()
            };
            found.push(Case::valid(
                draft,
                Spot::whole(Part::Body),
                "minimal",
                false,
            ));
        }
        found.extend(self.documented_bodies().map(|body| {
            let draft = Draft {
                body,
                ..base.clone()
            };
            Case::valid(draft, Spot::whole(Part::Body), "minimal", true)
        }));
        found.push(Case::valid(all, Spot::whole(Part::Request), "full", true));
        let mut found: Vec<Case> = found
            .into_iter()
            .map(|case| self.with_doubt(case))
            .collect();
        found.retain(|case| self.is_kept(&case.draft));
        found
    }

    /// A parameter must be given when the document says so; what the caller fixed goes in by itself.
    fn needs(&self, parameter: &Parameter) -> bool {
        let fixed = parameter.location == Location::Header && self.options.fixes(&parameter.name);
        (parameter.required || parameter.location == Location::Path)
            && !fixed
            && crate::validate::is_checked(self.operation, parameter)
    }

    /// A value for a parameter: its first valid example, or the simplest value.
    pub(super) fn simple(&self, parameter: &Parameter) -> Option<Value> {
        let schema = parameter.schema();
        let documented = parameter
            .examples
            .iter()
            .filter_map(|example| example.value.as_ref());
        // What is JSON in a parameter may be nested.
        let style = parameter.style();
        let in_style = style.is_some();
        let valid = |value: &Value| {
            style.is_none_or(|style| is_spellable(style, value))
                && schema
                    .is_none_or(|schema| self.contract.is_valid(schema, Direction::Request, value))
        };
        // Whatever the thing is like now: no tag that was made up is one of it (RFC 9110 §13.1.1).
        let any = Value::from("*");
        if is_if_match(parameter) && valid(&any) {
            return Some(any);
        }
        let mut documented = documented.filter(|value| valid(value)).cloned();
        documented.next().or_else(|| match schema {
            Some(schema) => {
                let some = |value: &Value| valid(value) && !(in_style && is_nothing(value));
                let mut made = [Extent::Minimal, Extent::Full]
                    .into_iter()
                    .filter_map(|extent| self.synthesizer.value(schema, extent));
                let other = || {
                    let others = self.synthesizer.valid(schema).into_iter();
                    others.map(|other| other.value).find(some)
                };
                // Where any value will do, the simplest is nothing on the wire.
                let text = || Some(Value::from("text")).filter(some);
                made.find(some).or_else(other).or_else(text)
            }
            None => Some(Value::String("text".to_owned())),
        })
    }

    /// The simplest body in the first media type that can carry one.
    pub(super) fn simple_body(&self) -> Option<Content> {
        self.made_body(Extent::Minimal)
            .or_else(|| self.made_body(Extent::Full))
    }

    /// The bodies that the document has as examples.
    fn documented_bodies(&self) -> impl Iterator<Item = Content> {
        let media = self.operation.body.iter().flat_map(|body| &body.content);
        media.enumerate().flat_map(|(index, media)| {
            let values = media.examples.iter().filter_map(|own| own.value.clone());
            values.map(move |value| Content::Value(index, value))
        })
    }

    fn full_body(&self) -> Option<Content> {
        self.made_body(Extent::Full)
    }

    fn made_body(&self, extent: Extent) -> Option<Content> {
        let body = self.operation.body.as_ref()?;
        body.content.iter().enumerate().find_map(|(index, media)| {
            let made = match media.schema {
                Some(schema) => self.synthesizer.value(schema, extent),
                None => examples(
                    media
                        .examples
                        .iter()
                        .filter_map(|example| example.value.as_ref()),
                )
                .into_iter()
                .next()
                .map(|example| example.value)
                .or_else(|| Some(Value::String("text".to_owned()))),
            };
            made.map(|value| Content::Value(index, value))
        })
    }
}

/// Whether a value is spelled as nothing, or as a name without a value: for a server, that is not there.
pub(in crate::probe) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// Whether a parameter is the header `If-Match`.
pub(crate) fn is_if_match(parameter: &Parameter) -> bool {
    parameter.location == Location::Header && parameter.name.eq_ignore_ascii_case("if-match")
}
