//! Grants: the flows of OAuth 2 that need no person, and what they ask for.

use bindery_spec::Api;
use bindery_spec::model::{Flow, FlowKind, SecurityScheme, SecuritySchemeKind};

use super::docs::Docs;
use crate::ir::{Grant, GrantKind, Scope, TokenEndpoint};

/// Lowers the ways to get a token that a scheme describes, each once.
pub(super) fn lower_grants(
    api: &Api,
    scheme: &str,
    described: &SecurityScheme,
    names: &mut Scope,
) -> Vec<Grant> {
    let scopes = scopes(api, scheme);
    let mut grants: Vec<Grant> = Vec::new();
    for (kind, endpoint) in ways(&described.kind) {
        if grants.iter().any(|grant| grant.kind == kind) {
            continue;
        }
        let called = match kind {
            GrantKind::ClientCredentials => "oauth2 client credentials",
            GrantKind::RefreshToken => "oauth2 refresh token",
            GrantKind::Password => "oauth2 password",
        };
        grants.push(Grant {
            name: names.mint_first(&[called, &called.replace("oauth2", scheme)]),
            docs: describe(kind, &endpoint, &scopes),
            scopes: scopes.clone(),
            kind,
            endpoint,
        });
    }
    grants
}

fn ways(kind: &SecuritySchemeKind) -> Vec<(GrantKind, TokenEndpoint)> {
    match kind {
        SecuritySchemeKind::OAuth2 { flows } => flows.iter().flat_map(of_flow).collect(),
        // Which of the grants a provider has, its own description says.
        SecuritySchemeKind::OpenIdConnect { url } => {
            let grants = [GrantKind::ClientCredentials, GrantKind::RefreshToken];
            let endpoint = || TokenEndpoint::Discovered(url.clone());
            grants.map(|grant| (grant, endpoint())).into()
        }
        SecuritySchemeKind::ApiKey { .. }
        | SecuritySchemeKind::Http { .. }
        | SecuritySchemeKind::MutualTls => Vec::new(),
    }
}

fn of_flow(flow: &Flow) -> Vec<(GrantKind, TokenEndpoint)> {
    let at = |url: &Option<String>| url.clone().map(TokenEndpoint::At);
    let first = match flow.kind {
        FlowKind::ClientCredentials => Some(GrantKind::ClientCredentials),
        FlowKind::Password => Some(GrantKind::Password),
        FlowKind::Implicit | FlowKind::AuthorizationCode | FlowKind::DeviceAuthorization => None,
    };
    let first = first.zip(at(&flow.token_url));
    // Only a person's grant comes with a refresh token (RFC 6749 §4.2.2, §4.4.3).
    let personal = !matches!(flow.kind, FlowKind::Implicit | FlowKind::ClientCredentials);
    let refresh = at(&flow.refresh_url).or_else(|| at(&flow.token_url));
    let refresh = refresh.filter(|_| personal);
    let refresh = refresh.map(|endpoint| (GrantKind::RefreshToken, endpoint));
    first.into_iter().chain(refresh).collect()
}

/// The scopes that operations need, in the order in which they come up.
fn scopes(api: &Api, scheme: &str) -> Vec<String> {
    let mut scopes: Vec<String> = Vec::new();
    let needs = api.operations.iter().flat_map(|own| &own.security);
    for scope in needs.filter_map(|need| need.get(scheme)).flatten() {
        if !scopes.contains(scope) {
            scopes.push(scope.clone());
        }
    }
    scopes
}

fn describe(kind: GrantKind, endpoint: &TokenEndpoint, scopes: &[String]) -> String {
    let quoted = |text: &str| format!("`{}`", text.replace('`', "'"));
    let how = match kind {
        GrantKind::ClientCredentials => "the id and the secret of this client",
        GrantKind::RefreshToken => "a refresh token that was given to this client",
        GrantKind::Password => "the name and the password of a person",
    };
    let place = match endpoint {
        TokenEndpoint::At(url) => format!("at {}", quoted(url)),
        TokenEndpoint::Discovered(url) => {
            format!(
                "where the provider says that is described at {}",
                quoted(url)
            )
        }
    };
    let mut docs = Docs::default();
    docs.paragraph(&format!(
        "Lets the client ask for its tokens {place}, with {how}."
    ));
    if !scopes.is_empty() {
        let scopes: Vec<_> = scopes.iter().map(|scope| quoted(scope)).collect();
        docs.paragraph(&format!(
            "The scopes that it asks for: {}.",
            scopes.join(", ")
        ));
    }
    docs.paragraph("For other scopes, parameters or ways to show a secret, see `OAuth2`.");
    docs.finish()
}
