//! The front page of a crate: what the document says about itself.

use bindery_spec::Api;
use bindery_spec::model::{Contact, License, Server};

use super::docs::{Docs, with_stop};
use super::notes::{code, line, more, url};
use crate::ir::{Item, Type};
use crate::lower::operation::received::Received;
use crate::markdown::to_rustdoc;

/// The docs of the crate. `items` are its types, with the names that they keep.
pub(super) fn of_api(api: &Api, received: &[Received], items: &[Item]) -> String {
    let info = &api.info;
    let mut docs = Docs::default();
    let summary = info.summary.as_deref().unwrap_or_default();
    docs.markdown(summary);
    docs.markdown(info.description.as_deref().unwrap_or_default());
    docs.markdown(&more(api.external_docs.as_ref()).unwrap_or_default());
    let mut facts = Vec::new();
    if !info.version.trim().is_empty() {
        facts.push(format!("Version of the document: {}.", code(&info.version)));
    }
    facts.extend(info.contact.as_ref().and_then(contact));
    facts.extend(info.license.as_ref().map(license));
    let terms = info.terms_of_service.as_deref();
    facts.extend(terms.map(|terms| format!("Terms of service: {}.", url(terms))));
    docs.markdown(&facts.join(" "));
    docs.markdown(&servers(&api.servers));
    docs.paragraph(&sent_by_itself(received, items));
    docs.finish()
}

fn contact(contact: &Contact) -> Option<String> {
    let name = contact.name.as_deref().map(line);
    let email = contact.email.as_deref().map(code);
    let parts: Vec<_> = name
        .into_iter()
        .chain(email)
        .chain(contact.url.as_deref().map(url))
        .filter(|part| !part.is_empty())
        .collect();
    (!parts.is_empty()).then(|| format!("Contact: {}.", parts.join(", ")))
}

fn license(license: &License) -> String {
    let name = line(&license.name);
    let identifier = license.identifier.as_deref().filter(|id| **id != *name);
    let parts: Vec<_> = std::iter::once(name.clone())
        .chain(identifier.map(code))
        .chain(license.url.as_deref().map(url))
        .filter(|part| !part.is_empty())
        .collect();
    format!("Licence: {}.", parts.join(", "))
}

/// The servers, where there is a choice or something to fill in.
fn servers(servers: &[Server]) -> String {
    let says = |server: &Server| {
        server.name.is_some() || server.description.is_some() || !server.variables.is_empty()
    };
    if servers.len() < 2 && !servers.iter().any(says) {
        return String::new();
    }
    let items: Vec<_> = servers.iter().map(server).collect();
    format!("Servers:\n\n{}", items.join("\n"))
}

fn server(server: &Server) -> String {
    let texts = [&server.name, &server.description].into_iter().flatten();
    let texts = texts.map(|text| with_stop(&line(text)));
    let variables = server.variables.iter().map(|(name, variable)| {
        let values: Vec<_> = variable.values.iter().map(|value| code(value)).collect();
        let choice = if values.is_empty() {
            String::new()
        } else {
            format!(", of {}", values.join(", "))
        };
        let text = variable
            .description
            .as_deref()
            .map(line)
            .unwrap_or_default();
        let (text, default) = (with_stop(&text), code(&variable.default));
        let text = format!("{} is {default}{choice}. {text}", code(name));
        text.trim_end().to_owned()
    });
    let said = texts.chain(variables).filter(|text| !text.is_empty());
    let said: Vec<_> = said.collect();
    let url = code(&server.url);
    if said.is_empty() {
        format!("- {url}")
    } else {
        format!("- {url}: {}", said.join(" "))
    }
}

/// What the API sends by itself, with the types that it comes in.
fn sent_by_itself(received: &[Received], items: &[Item]) -> String {
    if received.is_empty() {
        return String::new();
    }
    let listed = received.iter().map(|own| {
        let text = own.text.as_deref().map(line).unwrap_or_default();
        let text = format!("- {} {}", code(&own.called), with_stop(&text));
        let named = match &own.ty {
            Some(Type::Item(id)) => {
                let name = &items[id.0 as usize].name;
                format!(" ([`{name}`](crate::types::{name}))")
            }
            _ => String::new(),
        };
        let answers = match own.answers.join(" ") {
            none if none.is_empty() => none,
            answers => format!(" Answered by {}", to_rustdoc(&answers)),
        };
        format!("{}{named}{answers}", to_rustdoc(text.trim_end()))
    });
    let listed: Vec<_> = listed.collect();
    format!(
        "Webhooks and callbacks, which the API sends by itself; `from_json` of its type reads what comes:\n\n{}",
        listed.join("\n")
    )
}
