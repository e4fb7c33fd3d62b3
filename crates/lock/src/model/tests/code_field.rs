//! What the code field makes of what is put into it.

use proptest::prelude::*;
use rstest::rstest;

use super::*;

#[rstest]
#[case::plain("123456", "123456")]
#[case::as_typed("12", "12")]
#[case::spaces("12 34-56", "123456")]
#[case::letters_are_dropped("1a2b", "12")]
#[case::leading_zeroes("000123", "000123")]
#[case::too_long("12345678", "123456")]
#[case::a_sentence("Your code is 123-456", "123456")]
#[case::a_sentence_that_goes_on("123 456 is your code. It works for 3 minutes.", "123456")]
#[case::an_order_number_first("Order 20261123001: code 654321", "654321")]
#[case::full_width("１２３４５６", "123456")]
#[case::arabic_indic("١٢٣٤٥٦", "123456")]
#[case::persian("۱۲۳۴۵۶", "123456")]
#[case::devanagari("१२३४५६", "123456")]
#[case::arabic_sentence("رمزك هو ١٢٣-٤٥٦", "123456")]
#[case::en_dash("123–456", "123456")]
#[case::newline("123\n456", "123456")]
#[case::nothing("", "")]
#[case::no_digits("abc", "")]
fn the_field_finds_the_digits(#[case] typed: &str, #[case] expected: &str) {
    assert_eq!(clean_code(typed, 6), expected);
}

#[rstest]
#[case("a 1234567 b", None)]
#[case("12345", None)]
#[case("1 2 3 4 5 6", Some("123456"))]
#[case("123456", Some("123456"))]
#[case("123,456", None)]
fn a_code_is_found_only_at_its_full_length(#[case] text: &str, #[case] expected: Option<&str>) {
    assert_eq!(find_code(text, 6).as_deref(), expected);
}

#[test]
fn codes_of_another_length_are_found_too() {
    assert_eq!(clean_code("Your code is 1234-5678", 8), "12345678");
    assert_eq!(clean_code("Use 9876", 4), "9876");
}

proptest! {
    #[test]
    fn the_field_never_holds_more_than_ascii_digits(text in any::<String>(), length in 0usize..10) {
        let code = clean_code(&text, length);
        prop_assert!(code.len() <= length);
        prop_assert!(code.bytes().all(|byte| byte.is_ascii_digit()));
        prop_assert_eq!(clean_code(&code, length), code);
    }
}

#[test]
fn a_code_shows_in_no_debug_output() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("987654");
    let printed = format!(
        "{:?} {:?} {:?}",
        dialog.model,
        dialog.effects,
        dialog.shown()
    );
    assert!(!printed.contains("98765"), "{printed}");
    let typed = format!("{:?}", Msg::CodeChanged(Secret::new("987654")));
    assert!(!typed.contains("98765"), "{typed}");
}
