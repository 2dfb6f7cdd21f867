//! The spans of a call.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use golden::Retries;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::clocks::Skipping;
use super::server::{Server, run};

/// Keeps the fields of spans.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<String>>>);

struct Writer<'a>(&'a mut Vec<String>);

impl Visit for Writer<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push(format!("{}={value:?}", field.name()));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("golden")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Writer(&mut self.0.lock().unwrap()));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Writer(&mut self.0.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn every_attempt_is_a_span_with_the_names_of_the_conventions() {
    let spans = Spans::default();
    let answers = vec![(503, "", String::new()), (204, "", String::new())];
    let server = Server::start(answers);
    let builder = server.builder().api_key("s3cret").bearer_token("s3cret");
    let client = builder.clock(Skipping::default()).build().unwrap();
    let call = client.shapes().delete_pet("s3cret");
    tracing::subscriber::with_default(spans.clone(), || {
        run(call.retries(Retries::on()).send()).unwrap();
    });
    let fields = spans.0.lock().unwrap().join("\n");
    for field in [
        "otel.name=DELETE /pets/{pet_id}",
        "otel.kind=\"client\"",
        "http.request.method=\"DELETE\"",
        "url.template=\"/pets/{pet_id}\"",
        "server.address=\"127.0.0.1\"",
        "http.response.status_code=503",
        "error.type=\"503\"",
        "http.request.resend_count=1",
        "http.response.status_code=204",
    ] {
        let plain = |text: &str| text.replace('"', "");
        assert!(plain(&fields).contains(&plain(field)), "{field}: {fields}");
    }
    assert_eq!(fields.matches("otel.name").count(), 2);
    assert_eq!(fields.matches("error.type").count(), 1);
    assert!(!fields.contains("s3cret"), "{fields}");
}
