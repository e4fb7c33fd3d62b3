//! `private_key_jwt`: a client authenticates with a JWT that it has signed (RFC 7523, OIDC Core section 9).
//!
//! <https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt>. The texts of the
//! errors are the mock's own, because no source tells Auth0's.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::signature::Verifier as _;
use rsa::{pkcs1v15, pss};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Sha256, Sha384};

use crate::config::{AuthMethod, Client, Config, Credential, SigningAlgorithm};
use crate::expiring::Expiring;
use crate::keys::read_public;
use crate::request::Params;

/// The only known `client_assertion_type`.
pub(crate) const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The longest accepted lifetime of an assertion, in seconds.
pub(crate) const MAX_LIFE_S: u64 = 300;
/// The accepted difference between the clocks, in seconds.
const LEEWAY_S: u64 = 10;

/// Why an assertion is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AssertionError {
    #[error("client_assertion_type must be {JWT_BEARER}")]
    Type,
    #[error("client_assertion is not a signed JWT")]
    Malformed,
    #[error("The client does not authenticate with private_key_jwt")]
    NotRegistered,
    #[error("client_assertion is not signed with one of the client's keys")]
    Signature,
    #[error("client_assertion claim {0} is missing or wrong")]
    Claim(&'static str),
    #[error("client_assertion has expired")]
    Expired,
    #[error("client_assertion may live for {MAX_LIFE_S} seconds at most")]
    TooLongLived,
    #[error("client_assertion was used before")]
    Reused,
}

/// The used assertions by client and `jti`, until they expire.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Assertions(Expiring<String, ()>);

impl Assertions {
    /// Remembers an assertion. Returns false if it was used before.
    fn take(&mut self, name: String, expires_at_ms: u64, now_ms: u64) -> bool {
        let is_new = self.0.get(&name, now_ms).is_none();
        self.0.insert(name, (), expires_at_ms, now_ms);
        is_new
    }
}

/// Authenticates the client by the assertion in `params`. `None` without an assertion.
pub(crate) fn authenticate(
    (config, used): (&Config, &mut Assertions),
    params: &Params,
    base_url: &str,
    now_ms: u64,
) -> Option<Result<Client, AssertionError>> {
    let assertion = params.value("client_assertion")?;
    let kind = params.str("client_assertion_type");
    let checked = match (kind, assertion.as_str()) {
        (Some(JWT_BEARER), Some(text)) => Jwt::parse(text),
        (Some(JWT_BEARER), None) => Err(AssertionError::Malformed),
        _ => Err(AssertionError::Type),
    };
    Some(checked.and_then(|jwt| jwt.check((config, used), params, base_url, now_ms)))
}

struct Jwt<'a> {
    /// The signed text.
    input: &'a str,
    alg: String,
    kid: Option<String>,
    claims: Value,
    signature: Vec<u8>,
}

impl<'a> Jwt<'a> {
    fn parse(text: &'a str) -> Result<Self, AssertionError> {
        Self::read(text).ok_or(AssertionError::Malformed)
    }

    fn read(text: &'a str) -> Option<Self> {
        let (input, signature) = text.rsplit_once('.')?;
        let (header, claims) = input.split_once('.')?;
        let json = |part: &str| -> Option<Value> {
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
        };
        let header = json(header)?;
        let text_of = |name: &str| header.get(name)?.as_str().map(str::to_owned);
        Some(Self {
            input,
            alg: text_of("alg")?,
            kid: text_of("kid"),
            claims: json(claims).filter(Value::is_object)?,
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    fn check(
        &self,
        (config, used): (&Config, &mut Assertions),
        params: &Params,
        base_url: &str,
        now_ms: u64,
    ) -> Result<Client, AssertionError> {
        let sub = self.text("sub").ok_or(AssertionError::Claim("sub"))?;
        if params.str("client_id").is_some_and(|id| id != sub) {
            return Err(AssertionError::Claim("sub"));
        }
        let client = config.client(sub).ok_or(AssertionError::NotRegistered)?;
        if client.token_endpoint_auth_method != Some(AuthMethod::PrivateKeyJwt) {
            return Err(AssertionError::NotRegistered);
        }
        let methods = client.client_authentication_methods.as_ref();
        let credentials = methods.map_or(&[][..], |m| m.private_key_jwt.credentials.as_slice());
        if !credentials
            .iter()
            .any(|credential| self.is_signed(credential))
        {
            return Err(AssertionError::Signature);
        }
        if self.text("iss") != Some(sub) {
            return Err(AssertionError::Claim("iss"));
        }
        if !self.is_for(base_url) {
            return Err(AssertionError::Claim("aud"));
        }
        let expires_at_ms = self.check_times(now_ms)?;
        let jti = self.text("jti").ok_or(AssertionError::Claim("jti"))?;
        if used.take(format!("{sub} {jti}"), expires_at_ms, now_ms) {
            Ok(client.clone())
        } else {
            Err(AssertionError::Reused)
        }
    }

    /// Checks the times. Returns when the assertion expires, in milliseconds. A time that is not a number is refused: to ignore it
    /// would be to skip the check (CVE-2026-25537).
    fn check_times(&self, now_ms: u64) -> Result<u64, AssertionError> {
        let now = now_ms / 1_000;
        let number = |name: &'static str| match self.claims.get(name) {
            None => Ok(None),
            Some(value) => value.as_u64().map(Some).ok_or(AssertionError::Claim(name)),
        };
        let exp = number("exp")?.ok_or(AssertionError::Claim("exp"))?;
        for name in ["iat", "nbf"] {
            if number(name)?.is_some_and(|at| at > now + LEEWAY_S) {
                return Err(AssertionError::Claim(name));
            }
        }
        if now >= exp.saturating_add(LEEWAY_S) {
            return Err(AssertionError::Expired);
        }
        if exp > now + MAX_LIFE_S + LEEWAY_S {
            return Err(AssertionError::TooLongLived);
        }
        Ok((exp + LEEWAY_S) * 1_000)
    }

    /// Whether the audience is this tenant: the issuer, as Auth0 requires, or the URL of the token endpoint, which RFC 7523 section
    /// 3 also allows.
    fn is_for(&self, base_url: &str) -> bool {
        let fits = |aud: &Value| {
            aud.as_str().is_some_and(|aud| {
                aud.trim_end_matches('/') == base_url || aud == format!("{base_url}/oauth/token")
            })
        };
        match self.claims.get("aud") {
            Some(Value::Array(several)) => several.iter().any(fits),
            Some(one) => fits(one),
            None => false,
        }
    }

    /// Whether the signature is valid. The algorithm is the credential's, never that of the header, so that an attacker cannot
    /// choose it.
    fn is_signed(&self, credential: &Credential) -> bool {
        let name = match credential.alg {
            SigningAlgorithm::RS256 => "RS256",
            SigningAlgorithm::RS384 => "RS384",
            SigningAlgorithm::PS256 => "PS256",
        };
        let is_named = match (&self.kid, &credential.kid) {
            (Some(sent), Some(known)) => sent == known,
            _ => true,
        };
        let Some(key) = read_public(&credential.pem).filter(|_| is_named && self.alg == name)
        else {
            return false;
        };
        let (input, signature) = (self.input.as_bytes(), self.signature.as_slice());
        match credential.alg {
            SigningAlgorithm::RS256 => pkcs1v15::Signature::try_from(signature).is_ok_and(|s| {
                pkcs1v15::VerifyingKey::<Sha256>::new(key)
                    .verify(input, &s)
                    .is_ok()
            }),
            SigningAlgorithm::RS384 => pkcs1v15::Signature::try_from(signature).is_ok_and(|s| {
                pkcs1v15::VerifyingKey::<Sha384>::new(key)
                    .verify(input, &s)
                    .is_ok()
            }),
            SigningAlgorithm::PS256 => pss::Signature::try_from(signature).is_ok_and(|s| {
                pss::VerifyingKey::<Sha256>::new(key)
                    .verify(input, &s)
                    .is_ok()
            }),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.claims
            .get(name)?
            .as_str()
            .filter(|text| !text.is_empty())
    }
}
