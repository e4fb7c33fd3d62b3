use rstest::rstest;

use super::{client, object, options_error};
use crate::env::fake::FakeEnv;
use crate::wire::{Params, get};
use crate::{Error, transaction};

#[test]
fn case_41_a_response_type_is_required() {
    assert_eq!(
        transaction::check(&object! {}).unwrap_err(),
        options_error("responseType is required")
    );
}

#[rstest]
#[case::case_42(object! {"responseType": "code"}, 32, 0)]
#[case::case_43(object! {"responseType": "code id_token", "state": "some-state"}, 10, 32)]
#[case::case_44(object! {"responseType": "id_token", "state": "s", "nonce": "n"}, 1, 1)]
#[case::empty_state_is_none(object! {"responseType": "code", "state": ""}, 32, 0)]
fn state_and_nonce_are_added_where_missing(
    #[case] mut params: Params,
    #[case] state: usize,
    #[case] nonce: usize,
) {
    let client = client(object! {}, &FakeEnv::new());
    client.begin_transaction(&mut params).unwrap();
    let length = |name| get(&params, name).as_str().map_or(0, str::len);
    assert_eq!((length("state"), length("nonce")), (state, nonce));
}

#[rstest]
#[case::case_45(object! {}, 1800)]
#[case::case_45_longer(object! {"stateExpiration": 60.0}, 3600)]
#[case::half_a_minute(object! {"stateExpiration": 0.5}, 30)]
#[case::zero_is_the_default(object! {"stateExpiration": 0.0}, 1800)]
fn the_record_of_auth0_js_is_stored(#[case] options: Params, #[case] lifetime_s: u32) {
    let env = FakeEnv::new();
    let mut params = object! {
        "responseType": "code", "state": "S", "nonce": "N", "appState": "A", "connection": "email", "organization": "o",
    };
    client(options, &env)
        .begin_transaction(&mut params)
        .unwrap();
    let stored = env.stored().remove(0);
    assert_eq!(stored.key, "com.auth0.auth.S");
    assert_eq!(
        stored.value,
        r#"{"nonce":"N","appState":"A","state":"S","lastUsedConnection":"email","organization":"o"}"#
    );
    assert_eq!((stored.lifetime_s, stored.cross_site), (lifetime_s, false));
}

#[test]
fn case_45_on_the_tenants_own_page_nothing_is_stored() {
    let env = FakeEnv::new();
    env.at("https://me.auth0.com");
    let mut params = object! {"responseType": "code"};
    client(object! {}, &env)
        .begin_transaction(&mut params)
        .unwrap();
    assert!(env.stored().is_empty());
}

#[test]
fn difference_the_tenants_own_page_is_known_by_a_domain_with_a_scheme_too() {
    let env = FakeEnv::new();
    env.at("http://localhost:4000");
    assert!(client(object! {"domain": "http://localhost:4000/"}, &env).on_universal_login());
    env.at("http://localhost:3000");
    assert!(!client(object! {"domain": "http://localhost:4000"}, &env).on_universal_login());
}

#[test]
fn case_46_reading_deletes() {
    let env = FakeEnv::new();
    let client = client(object! {}, &env);
    client
        .begin_transaction(&mut object! {"responseType": "code", "state": "S"})
        .unwrap();
    assert!(client.take("com.auth0.auth.S").is_some());
    assert!(client.take("com.auth0.auth.S").is_none());
}

#[test]
fn case_50_bytes_become_characters_and_the_last_61_values_are_drawn_again() {
    let env = FakeEnv::new();
    let mut params = object! {"responseType": "code"};
    let client = client(object! {"transaction": object! {"keyLength": 10.0}}, &env);
    env.random_bytes(&[10, 11, 12, 255, 195, 13, 14, 15, 16, 17, 18, 19]);
    client.begin_transaction(&mut params).unwrap();
    assert_eq!(get(&params, "state").as_str(), Some("ABCDEFGHIJ"));
}

#[test]
fn the_alphabet_has_no_capital_w_and_is_used_to_its_end() {
    let env = FakeEnv::new();
    let client = client(object! {"transaction": object! {"keyLength": 65.0}}, &env);
    env.random_bytes(&(0..65).collect::<Vec<_>>());
    let mut params = object! {"responseType": "code"};
    client.begin_transaction(&mut params).unwrap();
    assert_eq!(
        get(&params, "state").as_str(),
        Some("0123456789ABCDEFGHIJKLMNOPQRSTUVXYZabcdefghijklmnopqrstuvwxyz-._~")
    );
}

#[test]
fn case_50_without_randomness_there_is_no_login() {
    let env = FakeEnv::new();
    env.random_bytes(&[]);
    let outcome = client(object! {}, &env).begin_transaction(&mut object! {"responseType": "code"});
    assert_eq!(outcome.unwrap_err(), Error::RandomUnavailable);
}

#[test]
fn difference_case_49_blocked_storage_is_an_error_and_no_silent_loss() {
    let env = FakeEnv::new();
    env.keep_entries(false);
    let outcome = client(object! {}, &env).begin_transaction(&mut object! {"responseType": "code"});
    assert_eq!(outcome.unwrap_err(), Error::StorageUnavailable);
}

#[test]
fn blocked_storage_is_a_warning_where_a_server_minted_the_state() {
    let env = FakeEnv::new();
    env.keep_entries(false);
    let mut params = object! {"responseType": "code", "state": "of-the-server"};
    client(object! {}, &env)
        .begin_transaction(&mut params)
        .unwrap();
    assert_eq!(env.warnings().len(), 1);
}

#[test]
fn difference_old_transactions_are_pruned() {
    let env = FakeEnv::new();
    let client = client(object! {}, &env);
    for state in ["1", "2", "3", "4", "5", "6", "7"] {
        client
            .begin_transaction(&mut object! {"responseType": "code", "state": state})
            .unwrap();
    }
    let keys: Vec<_> = env.stored().into_iter().map(|stored| stored.key).collect();
    assert_eq!(
        keys,
        ["3", "4", "5", "6", "7"].map(|state| format!("com.auth0.auth.{state}"))
    );
}

#[test]
fn the_namespace_can_be_set() {
    let env = FakeEnv::new();
    let client = client(
        object! {"transaction": object! {"namespace": "mine."}, "cookieDomain": "example.com"},
        &env,
    );
    client
        .begin_transaction(&mut object! {"responseType": "code", "state": "S"})
        .unwrap();
    assert_eq!(env.stored()[0].key, "mine.S");
    assert_eq!(
        env.stored()[0].cookie_domain.as_deref(),
        Some("example.com")
    );
}
