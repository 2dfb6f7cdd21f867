//! Calls: what stands on the wire, and what comes back.

use golden::api::{ListSessionsError, PatchPetResponse, ProblemError};
use golden::types::*;
use golden::{ErrorKind, File, Map, Retries, Value};

use super::server::{JSON, Server, collect, run};

fn page(ids: &[&str]) -> String {
    let sessions: Vec<_> = ids
        .iter()
        .map(|id| {
            format!(
                r#"{{"session_id":"{id}","namespace_id":"n","internal_id":"i","agent_config":{{}},"status":"active",
                "message_count":1,"stats":{{}},"created_at":"t","updated_at":"t","last_activity_at":"t","expires_at":"t"}}"#
            )
        })
        .collect();
    format!(
        r#"{{"results":[{}],"total":3,"pagination":{{}}}}"#,
        sessions.join(",")
    )
}

#[test]
fn a_call_stands_on_the_wire_as_it_was_set() {
    let server = Server::json(200, page(&["a"]));
    let client = server
        .builder()
        .bearer_token("s3cret")
        .namespace("production")
        .build()
        .unwrap();
    assert!(!format!("{client:?}").contains("s3cret"));
    let call = client
        .agent_sessions()
        .list_sessions()
        .limit(50)
        .include_total(true)
        .status(SessionStatus::Active);
    let page = run(call.send()).unwrap();
    assert_eq!(page.results[0].session_id, "a");
    let asked = server.asked();
    assert_eq!(
        asked.line,
        "POST /v1/agents/sessions/list?limit=50&include_total=true"
    );
    assert_eq!(asked.body, r#"{"status":"active"}"#);
    assert_eq!(asked.header("authorization"), Some("Bearer s3cret"));
    assert_eq!(asked.header("x-namespace"), Some("production"));
    assert_eq!(asked.header("content-type"), Some("application/json"));
    assert_eq!(asked.header("accept"), Some("application/json"));
}

#[test]
fn all_violations_are_reported_and_nothing_is_sent() {
    let server = Server::json(200, page(&[]));
    let client = server.client();
    let call = client
        .agent_sessions()
        .list_sessions()
        .limit(5000)
        .offset(-1)
        .status(SessionStatus::from("paused"));
    let error = run(call.clone().send()).unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(
        error.to_string(),
        "list_sessions: invalid request: query limit: 5000 is above the maximum of 1000; \
         query offset: -1 is below the minimum of 0; \
         body /status: paused is not one of active, idle, archived, terminated"
    );
    assert_eq!(error.violations().map(|all| all.iter().count()), Some(3));
    assert!(server.was_left_alone());
    run(call.unchecked().send()).unwrap();
    assert_eq!(
        server.asked().line,
        "POST /v1/agents/sessions/list?limit=5000&offset=-1"
    );
}

#[test]
fn errors_are_typed_by_status() {
    let body = r#"{"detail":[{"loc":["query","limit"],"msg":"too big","type":"range"}]}"#;
    let server = Server::json(422, body);
    let client = server.client();
    let error = run(client.agent_sessions().list_sessions().send()).unwrap_err();
    let Some(ListSessionsError::UnprocessableEntity(details)) = error.api() else {
        panic!("{error:?}")
    };
    assert_eq!(details.detail.as_ref().map(Vec::len), Some(1));
    assert_eq!(
        error.to_string(),
        "list_sessions: 422 Unprocessable Entity: too big (request req-1)"
    );

    let server = Server::json(
        404,
        r#"{"status":404,"error":{"type":"NotFound","message":"No namespace"}}"#,
    );
    let error = run(server.client().agent_sessions().list_sessions().send()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "list_sessions: 404 Not Found: NotFound: No namespace (request req-1)"
    );

    let server = Server::json(418, "tea");
    let error = run(server.client().agent_sessions().list_sessions().send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedStatus);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(418));

    let server = Server::json(200, r#"{"results":[],"total":"x","pagination":{}}"#);
    let error = run(server.client().agent_sessions().list_sessions().send()).unwrap_err();
    assert_eq!(
        error.decode().map(golden::DecodeError::pointer).as_deref(),
        Some("/total")
    );
}

#[test]
fn pages_follow_until_a_short_one() {
    let answers = vec![(200, JSON, page(&["a", "b"])), (200, JSON, page(&["c"]))];
    let server = Server::start(answers);
    let client = server.client();
    let items = collect(client.agent_sessions().list_sessions().limit(2).items());
    let ids: Vec<_> = items
        .into_iter()
        .map(|item| item.unwrap().session_id)
        .collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(server.asked().line, "POST /v1/agents/sessions/list?limit=2");
    assert_eq!(
        server.asked().line,
        "POST /v1/agents/sessions/list?limit=2&offset=2"
    );
}

#[test]
fn every_style_is_spelled() {
    let server = Server::json(200, r#"{"petType":"cat","name":"Tom"}"#);
    let client = server.builder().api_key("key").build().unwrap();
    let call = client
        .shapes()
        .read_pet("a/b c", vec![1, 2], vec!["x".into(), "y,z".into()])
        .ids(vec![1, 2])
        .words(vec!["a b".into(), "c".into()])
        .pipes(vec!["a".into(), "b|c".into()])
        .filter(Map::from([
            ("min", Value::from(1)),
            ("in", Value::from(Map::from([("k", Value::from("v"))]))),
        ]))
        .range(Map::from(
            [("from", 1), ("to", 2)].map(|(k, v)| (k, Value::from(v))),
        ))
        .point(Point(1.0, 2.0))
        .expand("a/b&c")
        .trace(vec![1, 2])
        .session("s;1");
    run(call.send()).unwrap();
    let asked = server.asked();
    let (path, query) = asked.line.split_once('?').unwrap();
    assert_eq!(path, "GET /pets/a%2Fb%20c/;matrix=1;matrix=2/.x,y%2Cz");
    assert_eq!(
        query.split('&').collect::<Vec<_>>(),
        [
            "ids=1",
            "ids=2",
            "words=a%20b%20c",
            "pipes=a%7Cb%7Cc",
            "filter%5Bmin%5D=1",
            "filter%5Bin%5D%5Bk%5D=v",
            "range=from,1,to,2",
            "point=%5B1%2C2%5D",
            "expand=a/b%26c",
        ]
    );
    assert_eq!(asked.header("x-trace"), Some("1,2"));
    assert_eq!(asked.header("cookie"), Some("session=s%3B1"));
    assert_eq!(asked.header("x-api-key"), Some("key"));
    assert_eq!(asked.header("authorization"), None);
}

#[test]
fn several_successes_and_no_content() {
    let server = Server::start(vec![
        (202, JSON, r#"{"id":"j"}"#.into()),
        (204, "", String::new()),
    ]);
    let client = server.client();
    let patch = PetPatch::default().name(None);
    let reply = run(client.shapes().patch_pet("1", patch.clone()).send()).unwrap();
    assert!(matches!(reply, PatchPetResponse::Accepted(job) if job.id == "j"));
    assert_eq!(server.asked().body, r#"{"name":null}"#);
    let reply = run(client.shapes().patch_pet("1", patch).send()).unwrap();
    assert_eq!(reply, PatchPetResponse::NoContent);

    let server = Server::start(vec![
        (204, "", String::new()),
        (404, "", String::new()),
        (503, JSON, r#"{"title":"down"}"#.into()),
    ]);
    let client = server.builder().retries(Retries::off()).build().unwrap();
    run(client.shapes().delete_pet("1").send()).unwrap();
    let error = run(client.shapes().delete_pet("1").send()).unwrap_err();
    assert_eq!(error.api(), Some(&ProblemError::NotFound));
    let error = run(client.shapes().delete_pet("1").send()).unwrap_err();
    assert!(matches!(error.api(), Some(ProblemError::Default(problem)) if problem.title == "down"));
}

#[test]
fn bodies_that_are_not_json() {
    let server = Server::start(vec![
        (
            200,
            "content-type: application/octet-stream\r\n",
            "bytes".into(),
        ),
        (200, "content-type: text/plain\r\n", "text".into()),
        (204, "", String::new()),
        (201, JSON, r#"{"title":"t","a":1}"#.into()),
    ]);
    let client = server.client();
    assert_eq!(
        run(client.shapes().download("a.bin").send()).unwrap(),
        "bytes"
    );
    assert_eq!(server.asked().line, "GET /files/a.bin");
    assert_eq!(run(client.shapes().echo("héllo").send()).unwrap(), "text");
    let asked = server.asked();
    assert_eq!(
        (asked.header("content-type"), asked.body.as_str()),
        (Some("text/plain; charset=utf-8"), "héllo")
    );

    let login = Login::new("a&b", "p w").scopes(vec!["x".into(), "y".into()]);
    assert!(!format!("{login:?}").contains("p w"));
    run(client.shapes().log_in(login).send()).unwrap();
    assert_eq!(
        server.asked().body,
        "user=a%26b&password=p%20w&scopes=x%20y"
    );

    let body = Upload::new("t", File::new("PNG").named("a.png")).tags(vec!["x".into(), "y".into()]);
    run(client.shapes().upload(body).send()).unwrap();
    let asked = server.asked();
    let boundary = asked
        .header("content-type")
        .and_then(|value| value.split_once("boundary="))
        .unwrap()
        .1;
    let part = |head: &str, body: &str| format!("--{boundary}\r\n{head}\r\n\r\n{body}\r\n");
    let expected = [
        part(
            "content-disposition: form-data; name=\"title\"\r\ncontent-type: text/plain",
            "t",
        ),
        part(
            "content-disposition: form-data; name=\"tags\"\r\ncontent-type: text/x-tag",
            "x",
        ),
        part(
            "content-disposition: form-data; name=\"tags\"\r\ncontent-type: text/x-tag",
            "y",
        ),
        part(
            "content-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\ncontent-type: image/png",
            "PNG",
        ),
        format!("--{boundary}--\r\n"),
    ];
    assert_eq!(asked.body, expected.concat());
}

#[test]
fn futures_are_send() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    let client = golden::Client::builder().build().unwrap();
    drop(send(client.agent_sessions().list_sessions().send()));
    drop(send(client.agent_sessions().list_sessions().items()));
    drop(send(client.shapes().delete_pet("1").send()));
}
