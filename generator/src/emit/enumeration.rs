//! Enums: sets of strings or of integers, open to what the document does not know.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::text::{docs, ident};
use crate::ir::{Enum, EnumVariant, Item};

/// Emits an enum with its conversions and codec.
pub(super) fn emit_enum(item: &Item, listed: &Enum) -> Vec<TokenStream> {
    if listed.integers {
        integers(item, listed)
    } else {
        strings(item, listed)
    }
}

fn strings(item: &Item, listed: &Enum) -> Vec<TokenStream> {
    let (name, unknown) = (ident(&item.name), ident(&listed.unknown));
    let (variants, wires) = pairs(listed);
    let values =
        (!listed.open).then(|| quote!(const VALUES: &'static [&'static str] = &[#(#wires),*];));
    vec![
        definition(item, listed, &quote!(String), &TokenStream::new()),
        quote! {
            impl #name {
                #values

                #[doc = " The value as it stands on the wire."]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #wires,)*
                        Self::#unknown(text) => text,
                    }
                }
            }
        },
        quote! {
            impl From<&str> for #name {
                fn from(text: &str) -> Self {
                    match text {
                        #(#wires => Self::#variants,)*
                        _ => Self::#unknown(text.to_owned()),
                    }
                }
            }
        },
        quote! {
            impl fmt::Display for #name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(self.as_str())
                }
            }
        },
        codec(
            item,
            listed,
            &quote!(String::new()),
            &quote!(Self::from(&*reader.string()?)),
            &quote!(writer.string(self.as_str())),
        ),
    ]
}

fn integers(item: &Item, listed: &Enum) -> Vec<TokenStream> {
    let (name, unknown) = (ident(&item.name), ident(&listed.unknown));
    let (variants, wires) = pairs(listed);
    let numbers: Vec<_> = wires
        .iter()
        .filter_map(|wire| wire.parse::<i64>().ok())
        .collect();
    let numbers: Vec<_> = numbers.into_iter().map(Literal::i64_unsuffixed).collect();
    vec![
        definition(item, listed, &quote!(i64), &quote!(Copy,)),
        quote! {
            impl #name {
                const VALUES: &'static [&'static str] = &[#(#wires),*];

                #[doc = " The value as it stands on the wire."]
                pub fn as_i64(self) -> i64 {
                    match self {
                        #(Self::#variants => #numbers,)*
                        Self::#unknown(value) => value,
                    }
                }
            }
        },
        quote! {
            impl From<i64> for #name {
                fn from(value: i64) -> Self {
                    match value {
                        #(#numbers => Self::#variants,)*
                        _ => Self::#unknown(value),
                    }
                }
            }
        },
        codec(
            item,
            listed,
            &quote!(0),
            &quote!(Self::from(reader.value::<i64>()?)),
            &quote!(self.as_i64().write(writer)),
        ),
    ]
}

fn pairs(listed: &Enum) -> (Vec<proc_macro2::Ident>, Vec<&str>) {
    listed
        .variants
        .iter()
        .map(|variant| (ident(&variant.name), variant.wire.as_str()))
        .unzip()
}

fn definition(
    item: &Item,
    listed: &Enum,
    unknown: &TokenStream,
    copy: &TokenStream,
) -> TokenStream {
    let (name, text, other) = (ident(&item.name), docs(&item.docs), ident(&listed.unknown));
    let variants = listed.variants.iter().map(|variant| {
        let (name, text) = (ident(&variant.name), docs(&variant_docs(variant)));
        quote!(#text #name)
    });
    quote! {
        #text
        #[derive(Clone, #copy Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the document does not list."]
            #other(#unknown),
        }
    }
}

fn variant_docs(variant: &EnumVariant) -> String {
    let wire = if variant.wire.contains('`') || variant.wire.trim().is_empty() {
        format!("{:?} on the wire.", variant.wire.replace('`', "'"))
    } else {
        format!("`{}`", variant.wire.escape_debug())
    };
    if variant.docs.is_empty() {
        wire
    } else {
        format!("{wire}: {}", variant.docs)
    }
}

fn codec(
    item: &Item,
    listed: &Enum,
    initial: &TokenStream,
    read: &TokenStream,
    write: &TokenStream,
) -> TokenStream {
    let (name, unknown) = (ident(&item.name), ident(&listed.unknown));
    let check = if listed.open {
        quote!(
            fn check(&self, _: &'static [Rule], _: &mut Checker) {}
        )
    } else {
        quote! {
            fn check(&self, _: &'static [Rule], checker: &mut Checker) {
                if let Self::#unknown(value) = self {
                    checker.not_one_of(value, Self::VALUES);
                }
            }
        }
    };
    quote! {
        impl Json for #name {
            fn initial() -> Self {
                Self::#unknown(#initial)
            }

            fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                *self = #read;
                Ok(())
            }

            fn write(&self, writer: &mut Writer) {
                #write;
            }

            #check
        }
    }
}
