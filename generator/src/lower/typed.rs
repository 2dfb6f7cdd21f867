//! What a use of a schema comes to: its type, whether it may be null, and what it keeps to.

use crate::ir::{Constraints, Type};

/// What a use of a schema comes to.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    /// The type of a value that is not null.
    pub(super) ty: Type,
    /// Whether null is allowed as well; never for [`Type::Value`], which holds null by itself.
    pub(super) nullable: bool,
    /// What the value must keep to.
    pub(super) constraints: Constraints,
}

impl Typed {
    /// What may be anything.
    pub(super) fn any() -> Self {
        Self {
            ty: Type::Value,
            nullable: false,
            constraints: Constraints::default(),
        }
    }

    /// Any text.
    pub(super) fn text() -> Self {
        Self {
            ty: Type::String,
            ..Self::any()
        }
    }

    /// The type of a value that may be null.
    pub(super) fn whole(self) -> Type {
        if self.nullable {
            Type::Nullable(Box::new(self.ty))
        } else {
            self.ty
        }
    }
}
