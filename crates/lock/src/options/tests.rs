//! Tests of reading a page's options.

use latchkey_webauth::{Params, Value};
use rstest::rstest;

use super::*;
use crate::i18n::Key;
use crate::model::{Channel, LastLogin, Recipient, Tone};

/// JSON as a page's options object.
fn value(json: &str) -> Value {
    fn copy(json: serde_json::Value) -> Value {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(flag) => Value::Bool(flag),
            serde_json::Value::Number(number) => {
                Value::Number(number.as_f64().expect("a small number"))
            }
            serde_json::Value::String(text) => Value::String(text),
            serde_json::Value::Array(items) => Value::Array(items.into_iter().map(copy).collect()),
            serde_json::Value::Object(members) => Value::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (name, copy(value)))
                    .collect::<Params>(),
            ),
        }
    }
    copy(serde_json::from_str(json).expect("JSON"))
}

fn read(json: &str) -> Options {
    Options::read(&"CLIENT".into(), &"acme.auth0.com".into(), &value(json)).expect("valid options")
}

#[rstest]
#[case("{}", false, true)]
#[case(r#"{"rememberLastLogin": true}"#, true, true)]
#[case(r#"{"rememberLastLogin": true, "auth": {"sso": false}}"#, true, false)]
#[case(r#"{"rememberLastLogin": "yes", "auth": {"sso": null}}"#, false, true)]
fn remember_last_login_is_read(#[case] json: &str, #[case] remembers: bool, #[case] sso: bool) {
    let settings = read(json).settings;
    assert_eq!((settings.remembers, settings.sso), (remembers, sso));
}

fn email() -> LastLogin {
    LastLogin::Code(Recipient::Email("nora@example.com".into()))
}

#[rstest]
#[case(email(), "email\nnora@example.com")]
#[case(LastLogin::Code(Recipient::Phone("+4915123456789".into())), "sms\n+4915123456789")]
#[case(LastLogin::Social("google-oauth2".into()), "google-oauth2")]
fn a_login_is_read_as_it_was_written(#[case] login: LastLogin, #[case] text: &str) {
    let all = r#"{"allowedConnections": ["google-oauth2", "sms", "email"]}"#;
    let connections = read(all).connections;
    assert_eq!(connections.write_login(&login), text);
    assert_eq!(connections.read_login(text), Some(login));
}

#[rstest]
#[case("")]
#[case("email")]
#[case("email\n")]
#[case("email\nnora")]
#[case("email\n nora@example.com")]
#[case("email\nnora@example.com\n")]
#[case("email\nnora@example.com\n123456")]
#[case("sms\nnora@example.com")]
#[case("sms\n15123456789")]
#[case("sms\n+49 15123456789")]
#[case("github\n")]
#[case("facebook")]
#[case("{\"connection\":\"email\"}")]
#[case("<img src=x>")]
fn a_foreign_text_is_not_read_as_a_login(#[case] text: &str) {
    let all = r#"{"allowedConnections": ["github", "sms", "email"]}"#;
    assert_eq!(read(all).connections.read_login(text), None);
}

#[test]
fn a_login_that_is_no_longer_offered_is_none() {
    let connections = read(r#"{"allowedConnections": ["sms"]}"#).connections;
    assert_eq!(connections.read_login("email\nnora@example.com"), None);
    assert_eq!(connections.read_login("github"), None);
    let own = r#"{"allowedConnections": ["my-email"], "useCustomPasswordlessConnection": true}"#;
    let connections = read(own).connections;
    assert_eq!(connections.read_login("email\nnora@example.com"), None);
    assert_eq!(
        connections.read_login(&connections.write_login(&email())),
        Some(email())
    );
}

#[rstest]
#[case(Value::Undefined, "d".into(), Value::Undefined, InvalidOptions::ClientId)]
#[case("c".into(), Value::Number(1.0), Value::Undefined, InvalidOptions::Domain)]
#[case("c".into(), "d".into(), Value::Null, InvalidOptions::Options)]
#[case("c".into(), "d".into(), "text".into(), InvalidOptions::Options)]
fn arguments_of_the_wrong_type_are_refused(
    #[case] client_id: Value,
    #[case] domain: Value,
    #[case] options: Value,
    #[case] expected: InvalidOptions,
) {
    let read = Options::read(&client_id, &domain, &options);
    assert_eq!(read, Err(expected));
    assert!(!expected.message().is_empty());
}

#[test]
fn the_options_of_the_documentation_are_read() {
    let options = read(
        r#"{"allowedConnections": ["email"], "passwordlessMethod": "code", "auth": {
            "redirectUrl": "https://app.example.com/callback", "responseType": "code",
            "params": {"scope": "openid", "code_challenge": "abc", "state": "S1", "nonce": "N1"}}}"#,
    );
    let config = &options.config;
    assert_eq!(config.client_id, "CLIENT");
    assert_eq!(config.domain, "acme.auth0.com");
    assert_eq!(options.connections.name(Channel::Email), "email");
}

#[test]
fn prefill_sets_the_email_and_the_phone_number() {
    assert_eq!(read(r#"{"prefill": {"phoneNumber": "123"}}"#).phone, "123");
    assert_eq!(read(r#"{"prefill": {"email": "a@b.c"}}"#).email, "a@b.c");
}

#[rstest]
#[case(r#"{"allowedConnections": ["own-email"]}"#, "email")]
#[case(
    r#"{"allowedConnections": ["own-email"], "useCustomPasswordlessConnection": true}"#,
    "own-email"
)]
#[case(
    r#"{"allowedConnections": ["custom"], "useCustomPasswordlessConnection": true}"#,
    "custom"
)]
#[case(r#"{"useCustomPasswordlessConnection": true}"#, "email")]
#[case("{}", "email")]
fn a_custom_connection_name_is_used_only_with_the_flag(#[case] json: &str, #[case] expected: &str) {
    let connections = read(json).connections;
    assert_eq!(connections.name(Channel::Email), expected);
    assert_eq!(connections.passwordless.len(), 1);
}

#[rstest]
#[case(r#"["sms"]"#, &[Channel::Sms], &[])]
#[case(r#"["sms", "email"]"#, &[Channel::Sms, Channel::Email], &[])]
#[case(r#"["google-oauth2", "email", "my-company"]"#, &[Channel::Email], &["Google", "My company"])]
#[case(r#"["facebook"]"#, &[], &["Facebook"])]
#[case("[]", &[Channel::Email], &[])]
#[case("[7]", &[Channel::Email], &[])]
fn connections_are_told_apart_by_their_names(
    #[case] names: &str,
    #[case] channels: &[Channel],
    #[case] social: &[&str],
) {
    let options = read(&format!(r#"{{"allowedConnections": {names}}}"#));
    assert_eq!(options.settings.channels, channels);
    assert_eq!(options.settings.has_social, !social.is_empty());
    let shown: Vec<_> = options
        .connections
        .social
        .iter()
        .map(|login| &*login.display_name)
        .collect();
    assert_eq!(shown, social);
}

#[test]
fn without_valid_connections_the_connection_email_is_offered() {
    let settings = read(r#"{"allowedConnections": []}"#).settings;
    assert!(!settings.channels.is_empty());
}

#[test]
fn social_buttons_take_their_look_from_the_page() {
    let options = read(
        r##"{"allowedConnections": ["acme"],
            "theme": {"authButtons": {"acme": {"displayName": "ACME", "primaryColor": "#123", "foregroundColor": "white", "icon": "/a.svg"}}}}"##,
    );
    let acme = options.connections.social.first().expect("one");
    assert_eq!(acme.display_name, "ACME");
    assert_eq!(acme.primary_color.as_deref(), Some("#123"));
    assert_eq!(acme.icon.as_deref(), Some("/a.svg"));
}

#[test]
fn a_social_login_names_the_connection_and_its_scopes() {
    let acme = read(r#"{"allowedConnections": ["acme"]}"#)
        .connections
        .social;
    let mut acme = acme.into_iter().next().expect("one");
    let said = Value::Object(social_params(&acme));
    assert_eq!(said.member("connection").as_str(), Some("acme"));
    assert_eq!(said.member("connection_scope"), &Value::Undefined);
    acme.scopes = vec!["a".into(), "b".into()];
    let said = Value::Object(social_params(&acme));
    assert_eq!(said.member("connection_scope").as_str(), Some("a,b"));
}

#[rstest]
#[case(r#"{"defaultLocation": "fr"}"#, Some("FR"))]
#[case(r#"{"defaultLocation": "xx"}"#, None)]
#[case("{}", None)]
fn the_default_location_is_upper_cased(#[case] json: &str, #[case] expected: Option<&str>) {
    assert_eq!(read(json).country.as_deref(), expected);
}

#[test]
fn any_passwordless_method_but_link_means_a_code() {
    assert!(!read("{}").settings.link);
    assert!(!read(r#"{"passwordlessMethod": "code"}"#).settings.link);
    assert!(read(r#"{"passwordlessMethod": "link"}"#).settings.link);
}

#[rstest]
#[case("{}", Ok(None))]
#[case(
    r#"{"flashMessage": {"type": "error", "text": "a"}}"#,
    Ok(Some(Tone::Error))
)]
#[case(
    r#"{"flashMessage": {"type": "success", "text": "a"}}"#,
    Ok(Some(Tone::Ok))
)]
#[case(
    r#"{"flashMessage": {"type": "info", "text": "a"}}"#,
    Ok(Some(Tone::Info))
)]
#[case(
    r#"{"flashMessage": {"type": "warning", "text": "a"}}"#,
    Err(InvalidFlash)
)]
#[case(r#"{"flashMessage": {"type": "error"}}"#, Err(InvalidFlash))]
fn flash_messages_need_a_type_and_a_text(
    #[case] json: &str,
    #[case] expected: Result<Option<Tone>, InvalidFlash>,
) {
    assert_eq!(
        read_flash(&value(json)).map(|flash| flash.map(|flash| flash.tone)),
        expected
    );
}

#[test]
fn nested_dictionaries_are_merged() {
    let options = read(
        r#"{"language": "FR", "languageDictionary": {"title": "Acme",
            "error": {"passwordless": {"bad.email": "Non", "lock": {"fallback": "Zut"}}}}}"#,
    );
    assert_eq!(options.language.as_deref(), Some("FR"));
    assert_eq!(options.dictionary.text(Key::Title), "Acme");
    assert_eq!(options.dictionary.text(Key::ErrorBadEmail), "Non");
    assert_eq!(options.dictionary.text(Key::ErrorFallback), "Zut");
}

#[test]
fn a_container_is_not_closable_and_takes_no_focus() {
    let options = read(r#"{"container": "here", "closable": true}"#);
    assert_eq!(options.container.as_deref(), Some("here"));
    assert!(!options.settings.closable);
    assert!(!options.takes_focus());
    assert!(read("{}").takes_focus());
}

#[rstest]
#[case("{}", 6, 180_000, 30_000)]
#[case(
    r#"{"codeLength": 8, "codeLifetime": 600, "resendCoolDown": 5}"#,
    8,
    600_000,
    5_000
)]
#[case(
    r#"{"codeLength": 0, "codeLifetime": -1, "resendCoolDown": "x"}"#,
    6,
    180_000,
    30_000
)]
fn numbers_out_of_range_fall_back(
    #[case] json: &str,
    #[case] length: usize,
    #[case] life_ms: u64,
    #[case] cool_down_ms: u64,
) {
    let settings = read(json).settings;
    assert_eq!(settings.code_length, length);
    assert_eq!(settings.code_life_ms, life_ms);
    assert_eq!(settings.cool_down_ms, cool_down_ms);
}

#[test]
fn the_theme_is_read() {
    let theme =
        read(r##"{"theme": {"logo": "/l.png", "primaryColor": "#123456", "scheme": "dark"}}"##)
            .theme;
    assert_eq!(theme.logo.as_deref(), Some("/l.png"));
    assert_eq!(theme.primary_color.as_deref(), Some("#123456"));
    assert_eq!(theme.scheme, Scheme::Dark);
    assert_eq!(read("{}").theme, Theme::default());
}

#[test]
fn redirect_false_means_a_login_in_place() {
    assert!(!read("{}").settings.in_place);
    assert!(!read(r#"{"auth": {"redirect": true}}"#).settings.in_place);
    assert!(read(r#"{"auth": {"redirect": false}}"#).settings.in_place);
}

#[test]
fn connections_from_names_equal_those_of_allowed_connections() {
    let named = Connections::allowed(["sms", "google-oauth2", "email"]);
    let json = r#"{"allowedConnections": ["sms", "google-oauth2", "email"]}"#;
    assert_eq!(named, read(json).connections);
    assert_eq!(Connections::allowed([]), Connections::default());
    let acme = Social::new("acme-corp");
    assert_eq!(acme.display_name, "Acme corp");
    assert_eq!(acme.scopes, Vec::<String>::new());
}

#[test]
fn options_that_follow_from_others_are_set() {
    let mut options = Options::new("C", "acme.eu.auth0.com");
    options.connections = Connections::allowed(["github", "sms"]);
    options.container = Some("here".to_owned());
    let settings = options.consistent().settings;
    assert_eq!(settings.channels, [Channel::Sms]);
    assert!(settings.has_social && !settings.closable);
    let plain = Options::new("C", "acme.eu.auth0.com");
    assert_eq!(plain.clone().consistent(), plain);
}

#[test]
fn browsers_may_fill_in_the_address_by_default() {
    assert!(read("{}").autocomplete);
    assert!(!read(r#"{"allowAutocomplete": false}"#).autocomplete);
}
