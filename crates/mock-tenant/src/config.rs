//! The tenant's settings, with the Management API's own field names.
//!
//! What has no counterpart at Auth0 (the mock's own switches) stands in [`TenantSettings`] and says so.

mod defaults;
mod load;

use serde::{Deserialize, Serialize};

pub(crate) use self::defaults::DEFAULT_APP_URL;
pub use self::defaults::Preset;
pub(crate) use self::load::{Check, merge_patch, parse};
pub use self::load::{ConfigError, load};
use crate::attack::{BruteForceProtection, SuspiciousIpThrottling};
use crate::secret::Secret;

/// Everything a configuration file can say. A section that is left out keeps its built-in content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Tenant-wide settings.
    pub tenant: TenantSettings,
    /// Applications.
    pub clients: Vec<Client>,
    /// Where people come from: `email`, `sms`.
    pub connections: Vec<Connection>,
    /// How mail leaves.
    pub email_provider: EmailProvider,
    /// People who exist from the start.
    pub users: Vec<UserSeed>,
}

/// Tenant-wide settings.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches, as in the Management API"
)]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct TenantSettings {
    /// Short name, shown in logs and mails.
    pub name: String,
    /// Name for people.
    pub friendly_name: String,
    /// Shown in mails and on error pages.
    pub support_email: String,
    /// Shown in mails and on error pages.
    pub support_url: String,
    /// Where `/v2/logout` without a `client_id` may return to.
    pub allowed_logout_urls: Vec<String>,
    /// Life of a session in hours. Default 168.
    pub session_lifetime: u64,
    /// Feature flags.
    pub flags: Flags,
    /// Mock only: whether `/co/authenticate` tells "expired" and "too many tries" from "wrong". Default on.
    pub distinct_code_errors: bool,
    /// Mock only: whether `/passwordless/start` answers alike for addresses that may and may not log in. Auth0: no.
    pub uniform_start: bool,
    /// Mock only: `/passwordless/start` calls an hour and IP address; 0 switches the limit off. Default 50.
    pub passwordless_start_per_hour: u32,
    /// Mock only: `/co/authenticate` calls a second, whoever calls; 0 switches the limit off. Default 5.
    pub co_authenticate_per_second: u32,
    /// Mock only: `/oauth/token` calls a second, whoever calls; 0 switches the limit off. Default 30.
    pub token_per_second: u32,
    /// Mock only: `/userinfo` calls a minute and person, twice as many at once; 0 switches the limit off. Default 5.
    pub userinfo_per_minute: u32,
    /// Protection against guessing.
    pub attack_protection: AttackProtection,
    /// Mock only: life of an authorization code in seconds. Default 60.
    pub authorization_code_lifetime_s: u64,
    /// Mock only: life of a login ticket in seconds. Default 60.
    pub login_ticket_lifetime_s: u64,
    /// Mock only: behave as if browsers dropped the cookie of `/co/authenticate`, so that the application's verification page
    /// (`cross_origin_loc`) is needed. Default off.
    pub block_third_party_cookies: bool,
    /// Mock only: whether a loopback callback may use any port (RFC 8252 section 7.3). Auth0: no.
    pub loopback_any_port: bool,
    /// Mock only: response headers that browsers show to pages of other origins. Auth0: none.
    pub cors_expose_headers: Vec<String>,
}

/// Protection against guessing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AttackProtection {
    /// Blocks an identifier after too many failed logins.
    pub brute_force_protection: BruteForceProtection,
    /// Refuses an address after too many failed logins of whomever.
    pub suspicious_ip_throttling: SuspiciousIpThrottling,
}

/// Tenant feature flags.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Flags {
    /// Whether a client with a secret must send it to `/passwordless/start`. On for new tenants, and not changeable there.
    pub enforce_client_authentication_on_passwordless_start: bool,
    /// Whether a magic link works in a browser that did not ask for it at the hosted login page. Off for new tenants.
    pub allow_magiclink_verify_without_session: bool,
}

/// An application.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Client {
    /// Public identifier. Required.
    pub client_id: String,
    /// Shared secret of a confidential client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Secret>,
    /// Name for people, also in mails.
    pub name: String,
    /// What kind of application.
    pub app_type: AppType,
    /// Allowed Callback URLs.
    pub callbacks: Vec<String>,
    /// Allowed Web Origins: who may call `/co/authenticate`.
    pub web_origins: Vec<String>,
    /// Allowed Origins (CORS), besides the callbacks' own.
    pub allowed_origins: Vec<String>,
    /// Allowed Logout URLs.
    pub allowed_logout_urls: Vec<String>,
    /// Allow Cross-Origin Authentication. Default off, as at Auth0; on for the built-in clients.
    pub cross_origin_authentication: bool,
    /// The application's page for cross-origin verification, on one of its web origins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross_origin_loc: Option<String>,
    /// Grants. Left out: those of the application's type, never `passwordless/otp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_types: Option<Vec<String>>,
    /// How the client authenticates at `/oauth/token`. Left out: by type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_endpoint_auth_method: Option<AuthMethod>,
    /// Trust Token Endpoint IP Header: believe `auth0-forwarded-for` when the client proves itself with its secret.
    pub is_token_endpoint_ip_header_trusted: bool,
    /// How refresh tokens live.
    pub refresh_token: RefreshTokenSettings,
}

/// How refresh tokens live.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct RefreshTokenSettings {
    /// Whether each use makes a new one. Left out: as is safe, for public clients yes and for confidential ones no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_type: Option<RotationType>,
    /// Seconds for which a rotated token may be used again, e.g. by a retry. Default 0.
    pub leeway: u64,
    /// Life of a login's refresh tokens in seconds. Default 2,592,000 (30 days).
    pub token_lifetime: u64,
    /// Life of a refresh token that is not used, in seconds. Default 1,296,000 (15 days).
    pub idle_token_lifetime: u64,
    /// Whether `token_lifetime` does not apply.
    pub infinite_token_lifetime: bool,
    /// Whether `idle_token_lifetime` does not apply.
    pub infinite_idle_token_lifetime: bool,
}

impl Default for RefreshTokenSettings {
    fn default() -> Self {
        Self {
            rotation_type: None,
            leeway: 0,
            token_lifetime: 2_592_000,
            idle_token_lifetime: 1_296_000,
            infinite_token_lifetime: false,
            infinite_idle_token_lifetime: false,
        }
    }
}

impl RefreshTokenSettings {
    /// When a token that is made or used at `now_ms` ends unless it is used again; None never. Milliseconds.
    pub(crate) fn idle_at_ms(&self, now_ms: u64) -> Option<u64> {
        let end_ms = now_ms.saturating_add(self.idle_token_lifetime.saturating_mul(1_000));
        (!self.infinite_idle_token_lifetime).then_some(end_ms)
    }
}

/// Whether each use of a refresh token makes a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RotationType {
    /// It stays.
    NonRotating,
    /// It is replaced, and to use it again revokes all that descend from the same login.
    Rotating,
}

/// Kinds of application.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppType {
    /// Runs on a server and keeps a secret.
    #[default]
    RegularWeb,
    /// Runs in the browser.
    Spa,
    /// Runs on a device.
    Native,
    /// Machine to machine.
    NonInteractive,
}

/// Client authentication at the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthMethod {
    /// A public client.
    None,
    /// Secret in the body.
    ClientSecretPost,
    /// Secret in the `Authorization` header.
    ClientSecretBasic,
}

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

/// How a connection identifies people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strategy {
    /// Code or link by e-mail.
    #[default]
    #[serde(rename = "email")]
    Email,
    /// Code by text message.
    #[serde(rename = "sms")]
    Sms,
    /// A password database: known, so that its errors can be had, but not served.
    #[serde(rename = "auth0")]
    Database,
}

/// Options of a passwordless connection.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ConnectionOptions {
    /// Repeats the connection's name, as Auth0 does.
    pub name: String,
    /// Mail texts. As at Auth0 they take effect only with an e-mail provider of one's own.
    pub email: EmailTexts,
    /// The code's shape and life.
    pub totp: Totp,
    /// Parameters merged into generated links, below the request's own.
    #[serde(rename = "authParams")]
    pub auth_params: serde_json::Map<String, serde_json::Value>,
    /// Only known users may log in.
    pub disable_signup: bool,
    /// Counts failed logins.
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

/// The code's shape and life.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Totp {
    /// Life in seconds. Default 180.
    pub time_step: u64,
    /// Digits. Default 6.
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

/// How mail leaves.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailProvider {
    /// Whatever this says, the outbox keeps a copy.
    pub name: EmailProviderName,
    /// For `smtp`: the server.
    pub credentials: SmtpCredentials,
    /// Mock only, for `file`: the folder that mails are written to. Default `mails`.
    pub folder: std::path::PathBuf,
}

impl Default for EmailProvider {
    fn default() -> Self {
        Self {
            name: EmailProviderName::Outbox,
            credentials: SmtpCredentials::default(),
            folder: "mails".into(),
        }
    }
}

/// An SMTP server, with the Management API's field names.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct SmtpCredentials {
    /// Default `localhost`.
    pub smtp_host: String,
    /// Default 1025, where tools that catch mail listen; 465 speaks TLS from the first byte.
    pub smtp_port: u16,
    /// User name; left out: no authentication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_user: Option<String>,
    /// Password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_pass: Option<Secret>,
}

impl Default for SmtpCredentials {
    fn default() -> Self {
        Self {
            smtp_host: "localhost".to_owned(),
            smtp_port: 1025,
            smtp_user: None,
            smtp_pass: None,
        }
    }
}

/// Names of e-mail providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailProviderName {
    /// Kept in memory. As at Auth0 without a provider of one's own, the connection's From, Subject and Body are ignored.
    Outbox,
    /// Written to a folder as `.eml` files, with the connection's own texts.
    File,
    /// Sent to an SMTP server, with the connection's own texts.
    Smtp,
    /// Mock only: nothing can be sent. Mail is lost and logged, text messages are refused.
    Fail,
}

/// A person who exists from the start.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UserSeed {
    /// Connection; default `email`, or `sms` when only a number is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Number in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// Display name; default the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether logging in is forbidden.
    pub blocked: bool,
}

impl Config {
    /// The client named `client_id`.
    pub(crate) fn client(&self, client_id: &str) -> Option<&Client> {
        self.clients.iter().find(|c| c.client_id == client_id)
    }

    /// The connection named `name`.
    pub(crate) fn connection(&self, name: &str) -> Option<&Connection> {
        self.connections.iter().find(|c| c.name == name)
    }
}

impl Client {
    /// Whether the client can keep a secret, and so must authenticate.
    #[must_use]
    pub fn is_confidential(&self) -> bool {
        match self.token_endpoint_auth_method {
            Some(method) => method != AuthMethod::None,
            None => matches!(self.app_type, AppType::RegularWeb | AppType::NonInteractive),
        }
    }

    /// Whether each use of a refresh token makes a new one.
    pub(crate) fn rotates_refresh_tokens(&self) -> bool {
        match self.refresh_token.rotation_type {
            Some(rotation) => rotation == RotationType::Rotating,
            None => !self.is_confidential(),
        }
    }

    /// Whether `grant` is enabled.
    #[must_use]
    pub fn may_use(&self, grant: &str) -> bool {
        match &self.grant_types {
            Some(grants) => grants.iter().any(|enabled| enabled == grant),
            None => {
                matches!(grant, "implicit" | "authorization_code" | "refresh_token")
                    || (grant == "client_credentials" && self.is_confidential())
            }
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
