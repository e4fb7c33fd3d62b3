//! Snapshots: the whole state of the tenant as one JSON document.
//!
//! A snapshot contains the signing keys, so that the tokens of one process are valid in a later one. They are test keys that only
//! this tenant uses; everybody who has the snapshot can sign with them.

use serde::{Deserialize, Serialize};

use crate::clock::Shift;
use crate::config::{Check, ConfigError};
use crate::keys::SavedKey;
use crate::state::Store;

/// The version of the format that this program writes and reads.
pub(crate) const VERSION: u32 = 3;

/// A snapshot, for writing.
#[derive(Debug, Serialize)]
pub(crate) struct Taken<'a> {
    pub(crate) version: u32,
    pub(crate) clock: Shift,
    pub(crate) keys: &'a [SavedKey],
    pub(crate) state: &'a Store,
}

/// A snapshot, for reading.
#[derive(Debug, Deserialize)]
pub(crate) struct Snapshot {
    version: u32,
    pub(crate) clock: Shift,
    pub(crate) keys: Vec<SavedKey>,
    pub(crate) state: Store,
}

impl Check for Snapshot {
    fn check(&self) -> Result<(), ConfigError> {
        if self.version == VERSION {
            return self.state.config.check();
        }
        Err(ConfigError::Invalid {
            field: "version".to_owned(),
            problem: format!(
                "is {}; this tenant reads snapshots of version {VERSION}",
                self.version
            ),
        })
    }
}

/// Serializes maps whose keys are not strings as sorted arrays of pairs, so that equal states have equal texts. For
/// `#[serde(with)]`.
pub(crate) mod pairs {
    use std::collections::HashMap;
    use std::hash::Hash;

    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<K: Serialize, V: Serialize, S: Serializer>(
        map: &HashMap<K, V>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut pairs: Vec<(String, (&K, &V))> = Vec::with_capacity(map.len());
        for (key, value) in map {
            let name = serde_json::to_string(key).map_err(S::Error::custom)?;
            pairs.push((name, (key, value)));
        }
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
        serializer.collect_seq(pairs.iter().map(|(_, pair)| pair))
    }

    pub(crate) fn deserialize<'de, K, V, D>(deserializer: D) -> Result<HashMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Eq + Hash,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Vec::<(K, V)>::deserialize(deserializer).map(|pairs| pairs.into_iter().collect())
    }
}

/// Serializes bytes as base64url. For `#[serde(with)]`.
pub(crate) mod bytes {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

    pub(crate) fn serialize<const N: usize, S: Serializer>(
        bytes: &[u8; N],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(bytes))
    }

    pub(crate) fn deserialize<'de, const N: usize, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<[u8; N], D::Error> {
        let text = String::deserialize(deserializer)?;
        let decoded = URL_SAFE_NO_PAD.decode(text).map_err(D::Error::custom)?;
        <[u8; N]>::try_from(decoded)
            .map_err(|_| D::Error::custom(format!("expected {N} bytes in base64url")))
    }
}
