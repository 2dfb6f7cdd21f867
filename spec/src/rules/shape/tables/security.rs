//! Security schemes and requirements (OpenAPI 3.1 §4.8.27 to §4.8.30).

use super::super::checks::check_security_scheme;
use super::super::names;
use super::super::object::{Check, Key, Kind, Object, Others, key};
use crate::model::Version::{V3_0, V3_1, V3_2};

/// OpenAPI 3.1 §4.8.27.
pub(super) static SECURITY_SCHEME: Object = Object::new(
    "a security scheme",
    &[
        key(
            "type",
            Kind::Word(&["apiKey", "http", "oauth2", "openIdConnect"]),
        )
        .required()
        .until(V3_0),
        key(
            "type",
            Kind::Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]),
        )
        .required()
        .since(V3_1),
        key("description", Kind::String),
        key("name", Kind::String),
        key("in", Kind::Word(&["query", "header", "cookie"])),
        key("scheme", Kind::String),
        key("bearerFormat", Kind::String),
        key("flows", Kind::Object(&FLOWS)),
        key("openIdConnectUrl", Kind::String),
        key("oauth2MetadataUrl", Kind::String).since(V3_2),
        key("deprecated", Kind::Boolean).since(V3_2),
    ],
)
.checks(&[Check::Of(check_security_scheme)]);

/// OpenAPI 3.1 §4.8.28.
static FLOWS: Object = Object::new(
    "a flows object",
    &[
        key("implicit", Kind::Object(&IMPLICIT)),
        key("password", Kind::Object(&TOKEN)),
        key("clientCredentials", Kind::Object(&TOKEN)),
        key("authorizationCode", Kind::Object(&AUTHORIZATION_CODE)),
        key("deviceAuthorization", Kind::Object(&DEVICE_AUTHORIZATION)).since(V3_2),
    ],
);

const AUTHORIZATION_URL: Key = key("authorizationUrl", Kind::String).required();
const TOKEN_URL: Key = key("tokenUrl", Kind::String).required();
const REFRESH_URL: Key = key("refreshUrl", Kind::String);
const SCOPES: Key = key("scopes", Kind::Map(&names::ANY, &Kind::String)).required();

/// OpenAPI 3.1 §4.8.29 with its `authorizationUrl`.
static IMPLICIT: Object = Object::new("a flow", &[AUTHORIZATION_URL, REFRESH_URL, SCOPES]);

/// OpenAPI 3.1 §4.8.29 with its `tokenUrl`.
static TOKEN: Object = Object::new("a flow", &[TOKEN_URL, REFRESH_URL, SCOPES]);

/// OpenAPI 3.1 §4.8.29 with both URLs.
static AUTHORIZATION_CODE: Object = Object::new(
    "a flow",
    &[AUTHORIZATION_URL, TOKEN_URL, REFRESH_URL, SCOPES],
);

/// OpenAPI 3.2 §4.29 with the URL for devices.
static DEVICE_AUTHORIZATION: Object = Object::new(
    "a flow",
    &[
        key("deviceAuthorizationUrl", Kind::String).required(),
        TOKEN_URL,
        REFRESH_URL,
        SCOPES,
    ],
);

/// OpenAPI 3.1 §4.8.30.
pub(super) static REQUIREMENT: Object = Object::new("a security requirement", &[])
    .others(Others::Named(&names::ANY, Kind::List(&Kind::String)));
