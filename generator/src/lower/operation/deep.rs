//! Arrays inside of `deepObject`, for which the standard has no spelling (OpenAPI 3.1 §4.8.12.4).

use bindery_spec::diagnostic::codes;
use bindery_spec::model::{Parameter, Schemas, Style, Type};
use bindery_spec::{Api, Diagnostics};

use crate::lower::schema::view::View;

/// How many objects deep arrays are looked for.
const DEPTH: usize = 4;

/// Reports the first parameter whose arrays are spelled as servers have it and not the standard, and how many there are.
pub(in crate::lower) fn report(api: &Api, sink: &mut Diagnostics) {
    let all = api.operations.iter().flat_map(|one| &one.parameters);
    let deep: Vec<_> = all.filter(|one| is_open(&api.schemas, one)).collect();
    if let Some(first) = deep.first() {
        let message = format!(
            "the standard has no spelling for arrays in {}; they are sent as `name[]=1` and `name[0][key]=1` ({} parameters of the document)",
            first.name,
            deep.len()
        );
        sink.push(codes::SPELLING_UNDEFINED.at(&first.place, message));
    }
}

fn is_open(schemas: &Schemas, parameter: &Parameter) -> bool {
    parameter.style() == Some(Style::DeepObject)
        && parameter
            .schema()
            .is_some_and(|schema| holds_array(&View::of(schemas, &[schema.into()]), DEPTH))
}

fn holds_array(view: &View<'_>, depth: usize) -> bool {
    let inside = || {
        let mut all = view.properties().into_values().flatten();
        all.any(|property| holds_array(&view.at(property), depth - 1))
    };
    view.types().contains(&Type::Array) || (depth > 0 && inside())
}
