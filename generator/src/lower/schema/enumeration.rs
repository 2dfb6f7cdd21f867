//! Enums: sets of strings or of integers.

use bindery_spec::Value;

use super::plan::Listed;
use super::types::Types;
use crate::ir::{Case, Enum, EnumVariant, Scope};
use crate::lower::docs;

/// Lowers listed values.
pub(super) fn lower_enum(types: &Types, listed: &Listed) -> Enum {
    let mut scope = Scope::new(Case::Pascal, &[]);
    let mut variants: Vec<EnumVariant> = Vec::new();
    for (value, id) in &listed.values {
        let wire = value
            .as_str()
            .map_or_else(|| Value::to_string(value), str::to_owned);
        if variants.iter().any(|variant| variant.wire == wire) {
            continue;
        }
        variants.push(EnumVariant {
            name: scope.mint(&wire),
            wire,
            docs: id
                .map(|id| docs::of_schema(&types.schemas[id]))
                .unwrap_or_default(),
        });
    }
    Enum {
        variants,
        integers: listed.integers,
        unknown: scope.mint_first(&["Unknown", "UnknownValue"]),
        open: listed.open,
    }
}
