//! Checks of a configuration that types cannot express.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{
    AuthMethod, Client, Config, ConfigError, Connection, Strategy, TenantSettings, TokenAlgorithm,
    UserSeed,
};
use crate::address::{is_email, is_phone_number, normalise};
use crate::claims;
use crate::keys;
use crate::sender;
use crate::template::Template;
use crate::urls::{self, EntryError};

/// The greatest number of Allowed Web Origins of a client.
const MAX_WEB_ORIGINS: usize = 100;

/// A check that types cannot express.
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
            check_client(client, &at)?;
        }
        check_tenant(&self.tenant)?;
        let mut names = HashSet::new();
        for (i, connection) in self.connections.iter().enumerate() {
            let at = |field: &str| format!("connections[{i}].{field}");
            required(&connection.name, at("name"))?;
            unique(&mut names, &connection.name, at("name"))?;
            check_connection(connection, &at)?;
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

fn check_client(client: &Client, at: &impl Fn(&str) -> String) -> Result<(), ConfigError> {
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
    check_keys(client, at)?;
    let is_keyed = client.jwt_configuration.alg == TokenAlgorithm::HS256;
    if is_keyed && client.client_secret.is_none() {
        return Err(ConfigError::Invalid {
            field: at("jwt_configuration.alg"),
            problem: "is HS256, which needs a `client_secret`; give one, or use RS256".to_owned(),
        });
    }
    let page: Vec<String> = client.cross_origin_loc.iter().cloned().collect();
    allow_list(&page, &at("cross_origin_loc"), urls::check_entry)?;
    check_claims(&client.claims, &at("claims"))
}

fn check_connection(
    connection: &Connection,
    at: &impl Fn(&str) -> String,
) -> Result<(), ConfigError> {
    let options = &connection.options;
    let invalid = |field: &str, problem: String| ConfigError::Invalid {
        field: at(field),
        problem,
    };
    if !(4..=12).contains(&options.totp.length) {
        let problem = "must be 4 to 12 digits; 6 is usual".to_owned();
        return Err(invalid("options.totp.length", problem));
    }
    if options.totp.time_step == 0 {
        let problem = "must be 1 second or more; 180 is usual".to_owned();
        return Err(invalid("options.totp.time_step", problem));
    }
    if options.syntax == "liquid" {
        Template::parse(&options.template)
            .map_err(|error| invalid("options.template", error.to_string()))?;
    }
    let texts = &options.email;
    for (name, text) in [("subject", &texts.subject), ("body", &texts.body)] {
        Template::parse(text)
            .map_err(|error| invalid(&format!("options.email.{name}"), error.to_string()))?;
    }
    sender::check(&texts.from).map_err(|error| invalid("options.email.from", error.to_string()))
}

fn check_claims(claims: &Map<String, Value>, field: &str) -> Result<(), ConfigError> {
    claims::check(claims).map_err(|(name, error)| ConfigError::Invalid {
        field: format!("{field}.{name}"),
        problem: error.to_string(),
    })
}

impl Check for UserSeed {
    fn check(&self) -> Result<(), ConfigError> {
        check_user(self, "user")
    }
}

fn check_user(user: &UserSeed, field: &str) -> Result<(), ConfigError> {
    let invalid = |field: String, problem: String| Err(ConfigError::Invalid { field, problem });
    if user.email.is_none() && user.phone_number.is_none() {
        let problem = "needs an `email` or a `phone_number`".to_owned();
        return invalid(field.to_owned(), problem);
    }
    for (name, value, strategy, is_valid, example) in [
        (
            "email",
            &user.email,
            Strategy::Email,
            is_email as fn(&str) -> bool,
            "ada@example.com",
        ),
        (
            "phone_number",
            &user.phone_number,
            Strategy::Sms,
            is_phone_number,
            "+493012345678",
        ),
    ] {
        if let Some(value) = value
            && !is_valid(&normalise(strategy, value))
        {
            let problem = format!("is not valid: {value}; write it as {example}");
            return invalid(format!("{field}.{name}"), problem);
        }
    }
    let is_plain =
        |id: &String| !id.is_empty() && id.len() <= 255 && !id.contains(char::is_control);
    if !user.user_id.as_ref().is_none_or(is_plain) {
        let problem = "must be 1 to 255 characters without line breaks; write it as email|ada";
        return invalid(format!("{field}.user_id"), problem.to_owned());
    }
    check_claims(&user.claims, &format!("{field}.claims"))
}

/// Checks the public keys of a client that uses `private_key_jwt`.
fn check_keys(client: &Client, at: &impl Fn(&str) -> String) -> Result<(), ConfigError> {
    let methods = client.client_authentication_methods.as_ref();
    let keys = methods.map_or(&[][..], |m| m.private_key_jwt.credentials.as_slice());
    let field = at("client_authentication_methods.private_key_jwt.credentials");
    if client.token_endpoint_auth_method == Some(AuthMethod::PrivateKeyJwt) && keys.is_empty() {
        let problem = "is empty; a client with private_key_jwt needs a public key".to_owned();
        return Err(ConfigError::Invalid { field, problem });
    }
    for (i, key) in keys.iter().enumerate() {
        if !matches!(key.credential_type.as_str(), "" | "public_key") {
            return Err(ConfigError::Invalid {
                field: format!("{field}[{i}].credential_type"),
                problem: format!(
                    "is {}, which proves no client here; write public_key",
                    key.credential_type
                ),
            });
        }
        if keys::read_public(&key.pem).is_none() {
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
    let urls = &tenant.allowed_logout_urls;
    allow_list(urls, "tenant.allowed_logout_urls", urls::check_entry)?;
    let protection = &tenant.attack_protection.brute_force_protection;
    if !(1..=100).contains(&protection.max_attempts) {
        return Err(ConfigError::Invalid {
            field: "tenant.attack_protection.brute_force_protection.max_attempts".to_owned(),
            problem: "must be 1 to 100; 10 is usual".to_owned(),
        });
    }
    check_claims(&tenant.claims, "tenant.claims")?;
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
