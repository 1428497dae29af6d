//! Place codes: any text.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| treebot_fuzz::checks::place_code(data));
