//! The connections that a dialog offers (`allowedConnections`).
//!
//! Lock asks the tenant for the client's connections before it shows anything. This dialog shows at once, so
//! it tells connections apart by their names. A name that contains `email`, `sms` or `phone` is a passwordless
//! connection; any other name is a social connection.

use latchkey_webauth::text::split;
use latchkey_webauth::{Params, Value};

use super::members::{member, text};
use crate::model::{Channel, LastLogin, Recipient, Unicode, check_email, check_phone};

/// A social connection.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Social {
    /// The connection's name, such as `google-oauth2`.
    pub connection: String,
    /// The name on the button, such as "Google" (`theme.authButtons.*.displayName`).
    pub display_name: String,
    /// A CSS colour for the badge (`theme.authButtons.*.primaryColor`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub primary_color: Option<String>,
    /// A CSS colour for the letter on the badge (`theme.authButtons.*.foregroundColor`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub foreground_color: Option<String>,
    /// Address of an image for the badge (`theme.authButtons.*.icon`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub icon: Option<String>,
    /// Scopes to request from the connection (`auth.connectionScopes`).
    #[cfg_attr(feature = "serde", serde(default))]
    pub scopes: Vec<String>,
}

impl Social {
    /// A social connection with a display name that is derived from `connection`, and without colours.
    #[must_use]
    pub fn new(connection: &str) -> Self {
        social(connection, &Value::Undefined)
    }
}

/// The connections that a dialog offers, in order.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Connections {
    /// The channels of codes, each with the name of the connection that sends them.
    pub passwordless: Vec<(Channel, String)>,
    /// The social connections.
    pub social: Vec<Social>,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            passwordless: vec![(Channel::Email, "email".to_owned())],
            social: Vec::new(),
        }
    }
}

impl Connections {
    /// The connections with these names, in this order, as in Lock's `allowedConnections`: names that contain
    /// `email`, `sms` or `phone` send codes, other names are social connections. Set the fields for other names
    /// or other buttons.
    #[must_use]
    pub fn allowed<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names = names.into_iter().map(Value::from).collect();
        let list = ("allowedConnections".to_owned(), Value::Array(names));
        Self::read(&Value::Object(vec![list]))
    }

    /// The name of the connection that sends codes by `channel`.
    #[must_use]
    pub fn name(&self, channel: Channel) -> &str {
        let found = self
            .passwordless
            .iter()
            .find(|(known, _)| *known == channel);
        match (found, channel) {
            (Some((_, name)), _) => name,
            (None, Channel::Email) => "email",
            (None, Channel::Sms) => "sms",
        }
    }

    /// Writes a login as text for the browser's storage: the connection's name, and the recipient, if there
    /// is one, on a second line.
    #[must_use]
    pub fn write_login(&self, login: &LastLogin) -> String {
        match login {
            LastLogin::Code(to) => [self.name(to.channel()), "\n", to.text()].concat(),
            LastLogin::Social(connection) => connection.clone(),
        }
    }

    /// Reads the text of [`Connections::write_login`]. Any script on the page may have written it, so a text of
    /// another form is `None`. A connection that is no longer offered is `None` too.
    #[must_use]
    pub fn read_login(&self, text: &str) -> Option<LastLogin> {
        let Some((name, to)) = split(text, "\n") else {
            let is_offered = self.social.iter().any(|social| social.connection == text);
            return is_offered.then(|| LastLogin::Social(text.to_owned()));
        };
        let mut connections = self.passwordless.iter();
        let (channel, _) = connections.find(|(_, known)| known == name)?;
        let recipient = match channel {
            Channel::Email => Recipient::Email(check_email(to, Unicode::default()).ok()?),
            Channel::Sms => Recipient::Phone(check_phone("", to).ok()?),
        };
        // A recipient that the check would change was not written by the dialog.
        (recipient.text() == to).then_some(LastLogin::Code(recipient))
    }

    pub(super) fn read(options: &Value) -> Self {
        let Value::Array(names) = member(options, "allowedConnections") else {
            return Self::default();
        };
        let has_own_name = member(options, "useCustomPasswordlessConnection").is_truthy();
        let mut read = Self {
            passwordless: Vec::new(),
            social: Vec::new(),
        };
        for name in names.iter().filter_map(Value::as_str) {
            // Lock's flag makes only the first connection of the list a passwordless one.
            let is_custom = has_own_name && read.passwordless.is_empty() && read.social.is_empty();
            let Some(channel) = channel(name).or(is_custom.then_some(Channel::Email)) else {
                read.social.push(social(name, options));
                continue;
            };
            if read.passwordless.iter().all(|(known, _)| *known != channel) {
                let name = match channel {
                    _ if has_own_name => name,
                    Channel::Email => "email",
                    Channel::Sms => "sms",
                };
                read.passwordless.push((channel, name.to_owned()));
            }
        }
        // For Lock an empty list means all connections. Here it means the default.
        if read.passwordless.is_empty() && read.social.is_empty() {
            return Self::default();
        }
        read
    }
}

fn channel(name: &str) -> Option<Channel> {
    let name = name.to_ascii_lowercase();
    // Compares slices, because the substring search of the standard library would add more bytes to the wasm
    // than the whole code field.
    let has = |part: &str| {
        name.as_bytes()
            .windows(part.len())
            .any(|window| window == part.as_bytes())
    };
    if has("sms") || has("phone") {
        Some(Channel::Sms)
    } else if has("email") {
        Some(Channel::Email)
    } else {
        None
    }
}

fn social(connection: &str, options: &Value) -> Social {
    let buttons = member(member(options, "theme"), "authButtons");
    let look = member(buttons, connection);
    let scopes = member(
        member(member(options, "auth"), "connectionScopes"),
        connection,
    );
    let scopes = match scopes {
        Value::Array(scopes) => scopes.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    Social {
        connection: connection.to_owned(),
        display_name: text(member(look, "displayName")).unwrap_or_else(|| display_name(connection)),
        primary_color: text(member(look, "primaryColor")),
        foreground_color: text(member(look, "foregroundColor")),
        icon: text(member(look, "icon")),
        scopes: scopes.into_iter().map(str::to_owned).collect(),
    }
}

/// Names of connections that are not spelled like their brands.
pub(crate) const BRANDS: [(&str, &str); 8] = [
    ("github", "GitHub"),
    ("google-oauth2", "Google"),
    ("linkedin", "LinkedIn"),
    ("paypal", "PayPal"),
    ("twitter", "X"),
    ("vkontakte", "VK"),
    ("windowslive", "Microsoft"),
    ("wordpress", "WordPress"),
];

/// Turns `my-company` into "My company".
fn display_name(connection: &str) -> String {
    if let Some((_, brand)) = BRANDS.iter().find(|(known, _)| *known == connection) {
        return (*brand).to_owned();
    }
    let mut name = connection.replace(['-', '_'], " ");
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// The parameters that a social login adds to `/authorize`.
#[must_use]
pub fn social_params(social: &Social) -> Params {
    let mut params = Params::new();
    params.push(("connection".to_owned(), social.connection.as_str().into()));
    if !social.scopes.is_empty() {
        params.push((
            "connection_scope".to_owned(),
            social.scopes.join(",").into(),
        ));
    }
    params
}
