//! Security schemes and requirements.

use indexmap::IndexMap;

use super::keys;
use super::reader::Reader;
use super::reference::component;
use super::swagger2;
use crate::diagnostic::codes;
use crate::model::{
    ApiKeyLocation, Flow, FlowKind, SecurityRequirement, SecurityScheme, SecuritySchemeKind,
    Version,
};
use crate::resolve::Node;

/// The keys of the OAuth 2 flows (OpenAPI 3.2 §4.28).
const FLOWS: &[(&str, FlowKind)] = &[
    ("implicit", FlowKind::Implicit),
    ("password", FlowKind::Password),
    ("clientCredentials", FlowKind::ClientCredentials),
    ("authorizationCode", FlowKind::AuthorizationCode),
    ("deviceAuthorization", FlowKind::DeviceAuthorization),
];

/// Reads the `security` of the document or an operation; `None` where it is not stated.
pub(super) fn requirements<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
) -> Option<Vec<SecurityRequirement>> {
    node.value.get("security")?;
    let mut requirements = Vec::new();
    for requirement in reader.items(node, "security") {
        if reader.expect_object(&requirement) {
            let schemes = requirement.members().map(|(key, _)| key);
            let schemes = schemes.map(|key| {
                let name = scheme_name(reader, &requirement, key);
                (name, reader.texts(&requirement, key))
            });
            requirements.push(schemes.collect());
        }
    }
    Some(requirements)
}

/// The name of the scheme that a requirement means: a key that is no name is a URI of one (OpenAPI 3.2 §4.30).
fn scheme_name<'a>(reader: &Reader<'a>, requirement: &Node<'a>, key: &str) -> String {
    let by_uri = || {
        let node = reader.document.resolve(requirement, key).ok()?;
        component(&node.place)
    };
    let is_uri = reader.version >= Version::V3_2 && key.contains('#');
    let named = is_uri.then(by_uri).flatten();
    named.unwrap_or_else(|| key.to_owned())
}

/// Reads the declared security schemes.
pub(super) fn schemes<'a>(
    reader: &mut Reader<'a>,
    root: &Node<'a>,
) -> IndexMap<String, SecurityScheme> {
    let mut schemes = reader.named(root, "securityDefinitions");
    if let Some(components) = reader.object(root, "components") {
        schemes.extend(reader.named(&components, "securitySchemes"));
    }
    schemes
        .into_iter()
        .filter_map(|(name, node)| Some((name.to_owned(), scheme(reader, node)?)))
        .collect()
}

/// Reads a Security Scheme Object (OpenAPI 3.1 §4.8.27).
fn scheme<'a>(reader: &mut Reader<'a>, node: Node<'a>) -> Option<SecurityScheme> {
    let followed = reader.follow(node)?;
    let node = followed.node;
    reader.check_keys(&node, keys::SECURITY_SCHEME);
    // The words of Swagger 2.0 are read in later versions too; they have been reported.
    let is_old = reader.version == Version::V2_0 || node.value.get("flow").is_some();
    let is_basic = node.str("type") == Some("basic");
    let old = (is_old || is_basic).then(|| swagger2::scheme(reader, &node));
    let kind = match old.flatten() {
        Some(kind) => kind,
        None => kind(reader, &node)?,
    };
    Some(SecurityScheme {
        kind,
        metadata_url: reader.text(&node, "oauth2MetadataUrl"),
        deprecated: reader.flag(&node, "deprecated").unwrap_or_default(),
        description: followed
            .description
            .or_else(|| reader.text(&node, "description")),
        place: node.place,
    })
}

/// What only one type has, in whatever case the type is written.
fn kind<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<SecuritySchemeKind> {
    let stated = reader.required_text(node, "type");
    let kind = match stated.to_ascii_lowercase().as_str() {
        "apikey" => SecuritySchemeKind::ApiKey {
            name: reader.required_text(node, "name"),
            location: key_location(reader, node)?,
        },
        "http" => SecuritySchemeKind::Http {
            scheme: reader.required_text(node, "scheme").to_ascii_lowercase(),
            bearer_format: reader.text(node, "bearerFormat"),
        },
        "oauth2" => SecuritySchemeKind::OAuth2 {
            flows: flows(reader, node),
        },
        "openidconnect" => SecuritySchemeKind::OpenIdConnect {
            url: reader.required_text(node, "openIdConnectUrl"),
        },
        "mutualtls" => SecuritySchemeKind::MutualTls,
        // That it is missing has been said.
        "" => return None,
        _ => {
            let message = format!("there is no security scheme of the type `{stated}`");
            reader.report(&codes::VALUE_UNKNOWN, &node.place.child("type"), message);
            return None;
        }
    };
    Some(kind)
}

/// Where a key travels, in whatever case that is written.
fn key_location<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Option<ApiKeyLocation> {
    let stated = reader.required_text(node, "in");
    match stated.to_ascii_lowercase().as_str() {
        "query" => Some(ApiKeyLocation::Query),
        "header" => Some(ApiKeyLocation::Header),
        "cookie" => Some(ApiKeyLocation::Cookie),
        // That it is missing has been said.
        "" => None,
        _ => {
            let message = format!("API keys do not travel in `{stated}`");
            reader.report(&codes::VALUE_UNKNOWN, &node.place.child("in"), message);
            None
        }
    }
}

/// Reads the OAuth Flows Object (OpenAPI 3.1 §4.8.28).
fn flows<'a>(reader: &mut Reader<'a>, node: &Node<'a>) -> Vec<Flow> {
    let Some(flows) = reader.object(node, "flows") else {
        reader.missing(node, "flows");
        return Vec::new();
    };
    let mut found = Vec::new();
    for (key, kind) in FLOWS {
        if let Some(node) = reader.object(&flows, key) {
            found.push(flow(reader, &node, *kind));
        }
    }
    found
}

/// Reads an OAuth Flow Object (OpenAPI 3.1 §4.8.29).
pub(super) fn flow<'a>(reader: &mut Reader<'a>, node: &Node<'a>, kind: FlowKind) -> Flow {
    let device = reader.text(node, "deviceAuthorizationUrl");
    let scopes = reader.entries(node, "scopes");
    Flow {
        kind,
        authorization_url: reader.text(node, "authorizationUrl").or(device),
        token_url: reader.text(node, "tokenUrl"),
        refresh_url: reader.text(node, "refreshUrl"),
        scopes: scopes
            .into_iter()
            .map(|(scope, node)| {
                (
                    scope.to_owned(),
                    node.value.as_str().unwrap_or_default().to_owned(),
                )
            })
            .collect(),
    }
}
