//! The `date` filter: `strftime` in UTC.

use serde_json::Value;

use crate::clock::rfc3339;

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

/// `input` by `pattern`; None where it is no point in time. `now` and `today` are `now_ms`, a number is UNIX seconds.
pub(super) fn format(input: &Value, pattern: &str, now_ms: u64) -> Option<String> {
    let text = match input {
        Value::String(text) if text == "now" || text == "today" => rfc3339(now_ms),
        Value::String(text) => text.clone(),
        Value::Number(seconds) => rfc3339(
            seconds
                .as_u64()?
                .checked_mul(1_000)
                .filter(|ms| *ms < 253_402_300_800_000)?,
        ),
        _ => return None,
    };
    let part = |from: usize, to: usize| -> Option<&str> {
        text.get(from..to)
            .filter(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let time = |from, to| part(from, to).unwrap_or("00");
    let (hour, minute, second) = (time(11, 13), time(14, 16), time(17, 19));
    let name = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    let plain = |padded: &str| padded.trim_start_matches('0').to_owned();
    let mut out = String::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('Y') => out.push_str(year),
            Some('y') => out.push_str(part(2, 4)?),
            Some('m') => out.push_str(month),
            Some('d') => out.push_str(day),
            Some('e') => out.push_str(&plain(day)),
            Some('B') => out.push_str(name),
            Some('b') => out.extend(name.chars().take(3)),
            Some('H') => out.push_str(hour),
            Some('M') => out.push_str(minute),
            Some('S') => out.push_str(second),
            Some('F') => out.push_str(&[year, month, day].join("-")),
            Some('T') => out.push_str(&[hour, minute, second].join(":")),
            Some('%') | None => out.push('%'),
            Some(other) => out.extend(['%', other]),
        }
    }
    Some(out)
}
