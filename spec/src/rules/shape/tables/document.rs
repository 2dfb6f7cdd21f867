//! The document as a whole: root, info, servers, tags, components (OpenAPI 3.1 §4.8.1 to §4.8.7).

use super::super::checks::check_server;
use super::super::names;
use super::super::object::{Check, Kind, Object, key};
use super::content::MEDIA_TYPE;
use super::operation::{
    CALLBACK, EXAMPLE, HEADER, LINK, PARAMETER, PATH_ITEM, PATHS, REQUEST_BODY, RESPONSE,
};
use super::security::{REQUIREMENT, SECURITY_SCHEME};
use crate::model::Version::{V3_0, V3_1, V3_2};

/// OpenAPI 3.1 §4.8.1.
pub(super) static ROOT: Object = Object::new(
    "a document",
    &[
        key("openapi", Kind::String).required(),
        key("$self", Kind::String).since(V3_2),
        key("info", Kind::Object(&INFO)).required(),
        key("jsonSchemaDialect", Kind::String).since(V3_1),
        key("servers", Kind::List(&Kind::Object(&SERVER))),
        key("paths", Kind::Object(&PATHS)).required_until(V3_0),
        key(
            "webhooks",
            Kind::Map(&names::ANY, &Kind::Object(&PATH_ITEM)),
        )
        .since(V3_1),
        key("components", Kind::Object(&COMPONENTS)),
        key("security", Kind::List(&Kind::Object(&REQUIREMENT))),
        key("tags", Kind::List(&Kind::Object(&TAG))),
        key("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
    ],
)
.checks(&[Check::AtLeastOne(
    V3_1,
    &["paths", "components", "webhooks"],
)]);

/// OpenAPI 3.1 §4.8.2.
pub(super) static INFO: Object = Object::new(
    "an info object",
    &[
        key("title", Kind::String).required(),
        key("summary", Kind::String).since(V3_1),
        key("description", Kind::String),
        key("termsOfService", Kind::String),
        key("contact", Kind::Object(&CONTACT)),
        key("license", Kind::Object(&LICENSE)),
        key("version", Kind::String).required(),
    ],
);

/// OpenAPI 3.1 §4.8.3.
static CONTACT: Object = Object::new(
    "a contact",
    &[
        key("name", Kind::String),
        key("url", Kind::String),
        key("email", Kind::String),
    ],
);

/// OpenAPI 3.1 §4.8.4.
static LICENSE: Object = Object::new(
    "a license",
    &[
        key("name", Kind::String).required(),
        key("identifier", Kind::String).since(V3_1),
        key("url", Kind::String),
    ],
)
.checks(&[Check::AtMostOne(&["identifier", "url"])]);

/// OpenAPI 3.1 §4.8.5.
pub(super) static SERVER: Object = Object::new(
    "a server",
    &[
        key("url", Kind::String).required(),
        key("name", Kind::String).since(V3_2),
        key("description", Kind::String),
        key(
            "variables",
            Kind::Map(&names::ANY, &Kind::Object(&SERVER_VARIABLE)),
        ),
    ],
)
.checks(&[Check::Of(check_server)]);

/// OpenAPI 3.1 §4.8.6.
static SERVER_VARIABLE: Object = Object::new(
    "a server variable",
    &[
        key("enum", Kind::List(&Kind::String)).until(V3_0),
        key("enum", Kind::Filled(&Kind::String)).since(V3_1),
        key("default", Kind::String).required(),
        key("description", Kind::String),
    ],
);

/// OpenAPI 3.1 §4.8.22.
pub(super) static TAG: Object = Object::new(
    "a tag",
    &[
        key("name", Kind::String).required(),
        key("summary", Kind::String).since(V3_2),
        key("description", Kind::String),
        key("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        key("parent", Kind::String).since(V3_2),
        key("kind", Kind::String).since(V3_2),
    ],
);

/// OpenAPI 3.1 §4.8.11.
pub(super) static EXTERNAL_DOCS: Object = Object::new(
    "an external documentation",
    &[
        key("description", Kind::String),
        key("url", Kind::String).required(),
    ],
);

/// OpenAPI 3.1 §4.8.7.
static COMPONENTS: Object = Object::new(
    "a components object",
    &[
        key("schemas", Kind::Map(&names::COMPONENT, &Kind::Schema)),
        key(
            "responses",
            Kind::Map(&names::COMPONENT, &Kind::Referable(&RESPONSE)),
        ),
        key(
            "parameters",
            Kind::Map(&names::COMPONENT, &Kind::Referable(&PARAMETER)),
        ),
        key(
            "examples",
            Kind::Map(&names::COMPONENT, &Kind::Referable(&EXAMPLE)),
        ),
        key(
            "requestBodies",
            Kind::Map(&names::COMPONENT, &Kind::Referable(&REQUEST_BODY)),
        ),
        key(
            "headers",
            Kind::Map(&names::COMPONENT, &Kind::Referable(&HEADER)),
        ),
        key(
            "securitySchemes",
            Kind::Map(&names::COMPONENT, &Kind::Referable(&SECURITY_SCHEME)),
        ),
        key(
            "links",
            Kind::Map(&names::COMPONENT, &Kind::Referable(&LINK)),
        ),
        key(
            "callbacks",
            Kind::Map(&names::COMPONENT, &Kind::Referable(&CALLBACK)),
        ),
        key(
            "pathItems",
            Kind::Map(&names::COMPONENT, &Kind::Object(&PATH_ITEM)),
        )
        .since(V3_1),
        key(
            "mediaTypes",
            Kind::Map(&names::COMPONENT, &Kind::Referable(&MEDIA_TYPE)),
        )
        .since(V3_2),
    ],
);
