//! Phone numbers: a country, and what a person types.

mod plans;

use latchkey_webauth::is_invisible;
use latchkey_webauth::text::{digits as written, number, parts, split, trim};

use plans::{KEYS, PLAN_OF, PLANS};

use crate::model::input::code::{digit, is_separator};
use crate::model::input::email::EmailFlaw as Flaw;

/// The countries in the order of their calling codes (ITU-T E.164), each by its two letters of ISO 3166. The number
/// before the letters is the difference to the calling code of the country before; if there is no number, it is 1. One
/// text and not a table of pairs, because a table takes four times the bytes.
const COUNTRIES: &str = "CA0DO0JM0PR0US6KZ0RU13EG7ZA3GRNLBEFRES2HU3IT0VAROCH2ATGB0GG0IM0JEDKSENO0SJPLDE2PEMXCUARBRCLCOVE2MYAU0CC0CXIDPHNZSGTH15JPKR2VN2CN4TRINPKAFLKMM3IR113SSEH0MADZ3TN2LY2GMSNMRMLGNCIBFNETGBJMULRSLGHNGTDCFCMCVSTGQGACGCDAOGWIOACSCSDRWETSODJKETZUGBIMZ2ZMMGRE0YTZWNAMWLSBWSZKM21SH0TAER6AWFOGL51GIPTLUIEISALMTCYAX0FIBG11LTLVEEMDAMBYADMCSM2UARSMEXK2HRSIBA2MK31CZSK2LI77FKBZGTSVHNNICRPAPMHT81BL0GP0MFBOGYECGFPYMQSRUYBQ0CW71TL2NFBNNRPGTOSBVUFJPWWFCKNU2WSKINCTVPFTKFMMH158KP2HKMO2KHLA24BD6TW74MVLBJOSYIQKWSAYEOM2PSAEILBHQABTMNNP15TJTMAZGEKG2UZ244BS4BB18AI4AG16VG56VI5KY96BM32GD176TC15MS6MPGU13AS37SX37LC9DM17VC84TTKN";

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
/// Spaces, dashes, dots, slashes and brackets are dropped, digits of other scripts understood. A number with `+` names its
/// country itself; so does one with what is dialled in `country` (ISO 3166) for a call abroad, or with the country's own code
/// in front, where that makes a number of the right length. Otherwise the country's code is put before it, in place of what
/// is dialled within the country. What remains in doubt stays as it was typed.
pub fn check_phone(country: &str, typed: &str) -> Result<String, Flaw> {
    let (digits, is_international) = read(typed)?;
    if digits.is_empty() {
        return Err(Flaw::Blank);
    }
    let number = if is_international {
        international(&digits).0
    } else {
        local(country, &digits)?
    };
    // E.164 allows at most 15 digits. No number in use is shorter than 7.
    if (7..=15).contains(&number.len()) {
        Ok(["+", &number].concat())
    } else {
        Err(Flaw::Malformed)
    }
}

/// The digits of what was typed, and whether a plus stands before them. A link (`tel:`, RFC 3966) counts without its
/// parameters.
fn read(typed: &str) -> Result<(String, bool), Flaw> {
    let typed = trim(typed);
    let typed = match split(typed, ":") {
        Some((scheme, number)) if scheme.eq_ignore_ascii_case("tel") => {
            split(number, ";").map_or(number, |(number, _)| number)
        }
        _ => typed,
    };
    let mut digits = String::new();
    let mut is_international = false;
    for character in typed.chars() {
        match digit(character) {
            Some(digit) => digits.push(digit),
            None if matches!(character, '+' | '\u{fe62}' | '\u{ff0b}') && digits.is_empty() => {
                is_international = true;
            }
            None if is_filler(character) => {}
            None => return Err(Flaw::Malformed),
        }
    }
    Ok((digits, is_international))
}

/// A number that was typed without a plus, with its country's code.
fn local(country: &str, digits: &str) -> Result<String, Flaw> {
    let at = countries().position(|(known, _)| known == country);
    let (plan, prefix) = at.and_then(plan_at).ok_or(Flaw::Malformed)?;
    let code = written(plan.code);
    let with_code = |number: &str| [&*code, number].concat();
    // With the country's own code in front, but no plus. That is likelier than a number of the country that begins like its
    // code and lacks what is dialled before it.
    let own = digits.strip_prefix(&*code).map(|rest| plan.national(rest));
    let own = own.and_then(|(number, is_sure)| is_sure.then(|| with_code(number)));
    let has_trunk = !plan.trunk.is_empty() && digits.starts_with(plan.trunk);
    if let Some(own) = own.filter(|_| !has_trunk) {
        return Ok(own);
    }
    let (number, is_sure) = plan.national(digits);
    if is_sure {
        return Ok(with_code(number));
    }
    for rest in dialled(ABROAD, country, digits) {
        if let (number, true) = international(rest) {
            return Ok(number);
        }
    }
    // Within one area of the North American plan the area's code is not dialled.
    if prefix != plan.code && digits.len() == 7 {
        return Ok([&*written(prefix), digits].concat());
    }
    // What goes on behind the prefix for calls abroad is for another country, maybe to no mobile phone.
    let abroad = digits.strip_prefix("00").filter(|rest| rest.len() > 7);
    Ok(abroad.map_or_else(|| with_code(number), |rest| international(rest).0))
}

/// A number that begins with a country's code, and whether it is as long as a mobile number there.
fn international(digits: &str) -> (String, bool) {
    let mut fallback = None;
    for (at, (_, prefix)) in countries().enumerate() {
        let code = written(calling_code(prefix));
        if let Some(rest) = digits.strip_prefix(&*code)
            && let Some((plan, _)) = plan_at(at)
        {
            let (number, is_sure) = plan.national(rest);
            let number = [&*code, number].concat();
            if is_sure {
                return (number, true);
            }
            fallback.get_or_insert(number);
        }
    }
    (fallback.unwrap_or_else(|| digits.to_owned()), false)
}

/// What is dialled for a call abroad, and in which countries; in all of them, if none is named. With a network's own digit
/// behind it, it comes last.
const ABROAD: &str = "011:CA,DO,JM,PR,US,MH,BS,BB,AI,AG,VG,VI,KY,BM,GD,TC,MS,MP,GU,AS,SX,LC,DM,VC,TT,KN,PW 0011:AU,CC,CX \
    810:KZ,RU,BY,TJ,TM,UZ 010:JP,SC 119:CU 009:NG 000:KE,TZ,UG 00 001:TH,KH,HK,SG,ID,GY,MN,KR,TW 002:TH,HK,SG,KR,TW \
    004:TH,KH,SG 005:TZ,CO,UG,HK,KR,SG 006:TZ,KR,HK,KH 007:UG,CO,HK,KH,SG 008:TH,ID,HK,KR 009:CO,ID,TH,HK,KR,TW,KH";

/// What was dialled before a number in former times, and in which countries. It is left out where only that makes a number of
/// the right length.
const FORMER: &str = "80:BY 8:BY,LT,LV,EE,MD,AM,UA,TJ,AZ,GE,KG,UZ 044:MX 045:MX 01:MX 02:MX 1:MX";

/// `digits` without each prefix of `table` that they begin with in this country.
fn dialled<'a>(
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

/// How numbers of one country are written.
struct Plan {
    country: &'static str,
    /// The country's code.
    code: u64,
    /// What is dialled before a number within the country, or `!`: a zero in front belongs to the number.
    trunk: &'static str,
    /// How many digits mobile numbers have, each as a hexadecimal digit.
    lengths: &'static str,
}

/// Countries of the North American plan have one code, and an area's behind it.
fn calling_code(prefix: u64) -> u64 {
    if prefix > 1000 { 1 } else { prefix }
}

/// The plan of the country at that place in the list, and what its numbers begin with.
fn plan_at(at: usize) -> Option<(Plan, u64)> {
    let (country, prefix) = countries().nth(at)?;
    let key = PLAN_OF.as_bytes().get(at)?;
    let place = KEYS.bytes().position(|known| known == *key)?;
    let (trunk, lengths) = split(parts(PLANS, " ").nth(place)?, ".")?;
    let code = calling_code(prefix);
    let plan = Plan {
        country,
        code,
        trunk,
        lengths,
    };
    Some((plan, prefix))
}

impl Plan {
    /// Whether numbers never begin like what is dialled before them, so that it is no part of them, however long they are.
    fn is_dialled(&self) -> bool {
        matches!(self.trunk, "0" | "06")
    }

    /// `digits` without what is dialled before them only within the country, and whether they are as long as a mobile number
    /// then.
    fn national<'a>(&self, digits: &'a str) -> (&'a str, bool) {
        if self.is_dialled()
            && let Some(number) = digits.strip_prefix(self.trunk)
        {
            return (number, self.fits(number));
        }
        if self.fits(digits) {
            return (digits, true);
        }
        let trunk = if self.trunk.is_empty() {
            "0"
        } else {
            self.trunk
        };
        let mut shorter =
            digits
                .strip_prefix(trunk)
                .into_iter()
                .chain(dialled(FORMER, self.country, digits));
        match shorter.find(|number| self.fits(number)) {
            Some(number) => (number, true),
            None => (digits, false),
        }
    }

    /// Whether it is as long as a mobile number. None begins like what is dialled before it, nor does one of the North
    /// American plan begin with a zero.
    fn fits(&self, number: &str) -> bool {
        let is_dialled = match self.trunk {
            "0" | "06" => number.starts_with('0'),
            "1" => number.starts_with(['0', '1']),
            _ => false,
        };
        let length = u32::try_from(number.len()).unwrap_or_default();
        let length = char::from_digit(length, 16);
        !is_dialled && length.is_some_and(|length| self.lengths.contains(length))
    }
}

fn is_filler(character: char) -> bool {
    is_separator(character)
        || is_invisible(character)
        || matches!(
            character,
            '.' | '/' | '(' | ')' | '\u{b7}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0d}' | '\u{ff0e}'
        )
}
