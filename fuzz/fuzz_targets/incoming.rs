//! Bodies of the webhook: any bytes, as if they had been signed.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| treebot_fuzz::webhook::incoming(data));
