//! The texts of cookies, escaped as js-cookie does. auth0.js writes cookies with js-cookie, so a site on which some pages
//! still use auth0.js finds its transactions under the same names.

use super::Entry;
use crate::text::{digits, split, trim};
use crate::url::{percent_decode, percent_encode};

/// Characters that js-cookie does not escape in a name, besides the unreserved ones. It does escape `(` and `)`.
const PLAIN_IN_NAME: &[u8] = b"!'*#$&+^`|";

/// Characters that js-cookie does not escape in a value, besides the unreserved ones.
const PLAIN_IN_VALUE: &[u8] = b"!'()*#$&+/:<=>?@[]^`{|}";

/// The text that stores `entry` when it is assigned to `document.cookie`.
///
/// auth0.js makes every cookie `SameSite=None`, and writes a second one without that attribute for browsers of 2019. Only
/// the page itself reads a transaction, so here `Lax` is enough and there is no second cookie. A cookie that is read in a
/// frame of another site is `None`, which browsers accept only over https.
pub(crate) fn written(entry: &Entry<'_>, https: bool) -> String {
    let mut text = String::new();
    percent_encode(&mut text, entry.key, PLAIN_IN_NAME);
    text.push('=');
    percent_encode(&mut text, entry.value, PLAIN_IN_VALUE);
    text.push_str("; path=/; max-age=");
    text.push_str(&digits(entry.lifetime_s));
    if let Some(domain) = entry.cookie_domain {
        text.push_str("; domain=");
        text.push_str(domain);
    }
    text.push_str(match (https, entry.cross_site) {
        (true, true) => "; secure; samesite=none",
        (true, false) => "; secure; samesite=lax",
        (false, _) => "; samesite=lax",
    });
    text
}

/// The value of the cookie `key` in a `document.cookie` text, or else of the second cookie that auth0.js writes for it.
pub(crate) fn read(cookies: &str, key: &str) -> Option<String> {
    let value = |wanted: &str| {
        pairs(cookies)
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| unescape(value))
    };
    value(key).or_else(|| value(&compat_name(key)))
}

/// The keys that begin with `prefix`, in the browser's order: the oldest first.
pub(crate) fn keys(cookies: &str, prefix: &str) -> Vec<String> {
    pairs(cookies)
        .map(|(name, _)| name)
        .filter(|name| name.starts_with(prefix))
        .collect()
}

/// The name of the second cookie that auth0.js writes over https.
pub(crate) fn compat_name(key: &str) -> String {
    ["_", key, "_compat"].concat()
}

fn pairs(cookies: &str) -> impl Iterator<Item = (String, &str)> {
    let mut rest = cookies;
    std::iter::from_fn(move || {
        let (pair, after) = split(rest, ";").unwrap_or((rest, ""));
        rest = after;
        let (name, value) = split(trim(pair), "=")?;
        Some((percent_decode(name), value))
    })
}

fn unescape(value: &str) -> String {
    percent_decode(
        value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'))
            .unwrap_or(value),
    )
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const TRANSACTION: Entry<'static> = Entry {
        key: "com.auth0.auth.aB~1",
        value: r#"{"nonce":null,"state":"aB~1"}"#,
        lifetime_s: 1800,
        cookie_domain: None,
        cross_site: false,
    };

    #[rstest]
    #[case(
        TRANSACTION,
        true,
        "com.auth0.auth.aB~1={%22nonce%22:null%2C%22state%22:%22aB~1%22}; path=/; max-age=1800; secure; samesite=lax"
    )]
    #[case(
        TRANSACTION,
        false,
        "com.auth0.auth.aB~1={%22nonce%22:null%2C%22state%22:%22aB~1%22}; path=/; max-age=1800; samesite=lax"
    )]
    #[case(
        Entry { cookie_domain: Some("example.com"), ..TRANSACTION },
        true,
        "com.auth0.auth.aB~1={%22nonce%22:null%2C%22state%22:%22aB~1%22}; path=/; max-age=1800; domain=example.com; secure; samesite=lax"
    )]
    #[case(
        Entry { key: "co/verifier/https%3A%2F%2Fme.auth0.com/COID", value: "\"COV\"", lifetime_s: 900, cookie_domain: None, cross_site: true },
        true,
        "co%2Fverifier%2Fhttps%253A%252F%252Fme.auth0.com%2FCOID=%22COV%22; path=/; max-age=900; secure; samesite=none"
    )]
    fn a_cookie_has_the_layout_of_auth0_js_and_stricter_flags(
        #[case] entry: Entry<'_>,
        #[case] https: bool,
        #[case] text: &str,
    ) {
        assert_eq!(written(&entry, https), text);
    }

    #[rstest]
    #[case(
        "a=1; com.auth0.auth.s={%22state%22:%22s%22}; b=2",
        Some(r#"{"state":"s"}"#)
    )]
    #[case(
        "_com.auth0.auth.s_compat={%22state%22:%22s%22}",
        Some(r#"{"state":"s"}"#)
    )]
    #[case("com.auth0.auth.s=main; _com.auth0.auth.s_compat=second", Some("main"))]
    #[case("com.auth0.auth.s=\"quoted\"", Some("quoted"))]
    #[case("com.auth0.auth.sX=other", None)]
    #[case("", None)]
    fn each_of_the_two_cookies_of_auth0_js_is_read(
        #[case] cookies: &str,
        #[case] value: Option<&str>,
    ) {
        assert_eq!(read(cookies, "com.auth0.auth.s").as_deref(), value);
    }

    #[test]
    fn only_keys_with_the_prefix_are_listed() {
        let cookies =
            "com.auth0.auth.1=a; theme=dark; com.auth0.auth.2=b; _com.auth0.auth.1_compat=a";
        assert_eq!(
            keys(cookies, "com.auth0.auth."),
            ["com.auth0.auth.1", "com.auth0.auth.2"]
        );
    }

    proptest! {
        #[test]
        fn a_written_cookie_is_read_back_unchanged(key in "[a-zA-Z0-9/%._~ ;=-]{1,20}", value in any::<String>()) {
            let entry = Entry { key: &key, value: &value, ..TRANSACTION };
            let stored = written(&entry, true);
            let pair = stored.split("; path").next().unwrap();
            prop_assert_eq!(read(pair, &key), Some(value));
        }
    }
}
