//! Telemetry: the header `Auth0-Client` and the query parameter `auth0Client` name the SDK and its version.

use crate::base64url;
use crate::env::Env;
use crate::wire::{Params, Value, set};

/// The name of this SDK in its telemetry.
pub const NAME: &str = "latchkey";

/// The version of this SDK.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The value of the header. `info` (`_telemetryInfo`) has the name and version of a library that wraps the SDK; then this
/// SDK's version goes into the member `env`, as in auth0.js.
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
