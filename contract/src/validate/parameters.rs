//! The parameters of a request: each read from where it travels, and checked against its schema.

use bindery_spec::model::{Location, Operation, Parameter, ParameterFormat, Style};
use http::HeaderMap;

use super::violation::{Part, Spot, Violation, rule};
use super::{Contract, Direction, json, route};
use crate::wire::{
    Kind, Pair, Raw, Spelling, cookies, percent, query_pairs, split_cookie, split_header,
    split_path, split_query,
};

/// Where the parameters of one request are found.
pub(super) struct Found<'a> {
    path: &'a [(String, String)],
    raw_query: &'a str,
    query: Vec<Pair>,
    headers: &'a HeaderMap,
    cookies: Vec<Pair>,
}

impl<'a> Found<'a> {
    pub(super) fn new(
        path: &'a [(String, String)],
        query: &'a str,
        headers: &'a HeaderMap,
    ) -> Self {
        let cookie = headers.get_all(http::header::COOKIE).iter();
        Self {
            path,
            raw_query: query,
            query: query_pairs(query),
            headers,
            cookies: cookie
                .filter_map(|value| value.to_str().ok())
                .flat_map(cookies)
                .collect(),
        }
    }
}

impl Contract {
    /// What the parameters of a request break.
    pub(super) fn check_parameters(
        &self,
        operation: &Operation,
        found: &Found<'_>,
    ) -> Vec<Violation> {
        let parameters = operation
            .parameters
            .iter()
            .filter(|parameter| is_checked(operation, parameter));
        parameters
            .flat_map(|parameter| self.check_parameter(operation, parameter, found))
            .collect()
    }

    fn check_parameter(
        &self,
        operation: &Operation,
        parameter: &Parameter,
        found: &Found<'_>,
    ) -> Vec<Violation> {
        let part = Part::Parameter(parameter.location, parameter.name.clone());
        if !self.is_present(operation, parameter, found) {
            let message = format!("the {part} is missing");
            return parameter
                .required
                .then(|| Violation::new(Spot::whole(part), rule::REQUIRED, message))
                .into_iter()
                .collect();
        }
        if parameter.allow_empty_value && is_empty(parameter, found) {
            return Vec::new();
        }
        match &parameter.format {
            ParameterFormat::Style { schema, .. } => {
                let others = others(operation, parameter);
                let value = self.read_parameter(*schema, Direction::Request, &|kind| {
                    let spelling = Spelling::of(parameter)?;
                    split(parameter.location, spelling, kind, found, &others)
                });
                if let Some(value) = value {
                    self.check_value(*schema, Direction::Request, &value, &part)
                } else {
                    let message = format!("the {part} is not spelled in its style");
                    vec![Violation::new(Spot::whole(part), rule::STYLE, message)]
                }
            }
            ParameterFormat::Content(media) => {
                let text = text(parameter, found).unwrap_or_default();
                self.check_content(media, &text, Direction::Request, &part)
            }
        }
    }

    /// Whether a parameter is there. An object that is spread over the query is there by its properties.
    fn is_present(&self, operation: &Operation, parameter: &Parameter, found: &Found<'_>) -> bool {
        is_named(parameter, found)
            || self.spread_names(parameter).iter().any(|name| {
                found.query.iter().any(|pair| pair.name == *name)
                    && !others(operation, parameter).contains(&name.as_str())
            })
    }

    /// The properties that take the place of a parameter's own name in the query (OpenAPI 3.1 §4.8.12.4).
    fn spread_names(&self, parameter: &Parameter) -> Vec<String> {
        match parameter.format {
            ParameterFormat::Style {
                style: Style::Form,
                explode: true,
                schema,
                ..
            } if parameter.location == Location::Query => {
                let shapes = self.shapes(&[schema]);
                shapes
                    .iter()
                    .flat_map(|shape| shape.properties.keys().cloned())
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// What the text of a parameter or header breaks whose format is a media type.
    pub(super) fn check_content(
        &self,
        media: &bindery_spec::model::MediaType,
        text: &str,
        direction: Direction,
        part: &Part,
    ) -> Vec<Violation> {
        let Some(schema) = media.schema else {
            return Vec::new();
        };
        if super::media::format_of(&media.name) != super::media::Format::Json {
            let value = self.read_scalar(&[schema], direction, text);
            return self.check_value(schema, direction, &value, part);
        }
        match json::parse(text.as_bytes()) {
            Ok(parsed) => self.check_value(schema, direction, &parsed.value, part),
            Err(fault) => vec![Violation::new(
                Spot::whole(part.clone()),
                fault.rule,
                fault.message,
            )],
        }
    }
}

/// Header parameters of these names are not parameters (OpenAPI 3.1 §4.8.12.1). `Authorization` is one all the same:
/// a document that declares it, and marks it as required, has no other way left to say so. Nor is anything in the path that
/// its template has no place for (§4.8.12.2).
pub(crate) fn is_checked(operation: &Operation, parameter: &Parameter) -> bool {
    let name = &parameter.name;
    match parameter.location {
        Location::Path => route::has(&operation.path, name),
        Location::Header => {
            !["accept", "content-type"].contains(&name.to_ascii_lowercase().as_str())
        }
        _ => true,
    }
}

fn split(
    location: Location,
    spelling: Spelling<'_>,
    kind: Kind<'_>,
    found: &Found<'_>,
    others: &[&str],
) -> Option<Raw> {
    match location {
        Location::Path => split_path(spelling, kind, path_text(spelling.name, found)?),
        Location::Header => split_header(spelling, kind, &header_text(spelling.name, found)?),
        Location::Cookie => split_cookie(spelling, kind, &found.cookies),
        Location::Query | Location::QueryString => {
            let own = found
                .query
                .iter()
                .filter(|pair| !others.contains(&pair.name.as_str()));
            let own: Vec<Pair> = own.cloned().collect();
            split_query(spelling, kind, &own)
        }
    }
}

/// The names of the other parameters in the query, which an exploded object must not take for its own.
fn others<'a>(operation: &'a Operation, parameter: &Parameter) -> Vec<&'a str> {
    let others = operation.parameters.iter();
    others
        .filter(|other| other.location == parameter.location && other.name != parameter.name)
        .map(|other| other.name.as_str())
        .collect()
}

fn is_named(parameter: &Parameter, found: &Found<'_>) -> bool {
    let name = parameter.name.as_str();
    match parameter.location {
        Location::Path => path_text(name, found).is_some(),
        Location::Header => found.headers.contains_key(name),
        Location::QueryString => !found.raw_query.is_empty(),
        Location::Cookie => found.cookies.iter().any(|pair| pair.name == name),
        Location::Query => {
            let is_deep = matches!(
                parameter.format,
                ParameterFormat::Style {
                    style: Style::DeepObject,
                    ..
                }
            );
            let deep = |pair: &Pair| {
                pair.name
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('['))
            };
            found
                .query
                .iter()
                // The properties of a deep object have names of their own; the bare name is another parameter.
                .any(|pair| (pair.name == name && !is_deep) || deep(pair))
        }
    }
}

fn is_empty(parameter: &Parameter, found: &Found<'_>) -> bool {
    let empty = |pair: &Pair| pair.name == parameter.name && pair.value.is_empty();
    parameter.location == Location::Query && found.query.iter().any(empty)
}

fn text(parameter: &Parameter, found: &Found<'_>) -> Option<String> {
    let under = |pairs: &[Pair]| {
        let pair = pairs.iter().find(|pair| pair.name == parameter.name)?;
        percent::decode_query(&pair.value)
    };
    match parameter.location {
        Location::Path => percent::decode(path_text(&parameter.name, found)?),
        Location::Query => under(&found.query),
        Location::QueryString => percent::decode(found.raw_query),
        Location::Header => header_text(&parameter.name, found),
        Location::Cookie => under(&found.cookies),
    }
}

fn path_text<'a>(name: &str, found: &Found<'a>) -> Option<&'a str> {
    let (_, text) = found.path.iter().find(|(key, _)| key == name)?;
    Some(text)
}

/// The lines of one header as one text (RFC 9110 §5.3).
fn header_text(name: &str, found: &Found<'_>) -> Option<String> {
    let lines: Vec<_> = found.headers.get_all(name).iter().collect();
    let texts: Vec<_> = lines
        .iter()
        .map(|line| String::from_utf8_lossy(line.as_bytes()))
        .collect();
    (!texts.is_empty()).then(|| texts.join(","))
}
