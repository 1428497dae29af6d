//! Stored histories and events: any text.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| treebot_fuzz::checks::history(data));
