//! Calls as users write them, for the docs; they are compiled with these.

use crate::ir::{Case, Crate, Operation, Scope, Success, Tag, Type};

/// The longest line of an example; a longer one has each step of the call on a line of its own.
const WIDTH: usize = 100;

/// A call as a user writes it.
pub(super) struct Spelled {
    /// The arguments that no literal makes, each with its type.
    pub(super) declared: Vec<String>,
    /// The group of the operation, and the operation with its arguments.
    call: [String; 2],
}

impl Spelled {
    /// The statement that sends it, which needs a `client`.
    pub(super) fn sent(&self, operation: &Operation) -> String {
        let result = match &operation.success {
            Success::Same { content: None, .. } => "",
            _ => "let response = ",
        };
        self.then(&format!("{result}client"), &["send()", "await?;"])
    }

    /// The statement that goes through the items of all pages, which needs a `client`.
    pub(super) fn items(&self) -> String {
        self.then("let mut items = client", &["items();"])
    }

    /// A chain of calls on one line, or on as many as it has steps.
    fn then(&self, start: &str, last: &[&str]) -> String {
        let steps = self
            .call
            .iter()
            .map(String::as_str)
            .chain(last.iter().copied());
        let line = steps
            .clone()
            .fold(start.to_owned(), |line, step| format!("{line}.{step}"));
        if line.len() <= WIDTH {
            return line;
        }
        steps.fold(start.to_owned(), |lines, step| {
            format!("{lines}\n    .{step}")
        })
    }
}

/// The example of an operation, in the fences of rustdoc.
pub(super) fn example(krate: &Crate, tag: &Tag, operation: &Operation) -> String {
    let package = krate.package.replace('-', "_");
    let spelled = spell(krate, tag, operation);
    let client = format!("client: {package}::Client");
    let declared = [&[client][..], &spelled.declared].concat();
    fenced(&declared, &spelled.sent(operation))
}

/// Lines of an async function that may fail, in the fences of rustdoc.
pub(super) fn fenced(declared: &[String], lines: &str) -> String {
    format!(
        "```no_run\n# async fn example({}) -> Result<(), Box<dyn std::error::Error>> {{\n{lines}\n# Ok(())\n# }}\n```",
        declared.join(", ")
    )
}

/// How much a call asks for: how many arguments no literal makes, and how many there are.
pub(super) fn effort(operation: &Operation) -> (usize, usize) {
    let types = operation.arguments.iter().map(|own| &own.ty);
    let body = operation.body.as_ref().filter(|body| body.is_argument());
    let types = types.chain(body.map(|body| &body.ty));
    let all = types.clone().count();
    if operation.required.is_some() {
        (1, all)
    } else {
        (types.filter(|ty| literal("", ty).is_none()).count(), all)
    }
}

/// Spells a call. Arguments that no literal makes are named.
pub(super) fn spell(krate: &Crate, tag: &Tag, operation: &Operation) -> Spelled {
    let package = krate.package.replace('-', "_");
    let mut declared = Vec::new();
    let mut given = Vec::new();
    let mut variables = Scope::new(Case::Snake, &["client"]);
    let body = operation.body.as_ref().filter(|body| body.is_argument());
    let parameters = operation
        .arguments
        .iter()
        .map(|parameter| (&*parameter.name, &parameter.ty));
    let arguments = parameters.chain(body.map(|body| ("body", &body.ty)));
    if let Some(required) = &operation.required {
        declared.push(format!("required: {package}::api::{required}"));
        given.push("required".to_owned());
    }
    let single = arguments.filter(|_| operation.required.is_none());
    for (name, ty) in single {
        given.push(literal(name, ty).unwrap_or_else(|| {
            let name = variables.mint(name.trim_start_matches("r#"));
            declared.push(format!("{name}: {}", public(krate, &package, ty)));
            name.to_string()
        }));
    }
    Spelled {
        declared,
        call: [
            format!("{}()", tag.module),
            format!("{}({})", operation.name, given.join(", ")),
        ],
    }
}

fn literal(name: &str, ty: &Type) -> Option<String> {
    Some(match ty {
        Type::String => format!("\"{}\"", name.trim_start_matches("r#")),
        Type::Integer(_) => "1".to_owned(),
        Type::Float => "1.0".to_owned(),
        Type::Bool => "true".to_owned(),
        _ => return None,
    })
}

/// A type as a user of the crate writes it.
fn public(krate: &Crate, package: &str, ty: &Type) -> String {
    match ty {
        Type::Item(id) => format!("{package}::types::{}", krate.item(*id).name),
        Type::List(inner) => format!("Vec<{}>", public(krate, package, inner)),
        Type::Nullable(inner) => format!("Option<{}>", public(krate, package, inner)),
        Type::Boxed(inner) => format!("Box<{}>", public(krate, package, inner)),
        Type::Map(inner) => format!("{package}::Map<{}>", public(krate, package, inner)),
        Type::Bytes => "Vec<u8>".to_owned(),
        Type::String => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer(size) => format!("{size:?}").to_lowercase(),
        Type::Float => "f64".to_owned(),
        Type::Value | Type::Number | Type::File => format!("{package}::{ty:?}"),
        Type::Text(text) => format!("{package}::{text:?}"),
        Type::Foreign(path) => path.clone(),
    }
}
