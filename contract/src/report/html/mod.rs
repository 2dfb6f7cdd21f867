//! The report for a browser: one file without anything from elsewhere, to be filtered and read.

mod coverage;
mod highlight;

use std::fmt::Write;

use super::Report;
use super::terminal::count;
use super::xml::escape;
use crate::checks;
use crate::probe::{Finding, Message};
use highlight::{body, start};

/// The page. Everything of the run is escaped text in it, and nothing that a server said can become a script.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut page = String::new();
    // Writing to a string does not fail.
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
         <title>Contract report: {title}</title>\n<style>\n{css}</style>\n</head>\n<body>\n",
        title = escape(report.document),
        css = include_str!("page.css"),
    );
    head(&mut page, report);
    filters(&mut page, &report.outcome.findings);
    page.push_str("<main id=\"findings\">\n");
    for finding in &report.outcome.findings {
        article(&mut page, finding);
    }
    page.push_str("<p id=\"nothing\" hidden>No finding matches.</p>\n</main>\n");
    coverage::render(&mut page, &report.outcome.coverage);
    not_checked(&mut page, report);
    let _ = write!(
        page,
        "<script>\n{}</script>\n</body>\n</html>\n",
        include_str!("page.js")
    );
    page
}

fn head(page: &mut String, report: &Report<'_>) {
    let outcome = report.outcome;
    let errors = outcome.findings.iter().filter(|finding| finding.is_error());
    let errors = errors.count();
    let (class, verdict) = match (errors, outcome.findings.len() - errors) {
        (0, 0) => ("clean", "No findings".to_owned()),
        (errors, warnings) => (
            if errors > 0 { "error" } else { "warning" },
            format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
        ),
    };
    let _ = write!(
        page,
        "<header>\n<h1>{document}</h1>\n<p class=\"verdict {class}\">{verdict}</p>\n\
         <p>{base} · {requests} requests in {seconds:.1} s · seed {seed} · <a href=\"#coverage\">coverage</a></p>\n</header>\n",
        document = escape(report.document),
        base = escape(report.base_url),
        requests = outcome.requests,
        seconds = outcome.duration.as_secs_f64(),
        seed = outcome.seed,
    );
}

fn filters(page: &mut String, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    page.push_str("<form id=\"filters\" role=\"search\">\n<input type=\"search\" name=\"text\" placeholder=\"Filter by any text\" aria-label=\"Filter by any text\">\n");
    select(
        page,
        "level",
        "every level",
        findings.iter().map(Finding::weight),
    );
    select(
        page,
        "code",
        "every check",
        findings.iter().map(|finding| finding.code.as_str()),
    );
    select(
        page,
        "operation",
        "every operation",
        findings.iter().map(|finding| finding.operation.as_str()),
    );
    let _ = writeln!(
        page,
        "<output id=\"count\">{} findings</output>\n</form>",
        findings.len()
    );
}

fn select<'a>(page: &mut String, name: &str, all: &str, values: impl Iterator<Item = &'a str>) {
    let values: std::collections::BTreeSet<&str> = values.collect();
    let _ = write!(
        page,
        "<select name=\"{name}\" aria-label=\"{name}\"><option value=\"\">{all}</option>"
    );
    for value in values {
        let _ = write!(page, "<option>{}</option>", escape(value));
    }
    page.push_str("</select>\n");
}

fn article(page: &mut String, finding: &Finding) {
    let place = format!("{} {}", finding.location, finding.pointer);
    let _ = write!(
        page,
        "<details class=\"finding {level}\" data-level=\"{level}\" data-code=\"{code}\" data-operation=\"{operation}\">\n\
         <summary><span class=\"level\">{level}</span> <code>{code}</code> <b>{operation}</b> \
         <span class=\"route\">{method} {path}</span> <code class=\"place\">{place}</code><br>\
         <span class=\"message\">{message}</span></summary>\n",
        place = escape(place.trim_end()),
        level = finding.weight(),
        code = escape(&finding.code),
        operation = escape(&finding.operation),
        method = escape(&finding.method),
        path = escape(&finding.path),
        message = escape(&finding.message),
    );
    let _ = writeln!(
        page,
        "<p>{check} At <code>{place}</code>, rule <code>{rule}</code>{cases}{flaky}</p>",
        check = escape(&finding.check),
        place = escape(place.trim_end()),
        rule = escape(&finding.rule),
        cases = if finding.cases > 1 {
            format!(", in {} cases", finding.cases)
        } else {
            String::new()
        },
        flaky = if finding.reproduced {
            "."
        } else {
            ". <b>It did not show again when the request was repeated.</b>"
        },
    );
    explanation(page, &finding.code);
    message(page, "Request", &finding.request, finding, false);
    match &finding.response {
        Some(response) => message(page, "Response", response, finding, true),
        None => page.push_str("<h3>Response</h3>\n<p>There was none.</p>\n"),
    }
    document(page, finding);
    let _ = write!(
        page,
        "<h3>See it again</h3>\n<pre class=\"curl\">{}</pre>\n</details>\n",
        escape(&finding.curl)
    );
}

fn explanation(page: &mut String, code: &str) {
    if let Some(check) = checks::all().into_iter().find(|check| check.code == code) {
        let _ = writeln!(
            page,
            "<p class=\"explanation\">{} <i>{}</i></p>",
            prose(check.explanation),
            prose(check.section)
        );
    }
}

/// A text of our own, in which code stands between backticks.
fn prose(text: &str) -> String {
    let escaped = escape(text);
    let parts = escaped.split('`').enumerate();
    let told = parts.map(|(index, part)| match index % 2 {
        0 => part.to_owned(),
        _ => format!("<code>{part}</code>"),
    });
    told.collect()
}

fn message(page: &mut String, title: &str, message: &Message, finding: &Finding, response: bool) {
    let header = |name: &str| {
        let wanted = if response {
            "response header "
        } else {
            "header "
        };
        let own = finding.location.strip_prefix(wanted);
        own.is_some_and(|own| own.eq_ignore_ascii_case(name))
    };
    let _ = write!(
        page,
        "<h3>{title}</h3>\n<pre>{}\n",
        start(&message.start, finding, response)
    );
    for (name, value) in &message.headers {
        let line = format!("{}: {}", escape(name), escape(value));
        if header(name) {
            let _ = writeln!(page, "<mark>{line}</mark>");
        } else {
            let _ = writeln!(page, "{line}");
        }
    }
    let own = if response { "response body" } else { "body" };
    let pointer = (finding.location == own).then_some(finding.pointer.as_str());
    let _ = write!(page, "\n{}", body(&message.body, pointer, &finding.rule));
    if message.truncated {
        page.push_str("\n…");
    }
    page.push_str("</pre>\n");
}

fn document(page: &mut String, finding: &Finding) {
    let Some(piece) = &finding.document else {
        return;
    };
    let rule = finding.rule.replace('~', "~0").replace('/', "~1");
    let text = piece.value.to_string();
    let _ = write!(
        page,
        "<h3>Document</h3>\n<p><code>#{}</code></p>\n<pre>{}</pre>\n",
        escape(&piece.pointer),
        body(&text, Some(&format!("/{rule}")), "")
    );
}

fn not_checked(page: &mut String, report: &Report<'_>) {
    let sentences = &report.outcome.not_checked;
    if sentences.is_empty() {
        return;
    }
    page.push_str("<section>\n<h2>Not checked</h2>\n<ul>\n");
    for sentence in sentences {
        let _ = writeln!(page, "<li>{}</li>", escape(sentence));
    }
    page.push_str("</ul>\n</section>\n");
}
