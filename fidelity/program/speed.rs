//! Reads and writes values for a while. Its answer: how many values of the file could be read, how many bytes a second
//! of CPU are read and written, and the kilobytes that hold all of them.

// What of the client is used depends on the document.
#![allow(dead_code, unused_imports)]

mod codec;
mod runtime;
mod table;
mod types;

use codec::Encode;

fn main() {
    let file = std::env::args().nth(1).expect("a file of rows");
    let text = std::fs::read_to_string(file).expect("rows");
    let entries = table::entries();
    let rows = text.lines().map(|row| {
        let (index, value) = row.split_once(' ').expect("an index and a value");
        (entries[index.parse::<usize>().expect("an index")], value)
    });
    let rows: Vec<_> = rows.filter(|(decode, value)| decode(value).is_some()).collect();
    let (count, bytes) = (rows.len(), rows.iter().map(|row| row.1.len()).sum::<usize>());
    let before = memory();
    let values: Vec<_> = rows.iter().filter_map(|(decode, value)| decode(value)).collect();
    let held = memory().saturating_sub(before);
    let read = rate(bytes, || rows.iter().filter(|(decode, value)| decode(value).is_some()).count());
    let written: usize = values.iter().map(|value| value.encode().len()).sum();
    let write = rate(written, || values.iter().map(|value| value.encode().len()).sum());
    println!("{count} {read:.0} {write:.0} {held}");
}

/// The bytes a second of CPU of something that is done again and again.
fn rate(bytes: usize, work: impl Fn() -> usize) -> f64 {
    let (start, mut rounds) = (seconds(), 0);
    while seconds() < start + 2.0 {
        std::hint::black_box(work());
        rounds += 1;
    }
    (bytes * rounds) as f64 / (seconds() - start)
}

/// The CPU seconds of this process, which Linux counts in hundredths: the 14th and 15th field of its line.
fn seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, fields) = stat.rsplit_once(')').expect("the name of the program");
    let times = fields.split_whitespace().skip(11).take(2);
    times.map(|time| time.parse::<f64>().expect("a time")).sum::<f64>() / 100.0
}

/// The memory in use now, in kilobytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}
