//! Each deviation shows on the server that has it, and on no other.

use bindery_tests::server::{Deviation, Server};
use reqwest::{Error, Method, StatusCode};
use serde_json::Value;

use super::call::Call;

#[tokio::test]
async fn each_shows_where_it_is_planted_and_only_there() {
    let conforming = Server::conforming();
    for deviation in Deviation::ALL {
        let deviating = Server::deviating(*deviation);
        assert!(
            shows(*deviation, &deviating).await,
            "{deviation:?} does not show"
        );
        assert!(
            !shows(*deviation, &conforming).await,
            "{deviation:?} shows without being planted"
        );
    }
}

#[test]
fn none_is_named_twice() {
    let mut all = Deviation::ALL.to_vec();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), Deviation::ALL.len());
    assert!(all.len() >= 30);
}

/// Whether a server has a deviation, seen from outside.
async fn shows(deviation: Deviation, server: &Server) -> bool {
    use Deviation as D;
    match deviation {
        D::FieldMissing => session(server).await.get("session_id").is_none(),
        D::EnvelopeFieldMissing => page(server).await.get("pagination").is_none(),
        D::StringForInteger => session(server).await["message_count"].is_string(),
        D::FractionForInteger => session(server).await["message_count"].is_f64(),
        D::ObjectForArray => page(server).await["results"].is_object(),
        D::NullForObject => session(server).await["user_memory"].is_null(),
        D::NullForString => session(server).await["session_id"].is_null(),
        D::UnknownEnumValue => session(server).await["status"] == "paused",
        D::NumberAboveMaximum => number(&session(server).await, "/agent_config/temperature") > 2.0,
        D::NumberBelowMinimum => number(&session(server).await, "/agent_config/max_tokens") < 1.0,
        D::BadDateTime => text(&session(server).await, "created_at").contains("-13-"),
        D::DateTimeWithoutOffset => text(&session(server).await, "expires_at").len() == 19,

        D::UndocumentedStatus => good(server).status().await == StatusCode::PARTIAL_CONTENT,
        D::ServerError => good(server).status().await == StatusCode::INTERNAL_SERVER_ERROR,
        D::RedirectLoop => good(server).status().await == StatusCode::TEMPORARY_REDIRECT,
        D::WrongMediaType => media_type(server).await.as_deref() == Some("text/html"),
        D::MissingMediaType => media_type(server).await.is_none(),
        D::MalformedMediaType => media_type(server).await.as_deref() == Some("json"),

        D::BrokenJson => !is_json(&good(server).bytes().await),
        D::TrailingBytes => good(server).bytes().await.ends_with(b"}}}"),
        D::DuplicateKey => count(&good(server).bytes().await, "\"total\":") == 2,
        D::InvalidUtf8 => String::from_utf8(good(server).bytes().await).is_err(),

        D::TruncatedBody | D::BrokenChunk => {
            body_error(server).await.is_some_and(|e| !e.is_timeout())
        }
        D::ShortContentLength => body(server).await.is_ok_and(|body| !is_json(&body)),
        D::NotHttp | D::Reset | D::Closed => head_error(server)
            .await
            .is_some_and(|error| !error.is_timeout()),
        D::Hang => head_error(server)
            .await
            .is_some_and(|error| error.is_timeout()),
        D::Stall => body_error(server)
            .await
            .is_some_and(|error| error.is_timeout()),
        D::EndlessBody => {
            let response = good(server).send().await.unwrap();
            response.content_length() == Some(1 << 30)
        }

        D::LimitBelowMinimumAccepted => served(server, "?limit=0").await,
        D::LimitAboveMaximumAccepted => served(server, "?limit=1001").await,
        D::LimitTextAccepted => served(server, "?limit=many").await,
        D::OffsetBelowMinimumAccepted => served(server, "?offset=-1").await,
        D::OffsetAboveMaximumAccepted => served(server, "?offset=10001").await,
        D::OffsetTextAccepted => served(server, "?offset=1.5").await,
        D::IncludeTotalTextAccepted => served(server, "?include_total=maybe").await,
        D::UnknownStatusAccepted => takes(server, r#"{"status":"paused"}"#).await,
        D::NumericStatusAccepted => takes(server, r#"{"status":1}"#).await,
        D::ArrayFiltersAccepted => takes(server, r#"{"filters":[]}"#).await,
        D::TextSortAccepted => takes(server, r#"{"sort":"created_at"}"#).await,
        D::ArrayBodyAccepted => takes(server, "[]").await && takes(server, "null").await,
        D::BrokenBodyAccepted => takes(server, "{\"status\":").await,
        D::OtherMediaTypeAccepted => {
            let call = good(server).header("content-type", "text/plain");
            is_ok(call.body("{}")).await && is_ok(good(server).body("{}")).await
        }
        D::AuthorizationIgnored => {
            is_ok(Call::bare(server, Method::POST, "").header("x-namespace", "production")).await
        }
        D::TokenIgnored => is_ok(stranger(server)).await,
        D::NamespaceIgnored => {
            let token = format!("Bearer {}", bindery_tests::server::TOKEN);
            is_ok(Call::bare(server, Method::POST, "").header("authorization", &token)).await
        }

        D::MinimumLimitRejected => !served(server, "?limit=1").await,
        D::MaximumLimitRejected => !served(server, "?limit=1000").await,
        D::MinimumOffsetRejected => !served(server, "?offset=0").await,
        D::MaximumOffsetRejected => !served(server, "?offset=10000").await,
        D::FalseIncludeTotalRejected => !served(server, "?include_total=false").await,
        D::AbsentLimitRejected => !served(server, "?offset=1").await,
        D::CursorRejected => !served(server, "?limit=5&cursor=anything").await,
        D::NullStatusRejected => !takes(server, r#"{"status":null}"#).await,
        D::EnumValueRejected => !takes(server, r#"{"status":"archived"}"#).await,
        D::NullFiltersRejected => !takes(server, r#"{"filters":null}"#).await,
        D::EmptySortRejected => !takes(server, r#"{"sort":{}}"#).await,
        D::EmptyObjectRejected => !takes(server, "{}").await,
        D::AbsentBodyRejected => !served(server, "?limit=5").await,

        D::UndeclaredMethodServed => is_ok(Call::bare(server, Method::GET, "")).await,
        D::AllowMissing => {
            let call = Call::bare(server, Method::DELETE, "");
            let response = call.send().await.unwrap();
            assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
            !response.headers().contains_key("allow")
        }
        D::ErrorBodyBroken => Call::good(server, "?limit=0").value().await["detail"].is_string(),
        D::UndocumentedRefusal => {
            Call::good(server, "?limit=0").status().await == StatusCode::IM_A_TEAPOT
        }
    }
}

fn good(server: &Server) -> Call {
    Call::good(server, "")
}

fn stranger(server: &Server) -> Call {
    Call::bare(server, Method::POST, "")
        .header("authorization", "Bearer sk_of_a_stranger")
        .header("x-namespace", "production")
}

async fn page(server: &Server) -> Value {
    good(server).value().await
}

async fn session(server: &Server) -> Value {
    page(server).await["results"][0].clone()
}

fn number(value: &Value, pointer: &str) -> f64 {
    value.pointer(pointer).and_then(Value::as_f64).unwrap()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap()
}

async fn media_type(server: &Server) -> Option<String> {
    let response = good(server).send().await.unwrap();
    let value = response.headers().get("content-type")?;
    Some(value.to_str().unwrap().to_owned())
}

fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Value>(bytes).is_ok()
}

fn count(bytes: &[u8], text: &str) -> usize {
    String::from_utf8_lossy(bytes).matches(text).count()
}

async fn head_error(server: &Server) -> Option<Error> {
    good(server).send().await.err()
}

async fn body(server: &Server) -> Result<Vec<u8>, Error> {
    Ok(good(server).send().await?.bytes().await?.to_vec())
}

async fn body_error(server: &Server) -> Option<Error> {
    let response = good(server).send().await.unwrap();
    response.bytes().await.err()
}

/// Whether a query without a body is served.
async fn served(server: &Server, query: &str) -> bool {
    is_ok(Call::good(server, query)).await
}

/// Whether a body is taken.
async fn takes(server: &Server, body: &str) -> bool {
    is_ok(good(server).json(body)).await
}

async fn is_ok(call: Call) -> bool {
    call.status().await == StatusCode::OK
}
