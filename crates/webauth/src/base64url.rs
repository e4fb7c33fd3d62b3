//! Base64url (RFC 4648 section 5).

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Encodes without padding, as JOSE (RFC 7515 section 2) and PKCE (RFC 7636 appendix A) require.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk
            .iter()
            .fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let index = word >> (18 - 6 * place) & 63;
            text.extend(ALPHABET.get(index as usize).copied().map(char::from));
        }
    }
    text
}

/// Encodes with `=` padding, as in auth0.js's telemetry header.
pub(crate) fn encode_padded(bytes: &[u8]) -> String {
    let mut text = encode(bytes);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Decodes base64url or base64, with or without padding. `None` for characters of neither alphabet and for impossible
/// lengths.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut word, mut bits) = (0_u32, 0_u32);
    for character in text.trim_end_matches('=').bytes() {
        let character = match character {
            b'+' => b'-',
            b'/' => b'_',
            other => other,
        };
        let index = ALPHABET.iter().position(|known| *known == character)?;
        word = word << 6 | u32::try_from(index).ok()?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(word >> bits & 255).ok()?);
        }
    }
    (bits < 6).then_some(bytes)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("", "", "")]
    #[case("f", "Zg", "Zg==")]
    #[case("fo", "Zm8", "Zm8=")]
    #[case("foo", "Zm9v", "Zm9v")]
    #[case("foob", "Zm9vYg", "Zm9vYg==")]
    #[case("fooba", "Zm9vYmE", "Zm9vYmE=")]
    #[case("foobar", "Zm9vYmFy", "Zm9vYmFy")]
    fn the_vectors_of_rfc_4648_section_10(
        #[case] text: &str,
        #[case] bare: &str,
        #[case] padded: &str,
    ) {
        assert_eq!(encode(text.as_bytes()), bare);
        assert_eq!(encode_padded(text.as_bytes()), padded);
    }

    #[rstest]
    #[case("Zm9vYmE=", Some("fooba"))]
    #[case("Zm9vYmE", Some("fooba"))]
    #[case("Zm9v", Some("foo"))]
    #[case("", Some(""))]
    #[case("Z", None)]
    #[case("Zm 9", None)]
    #[case("Zm9vé", None)]
    fn padding_is_optional_when_decoding(#[case] text: &str, #[case] bytes: Option<&str>) {
        assert_eq!(decode(text).as_deref(), bytes.map(str::as_bytes));
    }

    proptest::proptest! {
        #[test]
        fn decoding_reverses_encoding(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40)) {
            proptest::prop_assert_eq!(decode(&encode(&bytes)), Some(bytes.clone()));
            proptest::prop_assert_eq!(decode(&encode_padded(&bytes)), Some(bytes));
        }

        #[test]
        fn decoding_any_text_does_not_panic(text in proptest::prelude::any::<String>()) {
            let _ = decode(&text);
        }
    }

    #[test]
    fn minus_and_underscore_take_the_place_of_plus_and_slash() {
        assert_eq!(encode(&[0xfb, 0xff]), "-_8");
    }
}
