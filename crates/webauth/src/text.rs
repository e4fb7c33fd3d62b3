//! Functions for short texts. The dialog uses them, too.
//!
//! The standard library's functions are made for long texts and have larger tables; they would be a twentieth of the wasm.

/// Whether `text` contains `part`.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// The texts before and after the first `part` in `text`. `None` if `text` does not contain it.
#[must_use]
pub fn split<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
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

/// `text` with `*****` in the place of every `part`. For an empty `part` nothing is masked.
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

/// The texts before and after the last `part`, an ASCII character, in `text`.
#[must_use]
pub fn split_last(text: &str, part: u8) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == part)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The texts before, between and after the occurrences of `part`.
pub fn parts<'a>(text: &'a str, part: &'a str) -> impl Iterator<Item = &'a str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (first, tail) = match split(text, part) {
            Some((first, tail)) => (first, Some(tail)),
            None => (text, None),
        };
        rest = tail;
        Some(first)
    })
}

/// Whether `character` is white space of any script, a control character or the byte order mark.
#[must_use]
pub fn is_blank(character: char) -> bool {
    matches!(
        character,
        '\0'..=' '
            | '\u{7f}'..='\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}'
            | '\u{feff}'
    )
}

/// `text` without the [blank characters](is_blank) around it.
#[must_use]
pub fn trim(text: &str) -> &str {
    let mut chars = text.chars();
    let mut rest = text;
    while chars.next().is_some_and(is_blank) {
        rest = chars.as_str();
    }
    chars = rest.chars();
    while chars.next_back().is_some_and(is_blank) {
        rest = chars.as_str();
    }
    rest
}

/// The decimal digits of `number`; `0` if it is negative.
#[must_use]
pub fn digits(number: impl TryInto<u64>) -> String {
    let mut text = String::new();
    push_digits(&mut text, number.try_into().unwrap_or_default());
    text
}

fn push_digits(text: &mut String, number: u64) {
    if number >= 10 {
        push_digits(text, number / 10);
    }
    let last = u32::try_from(number % 10).unwrap_or_default();
    text.extend(char::from_digit(last, 10));
}

/// The number whose decimal digits are `text`, if it fits the type.
#[must_use]
pub fn number<Number: TryFrom<u64>>(text: &str) -> Option<Number> {
    Number::try_from(read_digits(text)?).ok()
}

fn read_digits(text: &str) -> Option<u64> {
    let text = trim(text);
    if text.is_empty() {
        return None;
    }
    text.chars().try_fold(0_u64, |number, digit| {
        number
            .checked_mul(10)?
            .checked_add(digit.to_digit(10)?.into())
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn white_space_of_all_scripts_is_trimmed() {
        assert_eq!(trim("\u{feff} \t12 34\u{a0}\n"), "12 34");
        assert_eq!(trim("\u{3000}１２\u{3000}"), "１２");
        assert_eq!(trim(" \n"), "");
        for character in '\0'..=char::MAX {
            let is_blank_in_std = character.is_whitespace() || character.is_control();
            assert_eq!(
                is_blank(character),
                is_blank_in_std || character == '\u{feff}',
                "{character:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn each_function_agrees_with_the_standard_library(text in "[ab1]{0,12}", part in "[ab1]{1,3}", value in any::<u64>()) {
            prop_assert_eq!(contains(&text, &part), text.contains(&part));
            prop_assert_eq!(split(&text, &part), text.split_once(&part));
            prop_assert_eq!(split_last(&text, b'a'), text.rsplit_once('a'));
            prop_assert_eq!(parts(&text, &part).collect::<Vec<_>>(), text.split(&part).collect::<Vec<_>>());
            prop_assert_eq!(mask(&text, &part), text.replace(&part, "*****"));
            prop_assert_eq!(digits(value), value.to_string());
            prop_assert_eq!(number(&value.to_string()), Some(value));
            prop_assert_eq!(number::<u32>(&value.to_string()), u32::try_from(value).ok());
            prop_assert_eq!(number::<u64>(&text), text.parse().ok());
        }

        #[test]
        fn any_text_is_split_between_characters(text in any::<String>(), part in any::<String>()) {
            prop_assert_eq!(contains(&text, &part), text.contains(&part));
            prop_assert_eq!(split_last(&text, b'@'), text.rsplit_once('@'));
            prop_assert_eq!(mask(&text, ""), text.as_str());
            let trimmed = text.trim_matches(is_blank);
            prop_assert_eq!(trim(&text), trimmed);
        }
    }
}
