use rstest::rstest;

use super::{client, object, options_error};
use crate::env::Env;
use crate::env::fake::{FakeEnv, run};
use crate::wire::{Params, Value, get};
use crate::{Error, transaction};

#[test]
fn a_response_type_is_required() {
    assert_eq!(
        transaction::check(&object! {}).unwrap_err(),
        options_error("responseType is required")
    );
}

#[rstest]
#[case::state_is_added(object! {"responseType": "code"}, 32, 0)]
#[case::nonce_is_added_for_an_id_token(object! {"responseType": "code id_token", "state": "some-state"}, 10, 32)]
#[case::given_values_are_kept(object! {"responseType": "id_token", "state": "s", "nonce": "n"}, 1, 1)]
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
#[case::default_lifetime(object! {}, 1800)]
#[case::longer_lifetime(object! {"stateExpiration": 60.0}, 3600)]
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
fn the_tenants_own_login_page_stores_nothing() {
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
fn taking_a_transaction_deletes_it() {
    let env = FakeEnv::new();
    let client = client(object! {}, &env);
    client
        .begin_transaction(&mut object! {"responseType": "code", "state": "S"})
        .unwrap();
    assert!(client.take("com.auth0.auth.S").is_some());
    assert!(client.take("com.auth0.auth.S").is_none());
}

#[test]
fn random_bytes_become_characters_and_the_61_greatest_are_drawn_again() {
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
fn without_randomness_there_is_no_login() {
    let env = FakeEnv::new();
    env.random_bytes(&[]);
    let outcome = client(object! {}, &env).begin_transaction(&mut object! {"responseType": "code"});
    assert_eq!(outcome.unwrap_err(), Error::RandomUnavailable);
}

#[test]
fn difference_blocked_storage_is_an_error() {
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
fn difference_five_transactions_are_in_cookies_and_older_ones_can_still_be_finished() {
    let env = FakeEnv::new();
    let client = client(object! {}, &env);
    let begin = |state: &str| {
        let mut params = object! {"responseType": "code", "state": state};
        client.begin_transaction(&mut params).unwrap();
    };
    for state in ["1", "2", "3", "4", "5", "6", "7"] {
        begin(state);
    }
    assert_eq!(
        env.stored_keys("com.auth0.auth."),
        ["3", "4", "5", "6", "7"].map(|state| format!("com.auth0.auth.{state}"))
    );
    for state in ["1", "2", "3", "7"] {
        let stored = client.stored_transaction(&state.into());
        assert_eq!(stored.member("state").as_str(), Some(state));
    }
}

#[test]
fn entries_outside_of_cookies_expire() {
    let env = FakeEnv::new();
    let client = client(object! {"stateExpiration": 1.0}, &env);
    let begin = |state: &str| {
        let mut params = object! {"responseType": "code", "state": state};
        client.begin_transaction(&mut params).unwrap();
    };
    for state in ["1", "2", "3", "4", "5", "6", "7"] {
        begin(state);
    }
    env.advance_s(61.0);
    begin("8");
    let keys: Vec<_> = env.stored().into_iter().map(|stored| stored.key).collect();
    assert_eq!(keys, ["com.auth0.auth.8"]);
}

#[test]
fn a_login_under_way_outlives_any_number_of_starts_in_another_tab() {
    let env = FakeEnv::new();
    let other_tab = client(object! {}, &env);
    let mut params = object! {"responseType": "code", "state": "under-way"};
    other_tab.begin_transaction(&mut params).unwrap();
    let client = client(object! {}, &env);
    for number in 0..12 {
        env.respond(200, "{}");
        let email = format!("{number}@example.com");
        let options = object! {"connection": "email", "send": "link", "email": email};
        let start = client.prepare_start(Value::Object(options)).unwrap();
        run(client.send_start(start)).unwrap().unwrap();
    }
    let stored = other_tab.stored_transaction(&"under-way".into());
    assert_eq!(stored.member("state").as_str(), Some("under-way"));
    assert_eq!(env.stored().len(), 13, "each link can still be opened");
    assert_eq!(env.stored_keys("com.auth0.auth.").len(), 5);
}

#[test]
fn another_start_for_the_same_recipient_replaces_the_transaction_of_the_invalid_message() {
    let env = FakeEnv::new();
    let client = client(object! {}, &env);
    for email in ["nora@example.com", "Nora@Example.com", "bob@example.com"] {
        env.respond(200, "{}");
        let options = object! {"connection": "email", "send": "code", "email": email};
        let start = client.prepare_start(Value::Object(options)).unwrap();
        run(client.send_start(start)).unwrap().unwrap();
    }
    assert_eq!(env.stored().len(), 2);
}

#[test]
fn a_start_that_fails_leaves_the_transaction_of_the_message_before() {
    let env = FakeEnv::new();
    let client = client(object! {}, &env);
    for status in [200, 429] {
        env.respond(status, "{}");
        let options = object! {"connection": "email", "send": "link", "email": "nora@example.com"};
        let start = client.prepare_start(Value::Object(options)).unwrap();
        assert_eq!(
            run(client.send_start(start)).unwrap().is_ok(),
            status == 200
        );
    }
    assert_eq!(env.stored().len(), 1);
}

#[test]
fn a_request_in_a_frame_of_this_page_stores_nothing() {
    let env = FakeEnv::new();
    let client = client(object! {"responseType": "token"}, &env);
    let params = client
        .prepare_session(Value::Object(
            object! {"redirectUri": "https://app.example.com/"},
        ))
        .unwrap();
    assert!(
        run(client.finish_session(params)).is_none(),
        "it waits for the frame"
    );
    assert!(env.stored().is_empty());
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
