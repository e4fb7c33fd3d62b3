//! The code field: reading codes out of typed and pasted text.

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
    let (Code::Found(code) | Code::Partial(code)) = read_code(typed, 6) else {
        panic!("{typed} is unclear");
    };
    assert_eq!(code, expected);
}

#[rstest]
#[case("1 2 3 4 5 6", "123456")]
#[case("123456", "123456")]
#[case::unbroken_after_a_date("Thu, 12 Nov 2026 14:05 - Your code is 482913", "482913")]
#[case::unbroken_before_a_time(
    "482913 is your code. It works until 14:08 on 12 Nov 2026.",
    "482913"
)]
#[case::with_a_full_stop("code: 482913.", "482913")]
#[case::in_brackets("Your code (482913)", "482913")]
#[case::behind_a_letter_and_a_dash("G-482913 is your code", "482913")]
#[case::grouped_after_a_date("12 Nov 2026 14:05: 482 913", "482913")]
#[case::grouped_with_a_dash("Thu, 12 Nov 2026: 482-913", "482913")]
#[case::pairs("Code 48 29 13, sent 2026-11-12", "482913")]
#[case::unbroken_wins_over_groups("Call 555 123 or use 482913", "482913")]
#[case::twice("Your code is 482913. @example.com #482913", "482913")]
#[case::in_chinese("您的验证码是482913，3分钟内有效", "482913")]
#[case::in_arabic("رمزك هو ٤٨٢٩١٣ صالح لمدة 3 دقائق", "482913")]
#[case::full_width_groups("認証コード：４８２　９１３", "482913")]
#[case::invisible_between("482\u{200b}913", "482913")]
#[case::no_break_space("482\u{a0}913", "482913")]
#[case::not_the_order_number("Order A112233: your code is 445566", "445566")]
#[case::tamil("௪௮௨௯௧௩", "482913")]
fn the_code_of_a_message_is_found(#[case] text: &str, #[case] code: &str) {
    assert_eq!(read_code(text, 6), Code::Found(code.to_owned()));
}

#[rstest]
#[case::two_numbers("Order 112233: your code is 445566")]
#[case::two_groups("482 913 or 555 123")]
#[case::a_date_alone("Thu, 12 Nov 2026")]
#[case::digits_here_and_there("1a2b3c4d5e6f")]
#[case::a_thousands_separator("123,456")]
#[case::a_long_number("Order 20261123001")]
fn an_ambiguous_text_yields_no_code(#[case] text: &str) {
    assert_eq!(read_code(text, 6), Code::Unclear);
}

#[rstest]
#[case("12345", "12345")]
#[case("a 12345 b", "12345")]
#[case::longer_than_a_code("12345678", "123456")]
fn a_partial_code_stays_for_the_person_to_complete(#[case] text: &str, #[case] digits: &str) {
    assert_eq!(read_code(text, 6), Code::Partial(digits.to_owned()));
}

#[test]
fn codes_of_another_length_are_found_too() {
    assert_eq!(
        read_code("Your code is 1234-5678", 8),
        Code::Found("12345678".into())
    );
    assert_eq!(read_code("Use 9876", 4), Code::Found("9876".into()));
    assert_eq!(read_code("12 Nov 2026: use 9876", 4), Code::Unclear);
}

#[test]
fn a_message_with_two_possible_codes_uses_no_try_and_shows_a_hint() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("Order 112233: your code is 445566");
    assert_eq!(dialog.requests(), 0);
    assert_eq!(dialog.code(), "");
    assert!(dialog.shown().invalid);
    assert_eq!(dialog.shown().hint, "Enter the 6 digits of the code.");
    dialog.type_code("445566");
    assert_eq!(dialog.requests(), 1);
    assert_eq!(dialog.shown().hint, "");
}

#[test]
fn a_number_longer_than_a_code_is_not_submitted() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("12345678");
    assert_eq!((dialog.requests(), dialog.code()), (0, "123456".to_owned()));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
}

proptest! {
    #[test]
    fn the_field_never_holds_more_than_ascii_digits(text in any::<String>(), length in 0usize..10) {
        let (Code::Found(code) | Code::Partial(code)) = read_code(&text, length) else {
            return Ok(());
        };
        prop_assert!(code.len() <= length);
        prop_assert!(code.bytes().all(|byte| byte.is_ascii_digit()));
        let again = read_code(&code, length);
        prop_assert!(again == Code::Found(code.clone()) || again == Code::Partial(code));
    }
}

#[test]
fn debug_output_contains_no_code() {
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
    let read = format!("{:?}", read_code("987654", 6));
    assert!(!read.contains("98765"), "{read}");
}
