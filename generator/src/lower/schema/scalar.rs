//! Scalars: formats and ranges choose the type.

use bindery_spec::{Value, model};
use serde_json::Number;

use super::view::View;
use crate::ir::{Integer, Text, Type};

/// The type of a scalar.
pub(super) fn lower_scalar(view: &View, ty: model::Type) -> Type {
    match ty {
        model::Type::Boolean => Type::Bool,
        model::Type::Integer => lower_integer(view),
        model::Type::Number => lower_number(view),
        model::Type::String => lower_string(view),
        // The other types are no scalars, and null alone is the only value that it can have.
        model::Type::Null | model::Type::Array | model::Type::Object => Type::Value,
    }
}

/// A double holds the integers of 53 bits only. That larger ones come is said by a format for more, and by a bound that is
/// one.
fn lower_number(view: &View) -> Type {
    match view.format() {
        Some("int64" | "uint64" | "int128" | "uint128" | "bigint") => Type::Number,
        Some("float" | "double") => Type::Float,
        _ if bounds(view).iter().all(|bound| is_exact(bound)) => Type::Float,
        _ => Type::Number,
    }
}

/// The last integer up to which a double holds all, in both directions.
const EXACT: u64 = 1 << 53;

/// Whether a bound is no integer beyond those. What is written beyond 64 bits, or with an exponent, is no integer.
fn is_exact(bound: &Number) -> bool {
    let size = bound.as_i64().map(i64::unsigned_abs).or(bound.as_u64());
    size.is_none_or(|size| size <= EXACT)
}

/// The format asks for a size, and the bounds or the values that are shown may need a larger one. Without a format it is 64
/// bits whatever the bounds, so that a change of a bound does not change the type.
fn lower_integer(view: &View) -> Type {
    let bounds = bounds(view);
    let fits_bounds = |integer: Integer| bounds.iter().all(|bound| fits(integer, bound));
    let asked = match view.format() {
        Some("bigint" | "biginteger" | "big-integer") => return Type::Number,
        Some("int32" | "int16" | "int8" | "uint8" | "uint16") => Integer::I32,
        Some("uint32") => Integer::U32,
        Some("uint64" | "uint") => Integer::U64,
        Some("int128") => Integer::I128,
        Some("uint128") => Integer::U128,
        _ => Integer::I64,
    };
    let sizes = [asked, Integer::I64, Integer::U64];
    // Of what is shown beyond 64 bits most was rounded on the way into the document.
    let is_small = |integer: Integer| matches!(integer, Integer::I32 | Integer::U32);
    let fits_shown = |integer: Integer| view.schemas().flat_map(shown).all(|n| fits(integer, n));
    let holds =
        |integer: &Integer| fits_bounds(*integer) && (!is_small(*integer) || fits_shown(*integer));
    match sizes.into_iter().find(holds) {
        Some(integer) => Type::Integer(integer),
        None => Type::Number,
    }
}

/// The bounds that a schema states.
fn bounds<'v>(view: &'v View) -> Vec<&'v Number> {
    let stated = view.schemas().flat_map(|schema| {
        [
            &schema.minimum,
            &schema.maximum,
            &schema.exclusive_minimum,
            &schema.exclusive_maximum,
        ]
    });
    stated.flatten().collect()
}

/// The integers that a schema shows.
fn shown(schema: &model::Schema) -> impl Iterator<Item = &Number> {
    let single = [&schema.default, &schema.constant];
    let listed = schema.values.iter().chain([&schema.examples]).flatten();
    let values = single.into_iter().flatten().chain(listed);
    let numbers = values.filter_map(Value::as_number);
    numbers.filter(|number| number.is_i64())
}

fn fits(integer: Integer, bound: &Number) -> bool {
    let signed = bound.as_i64();
    // A bound beyond 64 bits is read as the nearest number, which for the largest of a type is the one after it.
    let near = bound.as_f64().unwrap_or(f64::INFINITY);
    match integer {
        Integer::I32 => signed.is_some_and(|n| i32::try_from(n).is_ok()),
        Integer::I64 => signed.is_some() || is_fraction(bound),
        Integer::U32 => signed.is_some_and(|n| u32::try_from(n).is_ok()),
        Integer::U64 => bound.as_u64().is_some(),
        Integer::I128 => near.abs() <= 2_f64.powi(127),
        Integer::U128 => (0.0..=2_f64.powi(128)).contains(&near),
    }
}

/// Bounds with a fraction or an exponent say nothing about the size while they are small.
fn is_fraction(bound: &Number) -> bool {
    const SMALL: f64 = 9_007_199_254_740_992.0;
    bound.is_f64() && bound.as_f64().is_some_and(|n| n.abs() <= SMALL)
}

fn lower_string(view: &View) -> Type {
    match view.format() {
        Some("date-time") => Type::Text(Text::DateTime),
        Some("date") => Type::Text(Text::Date),
        Some("uuid") => Type::Text(Text::Uuid),
        Some("password") => Type::Text(Text::Secret),
        Some("time") => Type::Text(Text::Time),
        _ => Type::String,
    }
}
