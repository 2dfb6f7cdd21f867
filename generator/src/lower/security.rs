//! Credentials: declared security schemes, and header parameters that are credentials in fact.

use bindery_spec::diagnostic::codes;
use bindery_spec::model::{
    ApiKeyLocation, FlowKind, Location, Operation, Parameter, SecurityScheme, SecuritySchemeKind,
};
use bindery_spec::{Api, Diagnostics};

use super::docs::Docs;
use super::grant::lower_grants;
use super::notes;
use crate::ir::{Case, Credential, CredentialKind, Name, Scope};

/// The credentials of an API, and how its operations refer to them.
#[derive(Debug)]
pub(super) struct Credentials {
    /// All of them.
    pub(super) all: Vec<Credential>,
    /// The name of the scheme of each; `None` for the header that is one in fact.
    schemes: Vec<Option<String>>,
}

/// The methods that every client builder has.
pub(super) const BUILDER_METHODS: &[&str] = &[
    "base_url",
    "build",
    "clock",
    "connect_timeout",
    "header",
    "jitter_seed",
    "max_concurrency",
    "max_response",
    "no_timeout",
    "observer",
    "on_attempt",
    "retries",
    "timeout",
    "transport",
    "user_agent",
];

/// Lowers the schemes that operations use, in the order in which the document declares them.
pub(super) fn lower_credentials(
    api: &Api,
    names: &mut Scope,
    constants: &mut Scope,
    sink: &mut Diagnostics,
) -> Credentials {
    let mut credentials = Credentials {
        all: Vec::new(),
        schemes: Vec::new(),
    };
    let used = |name: &String| {
        api.operations.iter().any(|operation| {
            operation
                .security
                .iter()
                .any(|need| need.contains_key(name))
        })
    };
    for (name, scheme) in api.security_schemes.iter().filter(|(name, _)| used(name)) {
        report_rest(name, scheme, sink);
        if let Some(kind) = kind(scheme) {
            let setting = setting(name, &kind);
            let setter = names.mint_first(&[setting, name]);
            credentials.all.push(Credential {
                constant: constants.mint_first(&[name]),
                title: name.clone(),
                docs: describe(
                    scheme.description.as_deref(),
                    &kind,
                    &notes::of_scheme(scheme),
                ),
                source: source(&setter, &kind, names),
                grants: lower_grants(api, name, scheme, names),
                name: setter,
                kind,
            });
            credentials.schemes.push(Some(name.clone()));
        }
    }
    let in_fact: Vec<_> = api.operations.iter().filter_map(in_fact).collect();
    if let Some(parameter) = in_fact
        .first()
        .filter(|_| !credentials.sends_authorization())
    {
        let kind = guess_kind(&in_fact);
        let setter = names.mint_first(&[setting("authorization", &kind), "authorization"]);
        credentials.all.push(Credential {
            constant: constants.mint("authorization"),
            title: "Authorization".to_owned(),
            docs: describe(parameter.description.as_deref(), &kind, ""),
            source: source(&setter, &kind, names),
            grants: Vec::new(),
            name: setter,
            kind,
        });
        credentials.schemes.push(None);
    }
    credentials
}

impl Credentials {
    /// The alternatives that authorize an operation. What the transport holds does not count: an alternative of that
    /// alone is an empty one.
    pub(super) fn of(&self, operation: &Operation) -> Vec<Vec<usize>> {
        let known = |name: &String| {
            self.schemes
                .iter()
                .position(|scheme| scheme.as_ref() == Some(name))
        };
        let alternatives = operation
            .security
            .iter()
            .map(|need| need.keys().filter_map(known).collect());
        let mut alternatives: Vec<Vec<usize>> = alternatives.collect();
        if let Some(parameter) = in_fact(operation)
            && let Some(index) = self.authorization()
            && !alternatives.iter().any(|own| own.contains(&index))
        {
            if alternatives.is_empty() && !parameter.required {
                alternatives.push(Vec::new());
            }
            alternatives.insert(0, vec![index]);
        }
        if alternatives.iter().all(Vec::is_empty) {
            alternatives.clear();
        }
        alternatives
    }

    fn sends_authorization(&self) -> bool {
        self.authorization().is_some()
    }

    /// The credential that travels in the header `Authorization`.
    fn authorization(&self) -> Option<usize> {
        self.all
            .iter()
            .position(|credential| match &credential.kind {
                CredentialKind::Http(_) | CredentialKind::Basic => true,
                CredentialKind::Header(name) => name.eq_ignore_ascii_case("authorization"),
                CredentialKind::Query(_) | CredentialKind::Cookie(_) => false,
            })
    }
}

/// Whether a parameter is the header of the credential rather than something that callers set.
pub(super) fn is_credential(parameter: &Parameter) -> bool {
    parameter.location == Location::Header && parameter.name.eq_ignore_ascii_case("authorization")
}

fn in_fact(operation: &Operation) -> Option<&Parameter> {
    operation
        .parameters
        .iter()
        .find(|parameter| is_credential(parameter))
}

/// What the parameters say about themselves tells what stands before the token.
fn guess_kind(parameters: &[&Parameter]) -> CredentialKind {
    let says = |word: &str| {
        parameters.iter().any(|parameter| {
            let examples = parameter
                .examples
                .iter()
                .filter_map(|example| example.value.as_ref()?.as_str());
            let mut texts = parameter.description.as_deref().into_iter().chain(examples);
            texts.any(|text| text.to_ascii_lowercase().contains(word))
        })
    };
    if says("bearer") {
        CredentialKind::Http("Bearer".to_owned())
    } else if says("basic ") {
        CredentialKind::Basic
    } else {
        CredentialKind::Header("Authorization".to_owned())
    }
}

fn kind(scheme: &SecurityScheme) -> Option<CredentialKind> {
    Some(match &scheme.kind {
        SecuritySchemeKind::ApiKey { name, location } => match location {
            ApiKeyLocation::Query => CredentialKind::Query(name.clone()),
            ApiKeyLocation::Header => CredentialKind::Header(name.clone()),
            ApiKeyLocation::Cookie => CredentialKind::Cookie(name.clone()),
        },
        SecuritySchemeKind::Http { scheme, .. } if scheme == "basic" => CredentialKind::Basic,
        SecuritySchemeKind::Http { scheme, .. } => {
            let mut chars = scheme.chars();
            let first = chars.next().map(|c| c.to_ascii_uppercase());
            CredentialKind::Http(first.into_iter().chain(chars).collect())
        }
        SecuritySchemeKind::OAuth2 { .. } | SecuritySchemeKind::OpenIdConnect { .. } => {
            CredentialKind::Http("Bearer".to_owned())
        }
        // The transport holds the certificate.
        SecuritySchemeKind::MutualTls => return None,
    })
}

/// Says what of a scheme a client leaves to its user.
fn report_rest(name: &str, scheme: &SecurityScheme, sink: &mut Diagnostics) {
    let person = |flow: FlowKind| {
        matches!(
            flow,
            FlowKind::Implicit | FlowKind::AuthorizationCode | FlowKind::DeviceAuthorization
        )
    };
    let rest = match &scheme.kind {
        SecuritySchemeKind::MutualTls => "its certificate is to be given to the transport",
        SecuritySchemeKind::OAuth2 { flows } if flows.iter().any(|flow| person(flow.kind)) => {
            "a person has to authorize the client first; it takes the tokens that this comes to"
        }
        SecuritySchemeKind::Http { scheme, .. } if !STATIC.contains(&scheme.as_str()) => {
            "the credential is sent as it is given, and challenges of the server are not answered"
        }
        _ => return,
    };
    let message = format!("of the security scheme `{name}`, {rest}");
    sink.push(codes::SECURITY_PARTIAL.at(&scheme.place, message));
}

/// The schemes of HTTP whose credential is the same for every request.
const STATIC: &[&str] = &["basic", "bearer"];

/// The setting for a source of tokens.
fn source(setter: &str, kind: &CredentialKind, names: &mut Scope) -> Option<Name> {
    let is_token = matches!(kind, CredentialKind::Http(_));
    is_token.then(|| names.mint(&format!("{setter} source")))
}

fn setting<'n>(name: &'n str, kind: &CredentialKind) -> &'n str {
    match kind {
        CredentialKind::Http(word) if word == "Bearer" => "bearer_token",
        CredentialKind::Basic => "basic_auth",
        _ => name,
    }
}

fn describe(description: Option<&str>, kind: &CredentialKind, more: &str) -> String {
    let mut docs = Docs::default();
    docs.paragraph(&match kind {
        CredentialKind::Http(word) => {
            format!("Sets the token that authorizes calls, without the word `{word}`.")
        }
        CredentialKind::Basic => "Sets the user and the password that authorize calls.".to_owned(),
        CredentialKind::Header(name) => {
            format!("Sets the key that authorizes calls, sent as the header `{name}`.")
        }
        CredentialKind::Query(name) => {
            format!("Sets the key that authorizes calls, sent as `{name}` in the query.")
        }
        CredentialKind::Cookie(name) => {
            format!("Sets the key that authorizes calls, sent as the cookie `{name}`.")
        }
    });
    docs.markdown(description.unwrap_or_default());
    docs.markdown(more);
    docs.finish()
}

/// A scope for the settings of a client.
pub(super) fn settings_scope() -> Scope {
    Scope::new(Case::Setter, BUILDER_METHODS)
}
