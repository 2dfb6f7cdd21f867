//! The token goes to the server and nowhere else.

use std::fmt::Debug;

use bindery_tests::server::{Deviation, Server, TOKEN};
use mixpeek::Secret;

use super::{NAMESPACE, builder, client};

#[test]
fn what_is_built_does_not_show_the_token() {
    let builder = builder("http://127.0.0.1:1").namespace(NAMESPACE);
    hides(&Secret::from(TOKEN));
    hides(&builder);
    let client = builder.header("authorization", TOKEN).build().unwrap();
    hides(&client);
    hides(&client.agent_sessions());
    let call = client.agent_sessions().list_sessions();
    let call = call.header("authorization", TOKEN);
    hides(&call);
    hides(&call.clone().pages());
    hides(&call.items());
}

#[tokio::test]
async fn no_failure_shows_the_token() {
    for deviation in [
        Deviation::BrokenJson,
        Deviation::ServerError,
        Deviation::Reset,
        Deviation::RedirectLoop,
    ] {
        let server = Server::deviating(deviation);
        let client = client(&server.url());
        let call = client.agent_sessions().list_sessions();
        let error = call.send().await.unwrap_err();
        hides(&error);
        assert!(!error.to_string().contains(TOKEN), "{error}");
    }
    let error = builder("no URL").build().unwrap_err();
    hides(&error);
}

fn hides(value: &impl Debug) {
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!shown.contains(TOKEN), "{shown}");
    }
}
