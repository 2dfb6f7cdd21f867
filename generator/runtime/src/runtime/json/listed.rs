//! The macros by which an enum says which values a schema lists, and which of its variants keeps the others.

/// Describes an enum of strings: what each variant is on the wire, then the variant for other values (`Self::Unknown`), then `open()` where
/// the schema allows those.
#[doc(hidden)]
#[macro_export]
macro_rules! json_strings {
    (
        $name:ident { $($variant:ident: $wire:literal),* $(,)? }, Self::$other:ident
        $(, $open:ident())? $(,)?
    ) => {
        impl $name {
            /// The value as it stands on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($wire => Self::$variant,)*
                    _ => Self::$other(text.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        $crate::runtime::json::json_serde!($name);

        $crate::runtime::json::json_listed! {
            $name, $other, [$($wire),*] $(, $open)?;
            initial: String::new();
            read(reader): Self::from(&*reader.string()?);
            write(this, writer): writer.string(this.as_str());
        }
    };
}

/// Describes an enum of integers, as [`json_strings`] does one of strings.
#[doc(hidden)]
#[macro_export]
macro_rules! json_integers {
    (
        $name:ident { $($variant:ident: $wire:literal),* $(,)? }, Self::$other:ident
        $(, $open:ident())? $(,)?
    ) => {
        impl $name {
            /// The value as it stands on the wire.
            pub fn as_i64(self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$other(value) => value,
                }
            }
        }

        impl From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    _ => Self::$other(value),
                }
            }
        }

        $crate::runtime::json::json_serde!($name);

        $crate::runtime::json::json_listed! {
            $name, $other, [$(stringify!($wire)),*] $(, $open)?;
            initial: 0;
            read(reader): Self::from(reader.value::<i64>()?);
            write(this, writer): this.as_i64().write(writer);
        }
    };
}

/// What both have in common: how a value is read, written and checked. One that the schema does not list breaks it, unless
/// the schema is open to others.
#[doc(hidden)]
#[macro_export]
macro_rules! json_listed {
    (
        $name:ident, $other:ident, $values:tt $(, $open:ident)?;
        initial: $initial:expr;
        read($reader:ident): $read:expr;
        write($this:ident, $writer:ident): $write:expr;
    ) => {
        impl $crate::runtime::Json for $name {
            fn initial() -> Self {
                Self::$other($initial)
            }

            fn read(
                &mut self,
                $reader: &mut $crate::runtime::json::Reader<'_>,
            ) -> Result<(), $crate::runtime::DecodeError> {
                *self = $read;
                Ok(())
            }

            fn write(&self, $writer: &mut $crate::runtime::json::Writer) {
                let $this = self;
                $write;
            }

            $crate::runtime::json::json_listed!(@check $other, $values $(, $open)?);
        }
    };
    (@check $other:ident, [$($wire:expr),*], open) => {
        fn check(
            &self,
            _: &'static [$crate::runtime::check::Rule],
            _: &mut $crate::runtime::check::Checker,
        ) {
        }
    };
    (@check $other:ident, [$($wire:expr),*]) => {
        fn check(
            &self,
            _: &'static [$crate::runtime::check::Rule],
            checker: &mut $crate::runtime::check::Checker,
        ) {
            if let Self::$other(value) = self {
                checker.not_one_of(value, &[$($wire),*]);
            }
        }
    };
}
