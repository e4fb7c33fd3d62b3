//! Options that do something in Lock's dialog and nothing here, so that a page is told instead of
//! left to wonder. Those that do nothing in Lock's dialog either (of databases, of sign-ups) are
//! not worth a word, nor the bytes of their names.

use latchkey_webauth::Value;

use super::connections::channel;
use super::read::member;
use crate::SOCIAL;

/// The options, each with the group it is in.
const LEFT_OUT: [(&str, &str); 6] = [
    ("", "avatar"),
    ("", "connectionResolver"),
    ("", "hooks"),
    ("", "plugins"),
    ("", "popupOptions"),
    ("auth", "redirect"),
];

/// The names of given options that have no effect, such as `auth.redirect`. An option that is
/// switched off (`false`, `null`) is not missed; only `auth.redirect` asks for something by `false`.
#[must_use]
pub fn ignored_options(options: &Value) -> Vec<String> {
    let mut ignored = Vec::new();
    for (group, name) in LEFT_OUT {
        let (of, dot) = match group {
            "" => (options, ""),
            group => (member(options, group), "."),
        };
        let value = member(of, name);
        if value.is_truthy() != (name == "redirect") && !matches!(value, Value::Undefined) {
            ignored.push([group, dot, name].concat());
        }
    }
    if let Value::Array(names) = member(options, "allowedConnections")
        && !SOCIAL
    {
        let has_own_name = member(options, "useCustomPasswordlessConnection").is_truthy();
        let social = names.iter().skip(usize::from(has_own_name));
        for name in social.filter_map(Value::as_str) {
            if channel(name).is_none() {
                ignored.push(["allowedConnections: ", name].concat());
            }
        }
    }
    ignored
}
