//! Without the feature `serde`, types have no more than their own trait.

/// Gives types nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! json_serde {
    ($($name:ident),*) => {};
}
