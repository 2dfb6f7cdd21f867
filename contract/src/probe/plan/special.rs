//! What is not about values: credentials, undeclared methods, undeclared media types.

use bindery_spec::Value;
use bindery_spec::model::Status;
use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderValue, Method};

use super::super::credentials::{credential_cookies, credential_headers, is_place_of};
use super::super::{Case, Content, Draft, Expect, Quirk};
use super::Planner;
use super::wire::STRANGER;
use crate::validate::{Part, Spot, asks_for_credential, media, pointer_to, rule};
use crate::wire::encode_body;

impl Planner<'_> {
    /// The cases that break what surrounds the values.
    pub(super) fn special_cases(&self, base: &Draft) -> Vec<Case> {
        let mut cases = self.credential_cases(base);
        cases.extend(self.media_type_case(base));
        cases.extend(self.part_cases(base));
        cases.extend(self.method_case(base));
        cases.extend(self.accept_cases(base));
        cases
    }

    /// Each media type of a success alone: of all of them a server gives its first.
    fn accept_cases(&self, base: &Draft) -> Vec<Case> {
        let mut names: Vec<&str> = Vec::new();
        let responses = self.operation.responses.iter();
        let successes = responses.filter(|own| is_success(own.status));
        for media in successes.flat_map(|own| &own.content) {
            if !media.name.contains('*') && !names.contains(&media.name.as_str()) {
                names.push(&media.name);
            }
        }
        let names = names.iter().filter(|_| names.len() > 1);
        let cases = names.filter_map(|name| {
            let draft = Draft {
                quirk: Some(Quirk::Header(ACCEPT, HeaderValue::from_str(name).ok()?)),
                ..base.clone()
            };
            let spot = Spot::whole(Part::Request);
            Some(Case::valid(draft, spot, "accept", true))
        });
        cases.collect()
    }

    fn credential_cases(&self, base: &Draft) -> Vec<Case> {
        let api = &self.contract.api;
        let operation = self.operation;
        let required = asks_for_credential(api, operation);
        let names = credential_headers(api, operation);
        let parameter = operation.parameters.iter().position(|parameter| {
            parameter.required && names.contains(&parameter.name.to_ascii_lowercase())
        });
        if !required && parameter.is_none() {
            return self.anonymous_case(base).into_iter().collect();
        }
        let spot = Spot::whole(if let Some(index) = parameter {
            Self::spot(&operation.parameters[index]).part
        } else {
            let first = operation
                .security
                .iter()
                .flat_map(|requirement| requirement.keys())
                .next();
            Part::Credential(first.cloned().unwrap_or_default())
        });
        let schemes: Vec<_> = operation
            .security
            .iter()
            .flat_map(|way| way.keys())
            .collect();
        let mut missing = Draft {
            credentials: base.credentials.without(api, operation),
            parameters: self.without_places(base, &schemes),
            ..base.clone()
        };
        if let Some(index) = parameter {
            missing.parameters[index] = None;
        }
        let mut cases = vec![Case::new(
            missing,
            spot.clone(),
            rule::SECURITY,
            Expect::Unauthorized,
        )];
        // A wrong credential shows something only beside a right one.
        let cookie = self.options.fixes("cookie") && !credential_cookies(api, operation).is_empty();
        let given = cookie || names.iter().any(|name| self.options.fixes(name));
        if given || self.options.has_secret(operation) {
            let wrong = Draft {
                credentials: base.credentials.wrong(api, operation),
                ..base.clone()
            };
            let blank = base.credentials.blank(api, operation);
            let blank = blank.map(|credentials| Draft {
                credentials,
                ..base.clone()
            });
            let case = |draft, rule| Case::new(draft, spot.clone(), rule, Expect::Unauthorized);
            cases.push(case(wrong, "credential"));
            cases.extend(blank.map(|blank| case(blank, "empty")));
        }
        cases.extend(self.partial_cases(base));
        if given || self.options.has_secret(operation) {
            cases.extend(self.other_ways(base));
        }
        cases
    }

    /// Each other way in, with credentials that nobody gave out (OpenAPI 3.1 §4.8.30).
    fn other_ways(&self, base: &Draft) -> Vec<Case> {
        let Some(taken) = self.options.way(self.operation) else {
            return Vec::new();
        };
        let cases = self.operation.security.iter().filter_map(|other| {
            let ways = (taken, other);
            let api = &self.contract.api;
            let credentials = base.credentials.wrong_way(api, self.operation, ways)?;
            let names: Vec<&String> = other.keys().collect();
            let draft = Draft {
                credentials,
                parameters: self.without_places(base, &names),
                ..base.clone()
            };
            let spot = Spot::whole(Part::Credential(other.keys().next()?.clone()));
            Some(Case::new(draft, spot, "alternative", Expect::Unauthorized))
        });
        cases.collect()
    }

    /// What asks for no credential is served without those that the caller gave for all requests.
    fn anonymous_case(&self, base: &Draft) -> Option<Case> {
        let credentials = base.credentials.anonymous(&self.contract.api);
        let differs = credentials != base.credentials;
        let draft = Draft {
            credentials,
            ..base.clone()
        };
        let spot = Spot::whole(Part::Request);
        differs.then(|| Case::valid(draft, spot, "anonymous", true))
    }

    /// One of several credentials that are asked for together is missing, and what is left is enough for no other way in
    /// (OpenAPI 3.1 §4.8.30).
    fn partial_cases(&self, base: &Draft) -> Vec<Case> {
        let way = self.options.way(self.operation).filter(|way| way.len() > 1);
        let Some(way) = way else { return Vec::new() };
        let cases = way.keys().filter_map(|lacking| {
            let left = |name: &String| name != lacking && way.contains_key(name);
            let mut others = self.operation.security.iter();
            let enough = others.any(|other| other.keys().all(left));
            let credentials = base.credentials.lacking(&self.contract.api, way, lacking)?;
            let draft = Draft {
                credentials,
                parameters: self.without_places(base, &[lacking]),
                ..base.clone()
            };
            let spot = Spot::whole(Part::Credential(lacking.clone()));
            (!enough).then(|| Case::new(draft, spot, "partial", Expect::Unauthorized))
        });
        cases.collect()
    }

    /// The parameters of a draft but for those that stand where the credentials of some schemes do.
    fn without_places(&self, base: &Draft, schemes: &[&String]) -> Vec<Option<Value>> {
        let api = &self.contract.api;
        let parameters = self.operation.parameters.iter().zip(&base.parameters);
        let left = parameters.map(|(parameter, value)| {
            let is_place = is_place_of(api, schemes, parameter);
            value.clone().filter(|_| !is_place)
        });
        left.collect()
    }

    /// A body under a media type that is not declared. JSON under another name would be read by many servers, and a
    /// text is what `fetch` sends by itself, so neither is tried.
    fn media_type_case(&self, base: &Draft) -> Option<Case> {
        let body = self.operation.body.as_ref()?;
        let stranger = [
            "application/x-bindery",
            "application/octet-stream",
            "text/csv",
        ]
        .into_iter()
        .find(|name| {
            let used = media::ContentType::parse(name);
            used.is_some_and(|used| media::choose(&body.content, &used).is_none())
        })?;
        let content = Content::Raw(stranger.to_owned(), Bytes::from_static(b"bindery"));
        let draft = Draft {
            body: content,
            ..base.clone()
        };
        Some(Case::new(
            draft,
            Spot::whole(Part::ContentType),
            rule::MEDIA_TYPE,
            Expect::UnsupportedMediaType,
        ))
    }

    /// Parts of a form under a type that their encoding does not state.
    fn part_cases(&self, base: &Draft) -> Vec<Case> {
        let Content::Value(index, value) = &base.body else {
            return Vec::new();
        };
        let body = self.operation.body.as_ref();
        let Some(media) = body.and_then(|body| body.content.get(*index)) else {
            return Vec::new();
        };
        let stated = media.encoding.iter().filter(|(name, encoding)| {
            let stated = encoding.content_type.as_deref();
            value.get(*name).is_some() && stated.is_some_and(|own| !media::is_among(own, STRANGER))
        });
        let cases = stated.filter_map(|(name, _)| {
            let mut other = media.clone();
            other.encoding.get_mut(name)?.content_type = Some(STRANGER.to_owned());
            let (content_type, bytes) = encode_body(self.contract, &other, value)?;
            let draft = Draft {
                body: Content::Raw(content_type, bytes),
                ..base.clone()
            };
            let spot = Spot::inside(Part::Body, pointer_to(name));
            Some(Case::new(draft, spot, rule::PART_TYPE, Expect::Invalid))
        });
        cases.collect()
    }

    /// A method that the path does not have. `HEAD` goes with `GET`, `OPTIONS` and `TRACE` are often answered before
    /// any application, so they are not tried; and only one operation of each path asks.
    fn method_case(&self, base: &Draft) -> Option<Case> {
        let same_path = self
            .contract
            .api
            .operations
            .iter()
            .filter(|other| other.path == self.operation.path);
        let declared: Vec<&str> = same_path
            .clone()
            .map(|other| other.method.as_str())
            .collect();
        let first = same_path.into_iter().next()?;
        if first.method != self.operation.method {
            return None;
        }
        let candidates: &[&str] = if self.options.read_only {
            &["GET"]
        } else {
            &["GET", "DELETE", "PATCH", "PUT", "POST"]
        };
        let method = candidates
            .iter()
            .find(|method| !declared.contains(*method))?;
        let method: Method = method.parse().ok()?;
        let draft = Draft {
            method: Some(method.clone()),
            body: Content::Empty,
            ..base.clone()
        };
        // Another template may have the method under the same path.
        let request = self.spell(&draft)?;
        let wrong = matches!(
            self.contract.request(&request),
            crate::validate::RequestVerdict::WrongMethod(_)
        );
        wrong.then(|| {
            Case::new(
                draft,
                Spot::whole(Part::Method),
                method.as_str(),
                Expect::UndeclaredMethod,
            )
        })
    }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..300) | Status::Range(2))
}
