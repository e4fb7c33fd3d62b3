#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../entry.rs"]
#[allow(dead_code)]
mod entry;
use latchkey_webauth;

fuzz_target!(|data: &[u8]| entry::error_body(data));
