//! Compiled trees: any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| treebot_fuzz::checks::compiled(data));
