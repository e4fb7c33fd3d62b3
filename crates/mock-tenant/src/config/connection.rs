//! Connections.

use serde::{Deserialize, Serialize};

/// A connection.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Connection {
    /// Its name, `realm` on the wire. Required.
    pub name: String,
    /// How it identifies people. Default `email`.
    pub strategy: Strategy,
    /// Its options.
    pub options: ConnectionOptions,
    /// Clients that may use it. Left out: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled_clients: Option<Vec<String>>,
}

/// What identifies the people of a connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strategy {
    /// Code or link by e-mail.
    #[default]
    #[serde(rename = "email")]
    Email,
    /// Code by text message.
    #[serde(rename = "sms")]
    Sms,
    /// A password database. The mock knows it to give Auth0's errors, but nobody can log in with it.
    #[serde(rename = "auth0")]
    Database,
}

/// Options of a passwordless connection.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ConnectionOptions {
    /// Repeats the connection's name, as Auth0 does.
    pub name: String,
    /// Mail templates. As at Auth0 they are used only with a custom e-mail provider.
    pub email: EmailTexts,
    /// For `sms`: the text. Empty: the built-in text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub template: String,
    /// For `sms`: `liquid`, or `md_with_macros`, with `@@code@@` for the code. Default `md_with_macros`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub syntax: String,
    /// Length and lifetime of codes.
    pub totp: Totp,
    /// Parameters of magic links. The parameters of the request override them.
    #[serde(rename = "authParams")]
    pub auth_params: serde_json::Map<String, serde_json::Value>,
    /// Whether only known users may log in.
    pub disable_signup: bool,
    /// Whether failed logins are counted.
    pub brute_force_protection: bool,
}

/// Templates of a mail.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailTexts {
    /// `liquid`.
    pub syntax: String,
    /// `From`.
    pub from: String,
    /// `Subject`.
    pub subject: String,
    /// HTML body.
    pub body: String,
}

/// Length and lifetime of codes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Totp {
    /// Lifetime in seconds. Default 180.
    pub time_step: u64,
    /// Number of digits. Default 6.
    pub length: u8,
}

impl Default for Totp {
    fn default() -> Self {
        Self {
            time_step: 180,
            length: 6,
        }
    }
}

impl Connection {
    /// Whether it sends codes.
    pub(crate) fn is_passwordless(&self) -> bool {
        self.strategy != Strategy::Database
    }

    /// Whether `client_id` may use it.
    pub(crate) fn is_enabled_for(&self, client_id: &str) -> bool {
        self.enabled_clients
            .as_ref()
            .is_none_or(|clients| clients.iter().any(|enabled| enabled == client_id))
    }
}
