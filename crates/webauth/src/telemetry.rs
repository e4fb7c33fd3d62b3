//! The `Auth0-Client` header and `auth0Client` query parameter: which SDK is calling.

use crate::base64url;
use crate::env::Env;
use crate::wire::{Params, Value, set};

/// The name this SDK tells the tenant.
pub const NAME: &str = "latchkey";

/// The version this SDK tells the tenant and the page.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The header's value. `info` (`_telemetryInfo`) is a wrapper's own name and version; ours then goes into its `env`.
pub(crate) fn header(env: &impl Env, info: &Value) -> String {
    let json = match info.as_object() {
        None => [r#"{"name":""#, NAME, r#"","version":""#, VERSION, r#""}"#].concat(),
        Some(wrapper) => {
            let mut wrapper = wrapper.clone();
            let mut versions = info
                .member("env")
                .as_object()
                .cloned()
                .unwrap_or_else(Params::new);
            set(&mut versions, NAME, VERSION);
            set(&mut wrapper, "env", versions);
            env.to_json(&Value::Object(wrapper))
        }
    };
    base64url::encode_padded(json.as_bytes())
}
