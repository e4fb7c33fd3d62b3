//! The filters for texts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::Arguments;
use crate::budget::Budget;
use crate::value::whole;
use crate::{MAX_OUTPUT, TemplateError};

pub(super) const NAMES: [&str; 33] = [
    "append",
    "base64_decode",
    "base64_encode",
    "capitalize",
    "cgi_escape",
    "downcase",
    "escape",
    "escape_once",
    "lstrip",
    "newline_to_br",
    "normalize_whitespace",
    "number_of_words",
    "prepend",
    "raw",
    "remove",
    "remove_first",
    "remove_last",
    "replace",
    "replace_first",
    "replace_last",
    "rstrip",
    "slugify",
    "strip",
    "strip_html",
    "strip_newlines",
    "truncate",
    "truncatewords",
    "upcase",
    "uri_escape",
    "url_decode",
    "url_encode",
    "xml_escape",
    "to_string",
];

/// The characters that `encodeURIComponent` does not encode.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// The further characters that `encodeURI` does not encode.
const URI: &AsciiSet = &COMPONENT
    .remove(b';')
    .remove(b',')
    .remove(b'/')
    .remove(b'?')
    .remove(b':')
    .remove(b'@')
    .remove(b'&')
    .remove(b'=')
    .remove(b'+')
    .remove(b'$')
    .remove(b'#');

/// Applies the filter `name`. `None` if there is no such filter.
pub(super) fn apply(
    name: &str,
    input: &str,
    arguments: &Arguments,
    budget: &mut Budget,
) -> Result<Option<String>, TemplateError> {
    budget.text(input.len())?;
    Ok(Some(match name {
        "append" => input.to_owned() + &arguments.text(0)?,
        "prepend" => arguments.text(0)? + input,
        "capitalize" => capitalize(input),
        "downcase" => input.to_lowercase(),
        "upcase" => input.to_uppercase(),
        "escape" | "xml_escape" => escape(input),
        "escape_once" => escape(&unescape(input)),
        "newline_to_br" => input.replace("\r\n", "\n").replace('\n', "<br />\n"),
        "strip_newlines" => input.replace(['\r', '\n'], ""),
        "strip" => input.trim().to_owned(),
        "lstrip" => input.trim_start().to_owned(),
        "rstrip" => input.trim_end().to_owned(),
        "strip_html" => strip_html(input),
        "normalize_whitespace" => normalize(input),
        "number_of_words" => input.split_whitespace().count().to_string(),
        "remove" | "remove_first" | "remove_last" => replace(name, input, &arguments.text(0)?, "")?,
        "replace" | "replace_first" | "replace_last" => {
            replace(name, input, &arguments.text(0)?, &arguments.text(1)?)?
        }
        "truncate" => truncate(input, arguments)?,
        "truncatewords" => truncate_words(input, arguments)?,
        "slugify" => slugify(input),
        // Unlike JavaScript's own encoding, a space becomes a plus.
        "url_encode" | "cgi_escape" => utf8_percent_encode(input, COMPONENT)
            .to_string()
            .replace("%20", "+"),
        "uri_escape" => utf8_percent_encode(input, URI).to_string(),
        "url_decode" => {
            let spaced = input.replace('+', " ");
            percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
        }
        "base64_encode" => STANDARD.encode(input),
        "base64_decode" => {
            let bytes = STANDARD.decode(input).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        }
        "raw" | "to_string" => input.to_owned(),
        _ => return Ok(None),
    }))
}

fn capitalize(input: &str) -> String {
    let mut chars = input.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    let first: String = first.collect();
    first + &chars.as_str().to_lowercase()
}

/// Replaces each run of white space by one space, or by a line break if it contains one.
fn normalize(input: &str) -> String {
    let mut out = String::new();
    let mut space = "";
    for c in input.chars() {
        if c.is_whitespace() {
            space = if c == '\n' || space == "\n" {
                "\n"
            } else {
                " "
            };
        } else {
            out.push_str(std::mem::take(&mut space));
            out.push(c);
        }
    }
    out + space
}

/// Replaces texts. The size of the result is checked before it is made, because it may be much larger than the input.
fn replace(
    name: &str,
    input: &str,
    pattern: &str,
    replacement: &str,
) -> Result<String, TemplateError> {
    let places = match name {
        "replace" | "remove" if pattern.is_empty() => input.chars().count() + 1,
        "replace" | "remove" => input.matches(pattern).count(),
        _ => 1,
    };
    if places.saturating_mul(replacement.len()) > MAX_OUTPUT {
        return Err(TemplateError::OutputTooLong);
    }
    Ok(match name {
        "replace" | "remove" => input.replace(pattern, replacement),
        "replace_first" | "remove_first" => input.replacen(pattern, replacement, 1),
        _ => match input.rsplit_once(pattern) {
            Some((before, after)) => [before, replacement, after].concat(),
            None => input.to_owned(),
        },
    })
}

/// The arguments of `truncate` and `truncatewords`: the count and the ellipsis.
fn limits(arguments: &Arguments, fallback: usize) -> Result<(usize, String), TemplateError> {
    let count = arguments.get(0).and_then(whole);
    let count = count.map_or(fallback, |n| usize::try_from(n).unwrap_or(0));
    let ellipsis = match arguments.get(1) {
        Some(ellipsis) => crate::value::text(ellipsis)?,
        None => "...".to_owned(),
    };
    Ok((count, ellipsis))
}

fn truncate(input: &str, arguments: &Arguments) -> Result<String, TemplateError> {
    let (length, ellipsis) = limits(arguments, 50)?;
    if input.chars().count() <= length {
        return Ok(input.to_owned());
    }
    let kept = length.saturating_sub(ellipsis.chars().count());
    Ok(input.chars().take(kept).collect::<String>() + &ellipsis)
}

fn truncate_words(input: &str, arguments: &Arguments) -> Result<String, TemplateError> {
    let (length, ellipsis) = limits(arguments, 15)?;
    let length = length.max(1);
    let mut words = input.split_whitespace();
    let kept: Vec<&str> = words.by_ref().take(length).collect();
    let ellipsis = if words.next().is_some() {
        ellipsis.as_str()
    } else {
        ""
    };
    Ok(kept.join(" ") + ellipsis)
}

fn slugify(input: &str) -> String {
    let words = input.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-").to_lowercase()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&#34;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// `text` without the entities that HTML needs.
#[must_use]
pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Removes tags and comments, and scripts and styles with their content.
fn strip_html(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let starts = |name: &str| {
            tag.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let end = if tag.starts_with("!--") {
            "-->"
        } else if starts("script") {
            "</script>"
        } else if starts("style") {
            "</style>"
        } else {
            ">"
        };
        let after = tag.split_once(end).or_else(|| tag.split_once('>'));
        if after.is_none() {
            text.push('<');
        }
        rest = after.map_or(tag, |(_, after)| after);
    }
    text + rest
}
