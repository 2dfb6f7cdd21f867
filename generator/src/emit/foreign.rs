//! Types of other crates: how they are read and written as JSON, by the traits of serde that they have.

use proc_macro2::TokenStream;
use quote::quote;

use crate::format::Source;
use crate::ir::Crate;

/// Emits the file of types that stand in for types of the document.
pub(super) fn emit_foreign(krate: &Crate) -> Source {
    let mut file = Source::new("Types of other crates, as the JSON that serde makes of them.");
    file.items(krate.foreign.iter().map(|path| json(path)));
    let runtime = [
        "check::Checker",
        "check::Rule",
        "json::DecodeError",
        "json::Reader",
        "json::Writer",
        "Json",
        "Value",
    ];
    for path in runtime {
        file.import(&format!("crate::runtime::{path}"));
    }
    file
}

fn json(path: &str) -> TokenStream {
    let ty: TokenStream = path.parse().unwrap_or_default();
    quote! {
        impl Json for #ty {
            fn initial() -> Self {
                Self::default()
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                let text = reader.raw()?;
                *self = serde_json::from_str(text).map_err(|error| reader.refuse(&error, text))?;
                Ok(())
            }

            fn write(&self, writer: &mut Writer) {
                writer.raw(serde_json::to_string(self).ok().as_deref());
            }

            fn check(&self, rules: &'static [Rule], checker: &mut Checker) {
                let value = Value::from_json(self.to_json()).unwrap_or_default();
                value.check(rules, checker);
            }
        }
    }
}
