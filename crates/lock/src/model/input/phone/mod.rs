//! Reads a phone number out of a chosen country and a typed text.

mod plans;

use latchkey_webauth::is_invisible;
use latchkey_webauth::text::{digits as written, number, parts, split, trim};

use plans::{KEYS, PLAN_OF, PLANS};

use crate::model::input::code::{digit, is_separator};
use crate::model::input::flaw::Flaw;

/// The countries in the order of their calling codes (ITU-T E.164), each as its two letters of ISO 3166. The
/// number before the letters is the difference to the calling code of the country before; a missing number
/// means 1. The list is one text because a table of pairs takes four times the bytes.
const COUNTRIES: &str = "CA0DO0JM0PR0US6KZ0RU13EG7ZA3GRNLBEFRES2HU3IT0VAROCH2ATGB0GG0IM0JEDKSENO0SJPLDE2PEMXCUARBRCLCOVE2MYAU0CC0CXIDPHNZSGTH15JPKR2VN2CN4TRINPKAFLKMM3IR113SSEH0MADZ3TN2LY2GMSNMRMLGNCIBFNETGBJMULRSLGHNGTDCFCMCVSTGQGACGCDAOGWIOACSCSDRWETSODJKETZUGBIMZ2ZMMGRE0YTZWNAMWLSBWSZKM21SH0TAER6AWFOGL51GIPTLUIEISALMTCYAX0FIBG11LTLVEEMDAMBYADMCSM2UARSMEXK2HRSIBA2MK31CZSK2LI77FKBZGTSVHNNICRPAPMHT81BL0GP0MFBOGYECGFPYMQSRUYBQ0CW71TL2NFBNNRPGTOSBVUFJPWWFCKNU2WSKINCTVPFTKFMMH158KP2HKMO2KHLA24BD6TW74MVLBJOSYIQKWSAYEOM2PSAEILBHQABTMNNP15TJTMAZGEKG2UZ244BS4BB18AI4AG16VG56VI5KY96BM32GD176TC15MS6MPGU13AS37SX37LC9DM17VC84TTKN";

/// A country that has a calling code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// The country's ISO 3166 code: two capital letters.
    pub code: &'static str,
    /// The digits that the country's numbers begin with after the `+`: the calling code (ITU-T E.164). In the
    /// North American plan the first area code of the country follows it.
    pub prefix: u64,
}

impl Country {
    /// The calling code. The countries of the North American plan share one.
    fn calling_code(self) -> u64 {
        if self.prefix > 1000 { 1 } else { self.prefix }
    }
}

/// Every country that has a calling code, in the order of the calling codes.
pub fn countries() -> impl Iterator<Item = Country> {
    let mut remaining = COUNTRIES;
    let mut prefix = 0_u64;
    std::iter::from_fn(move || {
        let start = remaining
            .bytes()
            .position(|byte| byte.is_ascii_uppercase())?;
        let (difference, tail) = remaining.split_at_checked(start)?;
        let (code, next) = tail.split_at_checked(2)?;
        prefix += number(difference).unwrap_or(1);
        remaining = next;
        Some(Country { code, prefix })
    })
}

/// The country with this ISO 3166 code, in any case of letters.
#[must_use]
pub fn find_country(code: &str) -> Option<&'static str> {
    countries()
        .find(|country| country.code.eq_ignore_ascii_case(code))
        .map(|country| country.code)
}

/// The number in a typed text as it is sent: `+` and 7 to 15 digits (ITU-T E.164).
///
/// Spaces, dashes, dots, slashes and brackets are dropped. Digits of other scripts are understood. Three
/// kinds of numbers name their country: a number with `+`, a number that begins with the prefix dialled in
/// `country` (ISO 3166) for a call abroad, and a number that begins with the country's own calling code. The
/// last two count only if the rest has the right length. Any other number gets the calling code of `country`
/// in place of the trunk prefix. A number that is still in doubt stays as it was typed.
///
/// # Errors
/// [`Flaw::Blank`] for a text without a digit, and [`Flaw::Malformed`] for a text that is not a number or for a
/// `country` that does not exist.
pub fn check_phone(country: &str, typed: &str) -> Result<String, Flaw> {
    let typed = read(typed)?;
    if typed.digits.is_empty() {
        return Err(Flaw::Blank);
    }
    let number = if typed.has_plus {
        international(&typed.digits).number
    } else {
        local(country, &typed.digits)?
    };
    // E.164 allows at most 15 digits. No number in use is shorter than 7.
    if (7..=15).contains(&number.len()) {
        Ok(["+", &number].concat())
    } else {
        Err(Flaw::Malformed)
    }
}

/// What the typed text contains.
struct Typed {
    /// The digits in ASCII.
    digits: String,
    /// Whether a plus stands before them.
    has_plus: bool,
}

/// Reads the typed text. Parameters of a link (`tel:`, RFC 3966) are dropped.
fn read(typed: &str) -> Result<Typed, Flaw> {
    let typed = trim(typed);
    let typed = match split(typed, ":") {
        Some((scheme, number)) if scheme.eq_ignore_ascii_case("tel") => {
            split(number, ";").map_or(number, |(number, _)| number)
        }
        _ => typed,
    };
    let mut digits = String::new();
    let mut has_plus = false;
    for character in typed.chars() {
        match digit(character) {
            Some(digit) => digits.push(digit),
            None if matches!(character, '+' | '\u{fe62}' | '\u{ff0b}') && digits.is_empty() => {
                has_plus = true;
            }
            None if is_punctuation(character) => {}
            None => return Err(Flaw::Malformed),
        }
    }
    Ok(Typed { digits, has_plus })
}

/// Adds the calling code to a number that was typed without a plus.
fn local(country: &str, digits: &str) -> Result<String, Flaw> {
    let at = countries().position(|known| known.code == country);
    let plan = at.and_then(plan_at).ok_or(Flaw::Malformed)?;
    let (prefix, calling_code) = (plan.country.prefix, plan.country.calling_code());
    let code = written(calling_code);
    let with_code = |number: &str| [&*code, number].concat();
    // The number begins with the country's own calling code, without a plus. That is likelier than a national
    // number which begins with the same digits and lacks its trunk prefix.
    let own = digits
        .strip_prefix(&*code)
        .map(|number| plan.national(number));
    let has_trunk = !plan.trunk.is_empty() && digits.starts_with(plan.trunk);
    if let Some(own) = own.filter(|own| own.is_sure && !has_trunk) {
        return Ok(with_code(own.number));
    }
    let national = plan.national(digits);
    if national.is_sure {
        return Ok(with_code(national.number));
    }
    for number in without_prefix(ABROAD, country, digits) {
        let abroad = international(number);
        if abroad.is_sure {
            return Ok(abroad.number);
        }
    }
    // Inside one area of the North American plan, people leave out the area code.
    if prefix != calling_code && digits.len() == 7 {
        return Ok([&*written(prefix), digits].concat());
    }
    // After the prefix for calls abroad comes another country's number. It may be the number of a landline.
    let abroad = digits.strip_prefix("00").filter(|number| number.len() > 7);
    Ok(abroad.map_or_else(
        || with_code(national.number),
        |number| international(number).number,
    ))
}

/// A number as a plan reads it.
struct Reading<Number> {
    number: Number,
    /// Whether the number is as long as a mobile number of the plan. Otherwise it is a guess.
    is_sure: bool,
}

/// The number that begins with a country's calling code.
fn international(digits: &str) -> Reading<String> {
    let mut fallback = None;
    for (at, country) in countries().enumerate() {
        let code = written(country.calling_code());
        if let Some(national) = digits.strip_prefix(&*code)
            && let Some(plan) = plan_at(at)
        {
            let Reading { number, is_sure } = plan.national(national);
            let number = [&*code, number].concat();
            if is_sure {
                return Reading { number, is_sure };
            }
            fallback.get_or_insert(number);
        }
    }
    Reading {
        number: fallback.unwrap_or_else(|| digits.to_owned()),
        is_sure: false,
    }
}

/// Prefixes for calls abroad, each with the countries that use it; a prefix without countries is used in all
/// of them. Prefixes that end with the digit of one network come last.
const ABROAD: &str = "011:CA,DO,JM,PR,US,MH,BS,BB,AI,AG,VG,VI,KY,BM,GD,TC,MS,MP,GU,AS,SX,LC,DM,VC,TT,KN,PW 0011:AU,CC,CX \
    810:KZ,RU,BY,TJ,TM,UZ 010:JP,SC 119:CU 009:NG 000:KE,TZ,UG 00 001:TH,KH,HK,SG,ID,GY,MN,KR,TW 002:TH,HK,SG,KR,TW \
    004:TH,KH,SG 005:TZ,CO,UG,HK,KR,SG 006:TZ,KR,HK,KH 007:UG,CO,HK,KH,SG 008:TH,ID,HK,KR 009:CO,ID,TH,HK,KR,TW,KH";

/// Former trunk prefixes, each with the countries that used it. A prefix is dropped only if the number has
/// the right length without it.
const FORMER: &str = "80:BY 8:BY,LT,LV,EE,MD,AM,UA,TJ,AZ,GE,KG,UZ 044:MX 045:MX 01:MX 02:MX 1:MX";

/// Removes each prefix of `table` that `digits` begin with in this country, one at a time.
fn without_prefix<'a>(
    table: &'static str,
    country: &str,
    digits: &'a str,
) -> impl Iterator<Item = &'a str> {
    parts(table, " ").filter_map(move |entry| {
        let (prefix, countries) = split(entry, ":").unwrap_or((entry, country));
        let applies = parts(countries, ",").any(|known| known == country);
        digits.strip_prefix(prefix).filter(|_| applies)
    })
}

/// The numbering plan of one country.
struct Plan {
    country: Country,
    /// The trunk prefix, which is dialled before a number inside the country only. `!` means that a leading
    /// zero belongs to the number.
    trunk: &'static str,
    /// The lengths of mobile numbers, each as a hexadecimal digit.
    lengths: &'static str,
}

/// The plan of the country at this index of [`countries`].
fn plan_at(at: usize) -> Option<Plan> {
    let country = countries().nth(at)?;
    let key = PLAN_OF.as_bytes().get(at)?;
    let place = KEYS.bytes().position(|known| known == *key)?;
    let (trunk, lengths) = split(parts(PLANS, " ").nth(place)?, ".")?;
    Some(Plan {
        country,
        trunk,
        lengths,
    })
}

impl Plan {
    /// Whether no number begins with the trunk prefix. Then a leading trunk prefix is never a part of the
    /// number.
    fn has_exclusive_trunk(&self) -> bool {
        matches!(self.trunk, "0" | "06")
    }

    /// `digits` without the trunk prefix.
    fn national<'a>(&self, digits: &'a str) -> Reading<&'a str> {
        if self.has_exclusive_trunk()
            && let Some(number) = digits.strip_prefix(self.trunk)
        {
            return Reading {
                number,
                is_sure: self.fits(number),
            };
        }
        if self.fits(digits) {
            return Reading {
                number: digits,
                is_sure: true,
            };
        }
        let trunk = if self.trunk.is_empty() {
            "0"
        } else {
            self.trunk
        };
        let mut shorter = digits.strip_prefix(trunk).into_iter().chain(without_prefix(
            FORMER,
            self.country.code,
            digits,
        ));
        match shorter.find(|number| self.fits(number)) {
            Some(number) => Reading {
                number,
                is_sure: true,
            },
            None => Reading {
                number: digits,
                is_sure: false,
            },
        }
    }

    /// Whether the number is as long as a mobile number. No mobile number begins with the trunk prefix, and
    /// none of the North American plan begins with a zero.
    fn fits(&self, number: &str) -> bool {
        let has_prefix = match self.trunk {
            "0" | "06" => number.starts_with('0'),
            "1" => number.starts_with(['0', '1']),
            _ => false,
        };
        let length = u32::try_from(number.len()).unwrap_or_default();
        let length = char::from_digit(length, 16);
        !has_prefix && length.is_some_and(|length| self.lengths.contains(length))
    }
}

fn is_punctuation(character: char) -> bool {
    is_separator(character)
        || is_invisible(character)
        || matches!(
            character,
            '.' | '/' | '(' | ')' | '\u{b7}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0d}' | '\u{ff0e}'
        )
}
