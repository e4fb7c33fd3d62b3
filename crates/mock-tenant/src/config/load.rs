//! Reading and checking a configuration: every refusal names the field and the remedy.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{AuthMethod, Client, Config, Preset, TenantSettings, TokenAlgorithm, UserSeed};
use crate::endpoints::client_assertion;
use crate::template::Template;
use crate::urls::{self, EntryError};

/// Allowed Web Origins that a client may have.
const MAX_WEB_ORIGINS: usize = 100;

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file's contents are not what they should be.
    #[error("{}: {source}", path.display())]
    InFile {
        /// Which file.
        path: PathBuf,
        /// What is wrong in it.
        source: Box<ConfigError>,
    },
    /// A field has the wrong type.
    #[error("field `{field}` has the wrong type or value: {reason}")]
    Field {
        /// Path of the field, e.g. `clients[0].callbacks`.
        field: String,
        /// What the parser expected.
        reason: String,
    },
    /// A field has a value that cannot work.
    #[error("field `{field}` {problem}")]
    Invalid {
        /// Path of the field.
        field: String,
        /// What is wrong, and what to write instead.
        problem: String,
    },
    /// The file name does not say which language it is in.
    #[error("{}: the name must end in .toml or .json, to say how to read it", .0.display())]
    Extension(PathBuf),
    /// The file cannot be read.
    #[error("{}: {source}; check the path given to --config", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The text is not JSON.
    #[error("is not valid JSON: {0}")]
    Json(serde_json::Error),
    /// The text is not TOML.
    #[error("is not valid TOML: {message} at line {line}")]
    Toml {
        /// What the parser expected.
        message: String,
        /// Where, counted from 1.
        line: usize,
    },
}

/// Reads `path` on top of the built-in tenant. Also returns the fields that the mock does not know and ignores.
pub fn load(
    path: &Path,
    preset: Preset,
    app_url: &str,
) -> Result<(Config, Vec<String>), ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
        path: path.to_owned(),
        source,
    })?;
    let in_file = |source: ConfigError| ConfigError::InFile {
        path: path.to_owned(),
        source: Box::new(source),
    };
    let given: Value = match path.extension().and_then(|e| e.to_str()) {
        Some("json") => serde_json::from_str(&text).map_err(|e| in_file(ConfigError::Json(e)))?,
        Some("toml") => toml::from_str(&text).map_err(|e| in_file(toml_error(&text, &e)))?,
        _ => return Err(ConfigError::Extension(path.to_owned())),
    };
    // The file is laid over the built-in tenant, so that it may set one flag and leave all else.
    let mut whole = serde_json::to_value(Config::builtin(preset, app_url))
        .map_err(|e| in_file(ConfigError::Json(e)))?;
    merge_patch(&mut whole, given);
    parse(whole).map_err(in_file)
}

/// The parser's own text spans several lines; a refusal to start is one sentence.
fn toml_error(text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().map_or(0, |span| span.start);
    ConfigError::Toml {
        message: error.message().replace('\n', "; "),
        line: 1 + text
            .bytes()
            .take(start)
            .filter(|byte| *byte == b'\n')
            .count(),
    }
}

/// Reads and checks a whole configuration. Also returns the fields that the mock does not know.
pub(crate) fn parse<T: serde::de::DeserializeOwned + Check>(
    value: Value,
) -> Result<(T, Vec<String>), ConfigError> {
    let mut unknown = Vec::new();
    let mut note = |path: serde_ignored::Path<'_>| unknown.push(indexed(&path.to_string()));
    let ignoring = serde_ignored::Deserializer::new(value, &mut note);
    let parsed: T =
        serde_path_to_error::deserialize(ignoring).map_err(|error| ConfigError::Field {
            field: error.path().to_string(),
            reason: error.inner().to_string(),
        })?;
    parsed.check()?;
    Ok((parsed, unknown))
}

/// `clients.2.name` as `clients[2].name`, which is how all other refusals name a field.
fn indexed(path: &str) -> String {
    path.split('.').fold(String::new(), |name, part| {
        if !name.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) {
            format!("{name}[{part}]")
        } else if name.is_empty() {
            part.to_owned()
        } else {
            format!("{name}.{part}")
        }
    })
}

/// JSON Merge Patch (RFC 7396).
pub(crate) fn merge_patch(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Value::Object(target) = target else {
        return;
    };
    for (key, value) in patch {
        if value.is_null() {
            target.remove(&key);
        } else {
            merge_patch(target.entry(key).or_insert(Value::Null), value);
        }
    }
}

/// What a type cannot say of itself.
pub(crate) trait Check {
    fn check(&self) -> Result<(), ConfigError>;
}

impl Check for Config {
    fn check(&self) -> Result<(), ConfigError> {
        let mut client_ids = HashSet::new();
        for (i, client) in self.clients.iter().enumerate() {
            let at = |field: &str| format!("clients[{i}].{field}");
            required(&client.client_id, at("client_id"))?;
            unique(&mut client_ids, &client.client_id, at("client_id"))?;
            for (list, name) in [
                (&client.callbacks, "callbacks"),
                (&client.allowed_logout_urls, "allowed_logout_urls"),
            ] {
                allow_list(list, &at(name), urls::check_entry)?;
            }
            for (list, name) in [
                (&client.web_origins, "web_origins"),
                (&client.allowed_origins, "allowed_origins"),
            ] {
                allow_list(list, &at(name), urls::check_origin)?;
            }
            if client.web_origins.len() > MAX_WEB_ORIGINS {
                return Err(ConfigError::Invalid {
                    field: at("web_origins"),
                    problem: format!("has too many entries; {MAX_WEB_ORIGINS} are allowed"),
                });
            }
            check_keys(client, &at)?;
            let is_keyed = client.jwt_configuration.alg == TokenAlgorithm::HS256;
            if is_keyed && client.client_secret.is_none() {
                return Err(ConfigError::Invalid {
                    field: at("jwt_configuration.alg"),
                    problem: "is HS256, which needs a `client_secret`; give one, or use RS256"
                        .to_owned(),
                });
            }
            let page = client.cross_origin_loc.iter();
            allow_list(
                page.cloned().collect::<Vec<_>>().as_slice(),
                &at("cross_origin_loc"),
                urls::check_entry,
            )?;
        }
        allow_list(
            &self.tenant.allowed_logout_urls,
            "tenant.allowed_logout_urls",
            urls::check_entry,
        )?;
        let protection = &self.tenant.attack_protection.brute_force_protection;
        if !(1..=100).contains(&protection.max_attempts) {
            return Err(ConfigError::Invalid {
                field: "tenant.attack_protection.brute_force_protection.max_attempts".to_owned(),
                problem: "must be 1 to 100; 10 is usual".to_owned(),
            });
        }
        check_tenant(&self.tenant)?;
        let mut names = HashSet::new();
        for (i, connection) in self.connections.iter().enumerate() {
            let at = |field: &str| format!("connections[{i}].{field}");
            required(&connection.name, at("name"))?;
            unique(&mut names, &connection.name, at("name"))?;
            if !(4..=12).contains(&connection.options.totp.length) {
                return Err(ConfigError::Invalid {
                    field: at("options.totp.length"),
                    problem: "must be 4 to 12 digits; 6 is usual".to_owned(),
                });
            }
            if connection.options.syntax == "liquid" {
                Template::parse(&connection.options.template).map_err(|error| {
                    ConfigError::Invalid {
                        field: at("options.template"),
                        problem: error.to_string(),
                    }
                })?;
            }
            let texts = &connection.options.email;
            for (name, text) in [
                ("from", &texts.from),
                ("subject", &texts.subject),
                ("body", &texts.body),
            ] {
                Template::parse(text).map_err(|error| ConfigError::Invalid {
                    field: at(&format!("options.email.{name}")),
                    problem: error.to_string(),
                })?;
            }
        }
        for (i, user) in self.users.iter().enumerate() {
            check_user(user, &format!("users[{i}]"))?;
            let name = user.connection_name();
            if self.connection(name).is_none() {
                return Err(ConfigError::Invalid {
                    field: format!("users[{i}].connection"),
                    problem: format!("names no connection: {name}; add it, or name another"),
                });
            }
        }
        Ok(())
    }
}

impl Check for UserSeed {
    fn check(&self) -> Result<(), ConfigError> {
        check_user(self, "user")
    }
}

fn check_user(user: &UserSeed, field: &str) -> Result<(), ConfigError> {
    if user.email.is_some() || user.phone_number.is_some() {
        return Ok(());
    }
    Err(ConfigError::Invalid {
        field: field.to_owned(),
        problem: "needs an `email` or a `phone_number`".to_owned(),
    })
}

/// The public keys of a client that signs.
fn check_keys(client: &Client, at: &impl Fn(&str) -> String) -> Result<(), ConfigError> {
    let methods = client.client_authentication_methods.as_ref();
    let keys = methods.map_or(&[][..], |m| m.private_key_jwt.credentials.as_slice());
    let field = at("client_authentication_methods.private_key_jwt.credentials");
    if client.token_endpoint_auth_method == Some(AuthMethod::PrivateKeyJwt) && keys.is_empty() {
        let problem = "is empty; a client with private_key_jwt needs a public key".to_owned();
        return Err(ConfigError::Invalid { field, problem });
    }
    for (i, key) in keys.iter().enumerate() {
        if !client_assertion::is_readable(key) {
            return Err(ConfigError::Invalid {
                field: format!("{field}[{i}].pem"),
                problem:
                    "is not an RSA public key; paste the whole -----BEGIN PUBLIC KEY----- block"
                        .to_owned(),
            });
        }
    }
    Ok(())
}

fn check_tenant(tenant: &TenantSettings) -> Result<(), ConfigError> {
    for (i, rule) in tenant.rules.iter().enumerate() {
        if rule.deny.is_some() == rule.mfa {
            return Err(ConfigError::Invalid {
                field: format!("tenant.rules[{i}]"),
                problem: "must do one thing: give `deny` a text, or set `mfa` to true".to_owned(),
            });
        }
    }
    let mut seen = HashSet::new();
    for (i, organization) in tenant.organizations.iter().enumerate() {
        let at = |field: &str| format!("tenant.organizations[{i}].{field}");
        required(&organization.id, at("id"))?;
        required(&organization.name, at("name"))?;
        unique(&mut seen, &organization.id, at("id"))?;
        unique(&mut seen, &organization.name, at("name"))?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if !organization.name.chars().all(plain) {
            return Err(ConfigError::Invalid {
                field: at("name"),
                problem: format!(
                    "(`{}`) may have lower-case letters, digits, - and _ alone; put the name for people into `display_name`",
                    organization.name
                ),
            });
        }
    }
    Ok(())
}

fn required(value: &str, field: String) -> Result<(), ConfigError> {
    if !value.is_empty() {
        return Ok(());
    }
    let problem = "is missing; give it a value".to_owned();
    Err(ConfigError::Invalid { field, problem })
}

fn unique<'a>(
    seen: &mut HashSet<&'a str>,
    value: &'a str,
    field: String,
) -> Result<(), ConfigError> {
    if seen.insert(value) {
        return Ok(());
    }
    let problem = format!("repeats `{value}`; each needs its own");
    Err(ConfigError::Invalid { field, problem })
}

fn allow_list(
    list: &[String],
    field: &str,
    check: fn(&str) -> Result<(), EntryError>,
) -> Result<(), ConfigError> {
    for (i, entry) in list.iter().enumerate() {
        check(entry).map_err(|problem| ConfigError::Invalid {
            field: format!("{field}[{i}]"),
            problem: format!("(`{entry}`) {problem}"),
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    fn parsed(patch: Value) -> Result<(Config, Vec<String>), String> {
        let mut whole = serde_json::to_value(Config::default()).unwrap();
        merge_patch(&mut whole, patch);
        parse(whole).map_err(|e| e.to_string())
    }

    #[rstest]
    #[case(json!({"clients": [{"client_id": "a", "callbacks": "x"}]}), "clients[0].callbacks")]
    #[case(json!({"clients": [{"name": "a"}]}), "`clients[0].client_id` is missing")]
    #[case(json!({"clients": [{"client_id": "a"}, {"client_id": "a"}]}), "`clients[1].client_id` repeats `a`")]
    #[case(json!({"clients": [{"client_id": "a", "callbacks": ["https://x.example.com:443/cb"]}]}), "write it as https://x.example.com/cb")]
    #[case(json!({"clients": [{"client_id": "a", "token_endpoint_auth_method": "private_key_jwt"}]}), "needs a public key")]
    #[case(json!({"clients": [{"client_id": "a", "client_authentication_methods": {"private_key_jwt": {"credentials": [{"pem": "x"}]}}}]}), "private_key_jwt.credentials[0].pem` is not an RSA public key; paste")]
    #[case(json!({"clients": [{"client_id": "a", "app_type": "spa", "jwt_configuration": {"alg": "HS256"}}]}), "needs a `client_secret`; give one, or use RS256")]
    #[case(json!({"connections": [{"name": "email", "strategy": "google"}]}), "connections[0].strategy")]
    #[case(json!({"connections": [{"name": "email", "options": {"totp": {"length": 2}}}]}), "connections[0].options.totp.length")]
    #[case(json!({"connections": [{"name": "email", "options": {"email": {"body": "\n{% if code %}"}}}]}), "connections[0].options.email.body` line 2")]
    #[case(json!({"email_provider": {"name": "pigeon"}}), "email_provider.name")]
    #[case(json!({"tenant": {"rules": [{"identifier": "a@b.co"}]}}), "`tenant.rules[0]` must do one thing")]
    #[case(json!({"tenant": {"rules": [{"deny": "no", "mfa": true}]}}), "`tenant.rules[0]` must do one thing")]
    #[case(json!({"tenant": {"organizations": [{"id": "org_1"}]}}), "`tenant.organizations[0].name` is missing")]
    #[case(json!({"tenant": {"organizations": [{"id": "org_1", "name": "A Co"}]}}), "put the name for people into `display_name`")]
    #[case(json!({"users": [{"name": "Ada"}]}), "needs an `email`")]
    fn names_the_field_and_the_remedy(#[case] patch: Value, #[case] expected: &str) {
        let message = parsed(patch).unwrap_err();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn one_flag_may_be_set_alone_and_unknown_fields_are_reported() {
        let patch = json!({"tenant": {"distinct_code_errors": false, "distinkt": 1}});
        let (config, unknown) = parsed(patch).unwrap();
        assert!(!config.tenant.distinct_code_errors);
        assert_eq!(config.clients.len(), 2);
        assert_eq!(unknown, ["tenant.distinkt"]);
    }

    #[test]
    fn merge_patch_follows_rfc_7396() {
        let mut target = json!({"a": 1, "b": {"c": 2, "d": 3}});
        merge_patch(&mut target, json!({"a": null, "b": {"c": [4]}, "e": 5}));
        assert_eq!(target, json!({"b": {"c": [4], "d": 3}, "e": 5}));
    }
}
