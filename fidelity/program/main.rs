//! Reads values into the types of the client, checks them and writes them again: a row in, a row out.
//!
//! A row is the index of a type, a space, and JSON. The answer is `unread` and why, or `read`, what `validate()` says,
//! and the JSON that is written; or `panic`. Its parts are separated by tabs.

mod table;

use std::io::{BufRead, Write};

use client::runtime::check::{Checker, Rule};
use client::runtime::json::{Json, Reader, Writer};

/// A type, by the value that is read into, and the rules of the place that it stands at.
type Entry = (fn() -> Box<dyn Json>, &'static [Rule]);

fn main() {
    let entries = table::entries();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let answer = std::panic::catch_unwind(|| answer(&entries, &line));
        let answer = answer.unwrap_or_else(|_| "panic".to_owned());
        if writeln!(out, "{answer}").and_then(|()| out.flush()).is_err() {
            break;
        }
    }
}

fn answer(entries: &[Entry], line: &str) -> String {
    let (index, text) = line.split_once(' ').expect("an index and a value");
    let (initial, rules) = entries[index.parse::<usize>().expect("an index")];
    let mut value = initial();
    let read = Reader::of(text.as_bytes()).and_then(|mut reader| value.read(&mut reader));
    if let Err(error) = read {
        return format!("unread\t{}", one_line(&error.to_string()));
    }
    let mut checker = Checker::new();
    value.check(rules, &mut checker);
    let violations: Vec<_> = checker.into_violations().iter().map(ToString::to_string).collect();
    let mut writer = Writer::new();
    value.write(&mut writer);
    format!("read\t{}\t{}", one_line(&violations.join("; ")), writer.into_string())
}

fn one_line(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
