//! Reads a configuration. Every error names the field and the remedy.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::check::Check;
use super::{Config, Preset};

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The content of the file is wrong.
    #[error("{}: {source}", path.display())]
    InFile {
        /// Which file.
        path: PathBuf,
        /// What is wrong in it.
        source: Box<ConfigError>,
    },
    /// A field has the wrong type.
    #[error("field `{field}` has the wrong type or value: {}", plain(.reason))]
    Field {
        /// Path of the field, e.g. `clients[0].callbacks`.
        field: String,
        /// What the parser expected.
        reason: String,
    },
    /// A field has a value that cannot be used.
    #[error("field `{field}` {problem}")]
    Invalid {
        /// Path of the field.
        field: String,
        /// What is wrong, and what to write instead.
        problem: String,
    },
    /// The name of the file does not say whether it is TOML or JSON.
    #[error("{}: the name must end in .toml or .json, to say how to read it", .0.display())]
    Extension(PathBuf),
    /// The file cannot be read.
    #[error("{}: {source}; check the path given to --config", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// The text is not an object, but a list or a number, for example.
    #[error(
        "must be an object with the sections tenant, clients, connections, email_provider, users; write {{}} for the built-in tenant"
    )]
    NotAnObject,
    /// The text is not JSON.
    #[error("is not valid JSON: {0}; mend it there")]
    Json(serde_json::Error),
    /// The text is not TOML.
    #[error("is not valid TOML: {message} at line {line}; mend it there")]
    Toml {
        /// What the parser expected.
        message: String,
        /// The line, counted from 1.
        line: usize,
    },
}

/// Reads the file `path`, which overrides the built-in tenant. Also returns the unknown fields, which are ignored.
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
    if !given.is_object() {
        return Err(in_file(ConfigError::NotAnObject));
    }
    let given = configuration(given);
    // The file is merged into the built-in tenant, so that it may have only one setting.
    let mut whole = serde_json::to_value(Config::builtin(preset, app_url))
        .map_err(|e| in_file(ConfigError::Json(e)))?;
    merge_patch(&mut whole, given);
    parse_config(whole).map_err(in_file)
}

/// The configuration in `given`, which is a configuration, a snapshot, or the file that `--state` keeps.
fn configuration(mut given: Value) -> Value {
    if given.get("version").is_none() {
        return given;
    }
    for path in ["/state/config", "/config"] {
        if let Some(config) = given.pointer_mut(path) {
            return config.take();
        }
    }
    given
}

/// Replaces Rust's names of types in a parser's error by those of JSON and TOML.
fn plain(reason: &str) -> String {
    let (found, wanted) = reason.split_once(", expected ").unwrap_or((reason, ""));
    let wanted = match wanted {
        "" => return reason.to_owned(),
        "a sequence" => "a list in [ ]".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a string" | "a borrowed string" => "text in quotes".to_owned(),
        "a map" => "an object".to_owned(),
        "u8" => format!("a whole number from 0 to {}", u8::MAX),
        "u16" => format!("a whole number from 0 to {}", u16::MAX),
        "u32" => format!("a whole number from 0 to {}", u32::MAX),
        "u64" => "a whole number of 0 or more".to_owned(),
        other if other.starts_with("struct ") => "an object".to_owned(),
        other => other.to_owned(),
    };
    format!("{found}; write {wanted}")
}

/// The error of the TOML parser as one sentence. The parser's own text has several lines.
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

/// [`parse`] for a whole configuration. A list in the place of an object is refused, because serde would read its elements as the
/// object's fields.
pub(crate) fn parse_config(value: Value) -> Result<(Config, Vec<String>), ConfigError> {
    let built_in = serde_json::to_value(Config::default()).map_err(ConfigError::Json)?;
    check_shape("", &built_in, &value)?;
    for list in ["clients", "connections", "users"] {
        let elements = value.get(list).and_then(Value::as_array);
        for (i, element) in elements.into_iter().flatten().enumerate() {
            if !element.is_object() {
                return Err(not_an_object(format!("{list}[{i}]")));
            }
        }
    }
    parse(value)
}

/// Checks that each object of the built-in configuration is an object in `given`, too.
fn check_shape(path: &str, built_in: &Value, given: &Value) -> Result<(), ConfigError> {
    let Value::Object(expected) = built_in else {
        return Ok(());
    };
    let Value::Object(given) = given else {
        return Err(not_an_object(path.to_owned()));
    };
    for (name, expected) in expected {
        if let Some(value) = given.get(name) {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            check_shape(&path, expected, value)?;
        }
    }
    Ok(())
}

fn not_an_object(field: String) -> ConfigError {
    let problem = "must be an object, with its fields by name".to_owned();
    ConfigError::Invalid { field, problem }
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

/// `clients.2.name` as `clients[2].name`, the form in which all errors name a field.
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

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    fn parsed(patch: Value) -> Result<(Config, Vec<String>), String> {
        let mut whole = serde_json::to_value(Config::default()).unwrap();
        merge_patch(&mut whole, patch);
        parse_config(whole).map_err(|e| e.to_string())
    }

    #[rstest]
    #[case(json!({"clients": [{"client_id": "a", "callbacks": "x"}]}), "clients[0].callbacks")]
    #[case(json!({"clients": [{"name": "a"}]}), "`clients[0].client_id` is missing")]
    #[case(json!({"clients": [{"client_id": "a"}, {"client_id": "a"}]}), "`clients[1].client_id` repeats `a`")]
    #[case(json!({"clients": [{"client_id": "a", "callbacks": ["https://x.example.com:443/cb"]}]}), "write it as https://x.example.com/cb")]
    #[case(json!({"clients": [{"client_id": "a", "token_endpoint_auth_method": "private_key_jwt"}]}), "needs a public key")]
    #[case(json!({"clients": [{"client_id": "a", "client_authentication_methods": {"private_key_jwt": {"credentials": [{"pem": "x"}]}}}]}), "private_key_jwt.credentials[0].pem` is not an RSA public key; paste")]
    #[case(json!({"clients": [{"client_id": "a", "client_authentication_methods": {"private_key_jwt": {"credentials": [{"credential_type": "x509_cert", "pem": "x"}]}}}]}), "credentials[0].credential_type` is x509_cert")]
    #[case(json!({"clients": [{"client_id": "a", "app_type": "spa", "jwt_configuration": {"alg": "HS256"}}]}), "needs a `client_secret`; give one, or use RS256")]
    #[case(json!({"connections": [{"name": "email", "strategy": "google"}]}), "connections[0].strategy")]
    #[case(json!({"connections": [{"name": "email", "options": {"totp": {"length": 2}}}]}), "connections[0].options.totp.length")]
    #[case(json!({"connections": [{"name": "email", "options": {"email": {"body": "\n{% if code %}"}}}]}), "connections[0].options.email.body` line 2")]
    #[case(json!({"email_provider": {"name": "pigeon"}}), "email_provider.name")]
    #[case(json!({"tenant": {"rules": [{"identifier": "a@b.co"}]}}), "`tenant.rules[0]` must do one thing")]
    #[case(json!({"tenant": {"rules": [{"deny": "no", "mfa": true}]}}), "`tenant.rules[0]` must do one thing")]
    #[case(json!({"tenant": {"organizations": [{"id": "org_1"}]}}), "`tenant.organizations[0].name` is missing")]
    #[case(json!({"tenant": {"organizations": [{"id": "org_1", "name": "A Co"}]}}), "put the name for people into `display_name`")]
    #[case(json!({"clients": 7}), "`clients` has the wrong type or value: invalid type: integer `7`; write a list in [ ]")]
    #[case(json!({"tenant": {"passwordless_start_per_hour": -1}}), "write a whole number from 0 to 4294967295")]
    #[case(json!({"tenant": {"uniform_start": "yes"}}), "write true or false")]
    #[case(json!({"tenant": {"name": 7}}), "write text in quotes")]
    #[case(json!({"tenant": []}), "`tenant` must be an object")]
    #[case(json!({"tenant": {"flags": []}}), "`tenant.flags` must be an object")]
    #[case(json!({"clients": [[]]}), "`clients[0]` must be an object")]
    #[case(json!({"users": [{"email": "ada"}]}), "`users[0].email` is not valid: ada; write it as ada@example.com")]
    #[case(json!({"users": [{"phone_number": "030"}]}), "`users[0].phone_number` is not valid: 030; write it as +493012345678")]
    #[case(json!({"users": [{"email": "ada@example.com", "connection": "fax"}]}), "`users[0].connection` names no connection: fax; add it")]
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
