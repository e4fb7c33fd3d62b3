//! The built-in tenant, which is used without a configuration file.

use super::{
    AppType, AttackProtection, Client, Config, Connection, ConnectionOptions, EmailProvider, Flags,
    Strategy, TenantSettings, Totp,
};
use crate::secret::Secret;

/// Default lifetime of an authorization code in seconds. No source tells Auth0's.
pub(crate) const AUTHORIZATION_CODE_S: u64 = 60;
/// Default lifetime of a login ticket in seconds. No source tells Auth0's.
pub(crate) const LOGIN_TICKET_S: u64 = 60;
/// Default for whether errors distinguish expired and too often tried codes from wrong ones. No source tells what Auth0 does.
pub(crate) const DISTINCT_CODE_ERRORS: bool = true;

/// Which generation of Auth0 tenants to resemble.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Preset {
    /// A tenant as it was when embedded passwordless login of regular web apps was designed.
    #[default]
    Classic,
    /// A tenant made today: clients with a secret must send it to `/passwordless/start`.
    NewTenant,
}

/// The default of `--app-url`, the origin of the built-in clients' URLs.
pub(crate) const DEFAULT_APP_URL: &str = "http://localhost:3000";

/// Grants of the built-in web app: those of its type, and `passwordless/otp`, with which a server logs people in without a script.
/// At Auth0 that one is off by default.
const WEB_GRANTS: [&str; 5] = [
    "authorization_code",
    "client_credentials",
    "http://auth0.com/oauth/grant-type/passwordless/otp",
    "implicit",
    "refresh_token",
];

impl Default for Config {
    fn default() -> Self {
        Self::builtin(Preset::Classic, DEFAULT_APP_URL)
    }
}

impl Config {
    /// The built-in tenant. `app_url` is the origin of the application, without a trailing slash.
    #[must_use]
    pub fn builtin(preset: Preset, app_url: &str) -> Self {
        let app_url = app_url.trim_end_matches('/');
        Self {
            tenant: TenantSettings::preset(preset),
            clients: vec![
                Client {
                    client_secret: Some(Secret::new("latchkey-web-secret")),
                    grant_types: Some(WEB_GRANTS.map(str::to_owned).to_vec()),
                    is_token_endpoint_ip_header_trusted: true,
                    ..client(
                        "latchkey-web",
                        "Latchkey sample",
                        AppType::RegularWeb,
                        app_url,
                    )
                },
                client("latchkey-spa", "Latchkey sample SPA", AppType::Spa, app_url),
            ],
            connections: vec![
                connection("email", Strategy::Email),
                connection("sms", Strategy::Sms),
            ],
            email_provider: EmailProvider::default(),
            users: Vec::new(),
        }
    }
}

fn client(client_id: &str, name: &str, app_type: AppType, app_url: &str) -> Client {
    Client {
        client_id: client_id.to_owned(),
        name: name.to_owned(),
        app_type,
        callbacks: vec![format!("{app_url}/callback"), format!("{app_url}/")],
        web_origins: vec![app_url.to_owned()],
        allowed_origins: vec![app_url.to_owned()],
        allowed_logout_urls: vec![format!("{app_url}/"), app_url.to_owned()],
        cross_origin_authentication: true,
        ..Client::default()
    }
}

fn connection(name: &str, strategy: Strategy) -> Connection {
    let mut auth_params = serde_json::Map::new();
    auth_params.insert("scope".to_owned(), "openid profile email".into());
    Connection {
        name: name.to_owned(),
        strategy,
        options: ConnectionOptions {
            name: name.to_owned(),
            totp: Totp::default(),
            auth_params,
            brute_force_protection: true,
            ..ConnectionOptions::default()
        },
        enabled_clients: None,
    }
}

impl Default for Connection {
    fn default() -> Self {
        // The default has no name, so that a configuration without a name is refused.
        connection("", Strategy::Email)
    }
}

impl TenantSettings {
    fn preset(preset: Preset) -> Self {
        Self {
            name: "mock".to_owned(),
            friendly_name: "Latchkey mock tenant".to_owned(),
            support_email: String::new(),
            support_url: String::new(),
            allowed_logout_urls: Vec::new(),
            session_lifetime: 168,
            flags: Flags::preset(preset),
            distinct_code_errors: DISTINCT_CODE_ERRORS,
            uniform_start: false,
            passwordless_start_per_hour: 50,
            co_authenticate_per_second: 5,
            token_per_second: 30,
            userinfo_per_minute: 5,
            jwks_per_second: 20,
            hosted_challenges_per_minute: 5,
            logins_per_minute: 10,
            requests_per_minute: 300,
            rules: Vec::new(),
            organizations: Vec::new(),
            custom_domain: None,
            attack_protection: AttackProtection::default(),
            authorization_response_iss_parameter_supported: false,
            error_page: None,
            authorization_code_lifetime_s: AUTHORIZATION_CODE_S,
            login_ticket_lifetime_s: LOGIN_TICKET_S,
            block_third_party_cookies: false,
            user_ssodata: preset == Preset::Classic,
            loopback_any_port: false,
            cors_expose_headers: Vec::new(),
            claims: serde_json::Map::new(),
            login_as: false,
        }
    }
}

impl Flags {
    fn preset(preset: Preset) -> Self {
        Self {
            enforce_client_authentication_on_passwordless_start: preset == Preset::NewTenant,
            allow_magiclink_verify_without_session: preset == Preset::Classic,
        }
    }
}

impl Default for Flags {
    fn default() -> Self {
        Self::preset(Preset::Classic)
    }
}

impl Default for TenantSettings {
    fn default() -> Self {
        Self::preset(Preset::Classic)
    }
}
