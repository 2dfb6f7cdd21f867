//! Any text is read, and what is wrong with it is shown.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    bindery_tests::fuzz::read(text);
});
