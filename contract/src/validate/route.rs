//! Which operation a request is for (OpenAPI 3.1 §4.8.8).

use std::collections::BTreeMap;

use bindery_spec::model::Api;

/// The paths of a document, ready to be matched.
#[derive(Debug)]
pub(crate) struct Router {
    templates: Vec<Template>,
    /// The templates by the number of their segments, since no other can match.
    by_length: BTreeMap<usize, Vec<usize>>,
}

/// What a request's method and path lead to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// An operation, as an index into [`Api::operations`], with the path's parameters as they stand on the wire.
    Found(usize, Vec<(String, String)>),
    /// A path without this method; holds the methods that it has.
    WrongMethod(Vec<String>),
    /// No path of the document.
    Missing,
}

impl Route {
    /// The operation, with the path's parameters.
    pub(crate) fn found(self) -> Option<(usize, Vec<(String, String)>)> {
        match self {
            Self::Found(index, parameters) => Some((index, parameters)),
            Self::WrongMethod(_) | Self::Missing => None,
        }
    }
}

#[derive(Debug)]
struct Template {
    segments: Vec<Vec<Piece>>,
    operations: Vec<(String, usize)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Parameter(String),
}

impl Router {
    /// Reads the path templates of a document. Concrete paths go before templated ones.
    pub(crate) fn new(api: &Api) -> Self {
        let mut templates: Vec<Template> = Vec::new();
        for (index, operation) in api.operations.iter().enumerate() {
            let segments = parse(&operation.path);
            let entry = (operation.method.clone(), index);
            match templates
                .iter_mut()
                .find(|template| template.segments == segments)
            {
                Some(template) => template.operations.push(entry),
                None => templates.push(Template {
                    segments,
                    operations: vec![entry],
                }),
            }
        }
        templates.sort_by_cached_key(|template| {
            template
                .segments
                .iter()
                .map(|s| variety(s))
                .collect::<Vec<_>>()
        });
        let mut by_length: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, template) in templates.iter().enumerate() {
            by_length
                .entry(template.segments.len())
                .or_default()
                .push(index);
        }
        Self {
            templates,
            by_length,
        }
    }

    /// Finds the operation for a method and an encoded path.
    pub(crate) fn find(&self, method: &str, path: &str) -> Route {
        let mut others = Vec::new();
        let length = path.split('/').count();
        let indices = self.by_length.get(&length).into_iter().flatten();
        for template in indices.map(|index| &self.templates[*index]) {
            let Some(parameters) = matches(&template.segments, path) else {
                continue;
            };
            match template.operations.iter().find(|(own, _)| own == method) {
                Some((_, index)) => return Route::Found(*index, parameters),
                None => others.extend(template.operations.iter().map(|(own, _)| own.clone())),
            }
        }
        if others.is_empty() {
            Route::Missing
        } else {
            others.sort();
            others.dedup();
            Route::WrongMethod(others)
        }
    }
}

/// How much a segment leaves open: literal before mixed before a parameter alone.
fn variety(segment: &[Piece]) -> u8 {
    match segment {
        [Piece::Literal(_)] | [] => 0,
        [Piece::Parameter(_)] => 2,
        _ => 1,
    }
}

/// Whether a path template has a place for a parameter.
pub(super) fn has(template: &str, parameter: &str) -> bool {
    let mut names = template.split('{').skip(1);
    names.any(|rest| {
        rest.split_once('}')
            .is_some_and(|(own, _)| own == parameter)
    })
}

fn parse(template: &str) -> Vec<Vec<Piece>> {
    let path = template.split(['?', '#']).next().unwrap_or_default();
    path.split('/').map(parse_segment).collect()
}

fn parse_segment(mut text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    while let Some((literal, after)) = text.split_once('{') {
        let Some((name, rest)) = after.split_once('}') else {
            break;
        };
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal.to_owned()));
        }
        pieces.push(Piece::Parameter(name.to_owned()));
        text = rest;
    }
    if !text.is_empty() {
        pieces.push(Piece::Literal(text.to_owned()));
    }
    pieces
}

fn matches(segments: &[Vec<Piece>], path: &str) -> Option<Vec<(String, String)>> {
    let mut parameters = Vec::new();
    let mut texts = path.split('/');
    for segment in segments {
        match_segment(segment, texts.next()?, &mut parameters)?;
    }
    texts.next().is_none().then_some(parameters)
}

fn match_segment(
    pieces: &[Piece],
    mut text: &str,
    found: &mut Vec<(String, String)>,
) -> Option<()> {
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Literal(literal) => text = text.strip_prefix(literal.as_str())?,
            Piece::Parameter(name) => {
                let end = match pieces.get(index + 1) {
                    Some(Piece::Literal(next)) => text.find(next.as_str())?,
                    _ => text.len(),
                };
                if end == 0 {
                    return None;
                }
                found.push((name.clone(), text[..end].to_owned()));
                text = &text[end..];
            }
        }
    }
    text.is_empty().then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(template: &str, path: &str) -> Option<Vec<(String, String)>> {
        matches(&parse(template), path)
    }

    #[test]
    fn parameters_are_found_inside_segments() {
        let pairs = |pairs: &[(&str, &str)]| {
            Some(
                pairs
                    .iter()
                    .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(matched("/a/{b}", "/a/1"), pairs(&[("b", "1")]));
        assert_eq!(
            matched("/{a}.{b}", "/x.json"),
            pairs(&[("a", "x"), ("b", "json")])
        );
        assert_eq!(matched("/a{m}", "/a;m=1"), pairs(&[("m", ";m=1")]));
        assert_eq!(matched("/a/{b}", "/a/"), None);
        assert_eq!(matched("/a/{b}", "/a/1/2"), None);
        assert_eq!(matched("/a", "/a/"), None);
    }

    #[test]
    fn concrete_segments_go_first() {
        assert!(variety(&parse_segment("me")) < variety(&parse_segment("x-{id}")));
        assert!(variety(&parse_segment("x-{id}")) < variety(&parse_segment("{id}")));
    }
}
