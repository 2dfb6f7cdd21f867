//! Puts a defect into a good answer: into its JSON, its bytes, its headers or its status.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::answer::{self, Refusal};
use super::{Deviation, PATH};

/// The answer to a good request.
pub(super) fn page(page: &Value, deviation: Option<Deviation>) -> Response {
    let Some(deviation) = deviation else {
        return answer::page(page);
    };
    let mut page = page.clone();
    spoil_json(&mut page, deviation);
    let mut response = answer::page(&page);
    spoil_response(&mut response, deviation);
    if let Some(bytes) = spoil_bytes(&page.to_string(), deviation) {
        *response.body_mut() = Body::from(bytes);
    }
    response
}

/// The answer to a bad request.
pub(super) fn refusal(refusal: &Refusal, deviation: Option<Deviation>) -> Response {
    let mut response = answer::refusal(refusal);
    if !matches!(refusal, Refusal::Invalid(_)) {
        return response;
    }
    match deviation {
        Some(Deviation::ErrorBodyBroken) => {
            let broken = json!({ "detail": "The request is not valid" });
            response = answer::json(StatusCode::UNPROCESSABLE_ENTITY, &broken);
        }
        Some(Deviation::UndocumentedRefusal) => *response.status_mut() = StatusCode::IM_A_TEAPOT,
        _ => {}
    }
    response
}

fn spoil_json(page: &mut Value, deviation: Deviation) {
    match deviation {
        Deviation::EnvelopeFieldMissing => remove(page, "pagination"),
        Deviation::ObjectForArray => page["results"] = json!({}),
        _ => {
            if let Some(session) = page["results"].get_mut(0) {
                spoil_session(session, deviation);
            }
        }
    }
}

fn spoil_session(session: &mut Value, deviation: Deviation) {
    match deviation {
        Deviation::FieldMissing => remove(session, "session_id"),
        Deviation::StringForInteger => session["message_count"] = json!("12"),
        Deviation::FractionForInteger => session["message_count"] = json!(1.5),
        Deviation::NullForObject => session["user_memory"] = Value::Null,
        Deviation::NullForString => session["session_id"] = Value::Null,
        Deviation::UnknownEnumValue => session["status"] = json!("paused"),
        Deviation::NumberAboveMaximum => session["agent_config"]["temperature"] = json!(2.5),
        Deviation::NumberBelowMinimum => session["agent_config"]["max_tokens"] = json!(0),
        Deviation::BadDateTime => session["created_at"] = json!("2023-13-07T05:31:56Z"),
        Deviation::DateTimeWithoutOffset => session["expires_at"] = json!("2023-11-07T05:31:56"),
        _ => {}
    }
}

fn spoil_bytes(text: &str, deviation: Deviation) -> Option<Vec<u8>> {
    let bytes = match deviation {
        Deviation::BrokenJson => text.as_bytes()[..text.len() / 2].to_vec(),
        Deviation::TrailingBytes => [text.as_bytes(), b"}"].concat(),
        Deviation::DuplicateKey => text.replacen('{', "{\"total\":1,", 1).into_bytes(),
        Deviation::InvalidUtf8 => [b"{\"note\":\"\xff\",", &text.as_bytes()[1..]].concat(),
        _ => return None,
    };
    Some(bytes)
}

fn spoil_response(response: &mut Response, deviation: Deviation) {
    let mut media_type = |text| {
        let value = HeaderValue::from_static(text);
        response.headers_mut().insert(CONTENT_TYPE, value);
    };
    match deviation {
        Deviation::WrongMediaType => media_type("text/html"),
        Deviation::MalformedMediaType => media_type("json"),
        Deviation::MissingMediaType => {
            response.headers_mut().remove(CONTENT_TYPE);
        }
        Deviation::UndocumentedStatus => *response.status_mut() = StatusCode::PARTIAL_CONTENT,
        Deviation::ServerError => *response = answer::server_error(),
        Deviation::RedirectLoop => {
            *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
            let here = HeaderValue::from_static(PATH);
            response.headers_mut().insert(LOCATION, here);
        }
        _ => {}
    }
}

fn remove(object: &mut Value, name: &str) {
    if let Some(object) = object.as_object_mut() {
        object.remove(name);
    }
}
