//! What values must keep to: the narrowest of what all schemas say.

use bindery_spec::model::{Schema, Type as Kind};
use serde_json::Number;

use super::plan::{Plan, plan};
use super::types::Types;
use super::view::{Part, View};
use crate::ir::{Ask, Bound, Constraints, Format, Type};

/// The constraints of parts whose type is `ty`: only those that can apply to it.
pub(in crate::lower) fn constraints(types: &Types, parts: &[Part], ty: &Type) -> Constraints {
    let mut parts = parts.to_vec();
    // What is the same as other schemas keeps to what those say, such as the one branch of a union beside null.
    for _ in 0..64 {
        match plan(&types.view(&parts), &parts, None) {
            Plan::Same(same) if same != parts => parts = same,
            _ => break,
        }
    }
    constrain(types, &parts, ty, 0)
}

/// The depth is bounded because a list may contain itself through an alias.
fn constrain(types: &Types, parts: &[Part], ty: &Type, depth: u8) -> Constraints {
    let view = types.view(parts);
    let own = of_type(types, &view, parts, ty, depth);
    let asks = match types.resolve(ty) {
        // Items ask for themselves what is asked of them.
        Type::Item(_)
        | Type::Nullable(_)
        | Type::Boxed(_)
        | Type::Value
        | Type::Foreign(_)
        | Type::File
        | Type::Bytes => Vec::new(),
        Type::Bool if lists_all(&view) => super::ask::beyond_one_type(types, &view),
        _ => [listed(&view), super::ask::beyond_one_type(types, &view)].concat(),
    };
    Constraints {
        asks: [own.asks, asks].concat(),
        ..own
    }
}

/// What is said of values of one type.
fn of_type(types: &Types, view: &View, parts: &[Part], ty: &Type, depth: u8) -> Constraints {
    match types.resolve(ty) {
        Type::Integer(_) => within(view, small_range(view)),
        Type::Float => within(view, range(view)),
        Type::Number => exact(view),
        Type::String => string(view),
        // Their types check the format.
        Type::Text(_) => Constraints {
            format: None,
            ..string(view)
        },
        Type::List(inner) => Constraints {
            items: nested(types, &view.items(), inner, depth),
            ..list(view)
        },
        Type::Map(inner) => Constraints {
            of_map: true,
            items: match view.undeclared() {
                super::view::Undeclared::Schemas(ids) => nested(types, &ids, inner, depth),
                _ => None,
            },
            ..map(view)
        },
        Type::Nullable(inner) | Type::Boxed(inner) => constrain(types, parts, inner, depth),
        // A foreign type is looked at as the JSON that it is.
        Type::Value | Type::Foreign(_) => {
            super::ask::whole(types, view).unwrap_or_else(|| Constraints {
                asks: super::ask::beyond(types, view),
                ..Constraints::default()
            })
        }
        Type::Bool | Type::File | Type::Bytes | Type::Item(_) => Constraints::default(),
    }
}

/// All bounds of a view, whatever the type of the value.
pub(super) fn bounds(view: &View) -> Constraints {
    let (number, string, list, map) = (number(view), string(view), list(view), map(view));
    Constraints {
        minimum: number.minimum,
        maximum: number.maximum,
        multiple_of: number.multiple_of,
        min_items: list.min_items,
        max_items: list.max_items,
        unique_items: list.unique_items,
        min_properties: map.min_properties,
        max_properties: map.max_properties,
        asks: [number.asks, string.asks].concat(),
        ..string
    }
}

/// The values of what is no enum.
fn listed(view: &View) -> Vec<Ask> {
    let schemas = view.schemas();
    let stated = schemas.flat_map(|schema| {
        let constant = schema.constant.clone().map(|constant| vec![constant]);
        [constant, schema.values.clone()].into_iter().flatten()
    });
    stated.map(Ask::Enum).collect()
}

/// Whether every value that a flag may have is listed.
fn lists_all(view: &View) -> bool {
    view.schemas().all(|schema| {
        let lists = |value: serde_json::Value| schema.values.iter().all(|own| own.contains(&value));
        let null = !view.is_nullable() || lists(serde_json::Value::Null);
        schema.constant.is_none() && null && lists(true.into()) && lists(false.into())
    })
}

fn nested(
    types: &Types,
    ids: &[bindery_spec::model::SchemaId],
    ty: &Type,
    depth: u8,
) -> Option<Box<Constraints>> {
    if depth > 4 || ids.is_empty() {
        return None;
    }
    let parts: Vec<_> = ids.iter().copied().map(Part::from).collect();
    let found = constrain(types, &parts, ty, depth + 1);
    (!found.is_empty()).then(|| Box::new(found))
}

/// A number of any size, which must say itself that it is to be whole.
fn exact(view: &View) -> Constraints {
    let mut found = within(view, range(view));
    if view.types() == [Kind::Integer] {
        found.asks.push(Ask::Type(view.types()));
    }
    found
}

/// The least and the greatest integer of a format (OpenAPI's registry of formats).
type Range = [Number; 2];

/// The range of a format that is smaller than every type of integers.
fn small_range(view: &View) -> Option<Range> {
    match view.format()? {
        "int8" => Some([i8::MIN.into(), i8::MAX.into()]),
        "uint8" => Some([u8::MIN.into(), u8::MAX.into()]),
        "int16" => Some([i16::MIN.into(), i16::MAX.into()]),
        "uint16" => Some([u16::MIN.into(), u16::MAX.into()]),
        _ => None,
    }
}

/// The range of a format of integers, for types that hold other numbers as well.
fn range(view: &View) -> Option<Range> {
    match view.format()? {
        "int32" => Some([i32::MIN.into(), i32::MAX.into()]),
        "uint32" => Some([u32::MIN.into(), u32::MAX.into()]),
        "int64" => Some([i64::MIN.into(), i64::MAX.into()]),
        "uint64" => Some([u64::MIN.into(), u64::MAX.into()]),
        _ => small_range(view),
    }
}

/// A number within the range of its format, unless other bounds are stated.
fn within(view: &View, range: Option<Range>) -> Constraints {
    let stated = number(view);
    let inclusive = |value| Bound {
        value,
        exclusive: false,
    };
    let [low, high] = range.map_or([None, None], |range| range.map(inclusive).map(Some));
    Constraints {
        minimum: stated.minimum.or(low),
        maximum: stated.maximum.or(high),
        ..stated
    }
}

fn number(view: &View) -> Constraints {
    let mut divisors = view.schemas().rev().filter_map(|s| s.multiple_of.as_ref());
    Constraints {
        minimum: bound(
            view,
            |s| [s.minimum.as_ref(), s.exclusive_minimum.as_ref()],
            f64::gt,
        ),
        maximum: bound(
            view,
            |s| [s.maximum.as_ref(), s.exclusive_maximum.as_ref()],
            f64::lt,
        ),
        multiple_of: divisors.next().cloned(),
        asks: divisors
            .map(|divisor| {
                also(Constraints {
                    multiple_of: Some(divisor.clone()),
                    ..Constraints::default()
                })
            })
            .collect(),
        ..Constraints::default()
    }
}

fn string(view: &View) -> Constraints {
    let mut patterns = view.schemas().rev().filter_map(|s| s.pattern.as_ref());
    Constraints {
        min_length: view.schemas().filter_map(|s| s.min_length).max(),
        max_length: view.schemas().filter_map(|s| s.max_length).min(),
        format: view.format().and_then(format),
        pattern: patterns.next().cloned(),
        asks: patterns
            .map(|pattern| {
                also(Constraints {
                    pattern: Some(pattern.clone()),
                    ..Constraints::default()
                })
            })
            .collect(),
        ..Constraints::default()
    }
}

/// The formats that the runtime checks. `regex` is none of them: that it is of ECMA-262 is only advised (JSON Schema 2020-12
/// Validation §7.3.8), and servers write what their own engine takes.
fn format(name: &str) -> Option<Format> {
    Some(match name {
        "date-time" => Format::DateTime,
        "date" => Format::Date,
        "time" => Format::Time,
        "uuid" => Format::Uuid,
        "byte" => Format::Byte,
        "duration" => Format::Duration,
        "email" => Format::Email,
        "idn-email" => Format::IdnEmail,
        "hostname" => Format::Hostname,
        "idn-hostname" => Format::IdnHostname,
        "ipv4" => Format::Ipv4,
        "ipv6" => Format::Ipv6,
        "uri" => Format::Uri,
        "uri-reference" => Format::UriReference,
        "iri" => Format::Iri,
        "iri-reference" => Format::IriReference,
        "uri-template" => Format::UriTemplate,
        "json-pointer" => Format::JsonPointer,
        "relative-json-pointer" => Format::RelativeJsonPointer,
        _ => return None,
    })
}

/// The constraints of an array as a whole.
pub(super) fn list(view: &View) -> Constraints {
    Constraints {
        min_items: view.schemas().filter_map(|s| s.min_items).max(),
        max_items: view.schemas().filter_map(|s| s.max_items).min(),
        unique_items: view.schemas().any(|s| s.unique_items),
        ..Constraints::default()
    }
}

/// The constraints of an object as a whole.
pub(super) fn map(view: &View) -> Constraints {
    Constraints {
        min_properties: view.schemas().filter_map(|s| s.min_properties).max(),
        max_properties: view.schemas().filter_map(|s| s.max_properties).min(),
        ..Constraints::default()
    }
}

/// One more of what can be stated once: of several patterns and divisors all hold.
fn also(constraints: Constraints) -> Ask {
    Ask::Also(constraints)
}

/// The narrowest bound: `[inclusive, exclusive]` of every schema, the exclusive one where both are equal.
fn bound<'a>(
    view: &View<'a>,
    stated: impl Fn(&'a Schema) -> [Option<&'a Number>; 2],
    narrower: impl Fn(&f64, &f64) -> bool,
) -> Option<Bound> {
    let mut narrowest: Option<Bound> = None;
    for schema in view.schemas() {
        for (value, exclusive) in stated(schema).into_iter().zip([false, true]) {
            let Some(value) = value.cloned() else {
                continue;
            };
            let new = Bound { value, exclusive };
            let replace = narrowest.as_ref().is_none_or(|old| {
                let (new, old) = (new.value.as_f64(), old.value.as_f64());
                new.zip(old).is_some_and(|(new, old)| {
                    narrower(&new, &old) || exclusive && new >= old && new <= old
                })
            });
            if replace {
                narrowest = Some(new);
            }
        }
    }
    narrowest
}
