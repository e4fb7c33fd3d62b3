//! The command line, and what a wrong setting says.

use rstest::rstest;

use crate::{
    address::{BaseUrl, Domain},
    cli::Cli,
    config::{Settings, SettingsError},
};

fn read(arguments: &[&str]) -> Result<Settings, SettingsError> {
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
#[case(&["--domain", "me.auth0.com"], "AUTH0_CLIENT_SECRET")]
#[case(&["--base-url", "http://app.example.com"], "BASE_URL")]
#[case(&["--base-url", "localhost:3000"], "BASE_URL")]
#[case(&["--client-id", ""], "client id is empty")]
#[case(&["--client-secret", ""], "client secret is empty")]
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
