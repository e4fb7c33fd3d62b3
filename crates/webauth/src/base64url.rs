//! Base64url (RFC 4648 section 5).

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Encodes without padding, as JOSE and PKCE want it.
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

/// Encodes with `=` padding, as the telemetry header has it.
pub(crate) fn encode_padded(bytes: &[u8]) -> String {
    let mut text = encode(bytes);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
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

    #[test]
    fn the_two_characters_that_differ_from_base64() {
        assert_eq!(encode(&[0xfb, 0xff]), "-_8");
    }
}
