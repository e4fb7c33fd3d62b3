//! Runs the entry points of the fuzz targets on arbitrary bytes, and on valid inputs with some bytes changed.

use proptest::prelude::*;

use crate as latchkey_webauth;

#[path = "../../fuzz/entry.rs"]
mod entry;

const HASH: &[u8] = include_bytes!("../../fuzz/seeds/hash/tokens");
const TOKEN: &[u8] = include_bytes!("../../fuzz/seeds/id_token/plain");
const BODY: &[u8] = include_bytes!("../../fuzz/seeds/error_body/description");

/// `text` with some of its bytes replaced.
fn damaged(text: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let places = proptest::collection::vec((0..text.len(), any::<u8>()), 0..4);
    places.prop_map(move |places| {
        let mut bytes = text.to_vec();
        for (place, byte) in places {
            bytes[place] = byte;
        }
        bytes
    })
}

fn input(text: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
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

/// libFuzzer found these inputs: the tenant repeats the code in a header, or as the name of a member.
#[test]
fn a_code_that_the_tenant_repeats_is_masked_everywhere() {
    entry::error_body(include_bytes!("../../fuzz/seeds/error_body/header"));
    entry::error_body(include_bytes!("../../fuzz/seeds/error_body/name"));
}
