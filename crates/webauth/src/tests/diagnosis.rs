//! Tests of the warnings that a login gives before the page is left.

use rstest::rstest;

use super::{client, object};
use crate::LoginOptions;
use crate::env::fake::{FakeEnv, run};
use crate::wire::Params;

const TICKET: &str = r#"{"login_ticket":"LT","co_verifier":"V","co_id":"I"}"#;

/// The warnings of two logins on a page with the address `href`.
fn warnings_of(href: &str, options: Params) -> Vec<String> {
    let env = FakeEnv::new();
    env.at(href);
    let client = client(options, &env);
    for _ in 0..2 {
        env.respond(200, TICKET);
        let login = client.passwordless_login(LoginOptions {
            connection: "email".to_owned(),
            email: Some("a@b.co".to_owned()),
            verification_code: "123456".into(),
            ..LoginOptions::default()
        });
        run(login).unwrap().unwrap();
    }
    env.warnings()
}

const SITE: &str = "custom domain";
const SECURE: &str = "serve it over https";

#[rstest]
#[case::another_site("https://app.example.com/", "me.auth0.com", &[SITE])]
#[case::the_same_site("https://app.example.com/", "login.example.com", &[])]
#[case::the_same_site_insecure("http://app.example.com/", "login.example.com", &[SECURE])]
#[case::both("http://app.example.com/", "me.auth0.com", &[SITE, SECURE])]
#[case::local("http://localhost:3000/", "http://localhost:4000", &[])]
#[case::local_and_far("http://localhost:3000/", "me.auth0.com", &[SITE])]
#[case::no_page("", "me.auth0.com", &[])]
fn each_problem_is_named_once_with_its_remedy(
    #[case] href: &str,
    #[case] domain: &str,
    #[case] remedies: &[&str],
) {
    let warnings = warnings_of(href, object! {"domain": domain});
    assert_eq!(warnings.len(), remedies.len(), "{warnings:?}");
    for (text, remedy) in warnings.iter().zip(remedies) {
        assert!(text.contains(remedy), "{text}");
    }
}

#[test]
fn a_page_that_wants_no_warnings_gets_none() {
    let options = object! {"_disableDeprecationWarnings": true};
    assert!(warnings_of("http://app.example.com/", options).is_empty());
}
