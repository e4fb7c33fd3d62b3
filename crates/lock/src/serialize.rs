//! `Serialize` and `Deserialize` for parameters and dictionaries, which cannot derive them.

use latchkey_webauth::Value;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::i18n::Dictionary;

/// The default of a flag that is true.
pub(crate) fn yes() -> bool {
    true
}

/// Serializes parameters as an object.
pub(crate) mod params {
    use latchkey_webauth::{Params, Value};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        params: &Params,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Value::Object(params.clone()).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Params, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Object(params) => Ok(params),
            _ => Err(D::Error::custom("parameters have to be an object")),
        }
    }
}

/// Serializes the page's own texts by path. The texts of a language are in its file.
impl Serialize for Dictionary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.overrides())
    }
}

/// Deserializes the page's own texts, by path or nested as in Lock's `languageDictionary`.
impl<'de> Deserialize<'de> for Dictionary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut dictionary = Self::default();
        dictionary.lay_over(&Value::deserialize(deserializer)?);
        Ok(dictionary)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
