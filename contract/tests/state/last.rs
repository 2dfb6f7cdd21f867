//! Lists that lead on from the key of their last item, while they say that more items follow.

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use bindery_contract::spec::read_text;
use bindery_contract::{Mock, Options};
use serde_json::Value;

use super::{assert_among, findings, places};

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Mint, version: 1.0.0 }
paths:
  /coins:
    get:
      operationId: coins
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50, default: 20 } }
        - { name: starting_after, in: query, schema: { type: integer, minimum: 1 } }
      responses:
        "200":
          description: All.
          content:
            application/json:
              schema:
                type: object
                required: [data, has_more]
                properties:
                  data: { type: array, items: { $ref: "#/components/schemas/Coin" } }
                  has_more: { type: boolean }
    post:
      operationId: strike
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string, minLength: 1, maxLength: 20 } } } } } }
      responses: { "201": { $ref: "#/components/responses/Coin" } }
  /coins/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get: { operationId: coin, responses: { "200": { $ref: "#/components/responses/Coin" }, "404": { description: None. } } }
    delete: { operationId: melt, responses: { "204": { description: Gone. }, "404": { description: None. } } }
components:
  responses:
    Coin: { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Coin" } } } }
  schemas:
    Coin: { type: object, required: [id, name], properties: { id: { type: integer, minimum: 1 }, name: { type: string } } }
"##;

/// What is wrong with the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Defect {
    None,
    /// The first page comes whatever is asked for.
    Stuck,
    /// The item that is asked for is shown again.
    Inclusive,
    /// Nothing is said to follow.
    EndsEarly,
}

async fn serve(State((mock, defect)): State<(Mock, Defect)>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body in memory");
    let target = parts.uri.to_string();
    let asked = target.split_once("starting_after=");
    let before = |key: &str| {
        key.parse::<u64>()
            .map_or(1, |key| key.saturating_sub(1).max(1))
    };
    let target = match (defect, asked) {
        (Defect::Stuck, Some((start, _))) => format!("{start}x=1"),
        (Defect::Inclusive, Some((start, key))) => format!("{start}starting_after={}", before(key)),
        _ => target,
    };
    parts.uri = target.parse().expect("a target");
    let response = mock.answer(&Request::from_parts(parts, body));
    let ended = |body: Bytes| {
        let mut page: Value = serde_json::from_slice(&body).unwrap_or_default();
        match page.pointer_mut("/has_more") {
            Some(more) if defect == Defect::EndsEarly => {
                *more = false.into();
                page.to_string().into()
            }
            _ => body,
        }
    };
    response.map(ended).map(Into::into)
}

async fn found(defect: Defect) -> Vec<String> {
    let mock = Mock::new(read_text("mint.yaml", DOCUMENT).api.expect("a document")).stateful();
    let router = Router::new().fallback(serve).with_state((mock, defect));
    let options = Options::in_process(router).seed(3);
    places(&findings(DOCUMENT, &options).await)
}

#[tokio::test]
async fn pages_are_read_from_the_key_of_the_last_item_while_more_follow() {
    assert_eq!(found(Defect::None).await, [] as [&str; 0]);
    for (defect, code) in [
        (Defect::Stuck, "page-stuck"),
        (Defect::Inclusive, "pages-overlap"),
        (Defect::EndsEarly, "pages-lose"),
    ] {
        let expected = format!("{code} coins query starting_after");
        assert_among(&expected, &found(defect).await);
    }
}
