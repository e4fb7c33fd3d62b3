//! The options of a dialog: Lock's options, parsed into types.

mod connections;
mod flash;
mod members;
mod read;

use latchkey_webauth::{Config, Params};

use crate::i18n::Dictionary;
use crate::model::Settings;

#[cfg(all(feature = "first-screen", not(target_arch = "wasm32")))]
pub(crate) use connections::BRANDS;
pub use connections::{Connections, Social, social_params};
pub use flash::{InvalidFlash, read_flash};
pub use read::InvalidOptions;

/// The colour scheme of the dialog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Scheme {
    /// The scheme that the browser prefers.
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

/// The look of the dialog (`theme`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct Theme {
    /// Hide the title of the first screen visually, but not from screen readers (`hideMainScreenTitle`).
    /// Default: false.
    pub hides_title: bool,
    /// Show an arrow instead of the text on the first screen's button (`labeledSubmitButton: false`). Screen
    /// readers still read the text. Default: false.
    pub arrow_button: bool,
    /// Address of the image above the title (`logo`). Default: a neutral mark. An empty text shows no image.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub logo: Option<String>,
    /// A CSS colour for the button, links and the focus ring (`primaryColor`). The text on it is light or
    /// dark, whichever is readable.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub primary_color: Option<String>,
    /// The colour scheme (`scheme`; not in Lock). Default: the browser's preference.
    pub scheme: Scheme,
}

/// The options of a dialog. Make them with [`Options::new`], then set the fields that differ from the
/// default.
///
/// The names of Lock's options are in brackets. With the feature `serde`, options are an object with the
/// fields below in camelCase, and only `config` is required. [`Options::read`] parses Lock's own object of
/// options.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Options {
    /// Whether browsers may fill in the address (`allowAutocomplete`). Default: true.
    #[cfg_attr(feature = "serde", serde(default = "crate::serialize::yes"))]
    pub autocomplete: bool,
    /// Focus the first field when the dialog opens (`autofocus`). Default: true for a dialog over the page,
    /// false in a container.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub autofocus: Option<bool>,
    /// The tenant, the client and the parameters of every request (`auth`).
    pub config: Config,
    /// The connections that are offered (`allowedConnections`, `useCustomPasswordlessConnection`,
    /// `theme.authButtons`). Default: a code from the connection `email`.
    #[cfg_attr(feature = "serde", serde(default))]
    pub connections: Connections,
    /// The id of an element that contains the dialog (`container`). Default: the dialog opens over the page.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub container: Option<String>,
    /// Additional parameters of `/authorize`, such as `code_challenge` (`auth.params`).
    #[cfg_attr(feature = "serde", serde(default, with = "crate::serialize::params"))]
    pub authorize_params: Params,
    /// The country of phone numbers, as its ISO 3166 code (`defaultLocation`). Default: the region of the
    /// browser's language, or the likeliest region if the language's tag has none.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub country: Option<String>,
    /// Close the dialog after a login that did not leave the page, if the person could close it
    /// (`autoclose`). Default: false. Used by Rust programs only, because the JavaScript class closes the
    /// dialog itself.
    #[cfg_attr(feature = "serde", serde(default))]
    pub autoclose: bool,
    /// Texts that override those of the language (`languageDictionary`).
    #[cfg_attr(feature = "serde", serde(default))]
    pub dictionary: Dictionary,
    /// The initial e-mail address (`prefill.email`).
    #[cfg_attr(feature = "serde", serde(default))]
    pub email: String,
    /// The address of the folder that contains the folder `languages` with the language files
    /// (`languageBaseUrl`, `assetsUrl`). Empty: no language file is loaded, so the dialog has only English
    /// and the page's own texts.
    #[cfg_attr(feature = "serde", serde(default))]
    pub language_base_url: String,
    /// The language of the dialog and of the mail, a BCP 47 tag (`language`). Default: the first of the
    /// browser's languages that the dialog has.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub language: Option<String>,
    /// The initial phone number (`prefill.phoneNumber`).
    #[cfg_attr(feature = "serde", serde(default))]
    pub phone: String,
    /// The options that the rules depend on (`closable`, `mustAcceptTerms`, `showTerms`, ...).
    #[cfg_attr(feature = "serde", serde(default))]
    pub settings: Settings,
    /// The nonce of a `<style>` element (`styleNonce`; not in Lock). It is needed only under a strict content
    /// security policy in a browser without constructable style sheets.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub style_nonce: Option<String>,
    /// The look of the dialog (`theme`).
    #[cfg_attr(feature = "serde", serde(default))]
    pub theme: Theme,
    /// Whether the console shows warnings for the developer (not `disableWarnings`). Default: true.
    #[cfg_attr(feature = "serde", serde(default = "crate::serialize::yes"))]
    pub warns: bool,
}

impl Options {
    /// The default options for the client `client_id` of the tenant `domain`. A login also needs
    /// `config.redirect_uri` and `config.response_type`.
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

    /// Sets what follows from other options: the fields and buttons from `connections`, and that a dialog in
    /// a container is not closable. `Dialog` calls this itself.
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
