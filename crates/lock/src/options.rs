//! What a dialog is made with: Lock's options, read and typed.

mod connections;
mod flash;
mod read;

use latchkey_webauth::{Config, Params};

use crate::i18n::Dictionary;
use crate::model::Settings;

#[cfg(all(feature = "first-screen", not(target_arch = "wasm32")))]
pub(crate) use connections::BRANDS;
pub use connections::{Connections, Social, social_params};
pub use flash::{InvalidFlash, read_flash};
pub use read::InvalidOptions;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Scheme {
    /// As the browser prefers.
    #[default]
    Auto,
    /// Always dark.
    Dark,
    /// Always light.
    Light,
}

impl Scheme {
    /// The value of the `data-scheme` attribute.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }
}

/// How the dialog looks (`theme`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct Theme {
    /// Hide the title of the first screen from the eye (`hideMainScreenTitle`). Default: false.
    pub hides_title: bool,
    /// An arrow instead of words on the first screen's button (`labeledSubmitButton: false`); its
    /// words are still read out. Default: false.
    pub arrow_button: bool,
    /// Address of the image over the title (`logo`). Default: a neutral mark. An empty text: none.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub logo: Option<String>,
    /// Any CSS colour, for the button, links and the focus ring (`primaryColor`). Text on it is
    /// light or dark, whichever can be read.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub primary_color: Option<String>,
    /// Light or dark (`scheme`; not in Lock). Default: as the browser prefers.
    pub scheme: Scheme,
}

/// What a dialog is made with. Make one with [`Options::new`] and set what differs.
///
/// The names of Lock's options stand in brackets. With the feature `serde`, options are an object of the fields below in
/// camelCase, of which only `config` has to be there; Lock's own object of options is read by [`Options::read`].
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Options {
    /// Whether browsers may fill in the address (`allowAutocomplete`). Default: true.
    #[cfg_attr(feature = "serde", serde(default = "crate::serialize::yes"))]
    pub autocomplete: bool,
    /// Focus the first field when the dialog opens (`autofocus`). Default: true for a dialog, false
    /// in a container.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub autofocus: Option<bool>,
    /// The tenant, the client and what goes into every request (`auth`).
    pub config: Config,
    /// The ways to log in (`allowedConnections`, `useCustomPasswordlessConnection`,
    /// `theme.authButtons`). Default: by a code sent by the connection `email`.
    #[cfg_attr(feature = "serde", serde(default))]
    pub connections: Connections,
    /// The id of an element to show the dialog in, instead of over the page (`container`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub container: Option<String>,
    /// Further parameters of `/authorize`, such as `code_challenge` (`auth.params`).
    #[cfg_attr(feature = "serde", serde(default, with = "crate::serialize::params"))]
    pub authorize_params: Params,
    /// The country of phone numbers, as its ISO 3166 code (`defaultLocation`). Default: that of
    /// the browser's language.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub country: Option<String>,
    /// Close after a login in place, if the person could close the dialog (`autoclose`). Default:
    /// false. Only of Rust programs: the JavaScript facade closes by itself.
    #[cfg_attr(feature = "serde", serde(default))]
    pub autoclose: bool,
    /// The page's own words over ours (`languageDictionary`).
    #[cfg_attr(feature = "serde", serde(default))]
    pub dictionary: Dictionary,
    /// The e-mail address to start with (`prefill.email`).
    #[cfg_attr(feature = "serde", serde(default))]
    pub email: String,
    /// Where the folder `languages` is, whose files have the words of other languages than English
    /// (`languageBaseUrl`, `assetsUrl`). Empty: nowhere, so only English and the page's own words.
    #[cfg_attr(feature = "serde", serde(default))]
    pub language_base_url: String,
    /// Language of the dialog and of the mail, a BCP 47 tag (`language`). Default: the first of the
    /// browser's languages that the dialog speaks.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub language: Option<String>,
    /// The phone number to start with (`prefill.phoneNumber`).
    #[cfg_attr(feature = "serde", serde(default))]
    pub phone: String,
    /// The rules of the dialog (`closable`, `mustAcceptTerms`, `showTerms`, ...).
    #[cfg_attr(feature = "serde", serde(default))]
    pub settings: Settings,
    /// The nonce for a `<style>` element, needed only where a strict content security policy meets
    /// a browser without constructable stylesheets (`styleNonce`; not in Lock).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub style_nonce: Option<String>,
    /// How the dialog looks (`theme`).
    #[cfg_attr(feature = "serde", serde(default))]
    pub theme: Theme,
    /// Whether the developer is warned on the console (not `disableWarnings`). Default: true.
    #[cfg_attr(feature = "serde", serde(default = "crate::serialize::yes"))]
    pub warns: bool,
}

impl Options {
    /// Options for the client `client_id` of the tenant `domain`, with every default. A login
    /// needs `config.redirect_uri` and `config.response_type` besides.
    #[must_use]
    pub fn new(client_id: impl Into<String>, domain: impl Into<String>) -> Self {
        Self {
            autocomplete: true,
            autofocus: None,
            config: Config {
                scope: Some(DEFAULT_SCOPE.to_owned()),
                ..Config::new(domain, client_id)
            },
            connections: Connections::default(),
            container: None,
            authorize_params: Params::new(),
            country: None,
            dictionary: Dictionary::default(),
            autoclose: false,
            email: String::new(),
            language: None,
            language_base_url: String::new(),
            phone: String::new(),
            settings: Settings::default(),
            style_nonce: None,
            theme: Theme::default(),
            warns: true,
        }
    }

    /// Sets what follows from other options: which fields and buttons there are from
    /// `connections`, and that a dialog in a container is not closable. `Dialog` does so itself with
    /// what it is given.
    #[must_use]
    pub fn consistent(mut self) -> Self {
        let passwordless = self.connections.passwordless.iter();
        self.settings.channels = passwordless.map(|(channel, _)| *channel).collect();
        self.settings.has_social = !self.connections.social.is_empty();
        if self.container.is_some() {
            self.settings.closable = false;
        }
        self
    }

    /// Whether the first field takes the focus when the dialog opens.
    #[must_use]
    pub fn takes_focus(&self) -> bool {
        self.autofocus.unwrap_or(self.container.is_none())
    }
}

const DEFAULT_SCOPE: &str = "openid profile email";

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
