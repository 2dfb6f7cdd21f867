//! The client, and what it is built of.

use proc_macro2::TokenStream;
use quote::quote;

use super::credential;
use super::text::{docs, gate, ident};
use super::ty::{Types, of_runtime};
use crate::format::Source;
use crate::ir::{Crate, Hoisted, Presence};

/// Emits the file of the client and its builder.
pub(super) fn emit_client(krate: &Crate) -> Source {
    let mut file = Source::new("The client, and what it is built of.");
    // Settings are few: their types go by their paths, and none of them needs an import.
    let types = Types::new(krate, krate.items.iter().map(|item| &item.name));
    file.items(krate.server.iter().map(|url| {
        quote! {
            #[doc = " Where the API is served when nothing else is said."]
            const BASE_URL: &str = #url;
        }
    }));
    file.items(krate.credentials.iter().map(credential::scheme));
    file.items(krate.hoisted.iter().map(parameter));
    file.items([
        client(krate),
        accessors(krate),
        builder(),
        settings(krate, &types),
    ]);
    imports(&mut file);
    file
}

fn parameter(setting: &Hoisted) -> TokenStream {
    let (name, wire) = (ident(&setting.constant), &setting.wire);
    let text = docs(&format!("The setting for the header `{wire}`."));
    let required = setting.required.then(|| quote!(.required()));
    quote!(#text pub(crate) const #name: &Parameter = &Parameter::header(#wire) #required;)
}

fn client(krate: &Crate) -> TokenStream {
    let title = krate.subject.replace('`', "'");
    let text = docs(&crate::markdown::to_rustdoc(&format!(
        "A client of {title}. Cloning it is cheap; clones share their connections."
    )));
    quote! {
        #text
        #[derive(Clone, Debug)]
        pub struct Client { core: Core }
    }
}

fn accessors(krate: &Crate) -> TokenStream {
    let accessors = krate.tags.iter().map(|tag| {
        // By whole paths, because nothing would use an import where the feature of no tag is on.
        let (method, accessor, text) = (ident(&tag.module), ident(&tag.accessor), docs(&tag.docs));
        let gate = gate(tag.feature.as_deref());
        quote! {
            #text
            #gate
            pub fn #method(&self) -> crate::api::#accessor<'_> {
                crate::api::#accessor::new(&self.core)
            }
        }
    });
    let (text, argument, url) = match &krate.server {
        Some(_) => ("Starts building a client.", None, quote!(BASE_URL)),
        None => (
            "Starts building a client of the API that is served at `base_url`.",
            Some(quote!(base_url: impl Into<String>)),
            quote!(base_url),
        ),
    };
    let text = docs(text);
    quote! {
        impl Client {
            #text
            pub fn builder(#argument) -> ClientBuilder {
                ClientBuilder { core: CoreBuilder::new(#url) }
            }

            #[doc = " Where the API is served, without a slash at its end."]
            pub fn base_url(&self) -> &str {
                self.core.base_url()
            }

            #(#accessors)*
        }
    }
}

fn builder() -> TokenStream {
    quote! {
        #[doc = " Builds a [`Client`]."]
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder { core: CoreBuilder }
    }
}

fn settings(krate: &Crate, types: &Types) -> TokenStream {
    let credentials = krate.credentials.iter().map(credential::settings);
    let hoisted = krate.hoisted.iter().map(|setting| hoisted(setting, types));
    let (base_url, times) = (base_url(krate.server.as_deref()), times());
    let (resilience, transfer) = (resilience(), transfer());
    quote! {
        impl ClientBuilder {
            #(#credentials)*
            #(#hoisted)*
            #base_url
            #times
            #resilience
            #transfer

            #[doc = " Builds the client."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " When the base URL or a header cannot be used, or when TLS cannot be set up."]
            pub fn build(self) -> Result<Client, BuildError> {
                Ok(Client { core: self.core.build()? })
            }
        }
    }
}

fn base_url(default: Option<&str>) -> TokenStream {
    let default = default.map(|url| format!(" The default is `{url}`."));
    let text = docs(&format!(
        "Sets where the API is served.{}",
        default.unwrap_or_default()
    ));
    quote! {
        #text
        pub fn base_url(mut self, url: impl Into<String>) -> Self {
            self.core.base_url(url);
            self
        }
    }
}

/// What is set about the time of a call.
fn times() -> TokenStream {
    quote! {
        #[doc = " Sets how long a call may take, the body of the response included. The default is 60 seconds."]
        pub fn timeout(mut self, timeout: Duration) -> Self {
            self.core.timeout(Some(timeout));
            self
        }

        #[doc = " Lets calls take as long as they take."]
        pub fn no_timeout(mut self) -> Self {
            self.core.timeout(None);
            self
        }
    }
}

/// What is set about failures and load.
fn resilience() -> TokenStream {
    quote! {
        #[doc = " Sets how long it may take to connect. The default is 10 seconds. A transport of one's own has its own."]
        pub fn connect_timeout(mut self, timeout: Duration) -> Self {
            self.core.connect_timeout(timeout);
            self
        }

        #[doc = " Sets whether and when calls are sent again that failed in passing. The default is [`Retries::on`]."]
        pub fn retries(mut self, retries: Retries) -> Self {
            self.core.retries(retries);
            self
        }

        #[doc = " Makes the random parts of the waits between attempts the same ones each time."]
        pub fn jitter_seed(mut self, seed: u64) -> Self {
            self.core.seed(seed);
            self
        }

        #[doc = " Sets how many calls may be under way at once, at least one; others wait. The default is any number."]
        pub fn max_concurrency(mut self, calls: usize) -> Self {
            self.core.max_concurrency(calls);
            self
        }

        #[doc = " Sets what is called after each attempt of each call, with the time that it took."]
        pub fn on_attempt(
            self,
            told: impl Fn(&Attempt, Outcome<'_>, Duration) + Send + Sync + 'static,
        ) -> Self {
            self.observer(told)
        }

        #[doc = " Sets who is told about each attempt of each call."]
        pub fn observer(mut self, observer: impl Observer) -> Self {
            self.core.observer(observer);
            self
        }

        #[doc = " Sets what tells the time, instead of the system."]
        pub fn clock(mut self, clock: impl Clock) -> Self {
            self.core.clock(clock);
            self
        }
    }
}

/// What is set about what travels, and how.
fn transfer() -> TokenStream {
    quote! {
        #[doc = " Sets how long the body of a response may be, in bytes. The default is 64 MiB."]
        pub fn max_response(mut self, bytes: usize) -> Self {
            self.core.max_response(bytes);
            self
        }

        #[doc = " Sets a header of every call."]
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.core.header(name, value);
            self
        }

        #[doc = " Sets the header `User-Agent` of every call."]
        pub fn user_agent(mut self, value: &str) -> Self {
            self.core.user_agent(value);
            self
        }

        #[doc = " Sets what carries the requests, instead of reqwest."]
        pub fn transport(mut self, transport: impl Transport) -> Self {
            self.core.transport(transport);
            self
        }
    }
}

fn hoisted(setting: &Hoisted, types: &Types) -> TokenStream {
    let (name, constant, text) = (
        ident(&setting.name),
        ident(&setting.constant),
        docs(&setting.docs),
    );
    let (argument, value) = types.taken(&setting.ty, Presence::Required, &setting.name, false);
    quote! {
        #text
        pub fn #name(mut self, #argument) -> Self {
            self.core.parameter(#constant, &#value);
            self
        }
    }
}

fn imports(file: &mut Source) {
    file.import("std::time::Duration");
    let runtime = [
        ("Core", "http::Core"),
        ("CoreBuilder", "http::CoreBuilder"),
        ("Parameter", "http::Parameter"),
        ("Scheme", "http::Scheme"),
        ("SchemeKind", "http::SchemeKind"),
        ("Attempt", "Attempt"),
        ("BuildError", "BuildError"),
        ("Clock", "Clock"),
        ("OAuth2", "OAuth2"),
        ("Observer", "Observer"),
        ("Outcome", "Outcome"),
        ("Retries", "Retries"),
        ("Secret", "Secret"),
        ("TokenEndpoint", "TokenEndpoint"),
        ("TokenSource", "TokenSource"),
        ("Transport", "Transport"),
        ("Value", "Value"),
    ];
    file.import_words(|word| of_runtime(&runtime, word));
}
