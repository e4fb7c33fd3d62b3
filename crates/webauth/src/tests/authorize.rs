use super::{client, object};
use crate::env::fake::FakeEnv;
use crate::wire::{Params, Value};

fn address(options: Params) -> (String, Vec<String>) {
    let env = FakeEnv::new();
    let client = client(object! {}, &env);
    (
        client.authorize_url(client.authorize_params(options)),
        env.warnings(),
    )
}

#[test]
fn the_default_scope_is_sent_unless_one_is_given() {
    let (url, _) = address(object! {"state": "1234", "connection": "facebook"});
    assert_eq!(
        url,
        "https://me.auth0.com/authorize?client_id=...&response_type=code&redirect_uri=http%3A%2F%2Fpage.com%2Fcallback&state=1234&connection=facebook&scope=openid%20profile%20email"
    );
    assert!(
        address(object! {"scope": "openid"})
            .0
            .ends_with("&scope=openid")
    );
}

#[test]
fn options_for_the_sdk_alone_are_not_sent() {
    let options = object! {
        "username": "u", "popupOptions": object! {"width": 1.0}, "domain": "d", "tenant": "t", "timeout": 5.0,
        "appState": "a", "scope": "s",
    };
    let (url, warnings) = address(options);
    assert!(url.ends_with("callback&scope=s"), "{url}");
    assert!(warnings.is_empty());
}

#[test]
fn lists_of_connection_scopes_are_joined_only_under_the_wire_name() {
    let scopes = || Value::Array(vec![Value::from("a"), Value::from("b")]);
    assert!(
        address(object! {"scope": "s", "connection_scope": scopes()})
            .0
            .ends_with("&connection_scope=a%2Cb")
    );
    let camel = address(object! {"scope": "s", "connectionScope": scopes()}).0;
    assert!(
        camel.ends_with("&connection_scope%5B0%5D=a&connection_scope%5B1%5D=b"),
        "{camel}"
    );
}

#[test]
fn unknown_parameters_are_sent_with_a_warning() {
    let (url, warnings) = address(
        object! {"scope": "s", "fooBar": "1", "x": "2", "maxAge": 60.0, "gone": Value::Undefined},
    );
    assert!(url.ends_with("&foo_bar=1&x=2&max_age=60"), "{url}");
    assert_eq!(
        warnings,
        ["Following parameters are not allowed on the `/authorize` endpoint: [foo_bar,x]"]
    );
}
