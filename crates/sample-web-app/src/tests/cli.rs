//! Tests the command line, and the messages about wrong settings.

use rstest::rstest;

use crate::{
    address::{BaseUrl, Domain},
    cli::Cli,
    config::{Settings, SettingsError, SettingsErrors},
};

fn read(arguments: &[&str]) -> Result<Settings, SettingsErrors> {
    let all = [&["app", "--www", "../../www"], arguments].concat();
    let cli = Cli::read(all)?.expect("no help was asked for");
    let port = cli.port;
    cli.settings(port)
}

#[test]
fn the_defaults_suit_the_mock_tenant() {
    let settings = read(&[]).unwrap();
    assert_eq!(settings.base_url.origin(), "http://localhost:3000");
    assert_eq!(settings.domain.issuer(), "http://localhost:4000/");
    assert_eq!(settings.client_id, "latchkey-web");
    assert_eq!(settings.client_secret.secret(), "latchkey-web-secret");
    assert!(!format!("{settings:?}").contains("latchkey-web-secret"));
}

#[test]
fn the_base_url_follows_the_port() {
    let settings = read(&["--port", "3100"]).unwrap();
    assert_eq!(
        settings.base_url.redirect_uri(),
        "http://localhost:3100/callback"
    );
    assert_eq!(settings.base_url.after_logout(), "http://localhost:3100/");
}

#[rstest]
#[case(&["--port", "x"], "--port")]
#[case(&["--port", "70000"], "--port")]
#[case(&["--ports", "1"], "--ports")]
#[case(&["--domain", "http://me.auth0.com"], "plain http")]
#[case(&["--domain", "me.auth0.com/path"], "alone")]
#[case(&["--domain", "ftp://localhost"], "not a web address")]
#[case(&["--domain", ""], "AUTH0_DOMAIN")]
#[case(&["--base-url", "http://app.example.com"], "BASE_URL")]
#[case(&["--base-url", "localhost:3000"], "BASE_URL")]
#[case(&["--domain", "me.auth0.com", "--client-secret", "own"], "AUTH0_CLIENT_ID")]
#[case(&["--domain", "me.auth0.com", "--client-id", "own"], "AUTH0_CLIENT_SECRET")]
#[case(&["--client-id", ""], "client id is missing")]
#[case(&["--client-secret", ""], "client secret is missing")]
#[case(&["--session-secret", "short"], "SESSION_SECRET")]
#[case(&["--login-seconds", "0"], "--login-seconds")]
#[case(&["--www", "no-such-folder"], "no-such-folder")]
fn a_wrong_setting_is_one_sentence_that_names_it(#[case] arguments: &[&str], #[case] says: &str) {
    let sentence = if arguments.contains(&"--www") {
        Cli::read([&["app"], arguments].concat())
            .unwrap()
            .unwrap()
            .settings(1)
            .unwrap_err()
    } else {
        read(arguments).unwrap_err()
    }
    .to_string();
    assert!(sentence.contains(says), "{sentence}");
    assert!(!sentence.contains('\n'), "{sentence}");
}

#[test]
fn each_missing_and_each_malformed_value_has_its_own_sentence() {
    let given = [
        "--domain",
        "me.auth0.com",
        "--base-url",
        "x",
        "--session-secret",
        "x",
    ];
    let sentences = read(&given).unwrap_err().to_string();
    let sentences: Vec<_> = sentences.lines().collect();
    let names = [
        "BASE_URL",
        "AUTH0_CLIENT_ID",
        "AUTH0_CLIENT_SECRET",
        "SESSION_SECRET",
    ];
    assert_eq!(sentences.len(), names.len(), "{sentences:?}");
    for (sentence, name) in sentences.iter().zip(names) {
        assert!(sentence.contains(name), "{sentence}");
    }
}

#[test]
fn the_mock_tenants_credentials_are_for_this_machine_alone() {
    let elsewhere = [
        "--domain",
        "me.auth0.com",
        "--client-id",
        "latchkey-web",
        "--client-secret",
        "latchkey-web-secret",
    ];
    assert_eq!(
        read(&elsewhere).unwrap_err().0,
        [SettingsError::ClientId, SettingsError::ClientSecret]
    );
    let own = read(&[
        "--domain",
        "me.auth0.com",
        "--client-id",
        "mine",
        "--client-secret",
        "my-secret",
    ])
    .unwrap();
    assert_eq!(
        (own.client_id.as_str(), own.client_secret.secret()),
        ("mine", "my-secret")
    );
}

#[rstest]
#[case("me.auth0.com", "me.auth0.com", "https://me.auth0.com", false)]
#[case("https://me.auth0.com/", "me.auth0.com", "https://me.auth0.com", false)]
#[case("Me.Auth0.com:443", "me.auth0.com", "https://me.auth0.com", false)]
#[case(
    "http://localhost:4000",
    "http://localhost:4000",
    "http://localhost:4000",
    true
)]
#[case(
    "http://127.0.0.1:4000/",
    "http://127.0.0.1:4000",
    "http://127.0.0.1:4000",
    true
)]
#[case("http://[::1]:4000", "http://[::1]:4000", "http://[::1]:4000", true)]
#[case(
    "http://tenant.localhost",
    "http://tenant.localhost",
    "http://tenant.localhost",
    true
)]
#[case(
    "https://localhost:4443",
    "localhost:4443",
    "https://localhost:4443",
    true
)]
fn domains(#[case] text: &str, #[case] scripts: &str, #[case] origin: &str, #[case] local: bool) {
    let domain = Domain::parse(text).unwrap();
    assert_eq!(domain.for_scripts(), scripts);
    assert_eq!(domain.origin(), origin);
    assert_eq!(domain.issuer(), format!("{origin}/"));
    assert_eq!(domain.is_local(), local);
}

#[rstest]
#[case("http://localhost.evil.example")]
#[case("http://127.0.0.1.evil.example")]
#[case("http://user@localhost")]
#[case("http://localhost?x")]
#[case("http://10.0.0.1")]
fn addresses_that_only_look_local_are_refused(#[case] text: &str) {
    assert!(Domain::parse(text).is_err());
    assert!(BaseUrl::parse(text).is_err());
}
