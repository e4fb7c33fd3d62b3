//! The fuzz targets' entry points, on arbitrary bytes and on good inputs with some bytes changed.

use proptest::prelude::*;

use crate as latchkey_webauth;

#[path = "../../fuzz/entry.rs"]
mod entry;

const HASH: &str = "#access_token=AT&id_token=eyJ.eyJ.c2ln&state=S&expires_in=7200&token_type=Bearer&scope=openid%20email";
const TOKEN: &str = "eyJhbGciOiJSUzI1NiIsImtpZCI6IksifQ.eyJpc3MiOiJodHRwczovL21lLmF1dGgwLmNvbS8iLCJzdWIiOiJ4IiwiYXVkIjoiQ0lEIiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDM2MDB9.c2lnbmVk";
const BODY: &str = "\u{10}{\"error\":\"access_denied\",\"error_description\":\"Wrong email or verification code.\",\"err\":{\"code\":1}}";

/// `text` with some of its bytes replaced.
fn damaged(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let places = proptest::collection::vec((0..text.len(), any::<u8>()), 0..4);
    places.prop_map(move |places| {
        let mut bytes = text.as_bytes().to_vec();
        for (place, byte) in places {
            bytes[place] = byte;
        }
        bytes
    })
}

fn input(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        damaged(text),
        proptest::collection::vec(any::<u8>(), 0..200)
    ]
}

proptest! {
    #[test]
    fn any_hash_has_an_outcome(data in input(HASH)) {
        entry::hash(&data);
    }

    #[test]
    fn any_id_token_has_an_outcome(data in input(TOKEN)) {
        entry::id_token(&data);
    }

    #[test]
    fn any_refusal_has_an_outcome(data in input(BODY)) {
        entry::error_body(&data);
    }
}

/// What libFuzzer found: a tenant that repeats the code in a header, or as a name.
#[test]
fn a_code_that_the_tenant_repeats_is_masked_wherever_it_stands() {
    entry::error_body(b"\x01913477-secret");
    entry::error_body(b"\x11{\"error\":{\"913477-secret\":1}}");
}
