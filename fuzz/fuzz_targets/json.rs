//! The reader of JSON agrees with serde_json.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    bindery_tests::fuzz::json(text);
});
