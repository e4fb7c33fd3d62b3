//! Placeholders of allow-lists: `{organization_name}` and `{custom_domain.metadata.public_KEY}`.
//!
//! <https://auth0.com/docs/get-started/applications/wildcards-for-subdomains>

use std::borrow::Cow;

use super::Scope;

const ORGANIZATION: &str = "{organization_name}";
const METADATA: &str = "{custom_domain.metadata.";

/// `entry` with values in the place of its placeholders. `None` if a placeholder is unknown or has no value.
pub(super) fn fill<'a>(entry: &'a str, scope: &Scope<'_>) -> Option<Cow<'a, str>> {
    if !entry.contains('{') {
        return Some(entry.into());
    }
    if !is_in_place(entry) {
        return None;
    }
    let mut filled = entry.to_owned();
    if entry.contains(ORGANIZATION) {
        filled = filled.replacen(ORGANIZATION, scope.organization?, 1);
    }
    while let Some((before, rest)) = filled.split_once(METADATA) {
        let (key, after) = rest.split_once('}')?;
        let value = scope.metadata?.get(key)?;
        // The value replaces a piece of a host or a path, and must not change the structure of the URL.
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c);
        if value.is_empty() || !value.chars().all(plain) || value.contains("..") {
            return None;
        }
        filled = format!("{before}{value}{after}");
    }
    Some(filled.into())
}

/// Whether the placeholders of `entry` are known and in an allowed position.
pub(super) fn is_in_place(entry: &str) -> bool {
    let mut rest = entry;
    while let Some((_, from)) = rest.split_once('{') {
        let Some((name, after)) = from.split_once('}') else {
            return false;
        };
        let key = name.strip_prefix("custom_domain.metadata.");
        let is_key = |key: &str| {
            key.strip_prefix("public_").is_some_and(|key| {
                !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            })
        };
        if name != "organization_name" && !key.is_some_and(is_key) {
            return false;
        }
        rest = after;
    }
    let count = entry.matches(ORGANIZATION).count();
    count == 0 || (count == 1 && !entry.contains('*') && is_leftmost(entry))
}

/// Whether `{organization_name}` is the whole left-most label of an http or https host.
fn is_leftmost(entry: &str) -> bool {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| entry.strip_prefix(scheme));
    rest.and_then(|rest| rest.strip_prefix(ORGANIZATION))
        .is_some_and(|rest| rest.starts_with('.'))
}
