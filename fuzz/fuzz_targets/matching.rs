//! What is typed at a question: any answers, any text.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| treebot_fuzz::checks::matching(data));
