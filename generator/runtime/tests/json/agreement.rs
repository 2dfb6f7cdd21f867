//! The same texts as `serde_json`: made at random from a fixed seed, whole and broken.

use bindery_runtime::runtime::json::{Json, Value};

/// A generator of numbers (xorshift64*), so that every run has the same texts.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(bits).unwrap_or(0) % bound
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

fn value(random: &mut Random, depth: usize, text: &mut String) {
    match random.below(if depth > 5 { 5 } else { 9 }) {
        0 => text.push_str(random.pick(&["null", "true", "false"])),
        1 | 2 => number(random, text),
        3 | 4 => string(random, text),
        5 | 6 => {
            text.push('[');
            for index in 0..random.below(4) {
                text.push_str(if index == 0 {
                    ""
                } else {
                    random.pick(&[",", " ,", ",\n"])
                });
                value(random, depth + 1, text);
            }
            text.push(']');
        }
        _ => {
            text.push('{');
            for index in 0..random.below(4) {
                text.push_str(if index == 0 { "" } else { "," });
                text.push('"');
                text.push_str(&index.to_string());
                let start = text.len();
                string(random, text);
                text.remove(start);
                text.push_str(random.pick(&[":", " : ", ":\t"]));
                value(random, depth + 1, text);
            }
            text.push('}');
        }
    }
}

fn number(random: &mut Random, text: &mut String) {
    text.push_str(random.pick(&["", "-"]));
    text.push_str(&random.below(1_000_000_000).to_string());
    if random.below(2) == 0 {
        text.push('.');
        text.push_str(&random.below(1000).to_string());
    }
    if random.below(3) == 0 {
        text.push_str(random.pick(&["e", "E+", "e-"]));
        text.push_str(&random.below(300).to_string());
    }
}

fn string(random: &mut Random, text: &mut String) {
    text.push('"');
    for _ in 0..random.below(6) {
        text.push_str(random.pick(&[
            "a",
            "é",
            "😀",
            "\\n",
            "\\\"",
            "\\\\",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\u0007",
            "/",
            "~",
            " ",
        ]));
    }
    text.push('"');
}

/// Compares what both make of a text.
fn compare(text: &str) {
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    match (Value::from_json(text), theirs) {
        (Ok(ours), Ok(theirs)) => {
            let again: serde_json::Value = serde_json::from_str(&ours.to_json()).expect("our JSON");
            assert_eq!(again, theirs, "{text}");
            let back = Value::from_json(theirs.to_string()).expect("their JSON");
            let numbers = text.contains(['e', 'E', '.']);
            assert!(numbers || back == ours, "{text}");
        }
        (Err(_), Err(_)) => {}
        // serde_json has no numbers beyond f64, and lets the last of equal keys win.
        (Ok(_), Err(error)) => assert!(
            error.to_string().contains("out of range"),
            "{text}: {error}"
        ),
        (Err(error), Ok(_)) => assert!(error.expected() == "each property once", "{text}: {error}"),
    }
}

#[test]
fn whole_texts() {
    let mut random = Random(0x5eed);
    for _ in 0..20_000 {
        let mut text = String::new();
        value(&mut random, 0, &mut text);
        compare(&text);
    }
}

#[test]
fn broken_texts() {
    let mut random = Random(0xb0b);
    for _ in 0..20_000 {
        let mut text = String::new();
        value(&mut random, 0, &mut text);
        let mut characters: Vec<char> = text.chars().collect();
        for _ in 0..=random.below(2) {
            let at = random.below(characters.len());
            let new = random.pick(&[
                "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "u", "\n", "\u{1}",
                " ",
            ]);
            match random.below(3) {
                0 => drop(characters.remove(at)),
                1 => characters.insert(at, new.chars().next().unwrap_or(' ')),
                _ => characters[at] = new.chars().next().unwrap_or(' '),
            }
            if characters.is_empty() {
                break;
            }
        }
        compare(&characters.into_iter().collect::<String>());
    }
}
