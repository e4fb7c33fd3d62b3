use rstest::rstest;

use super::{client, header, object, options_error};
use crate::env::fake::{FakeEnv, run};
use crate::wire::{Params, Value, overlay};
use crate::{Client, Config, Send, StartOptions};

#[rstest]
#[case(object! {"domain": Value::Undefined}, "domain option is required")]
#[case(object! {"clientID": Value::Undefined}, "clientID option is required")]
#[case(object! {"clientID": 5.0}, "clientID option is required")]
#[case(object! {"responseType": 5.0}, "responseType is not valid")]
#[case(object! {"responseMode": true}, "responseMode is not valid")]
#[case(object! {"redirectUri": 5.0}, "redirectUri is not valid")]
#[case(object! {"scope": object! {}}, "scope is not valid")]
#[case(object! {"audience": 5.0}, "audience is not valid")]
#[case(object! {"popupOrigin": 5.0}, "popupOrigin is not valid")]
#[case(object! {"leeway": "5"}, "leeway is not valid")]
#[case(object! {"plugins": "5"}, "plugins is not valid")]
#[case(object! {"maxAge": "5"}, "maxAge is not valid")]
#[case(object! {"stateExpiration": "5"}, "stateExpiration is not valid")]
#[case(object! {"legacySameSiteCookie": "no"}, "legacySameSiteCookie option is not valid")]
#[case(object! {"_disableDeprecationWarnings": 1.0}, "_disableDeprecationWarnings option is not valid")]
#[case(object! {"_sendTelemetry": "no"}, "_sendTelemetry option is not valid")]
#[case(object! {"_telemetryInfo": "no"}, "_telemetryInfo option is not valid")]
#[case(object! {"_timesToRetryFailedRequests": "2"}, "_timesToRetryFailedRequests option is not valid")]
#[case(object! {"overrides": "x"}, "overrides option is not valid")]
#[case(object! {"overrides": object! {"__tenant": 5.0}}, "__tenant option is required")]
#[case(object! {"overrides": object! {"__token_issuer": 5.0}}, "__token_issuer option is required")]
#[case(object! {"overrides": object! {"__jwks_uri": 5.0}}, "__jwks_uri is required")]
fn wrong_constructor_options_are_refused_with_auth0_js_texts(
    #[case] wrong: Params,
    #[case] text: &'static str,
) {
    let options = overlay(object! {"domain": "me.auth0.com", "clientID": "..."}, wrong);
    let refusal = Client::from_options(Value::Object(options), FakeEnv::new()).unwrap_err();
    assert_eq!(refusal, options_error(text));
}

#[test]
fn constructor_options_are_required_and_falsy_ones_pass() {
    let refusal = Client::from_options(Value::Undefined, FakeEnv::new()).unwrap_err();
    assert_eq!(refusal, options_error("options parameter is not valid"));
    let falsy =
        object! {"scope": "", "leeway": 0.0, "responseType": Value::Null, "_sendTelemetry": false};
    client(falsy, &FakeEnv::new());
}

#[rstest]
#[case("me.auth0.com", "https://me.auth0.com/passwordless/start")]
#[case("https://me.auth0.com", "https://me.auth0.com/passwordless/start")]
#[case("http://localhost:4000", "http://localhost:4000/passwordless/start")]
#[case::difference_a_slash_at_the_end(
    "https://me.auth0.com/",
    "https://me.auth0.com/passwordless/start"
)]
#[case::difference_a_domain_that_starts_like_a_scheme(
    "httpbin.auth0.com",
    "https://httpbin.auth0.com/passwordless/start"
)]
fn the_domain_may_be_an_origin(#[case] domain: &str, #[case] url: &str) {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    start(&client(object! {"domain": domain}, &env));
    assert_eq!(env.requests()[0].url, url);
}

#[rstest]
#[case::on(object! {"_sendTelemetry": true}, Some(r#"{"name":"latchkey","version":"V"}"#))]
#[case::on_by_default(object! {"_sendTelemetry": Value::Undefined}, Some(r#"{"name":"latchkey","version":"V"}"#))]
#[case::off(object! {}, None)]
#[case::a_wrapper_comes_first(
    object! {"_sendTelemetry": true, "_telemetryInfo": object! {"name": "w", "version": "2", "env": object! {"node": "20"}}},
    Some(r#"{"name":"w","version":"2","env":{"node":"20","latchkey":"V"}}"#)
)]
#[case::difference_not_mangled(
    object! {"_sendTelemetry": true, "_telemetryInfo": object! {"name": "wörter"}},
    Some(r#"{"name":"wörter","env":{"latchkey":"V"}}"#)
)]
fn telemetry_names_this_sdk(#[case] options: Params, #[case] json: Option<&str>) {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    start(&client(options, &env));
    let expected = json
        .map(|json| crate::base64url::encode_padded(json.replace('V', crate::VERSION).as_bytes()));
    assert_eq!(header(&env, "Auth0-Client"), expected);
}

#[test]
fn extra_headers_go_with_every_request() {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    start(&client(object! {"headers": object! {"X-Mine": "1"}}, &env));
    assert_eq!(header(&env, "X-Mine").as_deref(), Some("1"));
}

#[test]
fn the_typed_configuration_has_the_same_effect() {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let mut config = Config::new("me.auth0.com", "...");
    config.response_type = Some("code".into());
    config.redirect_uri = Some("http://page.com/callback".into());
    config.state = Some("S".into());
    config.language = Some("nl".into());
    config.timeout_ms = 0;
    let client = Client::new(config, env.clone()).unwrap();
    start(&client);
    assert_eq!(header(&env, "X-Request-Language").as_deref(), Some("nl"));
    assert!(header(&env, "Auth0-Client").is_some());
    assert_eq!(env.requests()[0].timeout_ms, 0);
    assert_eq!(env.stored()[0].key, "com.auth0.auth.S");
    assert_eq!(
        format!("{client:?}"),
        r#"Client { root_url: "https://me.auth0.com", .. }"#
    );
}

fn start(client: &Client<FakeEnv>) {
    let options = StartOptions {
        connection: "email".into(),
        send: Some(Send::Code),
        email: Some("a@b.co".into()),
        ..StartOptions::default()
    };
    run(client.passwordless_start(options)).unwrap().unwrap();
}
