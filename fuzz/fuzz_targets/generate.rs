//! Any document becomes Rust, or is refused.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    bindery_tests::fuzz::generate(text);
});
