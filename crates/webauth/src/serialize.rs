//! The implementations of `Serialize` and `Deserialize` that are not derived: for values, for members, and for results, which
//! hold secrets.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::result::{AuthorizationResult, WithSecrets};
use crate::wire::{Params, Value};

/// The largest integer up to which JavaScript's numbers are exact (`Number.MAX_SAFE_INTEGER`).
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// `undefined` becomes null, or is left out if it is a member of an object. Whole numbers become integers, so that they fit
/// fields such as `exp: u64`.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Undefined | Self::Null => serializer.serialize_unit(),
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => match integer(*number) {
                Some(integer) => serializer.serialize_i64(integer),
                None => serializer.serialize_f64(*number),
            },
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => members::serialize(members, serializer),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "whole numbers in this range are integers without loss"
)]
fn integer(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER).then_some(number as i64)
}

/// Null becomes [`Value::Null`]. Integers beyond the exact range of JavaScript's numbers are rounded, as in JavaScript.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything that JSON can say")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JavaScript has one kind of number"
    )]
    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JavaScript has one kind of number"
    )]
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut found = Params::new();
        while let Some((name, value)) = entries.next_entry::<String, Value>()? {
            crate::wire::set(&mut found, &name, value);
        }
        Ok(Value::Object(found))
    }
}

/// Serializes members as a map.
pub(crate) mod members {
    use serde::de::Error;

    use super::{Deserialize, Deserializer, Params, SerializeMap, Serializer, Value};

    pub(crate) fn serialize<S: Serializer>(
        members: &Params,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let defined = || {
            members
                .iter()
                .filter(|(_, value)| *value != Value::Undefined)
        };
        let mut map = serializer.serialize_map(Some(defined().count()))?;
        for (name, value) in defined() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Params, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Object(members) => Ok(members),
            _ => Err(D::Error::custom("an object is needed here")),
        }
    }
}

/// Leaves out the tokens and the code.
impl Serialize for AuthorizationResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.members()
                .filter(|(_, _, secret)| !secret)
                .map(|(name, value, _)| (name, value)),
        )
    }
}

/// Includes the tokens and the code.
impl Serialize for WithSecrets<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.members().map(|(name, value, _)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for AuthorizationResult {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        members::deserialize(deserializer).map(Self::from_members)
    }
}
