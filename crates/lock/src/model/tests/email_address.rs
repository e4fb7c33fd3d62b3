//! The check of the e-mail address.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

#[rstest]
#[case::plain("nora@example.com", "nora@example.com")]
#[case::spaces_around("  nora@example.com ", "nora@example.com")]
#[case::plus("nora+login@example.co.uk", "nora+login@example.co.uk")]
#[case::international("用户@例子.广告", "用户@例子.广告")]
#[case::quoted_at("\"a@b\"@example.com", "\"a@b\"@example.com")]
#[case::quoted_space("\"quoted part\"@example.com", "\"quoted part\"@example.com")]
#[case::one_letter("a@b.c", "a@b.c")]
#[case::invisible("\u{200b}nora@example.com\u{200e}", "nora@example.com")]
#[case::full_width("nora＠example.com", "nora@example.com")]
#[case::name("Nora K <nora@example.com>", "nora@example.com")]
#[case::mailto("mailto:nora@example.com", "nora@example.com")]
#[case::comma("nora@example.com,", "nora@example.com")]
fn valid_addresses_pass(#[case] typed: &str, #[case] expected: &str) {
    assert_eq!(check_email(typed, UNICODE).as_deref(), Ok(expected));
}

#[rstest]
#[case::nothing("", Flaw::Blank)]
#[case::spaces("   ", Flaw::Blank)]
#[case::no_at("nora.example.com", Flaw::Malformed)]
#[case::no_local_part("@example.com", Flaw::Malformed)]
#[case::lock_sends_this(".@", Flaw::Malformed)]
#[case::lock_sends_this_too("@.", Flaw::Malformed)]
#[case::two_ats("nora@@example.com", Flaw::Malformed)]
#[case::two("nora@example.com, bob@example.com", Flaw::Malformed)]
#[case::space_inside("no ra@example.com", Flaw::Malformed)]
#[case::dot_first("nora@.com", Flaw::Malformed)]
#[case::no_domain("nora@", Flaw::Malformed)]
#[case::no_ending("nora@gmial", Flaw::NoEnding)]
#[case::empty_ending("a@b.", Flaw::NoEnding)]
fn invalid_addresses_are_refused(#[case] typed: &str, #[case] flaw: Flaw) {
    assert_eq!(check_email(typed, UNICODE), Err(flaw));
}

proptest! {
    #[test]
    fn every_accepted_address_has_text_around_the_at_and_the_dot(text in any::<String>()) {
        if let Ok(email) = check_email(&text, UNICODE) {
            let (local, domain) = email.rsplit_once('@').expect("an at");
            let (name, ending) = domain.rsplit_once('.').expect("a dot");
            prop_assert!(!local.is_empty() && !name.is_empty() && !ending.is_empty());
            prop_assert!(local.starts_with('"') || !email.contains(char::is_whitespace));
        }
    }
}
