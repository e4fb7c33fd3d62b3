//! See `latchkey_mock_tenant::fuzzing::mail`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| latchkey_mock_tenant::fuzzing::mail(data));
