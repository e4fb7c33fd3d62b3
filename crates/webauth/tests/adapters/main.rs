//! One list of faults for both adapters of [`Env`]. One adapter is `BrowserEnv` (gloo-net and web-sys); in the other JavaScript
//! does requests, frames and WebCrypto (`src/js/bridge.rs` with `js/call.js`, as shipped). Each fault has the same outcome in
//! both.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "tests, which clippy does not see here")]

mod crypto_and_storage;
mod frames;
mod javascript;
mod page;
mod requests;

use latchkey_webauth::env::browser::BrowserEnv;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use javascript::JavaScript;

wasm_bindgen_test_configure!(run_in_browser);

/// Makes two tests of each fault, one for each adapter.
macro_rules! faults {
    ($($file:ident: $($fault:ident)*;)*) => {
        mod browser_env {
            use super::*;
            $($(#[wasm_bindgen_test] async fn $fault() {
                page::unspoil();
                $file::$fault(BrowserEnv::new()).await;
            })*)*
        }
        mod javascript_env {
            use super::*;
            $($(#[wasm_bindgen_test] async fn $fault() {
                page::unspoil();
                $file::$fault(JavaScript::new()).await;
            })*)*
        }
    };
}

faults! {
    requests:
        a_request_arrives_as_it_was_put_together
        cookies_are_sent_only_where_they_are_asked_for
        nothing_listens
        the_address_is_none
        a_wrapper_around_fetch_rejects_with_anything
        a_wrapper_around_fetch_throws
        a_wrapper_around_fetch_answers_with_no_response
        silence
        a_body_that_never_ends
        a_connection_lost_in_the_middle_of_the_body
        the_caller_gives_up
        every_status_is_a_response
        only_the_headers_that_are_read_arrive
        bodies_by_content_type
        a_body_as_deep_as_options_may_be;
    frames:
        a_frame_that_never_answers
        a_frame_of_another_origin
        a_message_of_another_window
        a_frame_with_another_state
        a_frame_with_another_type
        a_frame_that_says_nothing_sensible
        a_frame_that_comes_home
        a_frame_that_stays_elsewhere;
    crypto_and_storage:
        a_digest
        a_signature
        a_key_that_cannot_be_used
        no_web_crypto
        no_crypto_at_all
        web_crypto_that_fails
        cookies_blocked
        cookies_and_local_storage_blocked;
}
