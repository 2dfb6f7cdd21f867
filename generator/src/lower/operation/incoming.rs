//! What an API sends by itself: the types of webhooks and callbacks, which travel the other way.

use bindery_spec::Api;
use bindery_spec::model::MediaType;

use super::received;
use crate::lower::schema::types::Types;

/// The items that answer what the API sends by itself, and those that it sends.
pub(in crate::lower) fn incoming(api: &Api, types: &Types) -> (Vec<usize>, Vec<usize>) {
    let requests = received::all(api);
    let requests = || requests.iter().map(|(_, request)| *request);
    let answers = requests()
        .flat_map(|request| &request.responses)
        .flat_map(|response| &response.content);
    let bodies = requests().filter_map(|request| request.body.as_ref());
    let bodies = bodies.flat_map(|body| &body.content);
    (items(answers, types), items(bodies, types))
}

/// The items that stand for schemas which values of the media types are made of.
fn items<'a>(content: impl Iterator<Item = &'a MediaType>, types: &Types) -> Vec<usize> {
    let reached = types.schemas.reach(content.filter_map(|own| own.schema));
    let made = types.parts.iter().enumerate();
    made.filter(|(_, parts)| parts.iter().all(|part| reached.contains(&part.id)))
        .map(|(index, _)| index)
        .collect()
}
