//! `utfall_fuzz::sie` under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| utfall_fuzz::sie(bytes));
