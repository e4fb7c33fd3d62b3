//! Tests the texts that people type into the two fields.

use rstest::rstest;

use crate::{
    email_address::EmailAddress,
    verification_code::{NoCode, VerificationCode},
};

#[rstest]
#[case("nora@example.com", "nora@example.com")]
#[case("  Nora+tag@Example.com\n", "Nora+tag@Example.com")]
#[case("a@b", "a@b")]
#[case("jürgen@bücher.example", "jürgen@bücher.example")]
#[case("\"odd,<>\"@example.com", "\"odd,<>\"@example.com")]
fn addresses(#[case] typed: &str, #[case] address: &str) {
    assert_eq!(EmailAddress::parse(typed).unwrap().as_str(), address);
}

#[rstest]
#[case::nothing("")]
#[case::blanks("   ")]
#[case::no_at("nora.example.com")]
#[case::at_alone("@")]
#[case::nothing_before("@example.com")]
#[case::nothing_behind("nora@")]
#[case::two("nora@omar@example.com")]
#[case::blank_inside("nora @example.com")]
#[case::no_break_space("nora\u{a0}@example.com")]
#[case::line_break("nora@example.com\r\nBcc:omar")]
#[case::nul("nora@example.com\0x")]
#[case::too_long(&format!("{}@example.com", "a".repeat(243)))]
fn no_addresses(#[case] typed: &str) {
    assert_eq!(EmailAddress::parse(typed), None);
}

#[test]
fn the_longest_address() {
    let longest = format!("{}@example.com", "a".repeat(242));
    assert!(EmailAddress::parse(&longest).is_some());
}

#[rstest]
#[case("123456", "123456")]
#[case("000123", "000123")]
#[case(" 123 456 ", "123456")]
#[case("123-456", "123456")]
#[case("12\u{a0}34\u{2013}56\t", "123456")]
#[case("1\u{2212}2\u{2010}3\u{2015}4", "1234")]
#[case(&"7".repeat(40), &"7".repeat(40))]
fn codes(#[case] typed: &str, #[case] code: &str) {
    assert_eq!(VerificationCode::parse(typed).unwrap().secret(), code);
}

#[rstest]
#[case::nothing("", NoCode::Empty)]
#[case::separators(" -\u{2014} \r\n", NoCode::Empty)]
#[case::letter("12345a", NoCode::Malformed)]
#[case::sentence("Your code is 123456", NoCode::Malformed)]
#[case::other_digits("\u{0661}\u{0662}\u{0663}", NoCode::Malformed)]
#[case::sign("+123456", NoCode::Malformed)]
#[case::point("123.456", NoCode::Malformed)]
#[case::too_long(&"7".repeat(41), NoCode::Malformed)]
fn no_codes(#[case] typed: &str, #[case] cause: NoCode) {
    assert_eq!(VerificationCode::parse(typed), Err(cause));
}
