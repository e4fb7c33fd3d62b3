//! Options and events of Lock that do nothing here, so that a page is told instead of left to
//! wonder.

use latchkey_webauth::Value;

/// The options that have an effect.
const OPTIONS: [&str; 25] = [
    "_sendTelemetry",
    "_telemetryInfo",
    "allowedConnections",
    "auth",
    "autoSubmit",
    "autofocus",
    "closable",
    "codeLength",
    "codeLifetime",
    "container",
    "disableWarnings",
    "language",
    "languageDictionary",
    "legacySameSiteCookie",
    "mustAcceptTerms",
    "overrides",
    "passwordlessMethod",
    "prefill",
    "resendCoolDown",
    "rememberLastLogin",
    "showTerms",
    "styleNonce",
    "theme",
    "useCustomPasswordlessConnection",
    "allowAutocomplete",
];

/// The options under `auth` that have an effect.
const AUTH: [&str; 9] = [
    "audience",
    "nonce",
    "params",
    "redirect",
    "redirectUrl",
    "responseMode",
    "responseType",
    "sso",
    "state",
];

/// The options under `theme` that have an effect.
const THEME: [&str; 3] = ["logo", "primaryColor", "scheme"];

/// The names of given options that have no effect, such as `theme.authButtons`. An option that is
/// switched off (`false`, `null`) is not missed.
#[must_use]
pub fn ignored_options(options: &Value) -> Vec<String> {
    let mut ignored = Vec::new();
    for (prefix, group, known) in [
        ("", options, &OPTIONS[..]),
        ("auth.", options.member("auth"), &AUTH[..]),
        ("theme.", options.member("theme"), &THEME[..]),
    ] {
        for (name, value) in group.as_object().map_or(&[][..], Vec::as_slice) {
            if is_given(value) && !known.contains(&name.as_str()) {
                ignored.push([prefix, name].concat());
            }
        }
    }
    // Values of known options that are not there yet.
    let has_other_connection = match options.member("allowedConnections") {
        Value::Array(names)
            if !options
                .member("useCustomPasswordlessConnection")
                .is_truthy() =>
        {
            names.iter().any(|name| name.as_str() != Some("email"))
        }
        _ => false,
    };
    let prefill = options.member("prefill");
    for (name, is_ignored) in [
        (
            "allowedConnections other than 'email'",
            has_other_connection,
        ),
        (
            "passwordlessMethod: 'link'",
            options.member("passwordlessMethod").as_str() == Some("link"),
        ),
        (
            "auth.redirect: false",
            *options.member("auth").member("redirect") == Value::Bool(false),
        ),
        (
            "prefill.phoneNumber",
            is_given(prefill.member("phoneNumber")),
        ),
        (
            "rememberLastLogin: true",
            *options.member("rememberLastLogin") == Value::Bool(true),
        ),
    ] {
        if is_ignored {
            ignored.push(name.to_owned());
        }
    }
    ignored
}

/// The events of Lock that never come from this dialog, by name, for `on` to warn about.
#[must_use]
pub fn unsupported_events(name: &str) -> bool {
    [
        "socialOrPhoneNumber ",
        "federated",
        "signin",
        "signup",
        "sso",
        "forgot_password",
    ]
    .iter()
    .any(|prefix| name.starts_with(prefix))
}

fn is_given(value: &Value) -> bool {
    !matches!(value, Value::Undefined | Value::Null | Value::Bool(false))
}
