//! Paths: their templates and the parameters that fill them (OpenAPI 3.1 §4.8.8).

use std::collections::BTreeMap;

use crate::diagnostic::codes;
use crate::model::{Location, Operation, Parameter, Version};
use crate::template;
use crate::{Api, Diagnostics};

/// Reports paths that differ only in the names of their parameters, which Swagger 2.0 does not rule out.
pub(super) fn check_ambiguous(api: &Api, sink: &mut Diagnostics) {
    if api.version == Version::V2_0 {
        return;
    }
    let mut first_of: BTreeMap<(String, &str), &Operation> = BTreeMap::new();
    for operation in &api.operations {
        let shape = (template::shape(&operation.path), operation.method.as_str());
        let first = *first_of.entry(shape).or_insert(operation);
        if first.path != operation.path {
            let message = format!(
                "a URL of `{}` is one of `{}` as well",
                operation.path, first.path
            );
            sink.push(
                codes::PATH_AMBIGUOUS
                    .at(&operation.place, message)
                    .related("the other is here", &first.place)
                    .help("make one path of them, or let them differ in more than the names of parameters"),
            );
        }
    }
}

/// Reports path parameters without a name in the template, and names that repeat.
///
/// Names without a parameter were reported when one was made up for them.
pub(super) fn check_parameters(api: &Api, sink: &mut Diagnostics) {
    for operation in &api.operations {
        let names: Vec<&str> = template::names(&operation.path).collect();
        check_names(operation, &names, sink);
        for parameter in
            path_parameters(operation).filter(|parameter| !names.contains(&parameter.name.as_str()))
        {
            let message = format!(
                "the path `{}` has no `{{{}}}`",
                operation.path, parameter.name
            );
            sink.push(
                codes::PATH_PARAMETER_UNUSED
                    .at(&parameter.place, message)
                    .help("add it to the path, or remove the parameter"),
            );
        }
    }
}

fn check_names(operation: &Operation, names: &[&str], sink: &mut Diagnostics) {
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) {
            let message = format!("the path `{}` has `{{{name}}}` twice", operation.path);
            sink.push(codes::PATH_TEMPLATE_REPEATS.at(&operation.place, message));
        }
    }
}

fn path_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let parameters = operation.parameters.iter();
    parameters.filter(|parameter| parameter.location == Location::Path)
}
