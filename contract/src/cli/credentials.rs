//! What a run shows to get in: headers, tokens, and the secret of each security scheme.

use anyhow::{Context, bail, ensure};
use bindery_contract::spec::Api;
use bindery_contract::spec::model::{FlowKind, SecuritySchemeKind};
use bindery_contract::{ClientCredentials, Options};
use clap::Args;

/// The arguments about credentials.
#[derive(Args, Debug)]
pub(super) struct Credentials {
    /// A header that every request has; may be given several times
    #[arg(long, value_name = "NAME: VALUE")]
    header: Vec<String>,
    /// The environment variable that holds a bearer token
    #[arg(long, value_name = "VARIABLE")]
    bearer_env: Option<String>,
    /// A command of the shell that prints a bearer token
    #[arg(long, value_name = "COMMAND", conflicts_with = "bearer_env")]
    bearer_command: Option<String>,
    /// The secret of a security scheme (an API key, a token, or `user:password`): `env:VARIABLE`, `file:PATH` or
    /// `command:COMMAND`; may be given several times
    #[arg(long, value_name = "SCHEME=SOURCE")]
    credential: Vec<String>,
    /// Somebody who may use the API; of two or more, none may see what another created
    #[arg(long, value_name = "WHO=NAME: VALUE")]
    identity: Vec<String>,
    /// Gets tokens by OAuth 2.0 client credentials, as this client
    #[arg(long, value_name = "NAME", conflicts_with_all = ["bearer_env", "bearer_command"], requires = "oauth2_client_secret_env")]
    oauth2_client_id: Option<String>,
    /// The environment variable that holds the secret of the client
    #[arg(long, value_name = "VARIABLE", requires = "oauth2_client_id")]
    oauth2_client_secret_env: Option<String>,
    /// Where tokens are given out; by default where the document says
    #[arg(long, value_name = "URL", requires = "oauth2_client_id")]
    oauth2_token_url: Option<String>,
    /// What the token shall be good for; may be given several times
    #[arg(long, value_name = "SCOPE", requires = "oauth2_client_id")]
    oauth2_scope: Vec<String>,
}

impl Credentials {
    /// The options with everything that was given.
    ///
    /// # Errors
    /// When a source has no secret, or the document no such scheme.
    pub(super) fn apply(&self, api: &Api, mut options: Options) -> anyhow::Result<Options> {
        for (index, line) in self.header.iter().enumerate() {
            // The line is not shown: a secret may be all that is in it.
            let expected = || format!("--header number {} is not `Name: value`", index + 1);
            let (name, value) = line.split_once(':').with_context(expected)?;
            if is_bare(value) {
                bail!(
                    "--header number {} has nothing behind `{name}`; is a variable unset?",
                    index + 1
                );
            }
            options = options.header(name, value)?;
        }
        if let Some(token) = self.bearer()? {
            options = options.bearer(&token)?;
        }
        for (index, text) in self.credential.iter().enumerate() {
            let expected = || format!("--credential number {} is not `SCHEME=SOURCE`", index + 1);
            let (scheme, source) = text.split_once('=').with_context(expected)?;
            if !api.security_schemes.contains_key(scheme) {
                let names: Vec<&str> = api.security_schemes.keys().map(String::as_str).collect();
                bail!(
                    "the document has no security scheme `{scheme}`; it has: {}",
                    names.join(", ")
                );
            }
            options = options.credential(scheme, &secret(source)?);
        }
        for (index, text) in self.identity.iter().enumerate() {
            let expected = || format!("--identity number {} is not `WHO=Name: value`", index + 1);
            let (who, line) = text.split_once('=').with_context(expected)?;
            let (name, value) = line.split_once(':').with_context(expected)?;
            options = options.identity(who.trim(), name, value)?;
        }
        if let Some(credentials) = self.client(api)? {
            options = options.client_credentials(credentials);
        }
        Ok(options)
    }

    fn bearer(&self) -> anyhow::Result<Option<String>> {
        match (&self.bearer_command, &self.bearer_env) {
            (Some(command), _) => printed(command, "--bearer-command").map(Some),
            (None, Some(variable)) => variable_of(variable, "--bearer-env").map(Some),
            (None, None) => Ok(None),
        }
    }

    fn client(&self, api: &Api) -> anyhow::Result<Option<ClientCredentials>> {
        let Some((client_id, variable)) = self
            .oauth2_client_id
            .clone()
            .zip(self.oauth2_client_secret_env.as_ref())
        else {
            return Ok(None);
        };
        let missing = "the document names no token URL for client credentials; give one with --oauth2-token-url";
        let url = self.oauth2_token_url.clone().or_else(|| token_url(api));
        Ok(Some(ClientCredentials {
            token_url: url.context(missing)?,
            client_id,
            client_secret: variable_of(variable, "--oauth2-client-secret-env")?,
            scopes: self.oauth2_scope.clone(),
        }))
    }
}

/// Whether a value is empty, or only the scheme of a credential (RFC 9110 §11.4): a variable of the shell that is not set
/// leaves this, and a run with it would find out nothing.
fn is_bare(value: &str) -> bool {
    let schemes = ["", "basic", "bearer", "token"];
    schemes.contains(&&*value.trim().to_ascii_lowercase())
}

/// Where the document says that tokens are given out.
fn token_url(api: &Api) -> Option<String> {
    let schemes = api.security_schemes.values();
    let flows = schemes.filter_map(|scheme| match &scheme.kind {
        SecuritySchemeKind::OAuth2 { flows } => Some(flows),
        _ => None,
    });
    let mut own = flows
        .flatten()
        .filter(|flow| flow.kind == FlowKind::ClientCredentials);
    own.find_map(|flow| flow.token_url.clone())
}

/// What a source holds.
fn secret(source: &str) -> anyhow::Result<String> {
    match source.split_once(':') {
        Some(("env", variable)) => variable_of(variable, "--credential"),
        Some(("command", command)) => printed(command, "--credential"),
        Some(("file", path)) => {
            let text =
                std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
            ensure!(
                !text.trim().is_empty(),
                "{path}, which --credential names, is empty"
            );
            Ok(text.trim().to_owned())
        }
        // The source is not shown: it may be the secret itself.
        _ => bail!(
            "the source of --credential is not `env:VARIABLE`, `file:PATH` or `command:COMMAND`"
        ),
    }
}

fn variable_of(variable: &str, flag: &str) -> anyhow::Result<String> {
    match std::env::var(variable) {
        Ok(secret) if !secret.is_empty() => Ok(secret),
        _ => bail!(
            "the environment variable {variable} that {flag} names is not set; set it to the secret"
        ),
    }
}

/// What a command prints, without the line break at its end.
fn printed(command: &str, flag: &str) -> anyhow::Result<String> {
    let output = std::process::Command::new("sh")
        .args(["-c", command])
        .stderr(std::process::Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start the command of {flag}"))?;
    let token = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    ensure!(
        output.status.success() && !token.is_empty(),
        "the command of {flag} failed, or printed nothing"
    );
    Ok(token)
}
