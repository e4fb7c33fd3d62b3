//! Phone numbers: a country, and what a person types.

use latchkey_webauth::text::{digits as written, number, trim};

use crate::model::input::code::{digit, is_separator};
use crate::model::input::email::EmailFlaw as Flaw;

/// The countries in the order of their calling codes (ITU-T E.164), each by its two letters of ISO 3166. The number
/// before the letters is the difference to the calling code of the country before; if there is no number, it is 1. One
/// text and not a table of pairs, because a table takes four times the bytes.
const COUNTRIES: &str = "CA0DO0JM0PR0US6KZ0RU13EG7ZA3GRNLBEFRES2HU3IT0VAROCH2ATGB0GG0IM0JEDKSENO0SJPLDE2PEMXCUARBRCLCOVE2MYAU0CC0CXIDPHNZSGTH15JPKR2VN2CN4TRINPKAFLKMM3IR113SSEH0MADZ3TN2LY2GMSNMRMLGNCIBFNETGBJMULRSLGHNGTDCFCMCVSTGQGACGCDAOGWIOACSCSDRWETSODJKETZUGBIMZ2ZMMGRE0YTZWNAMWLSBWSZKM21SH0TAER6AWFOGL51GIPTLUIEISALMTCYAX0FIBG11LTLVEEMDAMBYADMCSM2UARSMEXK2HRSIBA2MK31CZSK2LI77FKBZGTSVHNNICRPAPMHT81BL0GP0MFBOGYECGFPYMQSRUYBQ0CW71TL2NFBNNRPGTOSBVUFJPWWFCKNU2WSKINCTVPFTKFMMH158KP2HKMO2KHLA24BD6TW74MVLBJOSYIQKWSAYEOM2PSAEILBHQABTMNNP15TJTMAZGEKG2UZ244BS4BB18AI4AG16VG56VI5KY96BM32GD176TC15MS6MPGU13AS37SX37LC9DM17VC84TTKN";

/// Countries whose numbers keep a leading zero also behind the country's code.
const KEEPS_ZERO: [&str; 7] = ["BJ", "CG", "CI", "GA", "IT", "SM", "VA"];

/// Every country with a telephone code: its ISO 3166 code, and what its numbers begin with.
pub fn countries() -> impl Iterator<Item = (&'static str, u64)> {
    let mut rest = COUNTRIES;
    let mut prefix = 0_u64;
    std::iter::from_fn(move || {
        let start = rest.bytes().position(|byte| byte.is_ascii_uppercase())?;
        let (step, tail) = rest.split_at_checked(start)?;
        let (code, next) = tail.split_at_checked(2)?;
        prefix += number(step).unwrap_or(1);
        rest = next;
        Some((code, prefix))
    })
}

/// The country of that code in any case, if it is one.
#[must_use]
pub fn find_country(code: &str) -> Option<&'static str> {
    countries()
        .find(|(known, _)| known.eq_ignore_ascii_case(code))
        .map(|(known, _)| known)
}

/// The number as it is sent, `+` and digits, or what is wrong with what was typed.
///
/// Spaces, dashes, dots, slashes and brackets are dropped, digits of other scripts understood. A
/// number with `+` or `00` names its country itself; otherwise `country` (ISO 3166) is put before
/// it, in place of the zero that is dialled within a country.
pub fn check_phone(country: &str, typed: &str) -> Result<String, Flaw> {
    let mut digits = String::new();
    let mut is_international = false;
    for character in trim(typed).chars() {
        match digit(character) {
            Some(digit) => digits.push(digit),
            None if matches!(character, '+' | '\u{ff0b}') && digits.is_empty() => {
                is_international = true;
            }
            None if is_filler(character) => {}
            None => return Err(Flaw::Malformed),
        }
    }
    if digits.is_empty() {
        return Err(Flaw::Blank);
    }
    if !is_international && let Some(number) = digits.strip_prefix("00") {
        digits = number.to_owned();
        is_international = true;
    }
    if !is_international {
        let code = countries().find(|(known, _)| *known == country);
        let (_, prefix) = code.ok_or(Flaw::Malformed)?;
        digits = [&*written(prefix), national(country, prefix, &digits)].concat();
    }
    // E.164 allows at most 15 digits. No number in use is shorter than 7.
    if (7..=15).contains(&digits.len()) {
        Ok(["+", &digits].concat())
    } else {
        Err(Flaw::Malformed)
    }
}

/// A number without the digits that are dialled before it only within its country.
fn national<'a>(country: &str, prefix: u64, digits: &'a str) -> &'a str {
    let dialled = match prefix {
        1 if digits.len() == 11 => "1",
        7 if digits.len() == 11 => "8",
        36 if digits.len() > 9 => "06",
        1 | 7 => "",
        _ if KEEPS_ZERO.contains(&country) => "",
        _ => "0",
    };
    digits.strip_prefix(dialled).unwrap_or(digits)
}

fn is_filler(character: char) -> bool {
    is_separator(character) || matches!(character, '.' | '/' | '(' | ')')
        // Direction marks, which are copied along with numbers from right-to-left texts.
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
