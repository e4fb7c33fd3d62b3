//! See `latchkey_mock_tenant::fuzzing::snapshot`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| latchkey_mock_tenant::fuzzing::snapshot(data));
