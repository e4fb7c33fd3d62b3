//! The addresses that have an authorization response. `tests/package/authorization-responses.test.mjs` holds the scripts that
//! recognize responses before the module is there to the same list.

use super::{client, object};
use crate::ParseOptions;
use crate::env::fake::{FakeEnv, run};
use crate::wire::Value;

/// Each row has an address, and whether `handleRedirectCallback` (`callback`) and `parseHash` (`hash`) find a response in it.
/// `dialog` is false if the dialog's script does not look for such a response, because no tenant writes one.
const ADDRESSES: &str = include_str!("authorization-responses.json");

#[test]
fn an_authorization_response_is_recognized_by_its_members() {
    let rows = crate::env::Env::parse_json(&FakeEnv::new(), ADDRESSES).unwrap();
    let Value::Array(rows) = rows else {
        panic!("the file is a list");
    };
    assert!(!rows.is_empty());
    for row in rows {
        let address = row.member("address").as_str().unwrap();
        let env = FakeEnv::new();
        env.at(address);
        let client = client(object! {}, &env);
        // Without a transaction every response is an error, and an address without one is `None`.
        let in_address = run(client.handle_redirect_callback()) != Some(Ok(None));
        let in_fragment = run(client.parse_hash(ParseOptions::default())) != Some(Ok(None));
        assert_eq!(
            &Value::Bool(in_address),
            row.member("callback"),
            "{address}"
        );
        assert_eq!(&Value::Bool(in_fragment), row.member("hash"), "{address}");
    }
}
