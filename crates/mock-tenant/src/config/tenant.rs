//! Tenant-wide settings.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::attack::{BruteForceProtection, SuspiciousIpThrottling};

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
    /// Lifetime of a session in hours. Default 168.
    pub session_lifetime: u64,
    /// Feature flags.
    pub flags: Flags,
    /// Mock only: whether the errors of `/co/authenticate` distinguish expired and too often tried codes from wrong ones. Default:
    /// true.
    pub distinct_code_errors: bool,
    /// Mock only: whether `/passwordless/start` has the same response for addresses that may not log in. Auth0: no.
    pub uniform_start: bool,
    /// Mock only: `/passwordless/start` calls an hour and IP address; 0 switches the limit off. Default 50.
    pub passwordless_start_per_hour: u32,
    /// Mock only: `/co/authenticate` calls a second, of all callers together; 0 switches the limit off. Default 5.
    pub co_authenticate_per_second: u32,
    /// Mock only: `/oauth/token` calls a second, of all callers together; 0 switches the limit off. Default 30.
    pub token_per_second: u32,
    /// Mock only: `/userinfo` calls a minute and person, twice as many at once; 0 switches the limit off. Default 5.
    pub userinfo_per_minute: u32,
    /// Mock only: `/.well-known/jwks.json` calls a second, of all callers together; 0 switches the limit off. Default 20.
    pub jwks_per_second: u32,
    /// Mock only: messages a minute and IP address that the hosted login page sends; 0 switches the limit off. Default 5.
    pub hosted_challenges_per_minute: u32,
    /// Mock only: logins a minute of one person from one IP address, twice as many at once; 0 switches the limit off.
    /// Default 10.
    pub logins_per_minute: u32,
    /// Mock only: calls a minute to all of the authentication API; 0 switches the limit off. Default 300, Auth0's free plan.
    pub requests_per_minute: u32,
    /// Mock only: decisions at a login that Auth0 leaves to an Action or a Rule. The first rule that matches is applied.
    pub rules: Vec<Rule>,
    /// Organizations that people can log in to.
    pub organizations: Vec<Organization>,
    /// The tenant's custom domain, for templates and URL placeholders. Default: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_domain: Option<CustomDomain>,
    /// Protection against guessing.
    pub attack_protection: AttackProtection,
    /// Mock only: whether authorization responses name the issuer (`iss`, RFC 9207), and discovery says so. Auth0: no.
    pub authorization_response_iss_parameter_supported: bool,
    /// The page that shows errors that must not be sent to an application. Default: a page of the tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_page: Option<ErrorPage>,
    /// Mock only: lifetime of an authorization code in seconds. Default 60.
    pub authorization_code_lifetime_s: u64,
    /// Mock only: lifetime of a login ticket in seconds. Default 60.
    pub login_ticket_lifetime_s: u64,
    /// Mock only: whether the tenant behaves as if browsers blocked the cookie of `/co/authenticate`, so that the application's
    /// verification page (`cross_origin_loc`) is needed. Default: false.
    pub block_third_party_cookies: bool,
    /// Mock only: whether `GET /user/ssodata` responds with `{"sso":false}`, as on old tenants. Otherwise it responds with 404.
    /// Default: true, and false for new tenants.
    pub user_ssodata: bool,
    /// Mock only: whether a loopback callback may use any port (RFC 8252 section 7.3). Auth0: no.
    pub loopback_any_port: bool,
    /// Mock only: the response headers that pages of other origins may read (`Access-Control-Expose-Headers`). Auth0: none.
    pub cors_expose_headers: Vec<String>,
    /// Mock only: custom claims of ID tokens, access tokens and `/userinfo`, as an Action would add them. Texts are Liquid templates
    /// with the variables `user` and `client`: `{"https://example.com/plan": "{{ user.user_metadata.plan }}"}`. The client's claims
    /// override these, and the person's claims override both.
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    pub claims: serde_json::Map<String, serde_json::Value>,
    /// Mock only: whether the hosted login page has buttons to log in as a known person. Default: false.
    pub login_as: bool,
}

/// Protection against guessing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AttackProtection {
    /// Blocks an identifier after too many failed logins.
    pub brute_force_protection: BruteForceProtection,
    /// Refuses an IP address after too many failed logins of any identifiers.
    pub suspicious_ip_throttling: SuspiciousIpThrottling,
    /// Asks for a captcha before a message is sent.
    pub bot_detection: BotDetection,
}

/// Bot detection: <https://auth0.com/docs/secure/attack-protection/bot-detection>
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BotDetection {
    /// When `/passwordless/start` asks for a captcha. Default: never.
    pub challenge_passwordless_policy: ChallengePolicy,
    /// Addresses that are never asked.
    pub allowlist: Vec<IpAddr>,
}

/// When a captcha is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChallengePolicy {
    /// Never.
    #[default]
    Never,
    /// After failed logins from the same IP address.
    WhenRisky,
    /// For every message.
    Always,
}

/// A decision at a login that Auth0 leaves to an Action or a Rule. A missing condition matches every login.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// E-mail address or number of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// The client to which the person logs in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Refuses the login with `access_denied` and this description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deny: Option<String>,
    /// Asks for a second factor. The mock has none, so the login ends with `mfa_required`.
    pub mfa: bool,
}

/// An organization: <https://auth0.com/docs/manage-users/organizations>
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Organization {
    /// `org_...`; required.
    pub id: String,
    /// Lower-case name that also stands in URLs; required.
    pub name: String,
    /// Name for people.
    pub display_name: String,
    /// Free text by name, for templates.
    pub metadata: BTreeMap<String, String>,
    /// Logo and colours (`logo_url`, `colors.primary`, `colors.page_background`), for templates.
    pub branding: serde_json::Map<String, serde_json::Value>,
}

/// A tenant's own error page: it gets `client_id, connection, lang, error, error_description, tracking`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorPage {
    /// The address. Empty: there is no such page.
    pub url: String,
}

/// A custom domain.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomDomain {
    /// Host name.
    pub domain: String,
    /// Free text by name. Keys that begin with `public_` may be used in allow-lists.
    pub domain_metadata: BTreeMap<String, String>,
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

impl TenantSettings {
    /// The organization whose id or name is `wanted`.
    pub(crate) fn organization(&self, wanted: &str) -> Option<&Organization> {
        self.organizations
            .iter()
            .find(|o| o.id == wanted || o.name.eq_ignore_ascii_case(wanted))
    }
}
