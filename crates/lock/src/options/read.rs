//! From a page's options object to [`Options`].

use latchkey_webauth::{Params, Value};

use super::{Options, Scheme, Theme};
use crate::i18n::Dictionary;
use crate::model::Settings;

/// The options cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidOptions {
    /// The client ID is no text.
    ClientId,
    /// The domain is no text.
    Domain,
    /// The options are no object.
    Options,
}

impl InvalidOptions {
    /// Lock's sentence for it.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::ClientId => "A `clientID` string must be provided as first argument.",
            Self::Domain => "A `domain` string must be provided as second argument.",
            Self::Options => "When provided, the `options` must be an object.",
        }
    }
}

impl Options {
    /// Reads the three arguments of `new Auth0LockPasswordless`. `page_url` is the page's address
    /// without query and fragment, where the login comes back to unless `auth.redirectUrl` says
    /// otherwise.
    pub fn read(
        client_id: &Value,
        domain: &Value,
        options: &Value,
        page_url: &str,
    ) -> Result<Self, InvalidOptions> {
        let client_id = client_id.as_str().ok_or(InvalidOptions::ClientId)?;
        let domain = domain.as_str().ok_or(InvalidOptions::Domain)?;
        if !matches!(options, Value::Object(_) | Value::Undefined) {
            return Err(InvalidOptions::Options);
        }
        let mut read = Self::new(client_id, domain);
        let get = |name| options.member(name);
        read.container = text(get("container"));
        read.autofocus = flag(get("autofocus"));
        read.settings = settings(options, read.container.is_some());
        read.connection = connection(options);
        if let Some(email) = text(get("prefill").member("email")) {
            read.email = email;
        }
        if let Some(language) = text(get("language")) {
            read.language = Some(language);
        }
        if let Some(base) = text(get("languageBaseUrl")).or_else(|| text(get("assetsUrl"))) {
            read.language_base_url = base;
        }
        lay_over(
            &mut read.dictionary,
            String::new(),
            get("languageDictionary"),
        );
        read.theme = theme(get("theme"));
        read.warns = !get("disableWarnings").is_truthy();
        read.style_nonce = text(get("styleNonce"));
        read_auth(&mut read, get("auth"), page_url);
        if flag(get("_sendTelemetry")) == Some(false) {
            read.config.send_telemetry = false;
        }
        for name in ["overrides", "_telemetryInfo", "legacySameSiteCookie"] {
            keep(&mut read.config.extra, name, get(name));
        }
        Ok(read)
    }
}

/// Lock's `auth`: what goes to the SDK, and what only to `/authorize`.
fn read_auth(read: &mut Options, auth: &Value, page_url: &str) {
    let config = &mut read.config;
    let redirect_url = text(auth.member("redirectUrl"));
    let response_type = text(auth.member("responseType"));
    let fallback = if redirect_url.is_some() {
        "code"
    } else {
        "token"
    };
    config.response_type = Some(response_type.unwrap_or_else(|| fallback.to_owned()));
    config.redirect_uri = Some(redirect_url.unwrap_or_else(|| page_url.to_owned()));
    config.response_mode = text(auth.member("responseMode"));
    config.audience = text(auth.member("audience"));
    config.state = text(auth.member("state"));
    config.nonce = text(auth.member("nonce"));

    let params = auth.member("params").as_object();
    for (name, value) in params.map_or(&[][..], Vec::as_slice) {
        let own = match name.as_str() {
            "scope" => Some(&mut config.scope),
            "state" => Some(&mut config.state),
            "nonce" => Some(&mut config.nonce),
            "audience" => Some(&mut config.audience),
            _ => None,
        };
        match (own, text(value)) {
            (Some(own), Some(value)) => *own = Some(value),
            (Some(_), None) => {}
            (None, _) => keep(&mut read.authorize_params, name, value),
        }
    }
}

/// Lock sends the literal `email` unless told to use the connection's own name.
fn connection(options: &Value) -> String {
    let allowed = match options.member("allowedConnections") {
        Value::Array(names) => names.first().and_then(Value::as_str),
        _ => None,
    };
    let takes_own_name = options
        .member("useCustomPasswordlessConnection")
        .is_truthy();
    allowed
        .filter(|_| takes_own_name)
        .unwrap_or("email")
        .to_owned()
}

fn settings(options: &Value, in_container: bool) -> Settings {
    let get = |name| options.member(name);
    let standard = Settings::default();
    let seconds = |value: &Value, standard_ms| whole(value).map_or(standard_ms, |s| s * 1000);
    Settings {
        auto_submit: flag(get("autoSubmit")).unwrap_or(standard.auto_submit),
        closable: !in_container && flag(get("closable")).unwrap_or(standard.closable),
        code_length: whole(get("codeLength"))
            .and_then(|length| usize::try_from(length).ok())
            .filter(|length| (4..=10).contains(length))
            .unwrap_or(standard.code_length),
        code_life_ms: seconds(get("codeLifetime"), standard.code_life_ms),
        cool_down_ms: seconds(get("resendCoolDown"), standard.cool_down_ms),
        must_accept_terms: flag(get("mustAcceptTerms")).unwrap_or(standard.must_accept_terms),
        show_terms: flag(get("showTerms")).unwrap_or(standard.show_terms),
        tries: standard.tries,
    }
}

fn theme(theme: &Value) -> Theme {
    Theme {
        logo: theme.member("logo").as_str().map(str::to_owned),
        primary_color: text(theme.member("primaryColor")),
        scheme: match theme.member("scheme").as_str() {
            Some("dark") => Scheme::Dark,
            Some("light") => Scheme::Light,
            _ => Scheme::Auto,
        },
    }
}

/// Lays a nested dictionary over `dictionary`, its paths' parts joined by dots.
fn lay_over(dictionary: &mut Dictionary, path: String, texts: &Value) {
    match texts {
        Value::String(text) => dictionary.set(path, text.as_str()),
        Value::Object(members) => {
            for (name, inner) in members {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    [path.as_str(), ".", name].concat()
                };
                lay_over(dictionary, path, inner);
            }
        }
        _ => {}
    }
}

/// The options of a dialog with those of one `show` over them. As in Lock, `auth.params` is
/// replaced, and what `show` may not change is not.
#[must_use]
pub fn merge_show(options: &Value, show: &Value) -> Value {
    let mut merged = options.clone();
    for path in [
        &["allowedConnections"][..],
        &["auth", "params"],
        &["language"],
        &["languageDictionary"],
        &["theme", "logo"],
        &["theme", "primaryColor"],
    ] {
        let given = path.iter().fold(show, |value, name| value.member(name));
        if *given != Value::Undefined {
            put(&mut merged, path, given);
        }
    }
    merged
}

fn put(into: &mut Value, path: &[&str], value: &Value) {
    let Some((name, rest)) = path.split_first() else {
        *into = value.clone();
        return;
    };
    if !matches!(into, Value::Object(_)) {
        *into = Value::Object(Params::new());
    }
    if let Value::Object(members) = into {
        if !members.iter().any(|(known, _)| known == name) {
            members.push(((*name).to_owned(), Value::Undefined));
        }
        if let Some((_, inner)) = members.iter_mut().find(|(known, _)| known == name) {
            put(inner, rest, value);
        }
    }
}

/// Where a login comes back to by default: the page's address up to its query.
#[must_use]
pub fn page_redirect_url(href: &str) -> &str {
    href.split(['?', '#']).next().unwrap_or_default()
}

fn keep(params: &mut Params, name: &str, value: &Value) {
    if !matches!(value, Value::Undefined | Value::Null) {
        params.retain(|(known, _)| known != name);
        params.push((name.to_owned(), value.clone()));
    }
}

fn text(value: &Value) -> Option<String> {
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        _ => None,
    }
}

/// A positive whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be within a year in seconds"
)]
fn whole(value: &Value) -> Option<u64> {
    value
        .as_f64()
        .filter(|number| (1.0..=31_536_000.0).contains(number))
        .map(|number| number as u64)
}
