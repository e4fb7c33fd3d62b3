//! Finding a verification code in what people type, paste and have filled in for them.

use latchkey_webauth::text::is_blank;

/// The first digit of each decimal block a code may be written in: ASCII, Arabic-Indic, Persian,
/// Devanagari, Bengali, Thai and full-width. The nine that follow each are its 1 to 9.
const ZEROES: [char; 7] = [
    '0', '\u{0660}', '\u{06F0}', '\u{0966}', '\u{09E6}', '\u{0E50}', '\u{FF10}',
];

/// The longest gap of spaces and dashes that may stand between two digits of one code.
const LONGEST_GAP: usize = 2;

/// The ASCII digit that `character` stands for.
pub(super) fn digit(character: char) -> Option<char> {
    ZEROES.iter().find_map(|&zero| {
        let value = u32::from(character).checked_sub(u32::from(zero))?;
        char::from_digit(value, 10)
    })
}

/// Whether `character` may stand inside a code: "123 456", "123-456", "123–456".
pub(super) fn is_separator(character: char) -> bool {
    is_blank(character) || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// What the code field holds after `typed` was entered into it: its first `length` digits, as
/// ASCII. A whole code inside a sentence wins over stray digits before it.
#[must_use]
pub fn clean_code(typed: &str, length: usize) -> String {
    find_code(typed, length)
        .unwrap_or_else(|| typed.chars().filter_map(digit).take(length).collect())
}

/// The code of exactly `length` digits in a text such as "Your code is 123-456", if there is one.
/// A run of digits that is longer, such as an order number, is not taken for a code.
#[must_use]
pub fn find_code(text: &str, length: usize) -> Option<String> {
    let mut run = String::new();
    let mut gap = 0;
    // One more character than there is ends the last run.
    for character in text.chars().chain(['.']) {
        if let Some(digit) = digit(character) {
            run.push(digit);
            gap = 0;
        } else if is_separator(character) && gap < LONGEST_GAP && !run.is_empty() {
            gap += 1;
        } else {
            if run.len() == length {
                return Some(run);
            }
            run.clear();
            gap = 0;
        }
    }
    None
}
