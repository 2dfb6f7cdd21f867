//! Sequences on resources: each planted defect is found by its code and operation, and nothing else is.

mod attributes;
mod below;
mod borrowed;
mod careful;
mod deeds;
mod elsewhere;
mod enveloped;
mod files;
mod lag;
mod last;
mod leads;
mod lone;
mod narrowed;
mod notes;
mod ordered;
mod promised;

use std::time::Duration;

use bindery_contract::report::{Format, Report, Saved};
use bindery_contract::spec::{Api, read_text};
use bindery_contract::{Finding, Mock, Options, Outcome, Selector, replay, run};
use notes::{Defect, router};

fn api() -> Api {
    read_text("notes.yaml", include_str!("notes.yaml"))
        .api
        .expect("a document")
}

fn options(defect: Defect) -> Options {
    options_of(router(defect))
}

/// Nothing here takes time to show, unless a test says so.
fn options_of(router: axum::Router) -> Options {
    let mut options = Options::in_process(router);
    options.settle = Duration::ZERO;
    let options = options
        .identity("ada", "Authorization", "Bearer ada")
        .expect("a header");
    options
        .identity("bob", "Authorization", "Bearer bob")
        .expect("a header")
}

async fn test(defect: Defect, seed: u64) -> Outcome {
    run(api(), &options(defect).seed(seed), &())
        .await
        .expect("a run")
}

/// What is found of a server that a document describes.
async fn findings(document: &str, options: &Options) -> Vec<Finding> {
    let api = read_text("api.yaml", document).api.expect("a document");
    run(api, options, &()).await.expect("a run").findings
}

/// The code, the operation and the place of each finding.
fn places(findings: &[Finding]) -> Vec<String> {
    let place = |own: &Finding| {
        let Finding {
            code,
            operation,
            location,
            pointer,
            ..
        } = own;
        format!("{code} {operation} {location}{pointer}")
    };
    findings.iter().map(place).collect()
}

fn assert_among(expected: &str, found: &[String]) {
    let is_there = found.iter().any(|own| own == expected);
    assert!(is_there, "no {expected} in {found:?}");
}

fn line(finding: &Finding) -> String {
    let Finding {
        code,
        operation,
        location,
        pointer,
        rule,
        message,
        ..
    } = finding;
    format!("{code} {operation} {location} {pointer} {rule}: {message}")
}

#[tokio::test]
async fn a_server_that_conforms_has_no_finding() {
    for seed in 0..10 {
        let outcome = test(Defect::None, seed).await;
        let lines: Vec<String> = outcome.findings.iter().map(line).collect();
        assert!(lines.is_empty(), "seed {seed}: {lines:#?}");
        assert!(
            outcome.not_checked.is_empty()
                || outcome
                    .not_checked
                    .iter()
                    .all(|told| told.starts_with("state-left")),
            "{:#?}",
            outcome.not_checked
        );
    }
}

#[tokio::test]
async fn a_mock_with_a_memory_keeps_what_it_is_given() {
    let mock = Mock::new(api()).stateful();
    let running = mock.bind("127.0.0.1:0").await.expect("a free port");
    for seed in 0..3 {
        let options = Options::new(running.url()).seed(seed);
        let outcome = run(api(), &options, &()).await.expect("a run");
        let lines: Vec<String> = outcome.findings.iter().map(line).collect();
        assert!(lines.is_empty(), "seed {seed}: {lines:#?}");
        let unmade = outcome
            .not_checked
            .iter()
            .find(|told| told.starts_with("state-not-created"));
        assert_eq!(unmade, None);
    }
}

#[tokio::test]
async fn a_mock_without_a_memory_does_not() {
    let running = Mock::new(api())
        .bind("127.0.0.1:0")
        .await
        .expect("a free port");
    let options = Options::new(running.url());
    let outcome = run(api(), &options, &()).await.expect("a run");
    let code = |finding: &Finding| finding.code == "deleted-still-there";
    assert!(outcome.findings.iter().any(code), "{:#?}", outcome.findings);
}

#[tokio::test(start_paused = true)]
async fn what_shows_only_at_once_is_no_error() {
    let mut options = options_of(lag::lagging());
    let hasty = run(api(), &options, &()).await.expect("a run");
    assert!(!hasty.is_clean(false), "the server never lagged");
    options = options_of(lag::lagging());
    options.settle = 2 * lag::LAG;
    let patient = run(api(), &options, &()).await.expect("a run");
    assert!(patient.is_clean(false), "{:#?}", patient.findings);
    assert!(!patient.findings.is_empty(), "it is told as a warning");
}

#[tokio::test]
async fn nothing_is_written_when_a_run_only_reads() {
    let mut options = options(Defect::None);
    options.read_only = true;
    let outcome = run(api(), &options, &()).await.expect("a run");
    assert!(outcome.is_clean(true), "{:#?}", outcome.findings);
    let list = outcome
        .coverage
        .iter()
        .find(|covered| covered.operation == "get_note");
    let statuses = list.expect("it was read").statuses.clone();
    assert!(
        !statuses.contains_key(&200),
        "something was made: {statuses:?}"
    );
}

/// What one operation alone was answered with.
async fn statuses_of(operation: &str) -> Vec<u16> {
    let mut options = options(Defect::None);
    options.filter.include = vec![Selector::Operation(operation.to_owned())];
    let outcome = run(api(), &options, &()).await.expect("a run");
    assert!(outcome.is_clean(true), "{:#?}", outcome.findings);
    assert_eq!(outcome.coverage.len(), 1, "only one is tested");
    let left = &outcome.not_checked;
    assert!(left.is_empty(), "what was made is deleted: {left:?}");
    outcome.coverage[0].statuses.keys().copied().collect()
}

#[tokio::test]
async fn what_an_operation_needs_is_made_by_others() {
    assert!(statuses_of("change_note").await.contains(&200));
    assert!(statuses_of("delete_note").await.contains(&204));
}

#[tokio::test]
async fn nothing_is_made_where_only_safe_operations_are_selected() {
    assert!(!statuses_of("get_note").await.contains(&200));
}

/// The defect is found at the operation, in every seed, and nothing else is.
async fn finds(defect: Defect, code: &str, operation: &str, rest: &[&str]) {
    for seed in [0, 7] {
        let outcome = test(defect, seed).await;
        let lines: Vec<String> = outcome.findings.iter().map(line).collect();
        let own = |finding: &&Finding| finding.code == code && finding.operation == operation;
        let found = outcome.findings.iter().find(own);
        let found = found.unwrap_or_else(|| panic!("{defect:?}, seed {seed}: {lines:#?}"));
        assert!(found.reproduced, "{defect:?}: {lines:#?}");
        let strange = outcome
            .findings
            .iter()
            .filter(|finding| finding.code != code && !rest.contains(&finding.code.as_str()));
        assert_eq!(strange.count(), 0, "{defect:?}, seed {seed}: {lines:#?}");
    }
}

macro_rules! defects {
    ($($name:ident: $defect:ident, $code:literal, $operation:literal $(, but $rest:literal)*;)*) => {
        $(#[tokio::test]
        async fn $name() {
            finds(Defect::$defect, $code, $operation, &[$($rest),*]).await;
        })*
    };
}

defects! {
    what_is_not_stored: NotStored, "created-not-found", "create_note";
    a_field_that_is_lost: FieldLost, "written-not-kept", "create_note";
    an_answer_that_shows_something_else: EchoWrong, "created-answer-differs", "create_note";
    a_location_that_leads_elsewhere: LocationWrong, "location-leads-elsewhere", "create_note";
    a_secret_that_comes_back: PinReturned, "write-only-leaked", "get_note";
    a_replacement_that_is_lost: PutLost, "update-not-kept", "replace_note";
    a_patch_that_is_lost: PatchLost, "update-not-kept", "change_note";
    a_patch_that_resets_the_rest: PatchResets, "patch-touched-others", "change_note";
    a_refused_update_that_is_kept: RefusedPutKept, "rejected-write-kept", "replace_note";
    a_refused_creation_that_is_kept: RefusedPostKept, "rejected-write-kept", "create_note";
    a_delete_that_keeps: DeleteKeeps, "deleted-still-there", "delete_note";
    a_delete_that_keeps_it_listed: DeleteKeepsListed, "deleted-still-there", "delete_note";
    a_list_that_lacks_what_was_created: NotListed, "created-not-listed", "list_notes";
    a_limit_without_effect: LimitIgnored, "limit-ignored", "list_notes";
    an_offset_without_effect: OffsetIgnored, "page-stuck", "list_notes";
    pages_that_overlap: PagesOverlap, "pages-overlap", "list_notes";
    pages_that_lose: PagesLose, "pages-lose", "list_notes";
    a_cursor_without_effect: CursorStuck, "page-stuck", "list_marks";
    an_order_that_changes: Shuffled, "order-unstable", "list_notes", but "pages-overlap", but "pages-lose";
    a_total_of_the_page: TotalOfPage, "total-wrong", "list_notes";
    a_filter_without_effect: FilterIgnored, "filter-ignored", "list_notes";
    a_filter_that_loses: FilterLoses, "filter-loses", "list_notes";
    a_trace_of_the_runtime: Trace, "internals-leaked", "create_note", but "response-body-undeclared";
    what_belongs_to_another: OthersServed, "foreign-object-served", "get_note";
    a_delete_that_asks_nobody: DeleteUnasked, "authorization-ignored", "delete_note", but "foreign-object-served";
}

#[tokio::test]
async fn a_sequence_of_a_report_is_played_again() {
    let first = test(Defect::PutLost, 5).await;
    let report = Report {
        document: "notes.yaml",
        base_url: "http://in-process",
        outcome: &first,
    };
    let saved = Saved::read(report.render(Format::Json).as_bytes()).expect("a report");
    let again = async |defect| {
        let outcome = replay::again(api(), &saved, &options(defect)).await;
        outcome.expect("a run")
    };
    let shown = again(Defect::PutLost).await;
    assert!(shown.findings[0].played.is_some(), "{:#?}", shown.findings);
    let told = |outcome: &Outcome| -> Vec<_> {
        let findings = outcome.findings.iter();
        findings
            .map(|own| (own.code.clone(), own.pointer.clone(), own.message.clone()))
            .collect()
    };
    assert_eq!(told(&shown), told(&first));
    assert!(shown.requests < first.requests / 4, "{}", shown.requests);
    assert_eq!(again(Defect::None).await.findings, []);
}
