use super::*;
use proptest::prelude::*;
use rstest::rstest;

const ANY: Scope<'_> = Scope {
    loopback: LoopbackPort::Any,
    wildcards: true,
    organization: None,
    metadata: None,
};

fn list(entries: &[&str]) -> Vec<String> {
    entries.iter().map(|&entry| entry.to_owned()).collect()
}

fn callback(entry: &str, sent: &str) -> bool {
    callback_allowed(&list(&[entry]), sent, &Scope::default())
}

#[rstest]
#[case("https://app.example.com/cb", "https://app.example.com/cb")]
#[case("https://app.example.com/cb", "HTTPS://App.Example.COM/cb")]
#[case("https://app.example.com/cb?a=B", "https://app.example.com/cb?a=B")]
#[case("http://localhost:3000", "http://localhost:3000")]
#[case("http://localhost:3000/", "http://localhost:3000/")]
#[case("com.example.app://cb/Path", "com.example.app://cb/Path")]
#[case("https://*.example.com/cb", "https://a.example.com/cb")]
#[case("https://pr-*-app.example.com/cb", "https://pr-17-app.example.com/cb")]
fn matching_callbacks_are_accepted(#[case] entry: &str, #[case] sent: &str) {
    assert!(callback(entry, sent), "{entry} should allow {sent}");
}

#[rstest]
#[case::suffix_twin("https://app.example.com.evil.com/cb")]
#[case::userinfo_twin("https://app.example.com@evil.com/cb")]
#[case::userinfo("https://user@app.example.com/cb")]
#[case::password("https://user:pw@app.example.com/cb")]
#[case::empty_userinfo("https://@app.example.com/cb")]
#[case::backslash("https://evil.com\\@app.example.com/cb")]
#[case::backslash_path("https://app.example.com\\cb")]
#[case::encoded_dot("https://app.example.com%2eevil.com/cb")]
#[case::scheme_relative("//evil.com/cb")]
#[case::relative("/cb")]
#[case::trailing_dot("https://app.example.com./cb")]
#[case::idn_twin("https://аpp.example.com/cb")]
#[case::punycode_twin("https://xn--pp-6kc.example.com/cb")]
#[case::fullwidth("https://ａpp.example.com/cb")]
#[case::path_case("https://app.example.com/CB")]
#[case::dot_segments("https://app.example.com/x/../cb")]
#[case::encoded_dots("https://app.example.com/x/%2e%2e/cb")]
#[case::mixed_dots("https://app.example.com/x/.%2E/cb")]
#[case::default_port("https://app.example.com:443/cb")]
#[case::other_port("https://app.example.com:8443/cb")]
#[case::empty_port("https://app.example.com:/cb")]
#[case::tab("https://app.example.com/\tcb")]
#[case::newline("https://app.example.com/cb\n")]
#[case::leading_space(" https://app.example.com/cb")]
#[case::http("http://app.example.com/cb")]
#[case::one_slash("https:/app.example.com/cb")]
#[case::three_slashes("https:///app.example.com/cb")]
#[case::trailing_slash("https://app.example.com/cb/")]
#[case::longer_path("https://app.example.com/cb/more")]
#[case::query("https://app.example.com/cb?x=1")]
#[case::empty_query("https://app.example.com/cb?")]
#[case::fragment("https://app.example.com/cb#x")]
#[case::empty_fragment("https://app.example.com/cb#")]
#[case::javascript("javascript:alert(1)//app.example.com/cb")]
#[case::data("data:text/html,app.example.com/cb")]
#[case::nothing("")]
fn malicious_callbacks_are_refused(#[case] sent: &str) {
    assert!(!callback("https://app.example.com/cb", sent), "{sent}");
}

#[rstest]
#[case::bare("https://example.com/cb")]
#[case::two_labels("https://a.b.example.com/cb")]
#[case::empty_label("https://.example.com/cb")]
#[case::literal_star("https://*.example.com/cb")]
#[case::twin("https://a.example.com.evil.com/cb")]
#[case::suffix_of_name("https://aexample.com/cb")]
#[case::underscore("https://a_b.example.com/cb")]
#[case::encoded("https://a%2ecom.example.com/cb")]
#[case::path("https://a.example.com/other")]
#[case::scheme("http://a.example.com/cb")]
#[case::port("https://a.example.com:444/cb")]
fn a_wildcard_matches_one_label(#[case] sent: &str) {
    assert!(!callback("https://*.example.com/cb", sent), "{sent}");
}

#[rstest]
#[case("https://*.com/cb", "https://evil.com/cb")]
#[case("https://*/cb", "https://evil.com/cb")]
#[case("https://*.*.example.com/cb", "https://a.b.example.com/cb")]
#[case("https://a.*.example.com/cb", "https://a.b.example.com/cb")]
#[case("https://app.example.com/*", "https://app.example.com/x")]
#[case("com.app://*.example.com/cb", "com.app://a.example.com/cb")]
fn misplaced_wildcards_match_nothing(#[case] entry: &str, #[case] sent: &str) {
    assert!(!callback(entry, sent));
    assert_eq!(check_entry(entry), Err(EntryError::Wildcard));
}

#[rstest]
#[case("http://localhost:3000/cb", "http://localhost:4999/cb")]
#[case("http://127.0.0.1/cb", "http://127.0.0.1:4999/cb")]
fn loopback_ports_are_compared_by_default(#[case] entry: &str, #[case] sent: &str) {
    let entry = list(&[entry]);
    assert!(!callback_allowed(&entry, sent, &Scope::default()));
    assert!(callback_allowed(&entry, sent, &ANY));
    let other = sent.replace("/cb", "/other");
    assert!(!callback_allowed(&entry, &other, &ANY));
}

#[test]
fn the_port_is_ignored_for_loopback_only() {
    let entry = list(&["http://app.example.com/cb"]);
    assert!(!callback_allowed(
        &entry,
        "http://app.example.com:81/cb",
        &ANY
    ));
}

#[rstest]
#[case("http://localhost:3000/bye?x=1#y", true)]
#[case("http://LOCALHOST:3000/bye", true)]
#[case("http://localhost:3000/Bye", false)]
#[case("http://localhost:3000/bye/../x", false)]
#[case("//evil.com", false)]
#[case("https://evil.com#http://localhost:3000/bye", false)]
fn logout_ignores_query_and_fragment(#[case] sent: &str, #[case] allowed: bool) {
    assert_eq!(
        logout_allowed(
            &list(&["http://localhost:3000/bye"]),
            sent,
            &Scope::default()
        ),
        allowed
    );
}

#[rstest]
#[case("https://app.example.com", true)]
#[case("null", false)]
#[case("https://app.example.com.evil.com", false)]
#[case("https://xapp.example.com", false)]
#[case("http://app.example.com", false)]
#[case("https://app.example.com:8443", false)]
#[case("https://app.example.com/", false)]
#[case("https://APP.example.com", false)]
#[case("", false)]
fn origins_match_exactly(#[case] origin: &str, #[case] allowed: bool) {
    assert_eq!(
        origin_allowed(
            &list(&["https://app.example.com"]),
            origin,
            &Scope::default()
        ),
        allowed
    );
}

#[rstest]
#[case("https://app.example.com/cb", Ok(()))]
#[case("http://localhost:3000", Ok(()))]
#[case("https://*.example.com/cb", Ok(()))]
#[case("app.example.com/cb", Err(EntryError::NotAUrl))]
#[case("javascript:alert(1)", Err(EntryError::UnsafeScheme))]
#[case("https://app.example.com:443/cb", Err(EntryError::NotCanonical("https://app.example.com/cb".into())))]
#[case("https://app.example.com/cb#x", Err(EntryError::Fragment))]
#[case("https://{organization_name}.example.com/cb", Ok(()))]
#[case("https://{custom_domain.metadata.public_app}/cb", Ok(()))]
#[case(
    "https://pre-{organization_name}.example.com/cb",
    Err(EntryError::Placeholder)
)]
#[case(
    "https://{organization_name}-x.example.com/cb",
    Err(EntryError::Placeholder)
)]
#[case(
    "https://app.{organization_name}.example.com/cb",
    Err(EntryError::Placeholder)
)]
#[case(
    "https://app.example.com/{organization_name}",
    Err(EntryError::Placeholder)
)]
#[case(
    "https://{organization_name}.{organization_name}.example.com/cb",
    Err(EntryError::Placeholder)
)]
#[case(
    "https://{organization_name}.*.example.com/cb",
    Err(EntryError::Placeholder)
)]
#[case(
    "com.app://{organization_name}.example.com/cb",
    Err(EntryError::Placeholder)
)]
#[case(
    "https://{custom_domain.metadata.private_app}/cb",
    Err(EntryError::Placeholder)
)]
#[case(
    "https://{organization.metadata.public_app}.example.com/cb",
    Err(EntryError::Placeholder)
)]
#[case("https://{user}.example.com/cb", Err(EntryError::Placeholder))]
#[case(
    "https://{organization_name.example.com/cb",
    Err(EntryError::Placeholder)
)]
fn invalid_entries_are_refused(#[case] entry: &str, #[case] expected: Result<(), EntryError>) {
    assert_eq!(check_entry(entry), expected);
}

#[rstest]
#[case("https://app.example.com", Ok(()))]
#[case("https://app.example.com/", Ok(()))]
#[case("https://*.example.com", Ok(()))]
#[case("https://app.example.com/path", Err(EntryError::NotAnOrigin("https://app.example.com".into())))]
#[case("https://app.example.com:8443/?q", Err(EntryError::NotAnOrigin("https://app.example.com:8443".into())))]
fn invalid_origins_are_refused(#[case] entry: &str, #[case] expected: Result<(), EntryError>) {
    assert_eq!(check_origin(entry), expected);
}

const BY_ORGANIZATION: &str = "https://{organization_name}.example.com/cb";

#[rstest]
#[case::its_own(Some("acme"), "https://acme.example.com/cb", true)]
#[case::anothers(Some("acme"), "https://other.example.com/cb", false)]
#[case::none(None, "https://acme.example.com/cb", false)]
#[case::literally(Some("acme"), "https://{organization_name}.example.com/cb", false)]
#[case::encoded(Some("acme"), "https://%7Borganization_name%7D.example.com/cb", false)]
#[case::below(Some("acme"), "https://x.acme.example.com/cb", false)]
#[case::path(Some("acme"), "https://acme.example.com/other", false)]
fn the_organization_placeholder_matches_the_organizations_name(
    #[case] organization: Option<&str>,
    #[case] sent: &str,
    #[case] allowed: bool,
) {
    let scope = Scope {
        organization,
        ..Scope::default()
    };
    let entries = list(&[BY_ORGANIZATION]);
    assert_eq!(callback_allowed(&entries, sent, &scope), allowed);
    assert_eq!(logout_allowed(&entries, sent, &scope), allowed);
}

#[rstest]
#[case::plain("shop.example.org", "https://shop.example.org/cb", true)]
#[case::other("shop.example.org", "https://evil.example.org/cb", false)]
#[case::slash("evil.com/x", "https://evil.com/x/cb", false)]
#[case::user("a@evil.com", "https://a@evil.com/cb", false)]
#[case::empty("", "https:///cb", false)]
fn the_metadata_placeholder_matches_the_custom_domains_metadata(
    #[case] value: &str,
    #[case] sent: &str,
    #[case] allowed: bool,
) {
    let metadata = [("public_app".to_owned(), value.to_owned())].into();
    let scope = Scope {
        metadata: Some(&metadata),
        ..Scope::default()
    };
    let entries = list(&["https://{custom_domain.metadata.public_app}/cb"]);
    assert_eq!(callback_allowed(&entries, sent, &scope), allowed);
    assert!(!callback_allowed(&entries, sent, &Scope::default()));
}

#[test]
fn third_party_clients_have_no_wildcards() {
    let scope = Scope {
        wildcards: false,
        ..Scope::default()
    };
    let entries = list(&["https://*.example.com/cb", "https://app.example.com/cb"]);
    let allowed = |sent: &str| callback_allowed(&entries, sent, &scope);
    assert!(!allowed("https://a.example.com/cb"));
    assert!(allowed("https://app.example.com/cb"));
}

proptest! {
    #[test]
    fn only_the_entry_itself_matches(sent in "[ -~]{0,40}", tail in "[ -~]{1,12}") {
        let entry = "https://app.example.com/cb";
        prop_assert!(!callback(entry, &sent) || sent.eq_ignore_ascii_case(entry));
        let extended = format!("{entry}{tail}");
        prop_assert!(!callback(entry, &extended));
    }
}
