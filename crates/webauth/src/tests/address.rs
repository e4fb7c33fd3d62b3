//! Tests of e-mail addresses that people type and paste.

use proptest::prelude::*;
use rstest::rstest;
use unicode_normalization::UnicodeNormalization;

use super::{client, object, only_request};
use crate::address::is_plain;
use crate::env::fake::{FakeEnv, run};
use crate::wire::{Params, Value, set};
use crate::{find_email, is_invisible};

const NORA: &str = "nora@example.com";

fn found(text: &str) -> Option<String> {
    find_email(text, &|text| text.nfkc().collect())
}

#[rstest]
#[case::zero_width_space_first("\u{200b}nora@example.com")]
#[case::left_to_right_mark_last("nora@example.com\u{200e}")]
#[case::soft_hyphen_inside("no\u{ad}ra@example.com")]
#[case::isolates_around("\u{2068}nora@example.com\u{2069}")]
#[case::embedding("\u{202a}nora@example.com\u{202c}")]
#[case::byte_order_mark("\u{feff}nora@example.com")]
#[case::word_joiner("nora@exam\u{2060}ple.com")]
#[case::joiner_between_latin_letters("no\u{200d}ra@example.com")]
#[case::grapheme_joiner("nora\u{34f}@example.com")]
#[case::hangul_fillers("\u{115f}nora\u{1160}@example\u{3164}.com\u{ffa0}")]
#[case::variation_selector("nora@example.com\u{fe0f}")]
#[case::variation_selector_of_plane_14("nora\u{e0101}@example.com")]
#[case::tag_characters("nora@example.com\u{e0067}\u{e007f}")]
#[case::nul("nora@example.com\0")]
#[case::controls("\u{1}no\u{8}ra@example.com\u{7f}")]
#[case::no_break_spaces("\u{a0}nora@example.com\u{202f}")]
#[case::no_break_space_inside("nora\u{a0}@example.com")]
#[case::interlinear_annotation("nora@example.com\u{fffb}")]
#[case::braille_blank("nora@example.com\u{2800}")]
fn invisible_characters_are_removed(#[case] typed: &str) {
    assert_eq!(found(typed).as_deref(), Some(NORA));
}

#[rstest]
#[case::at("nora＠example.com")]
#[case::small_at("nora﹫example.com")]
#[case::whole_width("ｎｏｒａ＠ｅｘａｍｐｌｅ．ｃｏｍ")]
#[case::ideographic_full_stop("nora@example。com")]
#[case::half_width_full_stop("nora@example｡com")]
#[case::small_full_stop("nora@example﹒com")]
#[case::one_dot_leader("nora@example\u{2024}com")]
#[case::mathematical_script("𝓃𝑜𝓇𝒶@example.com")]
#[case::mathematical_bold("𝐧𝐨𝐫𝐚@𝐞𝐱𝐚𝐦𝐩𝐥𝐞.𝐜𝐨𝐦")]
#[case::circled("ⓝⓞⓡⓐ@example.com")]
fn other_forms_of_a_character_become_the_plain_one(#[case] typed: &str) {
    assert_eq!(found(typed).as_deref(), Some(NORA));
}

#[rstest]
#[case::comma("nora@example.com,")]
#[case::semicolon("nora@example.com;")]
#[case::full_stop("nora@example.com.")]
#[case::ellipsis("nora@example.com…")]
#[case::bracket("nora@example.com)")]
#[case::quote("nora@example.com\"")]
#[case::guillemet("nora@example.com»")]
#[case::chinese_comma("nora@example.com，")]
#[case::chinese_full_stop("nora@example.com。")]
#[case::enumeration_comma("nora@example.com、")]
#[case::arabic_comma("nora@example.com،")]
#[case::danda("nora@example.com।")]
#[case::exclamation("nora@example.com!")]
#[case::question("nora@example.com?")]
#[case::hyphen("nora@example.com-")]
#[case::blanks("\t nora@example.com \n")]
#[case::ideographic_space("\u{3000}nora@example.com\u{3000}")]
#[case::quotes("\"nora@example.com\"")]
#[case::apostrophes("'nora@example.com'")]
#[case::typographic_quotes("“nora@example.com”")]
#[case::single_typographic_quotes("‘nora@example.com’")]
#[case::low_quotes("„nora@example.com“")]
#[case::guillemets("«nora@example.com»")]
#[case::corner_brackets("「nora@example.com」")]
#[case::black_brackets("【nora@example.com】")]
#[case::round_brackets("(nora@example.com)")]
#[case::full_width_brackets("（nora@example.com）")]
#[case::square_brackets("[nora@example.com]")]
#[case::curly_brackets("{nora@example.com}")]
#[case::backticks("`nora@example.com`")]
#[case::bold("**nora@example.com**")]
#[case::underlined("_nora@example.com_")]
#[case::bullet("• nora@example.com")]
#[case::dash("- nora@example.com")]
#[case::dots_first("...nora@example.com")]
#[case::comma_first(", nora@example.com")]
#[case::angle_brackets("<nora@example.com>")]
#[case::name("Nora K <nora@example.com>")]
#[case::name_with_comma("\"K, Nora\" <nora@example.com>")]
#[case::name_with_at("\"Nora @ work\" <nora@example.com>")]
#[case::name_in_another_script("野良 <nora@example.com>")]
#[case::name_without_blank("Nora<nora@example.com>;")]
#[case::name_in_brackets_behind("nora@example.com (Nora K)")]
#[case::address_in_brackets("Nora K (nora@example.com)")]
#[case::label("E-mail: nora@example.com")]
#[case::full_width_label("メール：nora@example.com")]
#[case::header("To: Nora K <nora@example.com>")]
#[case::json("\"email\": \"nora@example.com\",")]
#[case::cells("Nora\tnora@example.com\t42")]
#[case::twice("nora@example.com <nora@example.com>")]
#[case::twice_in_another_case("Nora@example.com <nora@example.com>")]
fn text_around_one_address_is_removed(#[case] pasted: &str) {
    let found = found(pasted).map(|address| address.to_lowercase());
    assert_eq!(found.as_deref(), Some(NORA));
}

#[rstest]
#[case::plain("mailto:nora@example.com", NORA)]
#[case::capitals("MailTo:nora@example.com", NORA)]
#[case::slashes("mailto://nora@example.com", NORA)]
#[case::subject("mailto:nora@example.com?subject=Hello", NORA)]
#[case::subject_with_blanks("mailto:nora@example.com?subject=Hello there", NORA)]
#[case::others_in_the_query("mailto:nora@example.com?cc=bob@example.com", NORA)]
#[case::encoded_at("mailto:nora%40example.com", NORA)]
#[case::encoded_plus("mailto:nora%2Blogin@example.com", "nora+login@example.com")]
#[case::encoded_letter("mailto:j%C3%BCrgen@example.com", "jürgen@example.com")]
#[case::encoded_invisible("mailto:nora@example.com%E2%80%8B", NORA)]
#[case::in_brackets("Nora K <mailto:nora@example.com>", NORA)]
#[case::twice("nora@example.com<mailto:nora@example.com>", NORA)]
#[case::markdown("[Nora](mailto:nora@example.com?subject=a)", NORA)]
fn a_mailto_address_is_decoded(#[case] pasted: &str, #[case] address: &str) {
    assert_eq!(found(pasted).as_deref(), Some(address));
}

#[rstest]
#[case::plain(NORA)]
#[case::apostrophe_and_plus("o'hara+x@example.com")]
#[case::typographic_apostrophe("o’hara@example.com")]
#[case::apostrophe_first("'nora@example.com")]
#[case::quoted("\"quoted part\"@example.com")]
#[case::quoted_at("\"a@b\"@example.com")]
#[case::quoted_quote("\"a\\\"b\"@example.com")]
#[case::quoted_mark("\"a,b;c<d>\"@example.com")]
#[case::dot_before_the_at("nora.@example.com")]
#[case::two_dots("no..ra@example.com")]
#[case::capitals("Nora.K@Example.COM")]
#[case::composed("jürgen@example.com")]
#[case::decomposed("ju\u{308}rgen@example.com")]
#[case::sharp_s("weiß@example.com")]
#[case::dotless("ışık@example.com")]
#[case::all_that_is_allowed("!#$%&'*+-/=?^_`{|}~@example.com")]
#[case::percent_sign("nora%40example.org@example.com")]
#[case::wrapped_on_one_side("_nora@example.com")]
#[case::chinese("用户@例子.广告")]
#[case::thai("คำแปล@example.com")]
#[case::persian_non_joiner("نامه\u{200c}ای@example.com")]
#[case::hindi_joiner("क्\u{200d}ष@example.com")]
#[case::korean("한글@example.com")]
#[case::compatibility_ideograph("\u{fa19}@example.com")]
#[case::catalan_middle_dot("nora@col·legi.cat")]
#[case::japanese_middle_dot("nora@アー・ティー.jp")]
#[case::iteration_mark("佐々木@佐々木.jp")]
#[case::emoji("nora@😀.ws")]
#[case::address_literal("nora@[192.0.2.1]")]
#[case::one_label("nora@localhost")]
#[case::punycode("nora@xn--bcher-kva.example")]
fn the_characters_of_a_valid_address_do_not_change(#[case] address: &str) {
    assert_eq!(found(address).as_deref(), Some(address));
    let pasted = format!("Nora K <{address}>");
    assert_eq!(found(&pasted).as_deref(), Some(address));
}

#[rstest]
#[case::nothing("")]
#[case::words("nora")]
#[case::space_inside("no ra@example.com")]
#[case::space_before_the_at("nora @example.com")]
#[case::sentence("write to nora@example.com please")]
#[case::two("nora@example.com, bob@example.com")]
#[case::two_in_brackets("Nora <nora@example.com>, Bob <bob@example.com>")]
#[case::two_in_a_mailto("mailto:nora@example.com,bob@example.com")]
#[case::two_domains("nora@example.com <nora@example.org>")]
#[case::two_ats("nora@@example.com")]
#[case::no_local_part("@example.com")]
#[case::no_domain("nora@")]
#[case::path("nora@example.com/inbox")]
fn a_text_without_exactly_one_address_gives_none(#[case] text: &str) {
    assert_eq!(found(text), None);
}

#[test]
fn an_empty_or_broken_quotation_does_not_panic() {
    for text in [
        "\"@",
        "\"\"@",
        "\"@example.com",
        "\\\"@example.com",
        "a\"@b",
        "<@>",
        "[@]",
        "@[",
        "a@[",
    ] {
        let _ = found(text);
    }
}

/// Compares `is_invisible` with Unicode's own lists for every code point: the general category Cf, control characters, and the
/// default-ignorable code points of DerivedCoreProperties.txt. The no-break spaces are additional.
#[test]
fn invisible_characters_are_those_of_unicode() {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
    let ignored = |character: char| {
        matches!(character, '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{2065}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{e0000}'..='\u{e0fff}')
    };
    let no_break =
        |character: char| matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2800}');
    for character in '\0'..=char::MAX {
        let is_control = character.is_control() && !character.is_whitespace();
        let is_format = character.general_category() == GeneralCategory::Format;
        let expected = is_control || is_format || ignored(character) || no_break(character);
        assert_eq!(
            is_invisible(character),
            expected,
            "{:04x}",
            u32::from(character)
        );
    }
}

#[rstest]
#[case::invisible("\u{200b}nora@example.com\u{200e}")]
#[case::full_width("nora＠example.com")]
#[case::name("Nora K <nora@example.com>")]
#[case::mailto("mailto:nora@example.com?subject=x")]
#[case::punctuation(" nora@example.com, ")]
fn the_start_sends_the_address_without_what_surrounds_it(#[case] typed: &str) {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let options = object! {"connection": "email", "send": "code", "email": typed};
    let client = client(object! {}, &env);
    let start = client.prepare_start(Value::Object(options)).unwrap();
    run(client.send_start(start)).unwrap().unwrap();
    assert!(
        only_request(&env)
            .3
            .contains(r#""email":"nora@example.com""#)
    );
}

#[rstest]
#[case("email")]
#[case("username")]
fn a_login_sends_the_same_address_as_the_start(#[case] name: &str) {
    let env = FakeEnv::new();
    let mut options = object! {"connection": "email", "verificationCode": "123456"};
    set(&mut options, name, "Nora K <nora@example.com>");
    let client = client(object! {}, &env);
    let login = client.prepare_login(Value::Object(options)).unwrap();
    assert!(
        run(client.send_login(login)).is_none(),
        "the login waits for the response"
    );
    assert!(
        only_request(&env)
            .3
            .contains(r#""username":"nora@example.com""#)
    );
}

#[test]
fn a_verification_sends_the_same_address_as_the_start() {
    let env = FakeEnv::new();
    env.at("https://me.auth0.com/login");
    let options = object! {"connection": "email", "verificationCode": "123456", "email": "<nora@example.com>"};
    let client = client(object! {}, &env);
    let login = client.prepare_login(Value::Object(options)).unwrap();
    assert!(
        run(client.send_login(login)).is_none(),
        "the verification waits for the response"
    );
    assert!(
        only_request(&env)
            .3
            .contains(r#""email":"nora@example.com""#)
    );
}

#[rstest]
#[case::two("nora@example.com, bob@example.com")]
#[case::none("nora at example.com")]
fn a_text_that_is_not_one_address_is_sent_unchanged(#[case] typed: &str) {
    let env = FakeEnv::new();
    env.respond(400, "{}");
    let options = object! {"connection": "email", "send": "code", "email": typed};
    let client = client(object! {}, &env);
    let start = client.prepare_start(Value::Object(options)).unwrap();
    assert!(run(client.send_start(start)).unwrap().is_err());
    assert!(
        only_request(&env)
            .3
            .contains(&format!(r#""email":"{typed}""#))
    );
}

#[rstest]
#[case("nora@bücher.example", "nora@xn--bcher-kva.example")]
#[case("Nora@BÜCHER.example", "Nora@xn--bcher-kva.example")]
#[case("用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v")]
#[case("jürgen@example.com", "jürgen@example.com")]
#[case("nora@Example.COM", "nora@Example.COM")]
fn difference_a_domain_is_sent_in_ascii(#[case] typed: &str, #[case] sent: &str) {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let options = object! {"connection": "email", "send": "code", "email": typed};
    let client = client(object! {}, &env);
    let start = client.prepare_start(Value::Object(options)).unwrap();
    run(client.send_start(start)).unwrap().unwrap();
    assert!(
        only_request(&env)
            .3
            .contains(&format!(r#""email":"{sent}""#))
    );
}

proptest! {
    #[test]
    fn a_found_address_is_found_again(text in any::<String>()) {
        if let Some(address) = found(&text) {
            prop_assert_eq!(found(&address), Some(address.clone()));
        }
    }

    #[test]
    fn a_plain_address_is_found_in_whatever_stands_around_it(
        local in "[a-zA-Z0-9!#$%&+/=?^-][a-zA-Z0-9.!#$%&'*+/=?^_{|}~-]{0,8}",
        domain in "[a-z0-9]{1,8}\\.[a-z]{2,6}",
        before in "[<(\\[\"“«\u{200b}\u{feff} ]{0,3}",
        after in "[>)\\]\"”»\u{200e},;.! ]{0,3}",
    ) {
        let address = format!("{local}@{domain}");
        prop_assert_eq!(found(&format!("{before}{address}{after}")), Some(address));
    }

    #[test]
    fn no_typed_text_makes_the_search_panic(text in "[a@.<>\"\\\\ :?\\[\\]é\u{200b}%4-]{0,24}") {
        let _ = found(&text);
    }
}

/// The parity tests compare phone numbers with auth0.js byte for byte. Here it is enough that the number is not read as an
/// address.
#[test]
fn a_phone_number_is_only_trimmed() {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let options: Params = object! {"connection": "sms", "send": "code", "phoneNumber": " +49 151 "};
    let client = client(object! {}, &env);
    let start = client.prepare_start(Value::Object(options)).unwrap();
    run(client.send_start(start)).unwrap().unwrap();
    assert!(only_request(&env).3.contains(r#""phone_number":"+49 151""#));
}

/// The module of `webauth.min.js` only trims these.
#[rstest]
#[case::an_address("nora@example.com", true)]
#[case::an_address_with_a_tag("nora.b+test_1@sub.example-one.com", true)]
#[case::an_apostrophe("o'hara@example.com", true)]
#[case::an_address_in_quotation_marks("'nora@example.com'", false)]
#[case::blanks_around(" nora@example.com\n", true)]
#[case::a_phone_number("+1 (555) 123-4567", true)]
#[case::a_name("nora", true)]
#[case::nothing("", true)]
#[case::a_name_before_the_address("Nora <nora@example.com>", false)]
#[case::a_full_stop_behind("nora@example.com.", false)]
#[case::an_escaped_link("mailto:nora%40example.com", false)]
#[case::a_domain_with_an_umlaut("nora@müller.example", false)]
#[case::a_full_width_at_sign("nora＠example.com", false)]
#[case::an_invisible_character("nora@example.com\u{200b}", false)]
fn a_recipient_that_is_only_trimmed_is_plain(#[case] typed: &str, #[case] expected: bool) {
    assert_eq!(is_plain(typed), expected);
}

proptest! {
    #[test]
    fn reading_a_plain_recipient_only_trims_it(typed in "[ \t]?([a-zA-Z0-9.+_@ '():-]{0,24}|\\PC{0,12})[ \t]?") {
        let read = found(&typed);
        prop_assert!(!is_plain(&typed) || read.is_none() || read.as_deref() == Some(typed.trim()), "{read:?}");
    }
}
