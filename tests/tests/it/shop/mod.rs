//! The contract tester against the shop: every planted defect is found and named, and nothing is found without one.

mod conforming;
mod defects;
mod misses;

use std::sync::Arc;
use std::time::Duration;

use bindery_contract::{Options, Outcome, Selector, run};
use bindery_spec::{Api, read_file};
use bindery_tests::shop::{API_KEY, DOCUMENT, Defect, SESSION, Server, TOKENS, router};
use bindery_tests::tree;

/// The seeds to try: those that an environment variable counts, or a few.
pub(super) fn seeds(variable: &str, few: u64) -> impl Iterator<Item = u64> {
    let count = std::env::var(variable).ok();
    let count = count.map_or(few, |count| count.parse().expect("a number of seeds"));
    // The last one is a seed that no one would count to.
    (0..count).map(move |seed| {
        if seed + 1 == count && seed > 0 {
            u64::MAX - 1
        } else {
            seed
        }
    })
}

fn api() -> Arc<Api> {
    let reading = read_file(tree::root().join(DOCUMENT));
    Arc::new(reading.api.expect("our own document is good"))
}

/// The operations that a defect is looked for at: its own, or all of its tag where it takes several calls.
fn scope(api: &Api, defect: &Defect) -> Vec<Selector> {
    if !defect.is_of_state() {
        return vec![Selector::Operation(defect.operation.to_owned())];
    }
    let mut operations = api.operations.iter();
    let own = operations.find(|operation| operation.id.as_deref() == Some(defect.operation));
    let tags = own.map(|own| own.tags.clone()).unwrap_or_default();
    let parent = defect.is_of_two_parents().then(|| "products".to_owned());
    tags.into_iter().chain(parent).map(Selector::Tag).collect()
}

/// A run with the credentials of the first user.
async fn test(
    api: &Arc<Api>,
    defect: Option<&'static Defect>,
    scope: Vec<Selector>,
    seed: u64,
) -> Outcome {
    let on_the_wire = defect.is_some_and(Defect::is_on_the_wire);
    let two = defect.is_some_and(Defect::is_of_two_users);
    let server = on_the_wire.then(|| Server::start(defect));
    let options = match &server {
        Some(server) => Options::new(server.url()),
        None => Options::in_process(router(defect)),
    };
    // Only a server that hangs is waited for; a slow machine is no finding.
    let hangs = defect.is_some_and(|defect| defect.code == "timeout");
    let timeout = Duration::from_secs(if hangs { 1 } else { 30 });
    let mut options = identify(options.seed(seed).timeout(timeout), two);
    options.filter.include = scope;
    options.settle = Duration::ZERO;
    if defect.is_some_and(Defect::is_of_state) {
        // Single exchanges show nothing here, and there are many of them under a tag.
        options.max_cases = Some(8);
    }
    let outcome = run(Arc::clone(api), &options, &()).await;
    outcome.expect("a server that can be reached")
}

/// The credentials of the first user; where two matter, those of the second as well.
fn identify(options: Options, two: bool) -> Options {
    let options = options
        .credential("api_key", API_KEY)
        .credential("session", SESSION);
    if !two {
        return options.credential("bearer", TOKENS[0]);
    }
    let users = ["alice", "bob"].into_iter().zip(TOKENS);
    users.fold(options, |options, (who, token)| {
        let options = options.identity(who, "Authorization", &format!("Bearer {token}"));
        options.expect("a token that can stand in a header")
    })
}
