//! Paths of endpoints that are used in more than one place.

pub(crate) const AUTHORIZE: &str = "/authorize";
pub(crate) const CHALLENGE: &str = "/passwordless/challenge";
pub(crate) const CO_AUTHENTICATE: &str = "/co/authenticate";
pub(crate) const CO_VERIFIED: &str = "/co/verified";
pub(crate) const JWKS: &str = "/.well-known/jwks.json";
pub(crate) const LOGIN: &str = "/login";
pub(crate) const LOGOUT: &str = "/v2/logout";
pub(crate) const OIDC_LOGOUT: &str = "/oidc/logout";
pub(crate) const REVOKE: &str = "/oauth/revoke";
pub(crate) const START: &str = "/passwordless/start";
pub(crate) const TOKEN: &str = "/oauth/token";
pub(crate) const UNBLOCK: &str = "/unblock";
pub(crate) const USERINFO: &str = "/userinfo";
pub(crate) const VERIFY: &str = "/passwordless/verify";
pub(crate) const VERIFY_REDIRECT: &str = "/passwordless/verify_redirect";
/// Auth0 serves the magic link at both paths.
pub(crate) const VERIFY_REDIRECT_DASHED: &str = "/passwordless/verify-redirect";
