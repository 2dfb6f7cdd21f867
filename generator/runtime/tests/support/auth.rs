//! Tokens: where they come from, how long they are kept, and that nobody sees them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use golden::runtime::http::Pending;
use golden::{
    Client, ErrorKind, OAuth2, Token, TokenContext, TokenEndpoint, TokenError, TokenSource,
};

use super::clocks::Standing;
use super::server::{JSON, Server, run};

const LIST: &str = r#"{"results":[],"total":0,"pagination":{}}"#;

fn list() -> (u16, &'static str, String) {
    (200, JSON, LIST.into())
}

fn token(token: &str, more: &str) -> (u16, &'static str, String) {
    let body = format!(r#"{{"access_token":"{token}","token_type":"Bearer"{more}}}"#);
    (200, JSON, body)
}

/// Counts its tokens.
#[derive(Clone, Default)]
struct Counter {
    asked: Arc<Mutex<usize>>,
    fails: bool,
}

impl TokenSource for Counter {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> Pending<'a, Result<Token, TokenError>> {
        Box::pin(async {
            *self.asked.lock().unwrap() += 1;
            tokio::task::yield_now().await;
            if self.fails {
                return Err(TokenError::new("the vault is closed"));
            }
            let number = *self.asked.lock().unwrap();
            let token = Token::new(format!("s3cret-{number}"));
            Ok(token.expiring_in(Duration::from_secs(3600)))
        })
    }
}

async fn send(client: &Client) -> Result<(), golden::Error<golden::api::ListSessionsError>> {
    let call = client.agent_sessions().list_sessions();
    call.send().await.map(drop)
}

/// Runs all futures at once.
fn together<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut futures: Vec<_> = futures.into_iter().map(Box::pin).collect();
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    run(std::future::poll_fn(|context| {
        for (future, result) in futures.iter_mut().zip(&mut results) {
            if result.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *result = Some(value);
            }
        }
        if results.iter().all(Option::is_some) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    }));
    results.into_iter().flatten().collect()
}

#[test]
fn a_token_is_asked_for_once_and_kept_until_shortly_before_it_expires() {
    let (server, source, clock) = (
        Server::start(vec![list(); 22]),
        Counter::default(),
        Standing::default(),
    );
    let builder = server.builder().bearer_token_source(source.clone());
    let client = builder.clock(clock.clone()).build().unwrap();
    let results = together((0..20).map(|_| send(&client)).collect());
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(*source.asked.lock().unwrap(), 1);
    *clock.now.lock().unwrap() = Duration::from_secs(3569);
    run(send(&client)).unwrap();
    assert_eq!(*source.asked.lock().unwrap(), 1);
    *clock.now.lock().unwrap() = Duration::from_secs(3570);
    run(send(&client)).unwrap();
    assert_eq!(*source.asked.lock().unwrap(), 2);
    for _ in 0..21 {
        let asked = server.asked();
        assert_eq!(asked.header("authorization"), Some("Bearer s3cret-1"));
    }
    let asked = server.asked();
    assert_eq!(asked.header("authorization"), Some("Bearer s3cret-2"));
}

#[test]
fn a_refused_token_is_renewed_once_and_the_call_repeated_once() {
    let refusal = || (401, JSON, r#"{"status":401}"#.to_owned());
    let server = Server::start(vec![refusal(), list()]);
    let source = Counter::default();
    let builder = server.builder().bearer_token_source(source.clone());
    let client = builder.build().unwrap();
    run(send(&client)).unwrap();
    let sent = [server.asked(), server.asked()];
    let sent = sent.each_ref().map(|asked| asked.header("authorization"));
    assert_eq!(sent, [Some("Bearer s3cret-1"), Some("Bearer s3cret-2")]);

    let server = Server::start(vec![refusal(), refusal(), list()]);
    let source = Counter::default();
    let builder = server.builder().bearer_token_source(source.clone());
    let error = run(send(&builder.build().unwrap())).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(*source.asked.lock().unwrap(), 2);

    // A token that somebody has set cannot be renewed.
    let server = Server::start(vec![refusal(), list()]);
    let error = run(send(&server.client())).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
}

#[test]
fn without_a_token_nothing_is_sent_and_all_who_wait_are_told() {
    let server = Server::start(vec![list()]);
    let source = Counter {
        fails: true,
        ..Counter::default()
    };
    let builder = server.builder().bearer_token_source(source.clone());
    let client = builder.build().unwrap();
    let results = together((0..5).map(|_| send(&client)).collect());
    for result in results {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Authorization);
        assert_eq!(
            error.to_string(),
            "list_sessions: no token: the vault is closed"
        );
    }
    assert_eq!(*source.asked.lock().unwrap(), 1);
    assert!(server.was_left_alone());
}

#[test]
fn client_credentials_of_the_document() {
    let server = Server::start(vec![token("s3cret", r#","expires_in":3600"#), list()]);
    let client = server
        .builder()
        .oauth2_client_credentials("my id", "p&w:s3cret")
        .build()
        .unwrap();
    run(send(&client)).unwrap();
    let asked = server.asked();
    assert_eq!(asked.line, "POST /oauth/token");
    assert_eq!(
        asked.body,
        "grant_type=client_credentials&scope=sessions%3Aread%20pets"
    );
    // RFC 6749 §2.3.1: `my%20id:p%26w%3As3cret`.
    assert_eq!(
        asked.header("authorization"),
        Some("Basic bXklMjBpZDpwJTI2dyUzQXMzY3JldA==")
    );
    let asked = server.asked();
    assert_eq!(asked.header("authorization"), Some("Bearer s3cret"));
    assert!(!format!("{client:?}").contains("s3cret"));
}

#[test]
fn refresh_tokens_are_replaced_by_those_that_follow() {
    let server = Server::start(vec![
        token("a", r#","expires_in":"60","refresh_token":"next""#),
        list(),
        token("b", ""),
        list(),
    ]);
    let endpoint = TokenEndpoint::At(format!("{}/token", server.url));
    let source = OAuth2::refresh_token(endpoint, "id", "first")
        .client_secret("s3cret")
        .secret_in_body()
        .parameter("audience", "pets");
    assert!(!format!("{source:?}").contains("s3cret"));
    let clock = Standing::default();
    let builder = server.builder().bearer_token_source(source);
    let client = builder.clock(clock.clone()).build().unwrap();
    run(send(&client)).unwrap();
    *clock.now.lock().unwrap() = Duration::from_secs(50);
    run(send(&client)).unwrap();
    let form = |refresh: &str| {
        format!(
            "grant_type=refresh_token&refresh_token={refresh}&audience=pets&client_id=id&client_secret=s3cret"
        )
    };
    assert_eq!(server.asked().body, form("first"));
    server.asked();
    assert_eq!(server.asked().body, form("next"));
    let asked = server.asked();
    assert_eq!(asked.header("authorization"), Some("Bearer b"));
}

#[test]
fn a_password_is_asked_with_until_there_is_a_refresh_token_and_again_when_that_ends() {
    let server = Server::start(vec![
        token("a", r#","expires_in":60,"refresh_token":"r""#),
        list(),
        (400, JSON, r#"{"error":"invalid_grant"}"#.into()),
        token("b", ""),
        list(),
    ]);
    let endpoint = TokenEndpoint::At("/token".into());
    let source = OAuth2::password(endpoint, "id", "ann", "s3cret");
    let clock = Standing::default();
    let builder = server.builder().bearer_token_source(source);
    let client = builder.clock(clock.clone()).build().unwrap();
    run(send(&client)).unwrap();
    *clock.now.lock().unwrap() = Duration::from_secs(60);
    run(send(&client)).unwrap();
    let by_password = "grant_type=password&username=ann&password=s3cret&client_id=id";
    assert_eq!(server.asked().body, by_password);
    server.asked();
    let by_refresh = "grant_type=refresh_token&refresh_token=r&client_id=id";
    assert_eq!(server.asked().body, by_refresh);
    assert_eq!(server.asked().body, by_password);
}

#[test]
fn a_provider_says_where_its_tokens_are() {
    let tokens = Server::start(vec![token("found", "")]);
    let described = format!(r#"{{"issuer":"x","token_endpoint":"{}/t"}}"#, tokens.url);
    let provider = Server::start(vec![(200, JSON, described)]);
    let server = Server::start(vec![list()]);
    let endpoint = TokenEndpoint::Discovered(provider.url.clone());
    let source = OAuth2::client_credentials(endpoint, "id", "s3cret");
    let builder = server.builder().bearer_token_source(source);
    run(send(&builder.build().unwrap())).unwrap();
    let asked = provider.asked();
    assert_eq!(asked.line, "GET /.well-known/openid-configuration");
    assert_eq!(asked.header("authorization"), None);
    assert_eq!(tokens.asked().line, "POST /t");
    let asked = server.asked();
    assert_eq!(asked.header("authorization"), Some("Bearer found"));
}

#[test]
fn what_a_server_of_tokens_answers_is_told_without_its_secrets() {
    for (answer, message) in [
        (
            (
                400,
                JSON,
                r#"{"error":"invalid_client","error_description":"s3cret"}"#.to_owned(),
            ),
            "the server of tokens answered 400 Bad Request: invalid_client",
        ),
        (
            (500, "", "s3cret".to_owned()),
            "the server of tokens answered 500 Internal Server Error",
        ),
        ((200, "", "s3cret".to_owned()), "the answer is no JSON"),
        (
            (
                200,
                JSON,
                r#"{"access_token":"s3cret","token_type":"DPoP"}"#.to_owned(),
            ),
            "the server gave out a token of the type \"DPoP\", not `Bearer`",
        ),
        (
            (307, "location: http://localhost:1/\r\n", String::new()),
            "the server of tokens answered 307 Temporary Redirect",
        ),
    ] {
        let server = Server::start(vec![answer]);
        let builder = server.builder().oauth2_client_credentials("id", "s3cret");
        let error = run(send(&builder.build().unwrap())).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("list_sessions: no token: {message}")
        );
        assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
    }
}

#[test]
fn a_call_without_its_credentials_is_not_sent() {
    let server = Server::start(vec![list(), list(), list()]);
    let client = Client::builder().base_url(&server.url).build().unwrap();
    let error = run(send(&client)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "list_sessions: invalid request: authorization: is required: Authorization"
    );
    assert!(server.was_left_alone());
    let call = || client.agent_sessions().list_sessions();
    run(call().unchecked().send()).unwrap();
    assert_eq!(server.asked().header("authorization"), None);
    run(call().header("Authorization", "Own s3cret").send()).unwrap();
    let asked = server.asked();
    assert_eq!(asked.header("authorization"), Some("Own s3cret"));
    // The caller's header outweighs the credential of the client.
    let call = server.client();
    let call = call.agent_sessions().list_sessions();
    run(call.header("authorization", "Own s3cret").send()).unwrap();
    let asked = server.asked();
    assert_eq!(asked.header("authorization"), Some("Own s3cret"));
}

#[test]
fn credentials_stay_with_their_host() {
    let other = Server::start(vec![list()]);
    let location = format!("location: {}/\r\n", other.url).leak();
    for status in [301, 302, 303, 307, 308] {
        let server = Server::start(vec![(status, location, String::new())]);
        let client = server.builder().api_key("s3cret").build().unwrap();
        let error = run(client.shapes().download("a").send()).unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
    assert!(other.was_left_alone());
}
