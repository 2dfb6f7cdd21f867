//! Request bodies: what is sent, and how callers give it.

use bindery_spec::model::{Body, MediaType};
use bindery_spec::{Diagnostic, model};

use super::content::{choose, codec, report_untyped, sent};
use super::encoding::lower_encodings;
use super::parameter::CallNames;
use crate::ir::{self, Codec, Constraints, FieldSetter, Given, ItemKind, Type};
use crate::lower::schema::types::Types;
use crate::lower::typed::Typed;

/// Lowers a request body; `None` where nothing is declared that could be sent.
pub(super) fn lower_body(
    types: &mut Types,
    body: &Body,
    names: &mut CallNames,
) -> Option<ir::Body> {
    let media_type = choose(&body.content)?;
    let wanted = codec(&media_type.name);
    let used = lower_type(types, media_type, wanted);
    let codec = settle(types, wanted, &used.ty, media_type);
    let used = if codec == Codec::Bytes {
        plain(Type::Bytes)
    } else {
        used
    };
    let given = given(types, &used.ty, body.required, names);
    // Only JSON has null, and a body that is set property by property is left out rather than null.
    let nullable = used.nullable && codec == Codec::Json && !matches!(given, Given::Fields { .. });
    Some(ir::Body {
        media_type: sent(&media_type.name),
        codec,
        constraints: used.constraints,
        encodings: lower_encodings(types, media_type, codec),
        required: body.required,
        given,
        docs: crate::lower::docs::of_body(body, media_type),
        ty: if nullable {
            Type::Nullable(Box::new(used.ty))
        } else {
            used.ty
        },
    })
}

/// A type about which nothing more is said.
fn plain(ty: Type) -> Typed {
    Typed {
        ty,
        nullable: false,
        constraints: Constraints::default(),
    }
}

fn lower_type(types: &mut Types, media_type: &MediaType, codec: Codec) -> Typed {
    if matches!(codec, Codec::Text | Codec::Bytes | Codec::Stream(_)) {
        report_untyped(types, media_type);
    }
    match (codec, media_type.schema) {
        (Codec::Json | Codec::Form, Some(id)) => types.lower(&[id]),
        (Codec::Multipart, Some(id)) => types.lower_multipart(id),
        (Codec::Json | Codec::Form, None) => plain(Type::Value),
        (Codec::Text, _) => plain(Type::String),
        (Codec::Multipart, None) | (Codec::Bytes | Codec::Stream(_), _) => plain(Type::Bytes),
    }
}

/// Parts are made from the fields of a struct; anything else is left to the caller.
fn settle(types: &mut Types, codec: Codec, ty: &Type, media_type: &MediaType) -> Codec {
    if codec != Codec::Multipart || struct_of(types, ty).is_some() {
        return codec;
    }
    types.sink.push(Diagnostic::warning(
        "multipart-untyped",
        &media_type.place,
        "a multipart body that is no object with declared properties is sent as bytes",
    ));
    Codec::Bytes
}

/// A body of optional properties is set property by property; any other is one value.
fn given(types: &Types, ty: &Type, required: bool, names: &mut CallNames) -> Given {
    let Some((item, body)) = struct_of(types, ty) else {
        return if required {
            Given::Argument
        } else {
            Given::Setter
        };
    };
    if body.fields.iter().any(|field| field.presence.is_required()) || body.fields.is_empty() {
        return if required {
            Given::Argument
        } else {
            Given::Setter
        };
    }
    // What is read-only is not to be sent (OpenAPI 3.1 §4.8.24.2); a whole body may have it all the same.
    let fields = body.fields.iter().enumerate();
    let sent = fields.filter(|(_, field)| !field.read_only);
    let setters = sent.map(|(field, lowered)| FieldSetter {
        field,
        name: names
            .methods
            .mint_first(&[&lowered.wire, &format!("body {}", lowered.wire)]),
    });
    Given::Fields {
        item,
        setters: setters.collect(),
    }
}

fn struct_of<'t>(types: &'t Types, ty: &'t Type) -> Option<(ir::ItemId, &'t ir::Struct)> {
    let Type::Item(id) = types.resolve(ty) else {
        return None;
    };
    match &types.item(*id)?.kind {
        ItemKind::Struct(body) => Some((*id, body)),
        _ => None,
    }
}

/// Says what the schemas of a body are called.
pub(super) fn name_body(
    body: &Body,
    name: &str,
    origins: &mut crate::lower::schema::origin::Origins,
) {
    for model::MediaType { schema, .. } in &body.content {
        if let Some(schema) = schema {
            origins.root(*schema, &format!("{name} request"), "body");
        }
    }
}
