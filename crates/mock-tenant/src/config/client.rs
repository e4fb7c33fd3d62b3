//! Applications.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::secret::Secret;

/// An application.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
    /// Allowed Web Origins: the origins that may call `/co/authenticate`.
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
    /// Grants. Default: those of the application's type, without `passwordless/otp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_types: Option<Vec<String>>,
    /// How the client authenticates at `/oauth/token`. Default: by type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_endpoint_auth_method: Option<AuthMethod>,
    /// Trust Token Endpoint IP Header: accept `auth0-forwarded-for` if the client authenticates with its secret.
    pub is_token_endpoint_ip_header_trusted: bool,
    /// Rotation and lifetime of refresh tokens.
    pub refresh_token: RefreshTokenSettings,
    /// Signature and lifetime of ID tokens.
    pub jwt_configuration: JwtConfiguration,
    /// Whether the application belongs to the tenant's owner. Only then its allow-lists may have wildcards. Default: true.
    pub is_first_party: bool,
    /// Whether people log in to an organization. Default deny.
    pub organization_usage: OrganizationUsage,
    /// Public keys of a client that uses `private_key_jwt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_authentication_methods: Option<ClientAuthenticationMethods>,
    /// Free text by name.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub client_metadata: Map<String, Value>,
    /// Mock only: custom claims of tokens for this client, which override the tenant's. See `TenantSettings::claims`.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub claims: Map<String, Value>,
}

impl Default for Client {
    fn default() -> Self {
        Self {
            client_id: String::new(),
            client_secret: None,
            name: String::new(),
            app_type: AppType::default(),
            callbacks: Vec::new(),
            web_origins: Vec::new(),
            allowed_origins: Vec::new(),
            allowed_logout_urls: Vec::new(),
            cross_origin_authentication: false,
            cross_origin_loc: None,
            grant_types: None,
            token_endpoint_auth_method: None,
            is_token_endpoint_ip_header_trusted: false,
            refresh_token: RefreshTokenSettings::default(),
            jwt_configuration: JwtConfiguration::default(),
            is_first_party: true,
            organization_usage: OrganizationUsage::default(),
            client_authentication_methods: None,
            client_metadata: Map::new(),
            claims: Map::new(),
        }
    }
}

/// A client's ID tokens.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct JwtConfiguration {
    /// Default RS256.
    pub alg: TokenAlgorithm,
    /// Lifetime in seconds. Default 36,000.
    pub lifetime_in_seconds: u64,
}

impl Default for JwtConfiguration {
    fn default() -> Self {
        Self {
            alg: TokenAlgorithm::RS256,
            lifetime_in_seconds: 36_000,
        }
    }
}

/// Algorithms of ID tokens (RFC 7518).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenAlgorithm {
    /// Signed with the tenant's key.
    RS256,
    /// Signed with the client's secret (HMAC).
    HS256,
}

/// Whether people log in to an organization.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationUsage {
    /// Never: `organization` is refused.
    #[default]
    Deny,
    /// If the request has the parameter `organization`.
    Allow,
    /// Always: without `organization` there is no login.
    Require,
}

/// How a client authenticates by signing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClientAuthenticationMethods {
    /// RFC 7523.
    pub private_key_jwt: PrivateKeyJwt,
}

/// The keys of a client that signs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PrivateKeyJwt {
    /// The client's keys. A signature by any of them is accepted.
    pub credentials: Vec<Credential>,
}

/// A public key of a client.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Credential {
    /// Always `public_key`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub credential_type: String,
    /// Name for people.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The RSA key, as `-----BEGIN PUBLIC KEY-----`.
    pub pem: String,
    /// How assertions are signed. Default RS256.
    pub alg: SigningAlgorithm,
    /// Identifier that assertions may name in their header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
}

/// Algorithms of client assertions (RFC 7518).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SigningAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    #[default]
    RS256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    RS384,
    /// RSASSA-PSS with SHA-256.
    PS256,
}

/// Rotation and lifetime of refresh tokens.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct RefreshTokenSettings {
    /// Whether each use makes a new refresh token. Default: yes for public clients, no for confidential ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_type: Option<RotationType>,
    /// Seconds for which a rotated token may be used again, for example by a retry. Default 0.
    pub leeway: u64,
    /// Lifetime of a login's refresh tokens in seconds. Default 2,592,000 (30 days).
    pub token_lifetime: u64,
    /// Lifetime of an unused refresh token in seconds. Default 1,296,000 (15 days).
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
    /// When a token that is made or used at `now_ms` expires if it is not used again, in milliseconds. `None`: never.
    pub(crate) fn idle_at_ms(&self, now_ms: u64) -> Option<u64> {
        let end_ms = now_ms.saturating_add(self.idle_token_lifetime.saturating_mul(1_000));
        (!self.infinite_idle_token_lifetime).then_some(end_ms)
    }
}

/// Whether each use of a refresh token makes a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RotationType {
    /// The token stays valid.
    NonRotating,
    /// A new token replaces it. If the old one is used again, all refresh tokens of the same login are revoked.
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
    /// A JWT that the client has signed. Its secret is not accepted then.
    PrivateKeyJwt,
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
