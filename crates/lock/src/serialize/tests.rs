//! Options, events and messages as JSON.

use latchkey_webauth::Value;
use rstest::rstest;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::i18n::Key;
use crate::model::{By, Cause, Channel, Event, Failure, Flash, ScreenKind, Settings, Tone};
use crate::options::{Connections, Options, Scheme, Social};
use crate::view::FormTarget;

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

fn written<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn options_need_nothing_but_the_tenant_and_the_client() {
    let json =
        r#"{"config":{"domain":"me.auth0.com","clientID":"C","scope":"openid profile email"}}"#;
    assert_eq!(read::<Options>(json), Options::new("C", "me.auth0.com"));
    let error = serde_json::from_str::<Options>("{}").unwrap_err();
    assert!(error.to_string().contains("config"), "{error}");
}

#[test]
fn options_survive_a_round_trip() {
    let mut options = Options::new("C", "me.auth0.com");
    options.config.redirect_uri = Some("https://app.example.com/".to_owned());
    options.connections = Connections::allowed(["email", "sms", "github"]);
    options.connections.social[0].icon = Some("/github.svg".to_owned());
    options.authorize_params = vec![("code_challenge".to_owned(), Value::from("CC"))];
    options.dictionary.say(Key::Title, "Log in to Acme");
    options.dictionary.set("success.emailSent.one", "One");
    options.settings.code_length = 4;
    options.settings.in_place = true;
    options.theme.scheme = Scheme::Dark;
    options.theme.logo = Some(String::new());
    options.email = "nora@example.com".to_owned();
    options.autofocus = Some(false);
    options.autocomplete = false;
    options.warns = false;
    assert_eq!(read::<Options>(&written(&options)), options);
}

#[test]
fn option_names_are_camel_case() {
    let options: Options = read(
        r#"{"config":{"domain":"d","clientID":"C"},"languageBaseUrl":"/l/","settings":{"mustAcceptTerms":true},
            "theme":{"primaryColor":"teal","scheme":"light"},"connections":{"passwordless":[["sms","texts"]]},
            "dictionary":{"title":"Hello","success":{"emailSent":"Sent"}}}"#,
    );
    assert_eq!(options.language_base_url, "/l/");
    assert!(options.settings.must_accept_terms);
    assert_eq!(
        options.settings.code_length,
        Settings::default().code_length
    );
    assert_eq!(options.theme.primary_color.as_deref(), Some("teal"));
    assert_eq!(options.theme.scheme, Scheme::Light);
    assert_eq!(options.connections.name(Channel::Sms), "texts");
    assert_eq!(options.dictionary.text(Key::Title), "Hello");
}

#[rstest]
#[case::authorize_params(
    r#"{"config":{"domain":"d","clientID":"C"},"authorizeParams":[]}"#,
    "object"
)]
#[case::scheme(
    r#"{"config":{"domain":"d","clientID":"C"},"theme":{"scheme":"blue"}}"#,
    "`blue`"
)]
#[case::channel(
    r#"{"config":{"domain":"d","clientID":"C"},"connections":{"passwordless":[["fax","fax"]]}}"#,
    "`fax`"
)]
fn an_error_names_the_wrong_option(#[case] json: &str, #[case] text: &str) {
    let error = serde_json::from_str::<Options>(json).unwrap_err();
    assert!(error.to_string().contains(text), "{error}");
}

#[test]
fn events_and_messages_survive_a_round_trip() {
    let failure = Failure {
        cause: Cause::RateLimited,
        error: Value::Object(vec![("kind".to_owned(), Value::from("rate_limited"))]),
        retry_after_s: Some(30),
    };
    for event in [
        Event::AuthorizationError(failure.clone()),
        Event::Cancelled(By::Person),
        Event::FederatedLogin {
            connection: "github".to_owned(),
        },
        Event::Show,
        Event::StepChanged(ScreenKind::LastLogin),
        Event::Submit(ScreenKind::Code),
    ] {
        assert_eq!(read::<Event>(&written(&event)), event);
    }
    let flash = Flash {
        tone: Tone::Info,
        text: "Hello".to_owned(),
    };
    assert_eq!(written(&flash), r#"{"tone":"info","text":"Hello"}"#);
    assert_eq!(read::<Flash>(&written(&flash)), flash);
    let form = FormTarget {
        action: "/login".to_owned(),
        fields: vec![("csrf".to_owned(), "T".to_owned())],
    };
    assert_eq!(read::<FormTarget>(&written(&form)), form);
    assert_eq!(
        read::<Social>(&written(&Social::new("github"))),
        Social::new("github")
    );
}

#[rstest]
#[case(ScreenKind::Email)]
#[case(ScreenKind::Phone)]
#[case(ScreenKind::LastLogin)]
#[case(ScreenKind::Code)]
#[case(ScreenKind::Link)]
#[case(ScreenKind::SignedIn)]
#[case(ScreenKind::Elsewhere)]
#[case(ScreenKind::Error)]
fn a_screen_has_the_same_name_as_in_events(#[case] screen: ScreenKind) {
    assert_eq!(written(&screen), format!("\"{}\"", screen.as_str()));
}
