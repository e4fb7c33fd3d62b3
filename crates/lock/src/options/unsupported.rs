//! Options of Lock that do nothing here, so that a page is told instead of left to
//! wonder.

use latchkey_webauth::Value;

use super::connections::channel;
use super::read::member;

/// The options that have an effect, or whose default is the only value.
const KNOWN: [&str; 51] = [
    "_sendTelemetry",
    "_telemetryInfo",
    "allowAutocomplete",
    "allowedConnections",
    "assetsUrl",
    "auth.audience",
    "auth.autoParseHash",
    "auth.nonce",
    "auth.params",
    "auth.redirect",
    "auth.redirectUrl",
    "auth.responseMode",
    "auth.responseType",
    "auth.sso",
    "auth.state",
    "autoSubmit",
    "autoclose",
    "autofocus",
    "clientBaseUrl",
    "closable",
    "codeLength",
    "codeLifetime",
    "configurationBaseUrl",
    "container",
    "defaultLocation",
    "disableWarnings",
    "flashMessage",
    "forceAutoHeight",
    "hashCleanup",
    "language",
    "languageBaseUrl",
    "languageDictionary",
    "leeway",
    "legacySameSiteCookie",
    "mobile",
    "mustAcceptTerms",
    "overrides",
    "passwordlessMethod",
    "prefill.email",
    "prefill.phoneNumber",
    "rememberLastLogin",
    "resendCoolDown",
    "scrollGlobalMessagesIntoView",
    "showTerms",
    "styleNonce",
    "theme.hideMainScreenTitle",
    "theme.labeledSubmitButton",
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
    // A value of a known option that is not there.
    if matches!(
        member(member(options, "auth"), "redirect"),
        Value::Bool(false)
    ) {
        ignored.push("auth.redirect: false".to_owned());
    }
    let has_own_name = member(options, "useCustomPasswordlessConnection").is_truthy();
    if let Value::Array(names) = member(options, "allowedConnections") {
        let social = names.iter().skip(usize::from(has_own_name));
        for name in social.filter_map(Value::as_str) {
            if channel(name).is_none() {
                ignored.push(["allowedConnections: ", name].concat());
            }
        }
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
