//! Tests the page for a tenant on another site whose cookies the browser blocks. It says so, and says what to do.

use rstest::rstest;

use crate::error::Error;

#[rstest]
#[case("Unable to configure verification page.", true)]
#[case("No verifier returned from client.", true)]
#[case("User did not authorize the request", false)]
#[case("", false)]
fn says_whose_cookies_are_missing(#[case] description: &str, #[case] is_about_cookies: bool) {
    let error = Error::Refused {
        code: "invalid_request".to_owned(),
        description: description.to_owned(),
    };
    let problem = error.problem("https://acme.eu.auth0.com", false);
    assert_eq!(
        problem.text.contains("third-party cookies"),
        is_about_cookies
    );
    assert_eq!(problem.text.contains("custom domain"), is_about_cookies);
    assert_eq!(problem.text.contains("acme.eu.auth0.com"), is_about_cookies);
    assert!(problem.quote.is_some(), "the tenant's own words are quoted");
}
