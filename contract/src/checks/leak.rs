//! Stack traces and other internals in answers that report an error.

use bytes::Bytes;

use super::{Check, Flaw, Level, Observed};
use crate::validate::{Part, Spot};

/// The checks of this file.
pub(super) const CHECKS: &[&Check] = &[&INTERNALS];

static INTERNALS: Check = Check {
    code: "internals-leaked",
    level: Level::Error,
    evident: true,
    section: "CWE-209, OWASP API Security 2023, API8",
    title: "An error tells about the inside of the server: a stack trace, or the message of a database.",
    explanation: "The body has what only a runtime or a database writes (the rule says which). Callers learn from it \
                  which software runs and how it is built. A line of a file of source code is one as well (rule `source`). \
                  Log it, and answer with a message of your own.",
};

/// What runtimes and databases write, and nobody else: the rule, and pieces that stand in the text in this order.
const SIGNS: &[(&str, &[&str])] = &[
    ("python", &["Traceback (most recent call last)"]),
    ("python", &["File \"", ".py\", line ", ", in "]),
    ("java", &["\tat ", "(", ".java:"]),
    ("java", &["    at ", "(", ".java:"]),
    ("java", &["Exception in thread \""]),
    ("dotnet", &["   at ", "(", ") in ", ".cs:line "]),
    ("dotnet", &["Unhandled exception. System."]),
    ("node", &["    at ", "(", ".js:"]),
    ("node", &["    at ", "(", ".ts:"]),
    ("node", &["    at ", "node:internal/"]),
    ("go", &["goroutine ", " [running]:"]),
    ("go", &["panic: runtime error: "]),
    ("rust", &["thread '", "' panicked at "]),
    ("rust", &["thread '", ") panicked at "]),
    ("rust", &["note: run with `RUST_BACKTRACE"]),
    ("ruby", &[".rb:", ":in `"]),
    ("ruby", &[".rb:", ":in '"]),
    ("php", &["Stack trace:", "#0 ", ".php("]),
    ("php", &["Fatal error: ", " in ", ".php"]),
    ("sql", &["SQLSTATE["]),
    ("sql", &["You have an error in your SQL syntax"]),
    ("sql", &["sqlite3.OperationalError"]),
    ("sql", &["SQLITE_CONSTRAINT: "]),
    ("sql", &["psycopg2.errors."]),
    (
        "sql",
        &["duplicate key value violates unique constraint \""],
    ),
    ("sql", &["UNIQUE constraint failed: "]),
    ("sql", &["ORA-0", ": "]),
    ("sql", &["syntax error at or near \""]),
    ("sql", &["SELECT ", " FROM ", " WHERE "]),
    ("sql", &["INSERT INTO ", " VALUES"]),
];

/// Whether an error tells about the inside of the server.
pub(super) fn check(_: &Observed<'_>, answer: &http::Response<Bytes>) -> Vec<Flaw> {
    if answer.status().as_u16() < 400 {
        return Vec::new();
    }
    let body = unescaped(&String::from_utf8_lossy(answer.body()));
    let Some((rule, what)) = told(&body) else {
        return Vec::new();
    };
    let status = answer.status().as_u16();
    let message = format!("the answer with {status} has what {rule} writes: `{what}`");
    let spot = Spot::whole(Part::ResponseBody);
    vec![Flaw::new(&INTERNALS, spot, rule, message)]
}

/// What a text tells: the rule, and a piece of the text.
fn told(body: &str) -> Option<(&'static str, &str)> {
    let mut signs = SIGNS.iter();
    let sign = signs.find(|(_, pieces)| has(body, pieces));
    let sign = sign.map(|(rule, pieces)| (*rule, pieces[0].trim()));
    sign.or_else(|| Some(("source", source(body)?)))
}

/// The ends of files of source code.
const SOURCES: &[&str] = &[
    ".py", ".js", ".ts", ".rb", ".java", ".php", ".go", ".rs", ".cs", ".pl", ".ex", ".kt", ".cpp",
    ".c",
];

/// A line of a file of source code below the root of a disk, such as `/srv/shop/cart.js:12`.
fn source(text: &str) -> Option<&str> {
    let mut words = text.split(|own: char| own.is_whitespace() || "\"'`()[]<>,;".contains(own));
    words.find(|word| {
        let place = word.split_once(':').filter(|(path, _)| path.len() > 1);
        place.is_some_and(|(path, line)| {
            path.starts_with('/')
                && SOURCES.iter().any(|end| path.ends_with(end))
                && line.starts_with(|own: char| own.is_ascii_digit())
        })
    })
}

/// Whether the pieces stand in a text in their order, at most a line apart.
fn has(text: &str, pieces: &[&str]) -> bool {
    let (first, others) = (pieces[0], &pieces[1..]);
    text.match_indices(first).any(|(at, _)| {
        let mut rest = &text[at + first.len()..];
        others.iter().all(|piece| {
            let near = rest
                .char_indices()
                .nth(200)
                .map_or(rest, |(end, _)| &rest[..end]);
            let found = near.find(piece);
            rest = found.map_or(rest, |found| &rest[found + piece.len()..]);
            found.is_some()
        })
    })
}

/// A text as it was before it became a part of JSON.
fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\\"", "\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Option<&'static str> {
        told(&unescaped(text)).map(|(rule, _)| rule)
    }

    #[test]
    fn what_runtimes_write_is_known() {
        for (text, expected) in [
            (
                r#"{"detail": "Traceback (most recent call last):\n  File \"/srv/a.py\", line 3, in f"}"#,
                "python",
            ),
            (
                "java.lang.NullPointerException\n\tat com.acme.Shop.pay(Shop.java:12)",
                "java",
            ),
            (
                "   at Acme.Shop.Pay(Int32 id) in /src/Shop.cs:line 12",
                "dotnet",
            ),
            ("TypeError: x\n    at pay (/srv/shop.js:1:2)", "node"),
            ("goroutine 1 [running]:\nmain.main()", "go"),
            ("thread 'main' panicked at src/main.rs:1:1:", "rust"),
            ("app/models/user.rb:12:in `save'", "ruby"),
            ("Stack trace:\n#0 /srv/index.php(12): f()", "php"),
            ("query failed: SELECT id FROM pets WHERE id = $1", "sql"),
            (r#"{"detail": "/srv/shop/app/cart.js:42"}"#, "source"),
            ("SQLSTATE[23000]: Integrity constraint violation", "sql"),
        ] {
            assert_eq!(rule(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_people_write_is_none() {
        for text in [
            r#"{"message": "The file shop.js at (line 3) is not allowed"}"#,
            r#"{"message": "a unique constraint is violated: the name is taken"}"#,
            r#"{"error": "syntax error in the query", "at": "(name"}"#,
            "Select a pet FROM the list WHERE it stands",
            "/pets/a.js is not there: 404",
            "https://example.com/a.js:80 is no host",
            "We will meet at 10 (see schedule.java: the talk)",
        ] {
            assert_eq!(rule(text), None, "{text}");
        }
    }
}
