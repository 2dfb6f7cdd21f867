//! Credentials that a mock knows: what to make of those that are sent, and what to ask for.

use bindery_spec::model::{Api, ApiKeyLocation, Operation, SecuritySchemeKind};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::validate::{Part, Spot, Violation, rule};

/// A header that holds another value than the one that is known.
pub(super) fn unknown(
    known: &[(HeaderName, HeaderValue)],
    headers: &HeaderMap,
) -> Option<Violation> {
    let differs = |(name, value): &&(HeaderName, HeaderValue)| {
        headers.get(name).is_some_and(|own| own != value)
    };
    let (name, _) = known.iter().find(differs)?;
    let spot = Spot::whole(Part::Credential(name.to_string()));
    Some(Violation::new(
        spot,
        rule::SECURITY,
        "the credential is not known",
    ))
}

/// What a 401 asks for (RFC 9110 §11.6.1): one challenge for each scheme of the operation.
pub(super) fn challenges(api: &Api, operation: &Operation) -> Vec<HeaderValue> {
    let names = operation
        .security
        .iter()
        .flat_map(|requirement| requirement.keys());
    let kinds = names.filter_map(|name| Some(&api.security_schemes.get(name)?.kind));
    let mut texts: Vec<String> = kinds.map(challenge).collect();
    texts.dedup();
    if texts.is_empty() {
        texts.push("Bearer".to_owned());
    }
    texts
        .iter()
        .filter_map(|text| HeaderValue::from_str(text).ok())
        .collect()
}

fn challenge(kind: &SecuritySchemeKind) -> String {
    match kind {
        SecuritySchemeKind::Http { scheme, .. } if scheme == "basic" => {
            "Basic realm=\"mock\"".to_owned()
        }
        SecuritySchemeKind::Http { scheme, .. } => scheme.clone(),
        SecuritySchemeKind::ApiKey { name, location } => {
            let location = match location {
                ApiKeyLocation::Query => "query",
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Cookie => "cookie",
            };
            format!("ApiKey in=\"{location}\", name=\"{name}\"")
        }
        SecuritySchemeKind::OAuth2 { .. }
        | SecuritySchemeKind::OpenIdConnect { .. }
        | SecuritySchemeKind::MutualTls => "Bearer".to_owned(),
    }
}
