//! The credentials of a client: what is known of each, and how it is set.

use proc_macro2::TokenStream;
use quote::quote;

use super::text::{docs, ident};
use crate::ir::{Credential, CredentialKind, Grant, GrantKind, Name, TokenEndpoint};

/// What is known of a credential.
pub(super) fn scheme(credential: &Credential) -> TokenStream {
    let (name, title) = (ident(&credential.constant), &credential.title);
    let text = docs(&format!("The credential `{}`.", title.replace('`', "'")));
    let kind = match &credential.kind {
        CredentialKind::Http(word) => quote!(Http(#word)),
        CredentialKind::Basic => quote!(Http("Basic")),
        CredentialKind::Header(name) => quote!(Header(#name)),
        CredentialKind::Query(name) => quote!(Query(#name)),
        CredentialKind::Cookie(name) => quote!(Cookie(#name)),
    };
    quote! {
        #text
        pub(crate) const #name: &Scheme = &Scheme { name: #title, kind: SchemeKind::#kind };
    }
}

/// The settings of a credential.
pub(super) fn settings(credential: &Credential) -> TokenStream {
    let (plain, source) = (secret(credential), credential.source.as_ref());
    let source = source.map(|name| token_source(credential, name));
    let grants = credential.grants.iter().map(|way| grant(credential, way));
    quote!(#plain #source #(#grants)*)
}

/// The setting for tokens that are asked for when they are needed.
fn token_source(credential: &Credential, name: &Name) -> TokenStream {
    let (plain, name, constant) = (&credential.name, ident(name), ident(&credential.constant));
    let text = docs(&format!(
        "Sets where the tokens come from that [`{0}`](Self::{0}) would set. A token is kept until shortly before it \
         expires, and asked for anew when a server refuses it.",
        plain.trim_start_matches("r#")
    ));
    quote! {
        #text
        pub fn #name(mut self, source: impl TokenSource) -> Self {
            self.core.token_source(#constant, source);
            self
        }
    }
}

/// The setting for a grant of OAuth 2.
fn grant(credential: &Credential, grant: &Grant) -> TokenStream {
    let (name, constant) = (ident(&grant.name), ident(&credential.constant));
    let text = docs(&grant.docs);
    let endpoint = match &grant.endpoint {
        TokenEndpoint::At(url) => quote!(TokenEndpoint::At(#url.into())),
        TokenEndpoint::Discovered(url) => quote!(TokenEndpoint::Discovered(#url.into())),
    };
    let (arguments, made) = match grant.kind {
        GrantKind::ClientCredentials => (
            quote!(client_secret: impl Into<Secret>),
            quote!(OAuth2::client_credentials(
                endpoint,
                client_id,
                client_secret
            )),
        ),
        GrantKind::RefreshToken => (
            quote!(refresh_token: impl Into<Secret>),
            quote!(OAuth2::refresh_token(endpoint, client_id, refresh_token)),
        ),
        GrantKind::Password => (
            quote!(user: impl Into<String>, password: impl Into<Secret>),
            quote!(OAuth2::password(endpoint, client_id, user, password)),
        ),
    };
    let scopes = (!grant.scopes.is_empty()).then(|| {
        let scopes = &grant.scopes;
        quote!(.scopes([#(#scopes),*]))
    });
    quote! {
        #text
        pub fn #name(mut self, client_id: impl Into<String>, #arguments) -> Self {
            let endpoint = #endpoint;
            self.core.token_source(#constant, #made #scopes);
            self
        }
    }
}

/// The setting for what is shown as it is.
fn secret(credential: &Credential) -> TokenStream {
    let (name, constant) = (ident(&credential.name), ident(&credential.constant));
    let text = docs(&credential.docs);
    if credential.kind == CredentialKind::Basic {
        return quote! {
            #text
            pub fn #name(mut self, user: &str, password: impl Into<Secret>) -> Self {
                self.core.basic(#constant, user, &password.into());
                self
            }
        };
    }
    quote! {
        #text
        pub fn #name(mut self, secret: impl Into<Secret>) -> Self {
            self.core.credential(#constant, secret.into());
            self
        }
    }
}
