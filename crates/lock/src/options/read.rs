//! Reads a page's options object into [`Options`].

use latchkey_webauth::Value;

use super::members::{flag, member, text, whole};
use super::{Connections, Options, Scheme, Theme};
use crate::model::{Settings, find_country};

/// An argument of the constructor that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidOptions {
    /// The client ID is not a string.
    ClientId,
    /// The domain is not a string.
    Domain,
    /// The options are not an object.
    Options,
}

impl InvalidOptions {
    /// Lock's message for this error.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::ClientId => "A `clientID` string must be provided as first argument.",
            Self::Domain => "A `domain` string must be provided as second argument.",
            Self::Options => "When provided, the third argument must be an `options` object.",
        }
    }
}

impl Options {
    /// Reads the three arguments of `new Auth0LockPasswordless`, without the options that the SDK reads
    /// itself. So `config` has only the client and the domain; `auth.redirectUrl`, `overrides` and other
    /// parameters of requests are left to the SDK. An option of a wrong type or out of its range counts as
    /// missing.
    ///
    /// # Errors
    /// [`InvalidOptions`] if an argument has a wrong type.
    pub fn read(
        client_id: &Value,
        domain: &Value,
        options: &Value,
    ) -> Result<Self, InvalidOptions> {
        let client_id = client_id.as_str().ok_or(InvalidOptions::ClientId)?;
        let domain = domain.as_str().ok_or(InvalidOptions::Domain)?;
        if !matches!(options, Value::Object(_) | Value::Undefined) {
            return Err(InvalidOptions::Options);
        }
        let mut read = Self::new(client_id, domain);
        let get = |name| member(options, name);
        read.container = text(get("container"));
        read.autocomplete = flag(get("allowAutocomplete")) != Some(false);
        read.autofocus = flag(get("autofocus"));
        read.connections = Connections::read(options);
        if let Value::Object(params) = member(get("auth"), "params") {
            read.authorize_params.clone_from(params);
        }
        read.settings = settings(options, &read);
        read.country = text(get("defaultLocation"))
            .and_then(|code| find_country(&code))
            .map(str::to_owned);
        if let Some(email) = text(member(get("prefill"), "email")) {
            read.email = email;
        }
        if let Some(number) = text(member(get("prefill"), "phoneNumber")) {
            read.phone = number;
        }
        if let Some(language) = text(get("language")) {
            read.language = Some(language);
        }
        if let Some(base) = text(get("languageBaseUrl")).or_else(|| text(get("assetsUrl"))) {
            read.language_base_url = base;
        }
        read.dictionary.lay_over(get("languageDictionary"));
        read.theme = theme(get("theme"));
        read.warns = !get("disableWarnings").is_truthy();
        read.style_nonce = text(get("styleNonce"));
        Ok(read)
    }
}

fn settings(options: &Value, read: &Options) -> Settings {
    let in_container = read.container.is_some();
    let passwordless = read.connections.passwordless.iter();
    let get = |name| member(options, name);
    let standard = Settings::default();
    let seconds = |value: &Value, standard_ms| whole(value).map_or(standard_ms, |s| s * 1000);
    Settings {
        channels: passwordless.map(|(channel, _)| *channel).collect(),
        has_social: !read.connections.social.is_empty(),
        in_place: flag(member(get("auth"), "redirect")) == Some(false),
        link: get("passwordlessMethod").as_str() == Some("link"),
        remembers: flag(get("rememberLastLogin")).unwrap_or(standard.remembers),
        sso: flag(member(get("auth"), "sso")).unwrap_or(standard.sso),
        avatar: get("avatar").is_truthy(),
        auto_submit: flag(get("autoSubmit")).unwrap_or(standard.auto_submit),
        closable: !in_container && flag(get("closable")).unwrap_or(standard.closable),
        code_length: whole(get("codeLength"))
            .and_then(|length| usize::try_from(length).ok())
            .filter(|length| (4..=10).contains(length))
            .unwrap_or(standard.code_length),
        code_life_ms: seconds(get("codeLifetime"), standard.code_life_ms),
        cool_down_ms: seconds(get("resendCoolDown"), standard.cool_down_ms),
        offers_code: flag(get("offerCode")).unwrap_or(standard.offers_code),
        must_accept_terms: flag(get("mustAcceptTerms")).unwrap_or(standard.must_accept_terms),
        show_terms: flag(get("showTerms")).unwrap_or(standard.show_terms),
        tries: standard.tries,
    }
}

fn theme(theme: &Value) -> Theme {
    Theme {
        hides_title: member(theme, "hideMainScreenTitle").is_truthy(),
        arrow_button: flag(member(theme, "labeledSubmitButton")) == Some(false),
        logo: member(theme, "logo").as_str().map(str::to_owned),
        primary_color: text(member(theme, "primaryColor")),
        scheme: match member(theme, "scheme").as_str() {
            Some("dark") => Scheme::Dark,
            Some("light") => Scheme::Light,
            _ => Scheme::Auto,
        },
    }
}
