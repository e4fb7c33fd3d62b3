//! Phone numbers, slips in addresses, mail services.

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
#[case("JP", "０９０ー１２３４ー５６７８", Err(Flaw::Malformed))]
#[case("JP", "０９０-１２３４-５６７８", Ok("+819012345678"))]
#[case("GB", "+44 (0)7400 123456", Ok("+447400123456"))]
#[case("GB", "07400 123456", Ok("+447400123456"))]
#[case("GB", "7400 123456", Ok("+447400123456"))]
#[case("GB", "447400123456", Ok("+447400123456"))]
#[case("GB", "00447400123456", Ok("+447400123456"))]
#[case("GB", "0044 (0)7400 123456", Ok("+447400123456"))]
#[case("GB", "44 (0)7400 123456", Ok("+447400123456"))]
#[case("GB", "tel:+44-7400-123456;ext=7", Ok("+447400123456"))]
#[case("GB", "\u{202a}+44 7400 123456\u{202c}", Ok("+447400123456"))]
#[case("GB", "＋44（0）7400－123456", Ok("+447400123456"))]
#[case("DE", "0049 (0)151 23456789", Ok("+4915123456789"))]
#[case("DE", "+49 0151 2345678", Ok("+491512345678"))]
#[case("DE", "4915123456789", Ok("+4915123456789"))]
#[case("DE", "030 123456", Ok("+4930123456"))]
#[case("AT", "436641234567", Ok("+436641234567"))]
#[case("AT", "0664 1234567", Ok("+436641234567"))]
#[case("LT", "8 612 34567", Ok("+37061234567"))]
#[case("LT", "0 612 34567", Ok("+37061234567"))]
#[case("LT", "37061234567", Ok("+37061234567"))]
#[case("BY", "8 029 123-45-67", Ok("+375291234567"))]
#[case("BY", "8 0 29 123 45 67", Ok("+375291234567"))]
#[case("BY", "80291234567", Ok("+375291234567"))]
#[case("KZ", "8 701 234 56 78", Ok("+77012345678"))]
#[case("KZ", "7012345678", Ok("+77012345678"))]
#[case("RU", "79123456789", Ok("+79123456789"))]
#[case("RU", "8005553535", Ok("+78005553535"))]
#[case("RU", "8 800 555-35-35", Ok("+78005553535"))]
#[case("RU", "8 10 44 7400 123456", Ok("+447400123456"))]
#[case("TM", "8 66 123456", Ok("+99366123456"))]
#[case("UZ", "8 90 123 45 67", Ok("+998901234567"))]
#[case("HU", "36201234567", Ok("+36201234567"))]
#[case("MX", "01 55 1234 5678", Ok("+525512345678"))]
#[case("MX", "044 55 1234 5678", Ok("+525512345678"))]
#[case("MX", "+52 1 55 1234 5678", Ok("+525512345678"))]
#[case("MX", "55 1234 5678", Ok("+525512345678"))]
#[case("IT", "0039 347 1234567", Ok("+393471234567"))]
#[case("IT", "+39 06 1234567", Ok("+39061234567"))]
#[case("IT", "+39 (0)6 1234567", Ok("+39061234567"))]
#[case("IT", "393 123 4567", Ok("+393931234567"))]
#[case("IT", "393471234567", Ok("+393471234567"))]
#[case("SM", "0549 886377", Ok("+3780549886377"))]
#[case("VA", "06 698 12345", Ok("+390669812345"))]
#[case("CI", "07 10 57 36 79", Ok("+2250710573679"))]
#[case("PL", "0 512 345 678", Ok("+48512345678"))]
#[case("ES", "34 612 34 56 78", Ok("+34612345678"))]
#[case("DK", "4520123456", Ok("+4520123456"))]
#[case("IN", "9123456789", Ok("+919123456789"))]
#[case("IN", "91 98765 43210", Ok("+919876543210"))]
#[case("AU", "0011 44 7400 123456", Ok("+447400123456"))]
#[case("AU", "0412 345 678", Ok("+61412345678"))]
#[case("US", "011 44 7400 123456", Ok("+447400123456"))]
#[case("US", "12125550123", Ok("+12125550123"))]
#[case("BS", "359 1234", Ok("+12423591234"))]
#[case("BS", "242 359 1234", Ok("+12423591234"))]
#[case("BS", "1 242 359 1234", Ok("+12423591234"))]
#[case("JP", "010 1 212 555 0123", Ok("+12125550123"))]
#[case("JP", "81 90 1234 5678", Ok("+819012345678"))]
#[case("SG", "001 44 7400 123456", Ok("+447400123456"))]
#[case("FR", "+44 7400 123456", Ok("+447400123456"))]
#[case("FR", "+33 (0)6 12 34 56 78", Ok("+33612345678"))]
#[case("BR", "55 11 98765-4321", Ok("+5511987654321"))]
#[case("TH", "๐๘๑ ๒๓๔ ๕๖๗๘", Ok("+66812345678"))]
#[case("DE", "+883 510012345678", Ok("+883510012345678"))]
#[case("DE", "", Err(Flaw::Blank))]
#[case("DE", "  ", Err(Flaw::Blank))]
#[case("DE", "12", Err(Flaw::Malformed))]
#[case("DE", "nora", Err(Flaw::Malformed))]
#[case("DE", "12345678901234567", Err(Flaw::Malformed))]
#[case("DE", "1+234567", Err(Flaw::Malformed))]
#[case("XX", "1234567", Err(Flaw::Malformed))]
fn numbers_are_sent_with_their_countrys_code(
    #[case] country: &str,
    #[case] typed: &str,
    #[case] expected: Result<&str, Flaw>,
) {
    assert_eq!(check_phone(country, typed), expected.map(str::to_owned));
}

/// Mobile numbers of every country, made by `scripts/phone-plans.mjs` from libphonenumber's data.
const EXAMPLES: &str = include_str!("../input/phone/examples.txt");

#[test]
fn a_mobile_number_of_any_country_is_understood_however_it_is_written() {
    let mut wrong = Vec::new();
    for line in EXAMPLES.lines() {
        let [country, trunk, code, number] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let trunk = trunk.trim_matches('-');
        let expected = format!("+{code}{number}");
        for (from, typed) in [
            (country, number.to_owned()),
            (country, format!("{trunk}{number}")),
            (country, format!("+{code} {number}")),
            (country, format!("+{code} ({trunk}) {number}")),
            (country, format!("00{code}{number}")),
            (country, format!("{code}{number}")),
            ("FR", format!("+{code} ({trunk}) {number}")),
            ("FR", format!("00 {code} ({trunk}) {number}")),
            ("US", format!("011 {code} {number}")),
        ] {
            let read = check_phone(from, &typed);
            if read.as_ref() != Ok(&expected) {
                wrong.push(format!("{from}: {typed} is {read:?}, not {expected}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn each_country_is_listed_once_and_well_formed() {
    let all: Vec<_> = countries().collect();
    assert_eq!(all.len(), 245);
    for (at, Country { code, prefix }) in all.iter().enumerate() {
        assert!(code.bytes().all(|byte| byte.is_ascii_uppercase()), "{code}");
        assert!((1..=1999).contains(prefix), "{code}");
        assert!(all[..at].iter().all(|other| other.code != *code), "{code}");
    }
    // A country alone with its calling code, several with one code, one after a gap in the codes, and the
    // last one.
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
    for (code, prefix) in known {
        assert!(all.contains(&Country { code, prefix }), "{code}");
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
fn slips_are_found_and_real_domains_are_left_alone(
    #[case] typed: &str,
    #[case] meant: Option<&str>,
) {
    assert_eq!(suggest(typed).as_deref(), meant);
}

#[rstest]
#[case("nora@gmail.com", Some("Gmail"))]
#[case("nora@Posteo.NET", Some("Posteo"))]
#[case("nora@example.com", None)]
#[case("nora", None)]
fn known_mail_services_have_a_web_page(#[case] email: &str, #[case] name: Option<&str>) {
    let found = webmail(email);
    assert_eq!(found.as_ref().map(|webmail| webmail.name), name);
    assert!(found.is_none_or(|webmail| webmail.url.starts_with("https://")));
}

proptest::proptest! {
    #[test]
    fn the_checks_accept_any_text_without_a_panic(text in proptest::prelude::any::<String>(), country in "[A-Z]{2}") {
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
