//! Which ways to log in are offered (`allowedConnections`).
//!
//! Lock asks the tenant for the client's connections before it shows anything. This dialog shows
//! at once, so the names have to say what they are: `email` and `sms`, or a name with one of the
//! two in it, are passwordless connections; any other name is a social one.

use latchkey_webauth::text::split;
use latchkey_webauth::{Params, Value};

use super::read::{member, text};
use crate::model::{Channel, Recipient, Unicode, Way, check_email, check_phone};

/// A social connection.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Social {
    /// The connection's name, such as `google-oauth2`.
    pub connection: String,
    /// The name that people know, such as "Google" (`theme.authButtons.*.displayName`).
    pub display_name: String,
    /// Any CSS colour for the button (`theme.authButtons.*.primaryColor`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub primary_color: Option<String>,
    /// Any CSS colour for its text (`theme.authButtons.*.foregroundColor`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub foreground_color: Option<String>,
    /// Address of its image (`theme.authButtons.*.icon`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub icon: Option<String>,
    /// Scopes to ask the connection for (`auth.connectionScopes`).
    #[cfg_attr(feature = "serde", serde(default))]
    pub scopes: Vec<String>,
}

impl Social {
    /// A connection under the name that people know it by, as far as that follows from
    /// `connection`, and in no colours of its own.
    #[must_use]
    pub fn new(connection: &str) -> Self {
        social(connection, &Value::Undefined)
    }
}

/// The ways to log in that are offered, in order.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Connections {
    /// How a code can travel, and the name of the connection that sends it.
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
    /// Those of the names, in their order, as Lock's `allowedConnections`: `email`, `sms` and names
    /// with one of the two in them send codes, other names are social connections. For connections
    /// of other names, or buttons of other looks, fill in the fields instead.
    #[must_use]
    pub fn allowed<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names = names.into_iter().map(Value::from).collect();
        let list = ("allowedConnections".to_owned(), Value::Array(names));
        Self::read(&Value::Object(vec![list]))
    }

    /// The name of the connection that sends by `channel`.
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

    /// A way to log in as a text to keep: the connection's name, and on a second line where it sends.
    #[must_use]
    pub fn write_way(&self, way: &Way) -> String {
        match way {
            Way::Code(to) => [self.name(to.channel()), "\n", to.text()].concat(),
            Way::Social(connection) => connection.clone(),
        }
    }

    /// Reads [`Connections::write_way`]. Anybody on the page may have written it: what does not fit, or
    /// is no longer offered, is nothing.
    #[must_use]
    pub fn read_way(&self, text: &str) -> Option<Way> {
        let Some((name, to)) = split(text, "\n") else {
            let is_offered = self.social.iter().any(|social| social.connection == text);
            return is_offered.then(|| Way::Social(text.to_owned()));
        };
        let mut ways = self.passwordless.iter();
        let (channel, _) = ways.find(|(_, known)| known == name)?;
        let recipient = match channel {
            Channel::Email => Recipient::Email(check_email(to, Unicode::default()).ok()?),
            Channel::Sms => Recipient::Phone(check_phone("", to).ok()?),
        };
        // Only as it was written.
        (recipient.text() == to).then_some(Way::Code(recipient))
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
            // Lock's flag speaks of the first passwordless connection only.
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
        // An empty list is Lock's default: everything that is there.
        if read.passwordless.is_empty() && read.social.is_empty() {
            return Self::default();
        }
        read
    }
}

fn channel(name: &str) -> Option<Channel> {
    let name = name.to_ascii_lowercase();
    // Piecewise: the standard library's substring search is larger than this dialog's code field.
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

/// The names of connections that do not read like their brands.
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

/// `my-company` is called "My company".
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

/// What a social login adds to `/authorize`.
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
