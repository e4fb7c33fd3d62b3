//! Small things about texts. The standard library's own are made for long texts and for every script's white space;
//! in wasm they would be a twentieth of the module.

/// Whether `part` stands in `text`.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// What stands before and after the first `part` in `text`.
pub(crate) fn split<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let start = find(text, part)?;
    Some((text.get(..start)?, text.get(start + part.len()..)?))
}

fn find(text: &str, part: &str) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    text.as_bytes()
        .windows(part.len())
        .position(|window| window == part.as_bytes())
}

/// `text` with every `part` masked. Nothing is masked for an empty `part`.
pub(crate) fn mask(mut text: &str, part: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    while !part.is_empty() {
        let Some((before, after)) = split(text, part) else {
            break;
        };
        masked.push_str(before);
        masked.push_str("*****");
        text = after;
    }
    masked.push_str(text);
    masked
}

/// `text` without white space around it: ASCII's, no-break spaces and the byte order mark, as people paste them.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|character| {
        matches!(
            character,
            '\0'..=' ' | '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{feff}'
        )
    })
}

/// `number` in decimal digits.
pub(crate) fn digits(number: u32) -> String {
    let mut text = String::new();
    push_digits(&mut text, number);
    text
}

fn push_digits(text: &mut String, number: u32) {
    if number >= 10 {
        push_digits(text, number / 10);
    }
    text.extend(char::from_digit(number % 10, 10));
}

/// The number that `text` writes in decimal digits, if it fits.
pub(crate) fn number(text: &str) -> Option<u32> {
    let text = trim(text);
    if text.is_empty() {
        return None;
    }
    text.chars().try_fold(0_u32, |number, digit| {
        number.checked_mul(10)?.checked_add(digit.to_digit(10)?)
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn white_space_that_comes_with_pasting_goes() {
        assert_eq!(trim("\u{feff} \t12 34\u{a0}\n"), "12 34");
        assert_eq!(trim(" \n"), "");
    }

    proptest! {
        #[test]
        fn the_same_as_the_standard_library(text in "[ab1]{0,12}", part in "[ab1]{1,3}", value in any::<u32>()) {
            prop_assert_eq!(contains(&text, &part), text.contains(&part));
            prop_assert_eq!(split(&text, &part), text.split_once(&part));
            prop_assert_eq!(mask(&text, &part), text.replace(&part, "*****"));
            prop_assert_eq!(digits(value), value.to_string());
            prop_assert_eq!(number(&value.to_string()), Some(value));
            prop_assert_eq!(number(&text), text.parse().ok());
        }

        #[test]
        fn texts_of_all_scripts_are_cut_between_characters(text in any::<String>(), part in any::<String>()) {
            prop_assert_eq!(contains(&text, &part), text.contains(&part));
            prop_assert_eq!(mask(&text, ""), text);
        }
    }
}
