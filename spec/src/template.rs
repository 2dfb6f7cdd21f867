//! The `{names}` of path templates and server URLs.

/// The names between braces, in order.
pub(crate) fn names(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| Some(part.split_once('}')?.0))
}

/// The template with every name left out, so that equal shapes are equal texts.
pub(crate) fn shape(template: &str) -> String {
    let mut parts = template.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push('{');
        shape.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    shape
}
