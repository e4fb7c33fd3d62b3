//! The checks of an ID token (OpenID Connect Core 1.0 section 3.1.3.7), in auth0.js's order and with its texts.

use crate::base64url;
use crate::client::Client;
use crate::env::Env;
use crate::error::Error;
use crate::text::split;
use crate::wire::{Params, Value, get};

/// A decoded token (RFC 7519) that has not been checked.
pub(crate) struct Jwt<'a> {
    pub(crate) header: Value,
    pub(crate) payload: Value,
    /// Header and payload as they were signed, encoded and joined by a dot.
    signed: &'a str,
    signature: &'a str,
}

/// Decodes `token`. `None` if it is not a JWT with three sections.
pub(crate) fn decode<'a>(env: &impl Env, token: &'a str) -> Option<Jwt<'a>> {
    let (header, rest) = split(token, ".")?;
    let (payload, signature) = split(rest, ".")?;
    if split(signature, ".").is_some() {
        return None;
    }
    let json = |part: &str| env.parse_json(&String::from_utf8(base64url::decode(part)?).ok()?);
    Some(Jwt {
        header: json(header)?,
        payload: json(payload)?,
        signed: token.get(..header.len() + 1 + payload.len())?,
        signature,
    })
}

/// auth0.js's text for a leeway that is out of range. auth0.js checks the leeway only when it has a token to check.
pub(crate) const LEEWAY_OUT_OF_RANGE: &str =
    "The leeway should be positive and lower than five minutes.";

impl<E: Env> Client<E> {
    /// Checks `token` and returns its claims, with their own names. The nonce claim is checked only if `nonce` is a text.
    ///
    /// # Errors
    /// [`Error::InvalidToken`]; [`Error::CryptoUnavailable`]; the errors of the request for the keys.
    pub(crate) async fn verify_id_token(&self, token: &str, nonce: &Value) -> Result<Value, Error> {
        let Some(jwt) = decode(&self.env, token) else {
            return Err(invalid(&["ID token could not be decoded"]));
        };
        let alg = jwt.header.member("alg").as_str().unwrap_or("undefined");
        if alg != "RS256" {
            return Err(invalid(&[
                "Signature algorithm of \"",
                alg,
                "\" is not supported. Expected the ID token to be signed with \"RS256\".",
            ]));
        }
        let key = self.public_key(jwt.header.member("kid")).await?;
        let genuine = match base64url::decode(jwt.signature) {
            Some(signature) => self.env.verify_rs256(&key, jwt.signed, &signature).await,
            None => Some(false),
        };
        if !genuine.ok_or(Error::CryptoUnavailable)? {
            return Err(invalid(&["Invalid ID token signature."]));
        }
        self.check_claims(&jwt.payload, nonce)?;
        Ok(jwt.payload)
    }

    fn check_claims(&self, claims: &Value, nonce: &Value) -> Result<(), Error> {
        let client_id = self
            .settings
            .option("clientID")
            .as_str()
            .unwrap_or_default();
        let issuer = text_claim(claims, "Issuer (iss)")?;
        let expected = self.issuer();
        if issuer != expected {
            return Err(mismatch(
                "Issuer (iss) claim",
                ", expected \"",
                &expected,
                "\", found \"",
                issuer,
            ));
        }
        text_claim(claims, "Subject (sub)")?;
        let several = check_audience(claims.member("aud"), client_id)?;
        if let Some(nonce) = nonce.as_str().filter(|nonce| !nonce.is_empty()) {
            let found = text_claim(claims, "Nonce (nonce)")?;
            if found != nonce {
                return Err(mismatch(
                    "Nonce (nonce) claim value",
                    EXPECTED,
                    nonce,
                    FOUND,
                    found,
                ));
            }
        }
        if several {
            let Some(found) = text_of(claims, "azp") else {
                return Err(invalid(&[
                    "Authorized Party (azp)",
                    MUST_BE_STRING,
                    " when Audience (aud) claim has multiple values",
                ]));
            };
            if found != client_id {
                return Err(mismatch(
                    "Authorized Party (azp) claim",
                    EXPECTED,
                    client_id,
                    FOUND,
                    found,
                ));
            }
        }
        self.check_times(claims)
    }

    fn check_times(&self, claims: &Value) -> Result<(), Error> {
        let exp = number_claim(claims, "exp", "Expiration Time (exp)", "")?;
        number_claim(claims, "iat", "Issued At (iat)", "")?;
        let (now, leeway) = (self.env.now_ms(), self.leeway_s());
        let late = |name: &str, between: &str, limit_s: f64| {
            let (now, limit) = (
                self.env.date_text(now),
                self.env.date_text(limit_s * 1000.0),
            );
            invalid(&[name, "urrent time \"", &now, between, &limit, "\""])
        };
        if now > (exp + leeway) * 1000.0 {
            return Err(late(
                "Expiration Time (exp) claim error in the ID token; c",
                "\" is after expiration time \"",
                exp + leeway,
            ));
        }
        if let Some(nbf) = claims.member("nbf").as_f64().filter(|nbf| *nbf != 0.0)
            && now < (nbf - leeway) * 1000.0
        {
            return Err(late(
                "Not Before Time (nbf) claim error in the ID token; c",
                "\" is before the not before time \"",
                nbf - leeway,
            ));
        }
        let max_age = self.settings.option("maxAge");
        if let Some(max_age) = max_age.as_f64().filter(|_| max_age.is_truthy()) {
            let when = " when Max Age (max_age) is specified";
            let auth_time =
                number_claim(claims, "auth_time", "Authentication Time (auth_time)", when)?;
            let limit = auth_time + max_age + leeway;
            if now > limit * 1000.0 {
                return Err(late(
                    "Authentication Time (auth_time) claim in the ID token indicates that too much time has passed since the last end-user authentication. C",
                    "\" is after last auth time at \"",
                    limit,
                ));
            }
        }
        Ok(())
    }

    /// The seconds by which the clocks of tenant and browser may differ. The default is 60. In auth0.js 0 also means the
    /// default; here it means 0.
    fn leeway_s(&self) -> f64 {
        self.settings.option("leeway").as_f64().unwrap_or(60.0)
    }

    /// Checks that the leeway is from 0 to 300 seconds. As in auth0.js this happens only if `response` has an ID token, and the
    /// text is auth0.js's.
    pub(crate) fn check_leeway(&self, response: &Params) -> Result<(), Error> {
        let token =
            get(response, "id_token").is_truthy() && *get(response, "error") == Value::Undefined;
        if !token || (0.0..=300.0).contains(&self.leeway_s()) {
            Ok(())
        } else {
            Err(Error::InvalidOptions(LEEWAY_OUT_OF_RANGE))
        }
    }

    /// Checks that the ID token is for the organization of the authorization request.
    pub(crate) fn check_organization(claims: &Value, organization: &Value) -> Result<(), Error> {
        let Some(organization) = organization.as_str().filter(|name| !name.is_empty()) else {
            return Ok(());
        };
        let (claim, expected) = if organization.starts_with("org_") {
            ("Organization Id (org_id)", organization.to_owned())
        } else {
            (
                "Organization Name (org_name)",
                organization.to_ascii_lowercase(),
            )
        };
        let found = text_claim(claims, claim)?;
        if found == expected {
            Ok(())
        } else {
            let claim = [claim, " claim value"].concat();
            Err(mismatch(&claim, EXPECTED, organization, FOUND, found))
        }
    }

    /// Checks an access token against the claim `at_hash` (OpenID Connect Core 1.0 section 3.1.3.6), if the ID token has it.
    pub(crate) async fn check_access_token(
        &self,
        claims: &Value,
        token: &Value,
    ) -> Result<(), Error> {
        let (hash, Some(token)) = (claims.member("at_hash"), token.as_str()) else {
            return Ok(());
        };
        if !hash.is_truthy() {
            return Ok(());
        }
        let digest = self
            .env
            .sha256(token)
            .await
            .ok_or(Error::CryptoUnavailable)?;
        let half = digest.get(..16).unwrap_or_default();
        if hash.as_str() == Some(&base64url::encode(half)) {
            Ok(())
        } else {
            Err(invalid(&["Invalid access_token"]))
        }
    }
}

const MUST_BE_STRING: &str = " claim must be a string present in the ID token";
const EXPECTED: &str = "; expected \"";
const FOUND: &str = "\", found \"";

fn invalid(parts: &[&str]) -> Error {
    Error::InvalidToken(parts.concat().into())
}

fn mismatch(claim: &str, before: &str, expected: &str, between: &str, found: &str) -> Error {
    invalid(&[
        claim,
        " mismatch in the ID token",
        before,
        expected,
        between,
        found,
        "\"",
    ])
}

fn text_of<'a>(claims: &'a Value, name: &str) -> Option<&'a str> {
    claims.member(name).as_str().filter(|text| !text.is_empty())
}

/// The text claim of a title that ends in the claim's name in brackets, `Subject (sub)`.
fn text_claim<'a>(claims: &'a Value, title: &str) -> Result<&'a str, Error> {
    let name = split(title, "(").and_then(|(_, name)| name.strip_suffix(')'));
    text_of(claims, name.unwrap_or_default()).ok_or_else(|| invalid(&[title, MUST_BE_STRING]))
}

fn number_claim(claims: &Value, name: &str, title: &str, when: &str) -> Result<f64, Error> {
    let claim = claims.member(name).as_f64().filter(|number| *number != 0.0);
    claim.ok_or_else(|| {
        invalid(&[
            title,
            " claim must be a number present in the ID token",
            when,
        ])
    })
}

/// Checks that the client is an audience of the token. Returns whether the token has several audiences.
fn check_audience(aud: &Value, client_id: &str) -> Result<bool, Error> {
    let claim = "Audience (aud) claim";
    match aud {
        Value::String(found) if !found.is_empty() => {
            if found == client_id {
                Ok(false)
            } else {
                Err(mismatch(
                    claim,
                    EXPECTED,
                    client_id,
                    "\" but found \"",
                    found,
                ))
            }
        }
        Value::Array(found) => {
            let found: Vec<_> = found
                .iter()
                .map(|one| one.as_str().unwrap_or_default())
                .collect();
            if found.contains(&client_id) {
                Ok(found.len() > 1)
            } else {
                let found = found.join(", ");
                Err(mismatch(
                    claim,
                    EXPECTED,
                    client_id,
                    "\" but was not one of \"",
                    &found,
                ))
            }
        }
        _ => Err(invalid(&[
            claim,
            " must be a string or array of strings present in the ID token",
        ])),
    }
}
