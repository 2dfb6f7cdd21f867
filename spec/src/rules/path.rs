//! Paths: their templates and the parameters that fill them (OpenAPI 3.1 §4.8.8).

use std::collections::BTreeMap;

use super::template;
use crate::diagnostic::codes;
use crate::model::{Location, Operation, Parameter};
use crate::{Api, Diagnostics};

/// Reports paths that differ only in the names of their parameters.
pub(super) fn check_ambiguous(api: &Api, sink: &mut Diagnostics) {
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

/// Reports names of a template without a parameter, path parameters without a name in the template, and repetitions.
pub(super) fn check_parameters(api: &Api, sink: &mut Diagnostics) {
    for operation in &api.operations {
        let names: Vec<&str> = template::names(&operation.path).collect();
        let parameters: Vec<&Parameter> = path_parameters(operation).collect();
        check_names(operation, &names, &parameters, sink);
        for parameter in parameters
            .iter()
            .filter(|parameter| !names.contains(&parameter.name.as_str()))
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

fn check_names(
    operation: &Operation,
    names: &[&str],
    parameters: &[&Parameter],
    sink: &mut Diagnostics,
) {
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) {
            let message = format!("the path `{}` has `{{{name}}}` twice", operation.path);
            sink.push(codes::PATH_TEMPLATE_REPEATS.at(&operation.place, message));
        } else if !parameters.iter().any(|parameter| parameter.name == *name) {
            let message = format!(
                "`{{{name}}}` of the path `{}` is not among the parameters",
                operation.path
            );
            let help = format!("declare a parameter `{name}` with `in: path` and `required: true`");
            sink.push(
                codes::PATH_PARAMETER_UNDECLARED
                    .at(&operation.place, message)
                    .help(help),
            );
        }
    }
}

fn path_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let parameters = operation.parameters.iter();
    parameters.filter(|parameter| parameter.location == Location::Path)
}
