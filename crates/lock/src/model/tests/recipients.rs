//! Phone numbers, slips in addresses, web mail.

use rstest::rstest;

use super::*;

#[rstest]
#[case("DE", "0151 234-567 89", Ok("+4915123456789"))]
#[case("FR", "06.12.34.56.78", Ok("+33612345678"))]
#[case("IT", "06 1234567", Ok("+39061234567"))]
#[case("US", "(212) 555-0123", Ok("+12125550123"))]
#[case("US", "1 212 555 0123", Ok("+12125550123"))]
#[case("RU", "8 912 345-67-89", Ok("+79123456789"))]
#[case("HU", "06 20 123 4567", Ok("+36201234567"))]
#[case("DE", "+33 6 12 34 56 78", Ok("+33612345678"))]
#[case("DE", "0033612345678", Ok("+33612345678"))]
#[case("EG", "٠١٠٠ ١٢٣ ٤٥٦٧", Ok("+201001234567"))]
#[case("JP", "０９０ー１２３４ー５６７８", Err(EmailFlaw::Malformed))]
#[case("JP", "０９０-１２３４-５６７８", Ok("+819012345678"))]
#[case("DE", "", Err(EmailFlaw::Blank))]
#[case("DE", "  ", Err(EmailFlaw::Blank))]
#[case("DE", "12", Err(EmailFlaw::Malformed))]
#[case("DE", "nora", Err(EmailFlaw::Malformed))]
#[case("DE", "12345678901234567", Err(EmailFlaw::Malformed))]
#[case("DE", "1+234567", Err(EmailFlaw::Malformed))]
#[case("XX", "1234567", Err(EmailFlaw::Malformed))]
fn case_28_numbers_are_sent_with_their_countrys_code(
    #[case] country: &str,
    #[case] typed: &str,
    #[case] expected: Result<&str, EmailFlaw>,
) {
    assert_eq!(check_phone(country, typed), expected.map(str::to_owned));
}

#[test]
fn case_25_all_countries_are_there_once_and_well_formed() {
    let all: Vec<_> = countries().collect();
    assert_eq!(all.len(), 245);
    for (at, (code, prefix)) in all.iter().enumerate() {
        assert!(code.bytes().all(|byte| byte.is_ascii_uppercase()), "{code}");
        assert!((1..=1999).contains(prefix), "{code}");
        assert!(all[..at].iter().all(|(other, _)| other != code), "{code}");
    }
    // Alone, with others of one number, behind a gap, and the last one.
    let known = [
        ("US", 1),
        ("KZ", 7),
        ("RU", 7),
        ("VA", 39),
        ("DE", 49),
        ("CX", 61),
        ("MA", 212),
        ("FO", 298),
        ("UA", 380),
        ("TW", 886),
        ("AE", 971),
        ("UZ", 998),
        ("BS", 1242),
        ("TT", 1868),
        ("KN", 1869),
    ];
    for country in known {
        assert!(all.contains(&country), "{country:?}");
    }
    assert_eq!(find_country("de"), Some("DE"));
    assert_eq!(find_country("xx"), None);
}

#[rstest]
#[case("nora@gmial.com", Some("nora@gmail.com"))]
#[case("nora@gmal.com", Some("nora@gmail.com"))]
#[case("nora@gmaill.com", Some("nora@gmail.com"))]
#[case("nora@gnail.com", Some("nora@gmail.com"))]
#[case("nora@gmail.con", Some("nora@gmail.com"))]
#[case("nora@gmial.con", Some("nora@gmail.com"))]
#[case("nora@GMIAL.com", Some("nora@gmail.com"))]
#[case("nora@gmail", Some("nora@gmail.com"))]
#[case("nora@gmial", Some("nora@gmail.com"))]
#[case("nora@gmial.", Some("nora@gmail.com"))]
#[case("nora@hotmial.com", Some("nora@hotmail.com"))]
#[case("nora@acme.con", Some("nora@acme.com"))]
#[case("nora@acme.cmo", Some("nora@acme.com"))]
#[case("nora@yaho.fr", Some("nora@yahoo.fr"))]
#[case("nora@gmail.com", None)]
#[case("nora@googlemail.com", None)]
#[case("nora@mail.com", None)]
#[case("nora@email.com", None)]
#[case("nora@ymail.com", None)]
#[case("nora@hotmail.de", None)]
#[case("nora@example.com", None)]
#[case("nora@posteo.net", None)]
#[case("@gmial.com", None)]
#[case("nora", None)]
#[case("", None)]
fn slips_are_found_and_real_names_left_alone(#[case] typed: &str, #[case] meant: Option<&str>) {
    assert_eq!(suggest(typed).as_deref(), meant);
}

#[rstest]
#[case("nora@gmail.com", Some("Gmail"))]
#[case("nora@Posteo.NET", Some("Posteo"))]
#[case("nora@example.com", None)]
#[case("nora", None)]
fn web_mail_is_known_for_known_services(#[case] email: &str, #[case] name: Option<&str>) {
    let found = webmail(email);
    assert_eq!(found.as_ref().map(|(name, _)| &**name), name);
    assert!(found.is_none_or(|(_, url)| url.starts_with("https://")));
}

proptest::proptest! {
    #[test]
    fn nothing_typed_breaks_the_checks(text in proptest::prelude::any::<String>(), country in "[A-Z]{2}") {
        if let Ok(number) = check_phone(&country, &text) {
            proptest::prop_assert!(number.starts_with('+'));
            proptest::prop_assert!(number.bytes().skip(1).all(|byte| byte.is_ascii_digit()));
        }
        if let Some(meant) = suggest(&text) {
            proptest::prop_assert_eq!(suggest(&meant), None, "one question is enough: {}", meant);
        }
        let _ = webmail(&text);
        proptest::prop_assert!(Memory::read(&text, 1).is_none_or(|memory| memory.sent.is_some()));
    }
}
