//! The headers of responses that went well.

use bindery_spec::diagnostic::codes;
use bindery_spec::model::{self, Operation, ParameterFormat};

use super::response::successes;
use crate::ir::{Case, Constraints, Header, HeaderSpelling, Headers, ItemKind, Scope, Type};
use crate::lower::docs;
use crate::lower::notes;
use crate::lower::schema::types::Types;

/// What the type of headers has beside them.
const METHODS: &[&str] = &["raw", "clone"];

/// Lowers the headers that an operation describes; `None` without any. Those of all statuses are put together.
pub(super) fn lower_headers(
    types: &mut Types,
    operation: &Operation,
    builder: &str,
    names: &mut Scope,
) -> Option<Headers> {
    let mut scope = Scope::new(Case::Snake, METHODS);
    let mut fields: Vec<Header> = Vec::new();
    for header in successes(operation).iter().flat_map(|own| &own.headers) {
        let is_header = |known: &Header| known.wire.eq_ignore_ascii_case(&header.name);
        // The media type is described by the content (OpenAPI 3.1 §4.8.17.1).
        let ignored = header.name.eq_ignore_ascii_case("content-type");
        let possible = header.name.is_ascii() && !header.name.is_empty();
        if possible && !ignored && !fields.iter().any(is_header) {
            fields.push(lower_header(types, header, &mut scope));
        }
    }
    (!fields.is_empty()).then(|| Headers {
        name: names.mint(&format!("{builder} headers")),
        fields,
    })
}

fn lower_header(types: &mut Types, header: &model::Header, scope: &mut Scope) -> Header {
    let (schema, json) = match &header.format {
        ParameterFormat::Style { schema, .. } => (Some(*schema), false),
        ParameterFormat::Content(content) => (content.schema, content.name.contains("json")),
    };
    let (mut ty, mut constraints) = (Type::String, Constraints::default());
    let mut spelling = HeaderSpelling::Text;
    if let Some(schema) = schema {
        let used = types.lower(&[schema]);
        let known = if json {
            Some(HeaderSpelling::Literal)
        } else {
            spelling_of(types, &used.ty)
        };
        match known {
            Some(known) => (ty, constraints, spelling) = (used.ty, used.constraints, known),
            None if *types.resolve(&used.ty) == Type::Value => {}
            None => {
                let why = "a client has objects and unions in headers as text";
                types.sink.push(codes::NOT_CARRIED.at(&header.place, why));
            }
        }
    }
    let parts: Vec<_> = schema.into_iter().map(Into::into).collect();
    let view = types.view(&parts);
    let said = (header.description.as_deref(), &*header.examples);
    let mut about = docs::of_parameter(said, &view, types.resolve(&ty), &constraints);
    if about.is_empty() {
        about.paragraph(&format!("The header {}.", notes::code(&header.name)));
    }
    if header.required {
        about.paragraph("Always there.");
    }
    Header {
        name: scope.mint(&header.name),
        wire: header.name.clone(),
        docs: about.finish(),
        deprecated: header.deprecated,
        spelling,
        ty,
    }
}

fn spelling_of(types: &Types, ty: &Type) -> Option<HeaderSpelling> {
    Some(match types.resolve(ty) {
        Type::String | Type::Text(_) => HeaderSpelling::Text,
        Type::Bool | Type::Integer(_) | Type::Float | Type::Number => HeaderSpelling::Literal,
        Type::List(item) => match spelling_of(types, item)? {
            HeaderSpelling::Text => HeaderSpelling::Texts,
            HeaderSpelling::Literal => HeaderSpelling::Literals,
            HeaderSpelling::Texts | HeaderSpelling::Literals => return None,
        },
        Type::Item(id) => match &types.item(*id)?.kind {
            ItemKind::Enum(listed) if listed.integers => HeaderSpelling::Literal,
            ItemKind::Enum(_) => HeaderSpelling::Text,
            _ => return None,
        },
        _ => return None,
    })
}
