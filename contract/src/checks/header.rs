//! Headers that have a form by HTTP, beside what the document says of them.

use bindery_spec::model::ParameterFormat;
use bytes::Bytes;
use http::{HeaderName, Response};

use super::Observed;
use crate::validate::{Direction, declared};

/// Whether the document leaves the form of a header to HTTP: its schema, where there is one, allows one of the `good`
/// values, and the one that came.
///
/// What breaks its schema is told as that, and a document that allows no good value asks for something else.
pub(super) fn is_left_to_http(
    observed: &Observed<'_>,
    answer: &Response<Bytes>,
    name: &HeaderName,
    good: &[&str],
) -> bool {
    let response = declared(observed.operation, answer.status().as_u16());
    let mut headers = response.into_iter().flat_map(|own| &own.headers);
    let own = headers.find(|own| own.name.eq_ignore_ascii_case(name.as_str()));
    let Some(ParameterFormat::Style { schema, .. }) = own.map(|own| &own.format) else {
        return true;
    };
    let fits = |text: &str| {
        observed
            .contract
            .is_valid(*schema, Direction::Response, &text.into())
    };
    let came = answer.headers().get(name);
    let came = came.map(|value| String::from_utf8_lossy(value.as_bytes()));
    good.iter().any(|good| fits(good)) && came.is_none_or(|text| fits(&text))
}
