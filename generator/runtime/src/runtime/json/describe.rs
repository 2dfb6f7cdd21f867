//! The macros by which a struct says what object or array it is in JSON.

/// Describes a struct as an object: a [`Key`](super::Key) for each field, then `..` and the field that keeps the other
/// properties if there is one, then what its [`Shape`](super::Shape) has besides, such as `closed()`.
#[doc(hidden)]
#[macro_export]
macro_rules! json_object {
    (
        $name:ident { $($field:ident: $key:expr),* $(,)? }
        $(, ..$rest:ident)?
        $(, $more:ident($($argument:expr)? $(,)?))* $(,)?
    ) => {
        impl $name {
            const SHAPE: &'static $crate::runtime::json::Shape =
                &$crate::runtime::json::Shape::new(stringify!($name), &[$($key),*])
                    $(.$more($($argument)?))*;
        }

        $crate::runtime::json::json_serde!($name);

        impl $crate::runtime::Json for $name {
            fn initial() -> Self {
                Self {
                    $($field: $crate::runtime::Json::initial(),)*
                    $($rest: $crate::runtime::Json::initial(),)?
                }
            }

            fn read(
                &mut self,
                reader: &mut $crate::runtime::json::Reader<'_>,
            ) -> Result<(), $crate::runtime::DecodeError> {
                let rest = None$(.or(Some(&mut self.$rest as _)))?;
                reader.object(Self::SHAPE, &mut [$(&mut self.$field),*], rest)
            }

            fn with_object(&self, then: &mut dyn FnMut($crate::runtime::json::Object<'_>)) {
                then($crate::runtime::json::Object {
                    shape: Self::SHAPE,
                    fields: &[$(&self.$field),*],
                    rest: None$(.or(Some(&self.$rest as _)))?,
                });
            }
        }
    };
}

/// Describes a struct without names of fields as an array: a [`Key`](super::Key) for each field, called by its position,
/// then `..` and the field that keeps the items after them if there is one, then what its [`Shape`](super::Shape) has
/// besides.
#[doc(hidden)]
#[cfg(feature = "part-tuples")]
#[macro_export]
macro_rules! json_tuple {
    (
        $name:ident { $($field:tt: $key:expr),* $(,)? }
        $(, ..$rest:tt)?
        $(, $more:ident($($argument:expr)? $(,)?))* $(,)?
    ) => {
        $crate::runtime::json::json_serde!($name);

        impl $name {
            const SHAPE: &'static $crate::runtime::json::Shape =
                &$crate::runtime::json::Shape::new(stringify!($name), &[$($key),*])
                    $(.$more($($argument)?))*;

            fn with_tuple(&self, then: &mut dyn FnMut($crate::runtime::json::Tuple<'_>)) {
                then($crate::runtime::json::Tuple {
                    shape: Self::SHAPE,
                    fields: &[$(&self.$field),*],
                    rest: None$(.or(Some(&self.$rest as _)))?,
                });
            }
        }

        impl $crate::runtime::Json for $name {
            fn initial() -> Self {
                Self {
                    $($field: $crate::runtime::Json::initial(),)*
                    $($rest: $crate::runtime::Json::initial(),)?
                }
            }

            fn read(
                &mut self,
                reader: &mut $crate::runtime::json::Reader<'_>,
            ) -> Result<(), $crate::runtime::DecodeError> {
                let rest = None$(.or(Some(&mut self.$rest as _)))?;
                reader.tuple(Self::SHAPE, &mut [$(&mut self.$field),*], rest)
            }

            fn write(&self, writer: &mut $crate::runtime::json::Writer) {
                self.with_tuple(&mut |tuple| writer.tuple(tuple));
            }

            fn check(
                &self,
                rules: &'static [$crate::runtime::check::Rule],
                checker: &mut $crate::runtime::check::Checker,
            ) {
                self.with_tuple(&mut |tuple| checker.tuple(rules, tuple));
            }
        }
    };
}
