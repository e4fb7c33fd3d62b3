//! Options of Lock that do nothing here, so that a page is told instead of left to
//! wonder.

use latchkey_webauth::Value;

/// The options that have an effect, or whose default is the only value.
const KNOWN: [&str; 37] = [
    "_sendTelemetry",
    "_telemetryInfo",
    "allowAutocomplete",
    "allowedConnections",
    "assetsUrl",
    "auth.audience",
    "auth.nonce",
    "auth.params",
    "auth.redirect",
    "auth.redirectUrl",
    "auth.responseMode",
    "auth.responseType",
    "auth.sso",
    "auth.state",
    "autoSubmit",
    "autofocus",
    "closable",
    "codeLength",
    "codeLifetime",
    "container",
    "disableWarnings",
    "language",
    "languageBaseUrl",
    "languageDictionary",
    "legacySameSiteCookie",
    "mustAcceptTerms",
    "overrides",
    "passwordlessMethod",
    "prefill.email",
    "resendCoolDown",
    "rememberLastLogin",
    "showTerms",
    "styleNonce",
    "theme.logo",
    "theme.primaryColor",
    "theme.scheme",
    "useCustomPasswordlessConnection",
];

/// The options that are groups of options.
const GROUPS: [&str; 3] = ["auth", "prefill", "theme"];

/// The names of given options that have no effect, such as `theme.authButtons`. An option that is
/// switched off (`false`, `null`) is not missed.
#[must_use]
pub fn ignored_options(options: &Value) -> Vec<String> {
    let mut ignored = Vec::new();
    note_ignored(&mut ignored, "", options);
    // Values of known options that are not there yet.
    if options.member("passwordlessMethod").as_str() == Some("link") {
        ignored.push("passwordlessMethod: 'link'".to_owned());
    }
    if *options.member("auth").member("redirect") == Value::Bool(false) {
        ignored.push("auth.redirect: false".to_owned());
    }
    if let Value::Array(names) = options.member("allowedConnections")
        && !options
            .member("useCustomPasswordlessConnection")
            .is_truthy()
        && names.iter().any(|name| name.as_str() != Some("email"))
    {
        ignored.push("allowedConnections other than 'email'".to_owned());
    }
    ignored
}

fn note_ignored(ignored: &mut Vec<String>, prefix: &str, group: &Value) {
    for (name, value) in group.as_object().map_or(&[][..], Vec::as_slice) {
        let path = [prefix, name].concat();
        if GROUPS.contains(&&*path) {
            note_ignored(ignored, &[&*path, "."].concat(), value);
        } else if is_given(value) && !KNOWN.contains(&&*path) {
            ignored.push(path);
        }
    }
}

fn is_given(value: &Value) -> bool {
    !matches!(value, Value::Undefined | Value::Null | Value::Bool(false))
}
