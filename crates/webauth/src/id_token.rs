//! The checks of an ID token (OpenID Connect Core 1.0 section 3.1.3.7), in auth0.js's order and with its texts. `check_tokens` in
//! `callback.rs` makes them for every authorization response. Leeway, `maxAge` and issuer are options of the constructor; nonce and
//! organization are those of the request.

use crate::authorization_response::{ERROR, has_any};
use crate::base64url;
use crate::client::Client;
use crate::env::Env;
use crate::error::Error;
use crate::text::{parts, split};
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
            return Err(invalid("ID token could not be decoded", &[]));
        };
        let alg = jwt.header.member("alg").as_str().unwrap_or("undefined");
        if alg != "RS256" {
            return Err(invalid(
                "Signature algorithm of \"%\" is not supported. Expected the ID token to be signed with \"RS256\".",
                &[alg],
            ));
        }
        let key = self.public_key(jwt.header.member("kid")).await?;
        let genuine = match base64url::decode(jwt.signature) {
            Some(signature) => self.env.verify_rs256(&key, jwt.signed, &signature).await,
            None => Some(false),
        };
        if !genuine.ok_or(Error::CryptoUnavailable)? {
            return Err(invalid("Invalid ID token signature.", &[]));
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
        let issuer = text_claim(claims, "iss", "Issuer (iss)")?;
        let expected = self.issuer();
        if issuer != expected {
            return Err(invalid(
                "Issuer (iss) claim mismatch in the ID token, expected \"%\", found \"%\"",
                &[&expected, issuer],
            ));
        }
        text_claim(claims, "sub", "Subject (sub)")?;
        let has_several_audiences = check_audience(claims.member("aud"), client_id)?;
        if let Some(nonce) = nonce.as_str().filter(|nonce| !nonce.is_empty()) {
            let found = text_claim(claims, "nonce", "Nonce (nonce)")?;
            if found != nonce {
                return Err(invalid(
                    "Nonce (nonce) claim value mismatch in the ID token; expected \"%\", found \"%\"",
                    &[nonce, found],
                ));
            }
        }
        if has_several_audiences {
            check_authorized_party(claims, client_id)?;
        }
        self.check_times(claims)
    }

    fn check_times(&self, claims: &Value) -> Result<(), Error> {
        let exp = number_claim(claims, "exp", MISSING_EXP)?;
        number_claim(claims, "iat", MISSING_IAT)?;
        let (now, leeway) = (self.env.now_ms(), self.leeway_s());
        let error = |template: &str, limit_s: f64| {
            let limit = self.env.date_text(limit_s * 1000.0);
            invalid(template, &[&self.env.date_text(now), &limit])
        };
        if now > (exp + leeway) * 1000.0 {
            return Err(error(EXPIRED, exp + leeway));
        }
        if let Some(nbf) = claims.member("nbf").as_f64().filter(|nbf| *nbf != 0.0)
            && now < (nbf - leeway) * 1000.0
        {
            return Err(error(NOT_YET_VALID, nbf - leeway));
        }
        let max_age = self.settings.option("maxAge");
        if let Some(max_age) = max_age.as_f64().filter(|_| max_age.is_truthy()) {
            let auth_time = number_claim(claims, "auth_time", MISSING_AUTH_TIME)?;
            let limit = auth_time + max_age + leeway;
            if now > limit * 1000.0 {
                return Err(error(AUTHENTICATED_TOO_LONG_AGO, limit));
            }
        }
        Ok(())
    }

    /// The seconds by which the clocks of tenant and browser may differ. The default is 60. In auth0.js 0 also means the
    /// default; here it means 0.
    fn leeway_s(&self) -> f64 {
        self.settings.option("leeway").as_f64().unwrap_or(60.0)
    }

    /// Whether the leeway is from 0 to 300 seconds, as auth0.js requires.
    pub(crate) fn has_valid_leeway(&self) -> bool {
        (0.0..=300.0).contains(&self.leeway_s())
    }

    /// Checks the leeway. As in auth0.js this happens only if `response` has an ID token, and the text is auth0.js's.
    pub(crate) fn check_leeway(&self, response: &Params) -> Result<(), Error> {
        let has_token = get(response, "id_token").is_truthy() && !has_any(response, ERROR);
        if !has_token || self.has_valid_leeway() {
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
        let (name, title, expected) = if organization.starts_with("org_") {
            (
                "org_id",
                "Organization Id (org_id)",
                organization.to_owned(),
            )
        } else {
            (
                "org_name",
                "Organization Name (org_name)",
                organization.to_ascii_lowercase(),
            )
        };
        let found = text_claim(claims, name, title)?;
        if found == expected {
            Ok(())
        } else {
            Err(invalid(
                "% claim value mismatch in the ID token; expected \"%\", found \"%\"",
                &[title, organization, found],
            ))
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
            Err(invalid("Invalid access_token", &[]))
        }
    }
}

// auth0.js's texts. `invalid` puts the values in the place of the percent signs.
const MISSING_EXP: &str = "Expiration Time (exp) claim must be a number present in the ID token";
const MISSING_IAT: &str = "Issued At (iat) claim must be a number present in the ID token";
const MISSING_AUTH_TIME: &str = "Authentication Time (auth_time) claim must be a number present in the ID token when Max Age (max_age) is specified";
const EXPIRED: &str = "Expiration Time (exp) claim error in the ID token; current time \"%\" is after expiration time \"%\"";
const NOT_YET_VALID: &str = "Not Before Time (nbf) claim error in the ID token; current time \"%\" is before the not before time \"%\"";
const AUTHENTICATED_TOO_LONG_AGO: &str = "Authentication Time (auth_time) claim in the ID token indicates that too much time has passed since the last end-user authentication. Current time \"%\" is after last auth time at \"%\"";

/// The error with the text `template`, in which each `%` is replaced by the next of `values`.
fn invalid(template: &str, values: &[&str]) -> Error {
    let mut text = String::new();
    let mut values = values.iter();
    for literal in parts(template, "%") {
        text.push_str(literal);
        text.extend(values.next().copied());
    }
    Error::InvalidToken(text.into())
}

/// The claim `name`, if it is a text that is not empty.
fn text_of<'a>(claims: &'a Value, name: &str) -> Option<&'a str> {
    claims.member(name).as_str().filter(|text| !text.is_empty())
}

/// The claim `name`, which has to be a text. Errors call it `title`.
fn text_claim<'a>(claims: &'a Value, name: &str, title: &str) -> Result<&'a str, Error> {
    let template = "% claim must be a string present in the ID token";
    text_of(claims, name).ok_or_else(|| invalid(template, &[title]))
}

/// The claim `name`, which has to be a number. The error has the text `missing`.
fn number_claim(claims: &Value, name: &str, missing: &str) -> Result<f64, Error> {
    let claim = claims.member(name).as_f64().filter(|number| *number != 0.0);
    claim.ok_or_else(|| invalid(missing, &[]))
}

/// Checks that a token with several audiences was issued to the client.
fn check_authorized_party(claims: &Value, client_id: &str) -> Result<(), Error> {
    match text_of(claims, "azp") {
        Some(found) if found == client_id => Ok(()),
        Some(found) => Err(invalid(
            "Authorized Party (azp) claim mismatch in the ID token; expected \"%\", found \"%\"",
            &[client_id, found],
        )),
        None => Err(invalid(
            "Authorized Party (azp) claim must be a string present in the ID token when Audience (aud) claim has multiple values",
            &[],
        )),
    }
}

/// Checks that the client is an audience of the token. Returns whether the token has several audiences.
fn check_audience(aud: &Value, client_id: &str) -> Result<bool, Error> {
    match aud {
        Value::String(found) if !found.is_empty() && found == client_id => Ok(false),
        Value::String(found) if !found.is_empty() => Err(invalid(
            "Audience (aud) claim mismatch in the ID token; expected \"%\" but found \"%\"",
            &[client_id, found],
        )),
        Value::Array(found) => {
            let found: Vec<_> = found
                .iter()
                .map(|one| one.as_str().unwrap_or_default())
                .collect();
            if found.contains(&client_id) {
                Ok(found.len() > 1)
            } else {
                Err(invalid(
                    "Audience (aud) claim mismatch in the ID token; expected \"%\" but was not one of \"%\"",
                    &[client_id, &found.join(", ")],
                ))
            }
        }
        _ => Err(invalid(
            "Audience (aud) claim must be a string or array of strings present in the ID token",
            &[],
        )),
    }
}
