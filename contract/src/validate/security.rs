//! Credentials: whether one of the declared ways to authorize is there (OpenAPI 3.1 §4.8.30).

use bindery_spec::model::{Api, ApiKeyLocation, Operation, SecuritySchemeKind};
use http::{HeaderMap, HeaderName};

use super::violation::{Part, Spot, Violation, rule};
use crate::wire::{cookies, query_pairs};

/// Whether a request without any credential is refused.
pub(crate) fn asks_for_credential(api: &Api, operation: &Operation) -> bool {
    check(api, operation, "", &HeaderMap::new()).is_some()
}

/// What is missing of every alternative; nothing when one of them is satisfied.
pub(super) fn check(
    api: &Api,
    operation: &Operation,
    query: &str,
    headers: &HeaderMap,
) -> Option<Violation> {
    let satisfied = operation.security.iter().any(|requirement| {
        requirement.keys().all(|scheme| {
            let kind = api.security_schemes.get(scheme).map(|scheme| &scheme.kind);
            kind.is_none_or(|kind| is_there(kind, query, headers))
        })
    });
    if operation.security.is_empty() || satisfied {
        return None;
    }
    let names: Vec<_> = operation
        .security
        .iter()
        .flat_map(|requirement| requirement.keys())
        .collect();
    let name = names
        .first()
        .map(|name| (*name).clone())
        .unwrap_or_default();
    Some(Violation::new(
        Spot::whole(Part::Credential(name)),
        rule::SECURITY,
        "no credential that the operation asks for is there",
    ))
}

fn is_there(kind: &SecuritySchemeKind, query: &str, headers: &HeaderMap) -> bool {
    let authorization = || headers.get(http::header::AUTHORIZATION)?.to_str().ok();
    match kind {
        SecuritySchemeKind::ApiKey { name, location } => match location {
            // What is no name of a header (RFC 9110 §5.1) cannot be sent, so that nobody can ask for it.
            ApiKeyLocation::Header => {
                HeaderName::try_from(name).is_err() || headers.contains_key(name)
            }
            ApiKeyLocation::Query => query_pairs(query).iter().any(|pair| pair.name == *name),
            ApiKeyLocation::Cookie => {
                let lines = headers.get_all(http::header::COOKIE).iter();
                let mut pairs = lines
                    .filter_map(|line| line.to_str().ok())
                    .flat_map(cookies);
                pairs.any(|pair| pair.name == *name)
            }
        },
        SecuritySchemeKind::Http { scheme, .. } => {
            authorization().is_some_and(|text| has_scheme(text, scheme))
        }
        SecuritySchemeKind::OAuth2 { .. } | SecuritySchemeKind::OpenIdConnect { .. } => {
            authorization().is_some_and(|text| has_scheme(text, "bearer"))
        }
        // The certificate was shown before the first byte of the request, or the request would not be here.
        SecuritySchemeKind::MutualTls => true,
    }
}

/// Whether a header's value starts with a scheme and has something after it (RFC 9110 §11.4).
fn has_scheme(text: &str, scheme: &str) -> bool {
    text.split_once(' ')
        .is_some_and(|(own, rest)| own.eq_ignore_ascii_case(scheme) && !rest.trim().is_empty())
}
