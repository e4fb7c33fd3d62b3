//! The `date` filter: `strftime` in UTC.

use serde_json::Value;
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

use crate::{MAX_OUTPUT, TemplateError};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
/// The greatest width of a field.
const MAX_WIDTH: usize = 64;

/// Formats `input` by `pattern`. Returns `None` if `input` is not a point in time. The texts `now` and `today` mean `now_ms`, and a
/// number means UNIX seconds.
pub(crate) fn format(
    input: &Value,
    pattern: &str,
    now_ms: u64,
) -> Result<Option<String>, TemplateError> {
    let Some(at) = instant(input, now_ms) else {
        return Ok(None);
    };
    // Without a pattern, LiquidJS uses this default.
    let pattern = if pattern.is_empty() {
        "%A, %B %-e, %Y at %-l:%M %P %z"
    } else {
        pattern
    };
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, spec)) = rest.split_once('%') {
        out.push_str(before);
        let flags: String = spec.chars().take_while(|c| "-_0^#:".contains(*c)).collect();
        let after = spec.get(flags.len()..).unwrap_or_default();
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let after = after.get(digits.len()..).unwrap_or_default();
        let letter = after.chars().next();
        let field = letter.and_then(|letter| field(letter, at));
        if let (Some(letter), Some(field)) = (letter, field) {
            out.push_str(&field.shown(&flags, &digits));
            rest = after.get(letter.len_utf8()..).unwrap_or_default();
        } else {
            // An unknown conversion stays unchanged.
            out.push('%');
            rest = spec;
        }
        if out.len() > MAX_OUTPUT {
            return Err(TemplateError::OutputTooLong);
        }
    }
    Ok(Some(out + rest))
}

/// A field of a date, and how it is padded without a flag.
struct Field {
    text: String,
    width: usize,
    fill: char,
}

impl Field {
    fn shown(self, flags: &str, digits: &str) -> String {
        let has = |flag| flags.contains(flag);
        let width = match digits.parse::<usize>() {
            Ok(width) => width.min(MAX_WIDTH),
            Err(_) if has('-') => 0,
            Err(_) => self.width,
        };
        let fill = match (has('_'), has('0')) {
            (true, _) => ' ',
            (_, true) => '0',
            _ => self.fill,
        };
        let text = if has('^') {
            self.text.to_uppercase()
        } else if has('#') {
            swapped(&self.text)
        } else {
            self.text
        };
        let missing = width.saturating_sub(text.chars().count());
        fill.to_string().repeat(missing) + &text
    }
}

/// `text` with capitals and small letters exchanged.
fn swapped(text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        text.to_uppercase()
    } else {
        text.to_lowercase()
    }
}

fn field(letter: char, at: OffsetDateTime) -> Option<Field> {
    let number = |value: i64, width, fill| Field {
        text: value.to_string(),
        width,
        fill,
    };
    let two = |value: u8| number(value.into(), 2, '0');
    let word = |text: &str| Field {
        text: text.to_owned(),
        width: 0,
        fill: ' ',
    };
    let month = MONTHS.get(usize::from(u8::from(at.month())) - 1)?;
    let sunday_based = at.weekday().number_days_from_sunday();
    let day = DAYS.get(usize::from(sunday_based))?;
    let hour = at.hour();
    let year = i64::from(at.year());
    Some(match letter {
        'a' => word(day.get(..3)?),
        'A' => word(day),
        'b' | 'h' => word(month.get(..3)?),
        'B' => word(month),
        'C' => number(year / 100, 0, '0'),
        'd' => two(at.day()),
        'e' => number(at.day().into(), 2, ' '),
        'H' => two(hour),
        'I' => two(twelve_hours(hour)),
        'j' => number(at.ordinal().into(), 3, '0'),
        'k' => number(hour.into(), 2, ' '),
        'l' => number(twelve_hours(hour).into(), 2, ' '),
        'L' => number(at.millisecond().into(), 3, '0'),
        'm' => two(at.month().into()),
        'M' => two(at.minute()),
        'n' => word("\n"),
        'N' => number(at.nanosecond().into(), 9, '0'),
        'p' => word(half_of_day(hour)),
        'P' => word(&half_of_day(hour).to_lowercase()),
        'q' => word(ordinal(at.day())),
        's' => number(at.unix_timestamp(), 0, '0'),
        'S' => two(at.second()),
        't' => word("\t"),
        'u' => number(at.weekday().number_from_monday().into(), 0, '0'),
        'U' => two(at.sunday_based_week()),
        'w' => number(sunday_based.into(), 0, '0'),
        'W' => two(at.monday_based_week()),
        'x' => word(&local_date(at)),
        'X' => word(&local_time(at)),
        'c' => word(&format!("{}, {}", local_date(at), local_time(at))),
        'y' => number(year.rem_euclid(100), 2, '0'),
        'Y' => number(year, 4, '0'),
        'z' | 'Z' => word("+0000"),
        '%' => word("%"),
        _ => return None,
    })
}

/// The hour on a clock with twelve hours.
fn twelve_hours(hour: u8) -> u8 {
    (hour + 11) % 12 + 1
}

fn half_of_day(hour: u8) -> &'static str {
    if hour < 12 { "AM" } else { "PM" }
}

/// The date as people write it in the United States, as in `11/30/2026`.
fn local_date(at: OffsetDateTime) -> String {
    format!("{}/{}/{}", u8::from(at.month()), at.day(), at.year())
}

/// The time as people write it in the United States, as in `1:05:09 PM`.
fn local_time(at: OffsetDateTime) -> String {
    format!(
        "{}:{:02}:{:02} {}",
        twelve_hours(at.hour()),
        at.minute(),
        at.second(),
        half_of_day(at.hour())
    )
}

/// The ending of an ordinal number, as in `1st`, `2nd`, `3rd` and `4th`.
fn ordinal(day: u8) -> &'static str {
    match (day, day % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

fn instant(input: &Value, now_ms: u64) -> Option<OffsetDateTime> {
    match input {
        Value::String(text) if text == "now" || text == "today" => {
            let ms = i128::from(now_ms);
            OffsetDateTime::from_unix_timestamp_nanos(ms.checked_mul(1_000_000)?).ok()
        }
        Value::String(text) if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => {
            OffsetDateTime::from_unix_timestamp(text.parse().ok()?).ok()
        }
        Value::String(text) => written(text.trim()),
        Value::Number(_) => OffsetDateTime::from_unix_timestamp(crate::value::whole(input)?).ok(),
        // JavaScript's `new Date(true)` is one millisecond after the epoch.
        Value::Bool(true) => Some(OffsetDateTime::UNIX_EPOCH),
        _ => None,
    }
}

/// Parses a date in ISO 8601, in the format of mails, or such as `March 14, 2026` and `14 March 2026`.
fn written(text: &str) -> Option<OffsetDateTime> {
    let is_iso = text.as_bytes().get(4) == Some(&b'-');
    if !is_iso {
        return in_words(text);
    }
    let (date, rest) = text.split_at_checked(10)?;
    let mut parts = date.split('-');
    let mut part = || parts.next()?.parse::<u16>().ok();
    let (year, month, day) = (part()?, part()?, part()?);
    let rest = rest.strip_prefix(['T', 't', ' ']).unwrap_or(rest);
    let at_zone = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (time, zone) = rest.split_at_checked(at_zone)?;
    assemble(
        year,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
        time,
        zone,
    )
}

fn in_words(text: &str) -> Option<OffsetDateTime> {
    let words = text.split([' ', ',']).filter(|word| !word.is_empty());
    let (mut month, mut day, mut year, mut time, mut zone) = (None, None, None, "", "");
    for word in words {
        if word.contains(':') {
            time = word;
        } else if word.starts_with(['+', '-']) || word == "GMT" || word == "UTC" || word == "Z" {
            zone = word;
        } else if let Ok(number) = word.parse::<u16>() {
            if number > 31 || day.is_some() {
                year = Some(number);
            } else {
                day = Some(u8::try_from(number).ok()?);
            }
        } else if let Some(at) = MONTHS.iter().position(|name| is_short_for(word, name)) {
            month = Some(u8::try_from(at + 1).ok()?);
        } else if !DAYS.iter().any(|name| is_short_for(word, name)) {
            return None;
        }
    }
    assemble(year?, month?, day.unwrap_or(1), time, zone)
}

/// Whether `word` consists of at least the first three letters of `name`.
fn is_short_for(word: &str, name: &str) -> bool {
    let start = name.get(..word.len());
    word.len() >= 3 && start.is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn assemble(year: u16, month: u8, day: u8, time: &str, zone: &str) -> Option<OffsetDateTime> {
    let date = Date::from_calendar_date(year.into(), Month::try_from(month).ok()?, day).ok()?;
    let mut parts = time.split([':', '.']);
    let mut part = || parts.next().map_or(Some(0), |part| part.parse::<u8>().ok());
    let time = if time.is_empty() {
        Time::MIDNIGHT
    } else {
        let (hour, minute, second) = (part()?, part()?, part()?);
        let fraction = time.split_once('.').map_or("", |(_, fraction)| fraction);
        let digits: String = fraction
            .chars()
            .chain("000000000".chars())
            .take(9)
            .collect();
        Time::from_hms_nano(hour, minute, second, digits.parse().ok()?).ok()?
    };
    let at = date.with_time(time).assume_offset(offset(zone)?);
    at.checked_to_offset(UtcOffset::UTC)
}

fn offset(zone: &str) -> Option<UtcOffset> {
    let Some(sign) = zone.chars().next().filter(|c| "+-".contains(*c)) else {
        return Some(UtcOffset::UTC);
    };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let hours: i8 = digits.get(..2)?.parse().ok()?;
    let minutes: i8 = digits.get(2..4).unwrap_or("0").parse().ok()?;
    let sign = if sign == '-' { -1 } else { 1 };
    UtcOffset::from_hms(hours.checked_mul(sign)?, minutes.checked_mul(sign)?, 0).ok()
}
