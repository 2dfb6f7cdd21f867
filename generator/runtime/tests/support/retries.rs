//! Calls that fail in passing, and what a client makes of it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use golden::{Attempt, Client, ClientBuilder, ErrorKind, Outcome, Retries};

use super::clocks::Skipping;
use super::server::{JSON, Server, run};

const LIST: &str = r#"{"results":[],"total":0,"pagination":{}}"#;

fn answer(status: u16, headers: &'static str) -> (u16, &'static str, String) {
    (status, headers, String::new())
}

fn seconds(all: &[u64]) -> Vec<Duration> {
    all.iter().copied().map(Duration::from_secs).collect()
}

/// Deletes a pet at a server with these answers; gives back the status and the waits.
fn delete(
    answers: Vec<(u16, &'static str, String)>,
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> (u16, Vec<Duration>) {
    let (server, clock) = (Server::start(answers), Skipping::default());
    let client = set(server.builder().clock(clock.clone())).build().unwrap();
    let response = run(client.shapes().delete_pet("1").send_raw()).unwrap();
    let waits = clock.waits.lock().unwrap().clone();
    (response.status().as_u16(), waits)
}

#[test]
fn what_fails_in_passing_is_sent_again_after_longer_and_longer_waits() {
    let answers = || vec![answer(503, ""), answer(500, ""), answer(204, "")];
    let (status, waits) = delete(answers(), |builder| builder.jitter_seed(7));
    assert_eq!(status, 204);
    let [first, second] = waits[..] else {
        panic!("{waits:?}")
    };
    let half = Duration::from_millis(250);
    assert!(half <= first && first <= half * 2, "{first:?}");
    assert!(half * 2 <= second && second <= half * 4, "{second:?}");
    assert_eq!(delete(answers(), |builder| builder.jitter_seed(7)).1, waits);
    assert_ne!(delete(answers(), |builder| builder.jitter_seed(8)).1, waits);
}

#[test]
fn attempts_come_to_an_end() {
    let answers = || vec![answer(503, ""); 6];
    let (status, waits) = delete(answers(), |builder| builder);
    assert_eq!((status, waits.len()), (503, 2));
    let (status, waits) = delete(answers(), |builder| builder.retries(Retries::off()));
    assert_eq!((status, waits.len()), (503, 0));
    let short = Retries::on()
        .attempts(6)
        .first_wait(Duration::from_secs(1))
        .longest_wait(Duration::from_secs(2));
    let (status, waits) = delete(answers(), |builder| builder.retries(short).no_timeout());
    assert_eq!((status, waits.len()), (503, 5));
    assert!(waits.iter().all(|wait| *wait <= Duration::from_secs(2)));
    // What the client cannot mend is not sent again.
    let (status, waits) = delete(vec![answer(501, "")], |builder| builder);
    assert_eq!((status, waits.len()), (501, 0));
}

#[test]
fn servers_say_how_long_to_wait() {
    let after = |headers| vec![answer(429, headers), answer(204, "")];
    let (status, waits) = delete(after("retry-after: 7\r\n"), |builder| builder);
    assert_eq!((status, waits), (204, seconds(&[7])));
    let date =
        "date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sun, 06 Nov 1994 08:49:57 GMT\r\n";
    let (status, waits) = delete(after(date), |builder| builder);
    assert_eq!((status, waits), (204, seconds(&[20])));
    let past =
        "date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Sunday, 06-Nov-94 08:49:00 GMT\r\n";
    let (status, waits) = delete(after(past), |builder| builder);
    assert_eq!((status, waits), (204, seconds(&[0])));
    let (status, waits) = delete(after("retry-after: soon\r\n"), |builder| builder);
    assert_eq!((status, waits.len()), (204, 1));
    // Longer than the client has patience, and longer than the call may take.
    let long = |headers| vec![answer(503, headers)];
    let (status, waits) = delete(long("retry-after: 61\r\n"), ClientBuilder::no_timeout);
    assert_eq!((status, waits.len()), (503, 0));
    let (status, waits) = delete(long("retry-after: 5\r\n"), |builder| {
        builder.timeout(Duration::from_secs(5))
    });
    assert_eq!((status, waits.len()), (503, 0));
}

#[test]
fn a_call_that_may_do_its_work_twice_is_sent_once() {
    let server = Server::start(vec![answer(503, ""), (200, JSON, LIST.into())]);
    let client = server.builder().clock(Skipping::default()).build().unwrap();
    let list = || client.agent_sessions().list_sessions();
    let error = run(list().send()).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    server.asked();
    run(list().send()).unwrap();
    server.asked();

    let server = Server::start(vec![answer(503, ""), (200, JSON, LIST.into())]);
    let client = server.builder().clock(Skipping::default()).build().unwrap();
    let call = client.agent_sessions().list_sessions().limit(3);
    run(call.idempotency_key("k-1").send()).unwrap();
    let [first, second] = [server.asked(), server.asked()];
    assert_eq!(first.header("idempotency-key"), Some("k-1"));
    assert_eq!(
        (first.line, first.headers, first.body),
        (second.line, second.headers, second.body)
    );
}

#[test]
fn a_call_says_for_itself_whether_it_is_sent_again() {
    let server = Server::start(vec![answer(503, ""), answer(204, "")]);
    let client = server.builder().clock(Skipping::default()).build().unwrap();
    let call = || client.shapes().delete_pet("1");
    let error = run(call().retries(Retries::off()).send()).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    run(call().send()).unwrap();
}

#[test]
fn half_a_response_and_none_are_sent_again() {
    let whole = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nbytes";
    let answers = [
        whole[..whole.len() - 2].to_owned(),
        String::new(),
        whole.to_owned(),
    ];
    let server = Server::raw(answers.to_vec());
    let client = server.builder().clock(Skipping::default()).build().unwrap();
    assert_eq!(run(client.shapes().download("a").send()).unwrap(), "bytes");
    let server = Server::raw(vec![answers[0].clone(); 3]);
    let client = server.builder().clock(Skipping::default()).build().unwrap();
    let error = run(client.shapes().download("a").send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[test]
fn an_observer_hears_of_every_attempt() {
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let sink = heard.clone();
    let told = move |attempt: &Attempt, outcome: Outcome<'_>, _: Duration| {
        let Attempt {
            method,
            path,
            number,
            ..
        } = attempt;
        let outcome = match outcome {
            Outcome::Response(status) => status.as_str().to_owned(),
            Outcome::Failed(error) => format!("connect {}", error.is_connect()),
            other => format!("{other:?}"),
        };
        sink.lock()
            .unwrap()
            .push(format!("{number} {method} {path}: {outcome}"));
    };
    let server = Server::start(vec![answer(502, ""), answer(204, "")]);
    let client = server
        .builder()
        .clock(Skipping::default())
        .on_attempt(told.clone());
    run(client.build().unwrap().shapes().delete_pet("s3cret").send()).unwrap();
    let nowhere = Client::builder()
        .base_url("http://127.0.0.1:1")
        .api_key("s3cret")
        .bearer_token("s3cret")
        .clock(Skipping::default())
        .retries(Retries::on().attempts(2))
        .on_attempt(told);
    run(nowhere
        .build()
        .unwrap()
        .shapes()
        .delete_pet("s3cret")
        .send())
    .unwrap_err();
    assert_eq!(
        *heard.lock().unwrap(),
        [
            "0 DELETE /pets/{pet_id}: 502",
            "1 DELETE /pets/{pet_id}: 204",
            "0 DELETE /pets/{pet_id}: connect true",
            "1 DELETE /pets/{pet_id}: connect true",
        ]
    );
}
