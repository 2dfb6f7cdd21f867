//! The JSON codec against the grammar of RFC 8259, and against `serde_json`.

#[path = "json/agreement.rs"]
mod agreement;
#[path = "json/grammar.rs"]
mod grammar;
#[path = "json/maps.rs"]
mod maps;
#[path = "json/names.rs"]
mod names;
#[path = "json/numbers.rs"]
mod numbers;
#[path = "json/rules.rs"]
mod rules;
#[path = "json/times.rs"]
mod times;
#[path = "json/whole.rs"]
mod whole;
