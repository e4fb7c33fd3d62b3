//! Query strings as the library qs writes them, which auth0.js uses: every reserved character is escaped (RFC 3986).

use crate::text::{digits, split};
use crate::wire::{Params, Value};

/// Writes `params` as a query string without the leading `?`.
///
/// `undefined` is left out, `null` is an empty value, and members of lists and objects become `name%5Bkey%5D=value`. `number`
/// writes a number as JavaScript does; it is a parameter because Rust's formatting of floats would be a tenth of the wasm.
pub(crate) fn query(params: &Params, number: &dyn Fn(f64) -> String) -> String {
    let mut out = String::new();
    for (name, value) in params {
        append(&mut out, name, value, number);
    }
    out
}

fn append(out: &mut String, name: &str, value: &Value, number: &dyn Fn(f64) -> String) {
    match value {
        Value::Undefined => {}
        Value::Null => pair(out, name, ""),
        Value::Bool(flag) => pair(out, name, if *flag { "true" } else { "false" }),
        Value::Number(value) => pair(out, name, &number(*value)),
        Value::String(text) => pair(out, name, text),
        Value::Array(items) => {
            for (index, item) in (0..).zip(items) {
                append(
                    out,
                    &[name, "[", &digits(index), "]"].concat(),
                    item,
                    number,
                );
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                append(out, &[name, "[", key, "]"].concat(), member, number);
            }
        }
    }
}

fn pair(out: &mut String, name: &str, value: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    percent_encode(out, name, b"");
    out.push('=');
    percent_encode(out, value, b"");
}

/// Appends `text` percent-encoded. RFC 3986's unreserved characters and the ASCII characters in `allowed` stay as they are.
pub(crate) fn percent_encode(out: &mut String, text: &str, allowed: &[u8]) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || allowed.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.extend(HEX.get(usize::from(digit)));
            }
        }
    }
}

/// Encodes `text` as JavaScript's `encodeURIComponent` does.
pub(crate) fn encode_component(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    percent_encode(&mut out, text, b"!'()*");
    out
}

/// Parses a query string or fragment without its `?` or `#`. The value of a name that occurs more than once is a list, so that
/// no check mistakes it for one of its values.
pub(crate) fn parse(text: &str) -> Params {
    let mut params = Params::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (pair, after) = split(rest, "&").unwrap_or((rest, ""));
        rest = after;
        let (name, value) = split(pair, "=").unwrap_or((pair, ""));
        if name.is_empty() {
            continue;
        }
        let (name, value) = (decode_plus(name), Value::String(decode_plus(value)));
        match params.iter_mut().find(|(known, _)| *known == name) {
            Some((_, Value::Array(values))) => values.push(value),
            Some((_, known)) => *known = Value::Array(vec![std::mem::take(known), value]),
            None => params.push((name, value)),
        }
    }
    params
}

fn decode_plus(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|character| if character == '+' { ' ' } else { character })
        .collect();
    percent_decode(&text)
}

/// Decodes percent-encoding. A broken escape stays unchanged, and so does the whole text if the result is not UTF-8.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let pair = (
            ahead.next().and_then(hex_digit),
            ahead.next().and_then(hex_digit),
        );
        match (byte, pair) {
            (b'%', (Some(high), Some(low))) => {
                bytes.push(high << 4 | low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn written(value: Value) -> String {
        query(&vec![("k".to_owned(), value)], &|number| number.to_string())
    }

    #[rstest]
    #[case(Value::from("token id_token"), "k=token%20id_token")]
    #[case(
        Value::from("http://page.com/callback"),
        "k=http%3A%2F%2Fpage.com%2Fcallback"
    )]
    #[case(Value::from("!'()*"), "k=%21%27%28%29%2A")]
    #[case(Value::from("-._~"), "k=-._~")]
    #[case(Value::from("é€😀"), "k=%C3%A9%E2%82%AC%F0%9F%98%80")]
    #[case(Value::from(""), "k=")]
    #[case(Value::Null, "k=")]
    #[case(Value::Undefined, "")]
    #[case(Value::from(true), "k=true")]
    #[case(Value::from(3600.0), "k=3600")]
    #[case(Value::Array(vec![Value::from("a"), Value::from("b")]), "k%5B0%5D=a&k%5B1%5D=b")]
    #[case(Value::Object(vec![("x".to_owned(), Value::from("y"))]), "k%5Bx%5D=y")]
    #[case(Value::Array(vec![]), "")]
    fn a_value_is_written_as_qs_writes_it(#[case] value: Value, #[case] expected: &str) {
        assert_eq!(written(value), expected);
    }

    #[rstest]
    #[case("%7B%22a%22%7D", "{\"a\"}")]
    #[case("100%", "100%")]
    #[case("%zz%4", "%zz%4")]
    #[case("%C3%A9", "é")]
    #[case("%C3%", "%C3%")]
    fn decoding_never_fails(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(percent_decode(text), expected);
    }

    #[rstest]
    #[case("a=1&b=2", object(&[("a", Value::from("1")), ("b", Value::from("2"))]))]
    #[case("a=%7B+%7D", object(&[("a", Value::from("{ }"))]))]
    #[case("a&=x&&b=", object(&[("a", Value::from("")), ("b", Value::from(""))]))]
    #[case("a=b=c", object(&[("a", Value::from("b=c"))]))]
    #[case("s=1&s=2&s=3", object(&[("s", Value::Array(vec!["1".into(), "2".into(), "3".into()]))]))]
    #[case("", object(&[]))]
    fn a_query_is_read_as_qs_reads_it(#[case] text: &str, #[case] expected: Params) {
        assert_eq!(parse(text), expected);
    }

    fn object(members: &[(&str, Value)]) -> Params {
        members
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect()
    }

    proptest! {
        #[test]
        fn a_written_query_is_read_back_unchanged(params in proptest::collection::vec(("[a-z]{1,3}", any::<String>()), 0..6)) {
            let params: std::collections::BTreeMap<String, String> = params.into_iter().collect();
            let params: Params = params.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
            prop_assert_eq!(parse(&query(&params, &|_| String::new())), params);
        }

        #[test]
        fn percent_decoding_reverses_encoding(text in any::<String>()) {
            let mut encoded = String::new();
            percent_encode(&mut encoded, &text, b"");
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            prop_assert_eq!(percent_decode(&encoded), text);
        }

        #[test]
        fn names_and_values_of_a_query_can_be_decoded(params in proptest::collection::vec((any::<String>(), any::<String>()), 0..6)) {
            let wire = query(&params.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect(), &|_| String::new());
            let back: Vec<_> = wire
                .split('&')
                .filter(|pair| !pair.is_empty())
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (percent_decode(name), percent_decode(value)))
                .collect();
            prop_assert_eq!(back, params);
        }
    }
}
