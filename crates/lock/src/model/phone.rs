//! Phone numbers: a country, and what a person types.

use latchkey_webauth::text::trim;

use super::EmailFlaw as Flaw;

/// Country codes of ISO 3166 and what their numbers begin with (ITU-T E.164), in one text: a table
/// of pairs would take four times the bytes.
const COUNTRIES: &str = "AC247AD376AE971AF93AG1268AI1264AL355AM374AO244AR54AS1684AT43AU61AW297AX358AZ994BA387BB1246BD880BE32BF226BG359BH973BI257BJ229BL590BM1441BN673BO591BQ599BR55BS1242BT975BW267BY375BZ501CA1CC61CD243CF236CG242CH41CI225CK682CL56CM237CN86CO57CR506CU53CV238CW599CX61CY357CZ420DE49DJ253DK45DM1767DO1DZ213EC593EE372EG20EH212ER291ES34ET251FI358FJ679FK500FM691FO298FR33GA241GB44GD1473GE995GF594GG44GH233GI350GL299GM220GN224GP590GQ240GR30GT502GU1671GW245GY592HK852HN504HR385HT509HU36ID62IE353IL972IM44IN91IO246IQ964IR98IS354IT39JE44JM1JO962JP81KE254KG996KH855KI686KM269KN1869KP850KR82KW965KY1345KZ7LA856LB961LC1758LI423LK94LR231LS266LT370LU352LV371LY218MA212MC377MD373ME382MF590MG261MH692MK389ML223MM95MN976MO853MP1670MQ596MR222MS1664MT356MU230MV960MW265MX52MY60MZ258NA264NC687NE227NF672NG234NI505NL31NO47NP977NR674NU683NZ64OM968PA507PE51PF689PG675PH63PK92PL48PM508PR1PS970PT351PW680PY595QA974RE262RO40RS381RU7RW250SA966SB677SC248SD249SE46SG65SH290SI386SJ47SK421SL232SM378SN221SO252SR597SS211ST239SV503SX1721SY963SZ268TA290TC1649TD235TG228TH66TJ992TK690TL670TM993TN216TO676TR90TT1868TV688TW886TZ255UA380UG256US1UY598UZ998VA39VC1784VE58VG1284VI1340VN84VU678WF681WS685XK383YE967YT262ZA27ZM260ZW263";

/// Countries whose numbers keep a leading zero also behind the country's code.
const KEEPS_ZERO: [&str; 7] = ["BJ", "CG", "CI", "GA", "IT", "SM", "VA"];

/// Every country with a telephone code: its ISO 3166 code and its digits.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut rest = COUNTRIES;
    std::iter::from_fn(move || {
        let (code, tail) = rest.split_at_checked(2)?;
        let end = tail
            .bytes()
            .position(|byte| byte.is_ascii_uppercase())
            .unwrap_or(tail.len());
        let (digits, next) = tail.split_at_checked(end)?;
        rest = next;
        Some((code, digits))
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
        match super::code::digit(character) {
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
        let (_, code) = code.ok_or(Flaw::Malformed)?;
        digits = [code, national(country, code, &digits)].concat();
    }
    // E.164: at most 15 digits; none that anybody has is shorter than 7.
    if (7..=15).contains(&digits.len()) {
        Ok(["+", &digits].concat())
    } else {
        Err(Flaw::Malformed)
    }
}

/// A number without what is dialled before it within its country.
fn national<'a>(country: &str, code: &str, digits: &'a str) -> &'a str {
    let prefix = match code {
        "1" if digits.len() == 11 => "1",
        "7" if digits.len() == 11 => "8",
        "36" if digits.len() > 9 => "06",
        "1" | "7" => "",
        _ if KEEPS_ZERO.contains(&country) => "",
        _ => "0",
    };
    digits.strip_prefix(prefix).unwrap_or(digits)
}

fn is_filler(character: char) -> bool {
    super::code::is_separator(character) || matches!(character, '.' | '/' | '(' | ')')
        // Marks that come along with numbers copied from right-to-left texts.
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
