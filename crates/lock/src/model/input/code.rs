//! Finds a verification code in text that was typed, pasted or filled in.

use latchkey_webauth::is_invisible;
use latchkey_webauth::text::is_blank;

/// The zero of each decimal block of Unicode that a code or a number may be written in. The digits 1 to 9
/// follow it.
const ZEROES: [char; 19] = [
    '0', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
    '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}',
    '\u{17e0}', '\u{ff10}',
];

/// The most spaces and dashes that may separate two digits of one code.
const LONGEST_GAP: usize = 2;

/// The ASCII digit that `character` stands for.
pub(super) fn digit(character: char) -> Option<char> {
    ZEROES.iter().find_map(|&zero| {
        let value = u32::from(character).checked_sub(u32::from(zero))?;
        char::from_digit(value, 10)
    })
}

/// Whether `character` may separate digits of a code: "123 456", "123-456", "123–456".
pub(super) fn is_separator(character: char) -> bool {
    is_blank(character) || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The result of reading a code. Its `Debug` shows no digit.
#[derive(Clone, PartialEq, Eq)]
pub enum Code {
    /// The text contains exactly one possible code. A full code may be submitted without a press of the
    /// button.
    Found(String),
    /// A part of a code, or the first digits of a number that is too long. The person has to go on.
    Partial(String),
    /// The text contains several possible codes, as a whole message may, and none of them is certain.
    Unclear,
}

impl core::fmt::Debug for Code {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(match self {
            Self::Found(_) => "Found([redacted])",
            Self::Partial(_) => "Partial([redacted])",
            Self::Unclear => "Unclear",
        })
    }
}

/// Reads a code of exactly `length` digits out of the text of its field, such as "Your code is 123-456". A
/// longer run of digits, such as an order number, is not a code.
#[must_use]
pub fn read_code(typed: &str, length: usize) -> Code {
    let groups = groups(typed);
    for certainty in Certainty::ALL {
        let mut codes = candidates(&groups, length, certainty);
        let Some(code) = codes.pop() else {
            continue;
        };
        let is_one = codes.iter().all(|other| *other == code);
        return if is_one {
            Code::Found(code)
        } else {
            Code::Unclear
        };
    }
    let digits: String = typed.chars().filter_map(digit).take(length).collect();
    let is_number = |character| digit(character).is_some() || is_separator(character);
    if digits.len() < length || typed.chars().filter(|it| !is_invisible(*it)).all(is_number) {
        Code::Partial(digits)
    } else {
        Code::Unclear
    }
}

/// Adjacent digits, and their surroundings in the text.
struct Group {
    digits: String,
    /// Only one or two separators stand between these digits and the digits before.
    follows: bool,
    /// An ASCII letter stands next to the digits, as in a name such as `A123456`.
    is_in_word: bool,
}

/// All digits of `text`, in groups of adjacent digits.
fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // The number of separators since the last digit. `None` after any other character.
    let mut gap = None;
    let mut before = ' ';
    let seen = |character: &char| !is_invisible(*character) || is_blank(*character);
    for character in text.chars().filter(seen) {
        let last = groups.last_mut().filter(|_| gap == Some(0));
        match (digit(character), last) {
            (Some(digit), Some(group)) => group.digits.push(digit),
            (Some(digit), None) => groups.push(Group {
                digits: digit.into(),
                follows: gap.is_some(),
                is_in_word: before.is_ascii_alphabetic(),
            }),
            (None, Some(group)) => group.is_in_word |= character.is_ascii_alphabetic(),
            (None, None) => {}
        }
        gap = match gap {
            _ if digit(character).is_some() => Some(0),
            Some(width) if is_separator(character) && width < LONGEST_GAP => Some(width + 1),
            _ => None,
        };
        before = character;
    }
    groups
}

/// The certainty that digits are a code, highest first.
#[derive(Clone, Copy, PartialEq)]
enum Certainty {
    /// One group between blanks or punctuation: "482913".
    Unbroken,
    /// Several groups of one size: "482 913", "4 8 2 9 1 3".
    Even,
    /// One group next to letters: "A482913".
    InWord,
    /// Groups of several sizes: "4829 13".
    Uneven,
}

impl Certainty {
    const ALL: [Self; 4] = [Self::Unbroken, Self::Even, Self::InWord, Self::Uneven];
}

/// The texts of `length` digits in `groups` that have this certainty.
fn candidates(groups: &[Group], length: usize, certainty: Certainty) -> Vec<String> {
    let mut codes = Vec::new();
    let mut remaining = groups;
    // Each iteration takes one row: groups with nothing but separators between them.
    while let Some((first, others)) = remaining.split_first() {
        let more = others.iter().take_while(|group| group.follows).count();
        let (row, next) = remaining
            .split_at_checked(more + 1)
            .unwrap_or((remaining, &[]));
        remaining = next;
        let is_single = matches!(certainty, Certainty::Unbroken | Certainty::InWord);
        if is_single {
            let is_code = |group: &&Group| {
                group.digits.len() == length && group.is_in_word == (certainty == Certainty::InWord)
            };
            codes.extend(row.iter().filter(is_code).map(|group| group.digits.clone()));
            continue;
        }
        let is_even = row
            .iter()
            .all(|group| group.digits.len() == first.digits.len());
        let code: String = row.iter().map(|group| group.digits.as_str()).collect();
        if code.len() == length && is_even == (certainty == Certainty::Even) {
            codes.push(code);
        }
    }
    codes
}
