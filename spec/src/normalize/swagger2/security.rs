//! Security schemes: `basic` is a type of its own, and OAuth 2 has one flow without an object around it.

use super::super::reader::Reader;
use super::super::security::flow;
use crate::diagnostic::codes;
use crate::model::{FlowKind, SecuritySchemeKind};
use crate::resolve::Node;

/// The names of the OAuth 2 flows.
const FLOWS: &[(&str, FlowKind)] = &[
    ("implicit", FlowKind::Implicit),
    ("password", FlowKind::Password),
    ("application", FlowKind::ClientCredentials),
    ("accessCode", FlowKind::AuthorizationCode),
];

/// Reads what only Swagger 2.0 has; `None` for what is as in later versions.
pub(in super::super) fn scheme<'a>(
    reader: &mut Reader<'a>,
    node: &Node<'a>,
) -> Option<SecuritySchemeKind> {
    match node.str("type")? {
        "basic" => Some(SecuritySchemeKind::Http {
            scheme: "basic".to_owned(),
            bearer_format: None,
        }),
        "oauth2" => {
            let name = reader.required_text(node, "flow");
            let kind = FLOWS.iter().find(|(word, _)| *word == name);
            if kind.is_none() {
                let message = format!("there is no OAuth 2 flow `{name}`");
                reader.report(&codes::VALUE_UNKNOWN, &node.place, message);
            }
            Some(SecuritySchemeKind::OAuth2 {
                flows: kind
                    .map(|(_, kind)| flow(reader, node, *kind))
                    .into_iter()
                    .collect(),
            })
        }
        _ => None,
    }
}
