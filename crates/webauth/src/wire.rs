//! The dynamic value of options, request bodies and responses.
//!
//! auth0.js sends unknown options to the tenant, so closed structs are not enough. Objects keep the insertion order of their
//! members, which is the order on the wire.

/// Members of an object in insertion order, which is the order on the wire. Each name occurs at most once.
pub type Params = Vec<(String, Value)>;

/// A JavaScript value: everything that JSON has, and `undefined`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// JavaScript's `undefined`. In the options of a call it clears the constructor's value. It is never sent.
    #[default]
    Undefined,
    /// JSON `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// Named values.
    Object(Params),
}

impl Value {
    /// The text, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if this is one.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The members, if this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Params> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The member `name`. [`Value::Undefined`] if there is none or this is not an object.
    #[must_use]
    pub fn member(&self, name: &str) -> &Value {
        self.as_object()
            .map_or(&Self::Undefined, |members| get(members, name))
    }

    /// Whether the value is truthy in JavaScript.
    #[must_use]
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Bool(flag) => *flag,
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::String(text) => !text.is_empty(),
            Self::Array(_) | Self::Object(_) => true,
        }
    }

    /// This value if it is truthy, otherwise `next`, as JavaScript's `||`.
    #[must_use]
    pub fn or<'a>(&'a self, next: &'a Value) -> &'a Value {
        if self.is_truthy() { self } else { next }
    }
}

impl From<&str> for Value {
    // Inlining would repeat the allocation's code for each text.
    #[inline(never)]
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<Params> for Value {
    fn from(members: Params) -> Self {
        Self::Object(members)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Undefined, Into::into)
    }
}

/// The member `name`, or [`Value::Undefined`].
#[inline(never)]
pub(crate) fn get<'a>(params: &'a Params, name: &str) -> &'a Value {
    params
        .iter()
        .find(|(known, _)| known == name)
        .map_or(&Value::Undefined, |(_, value)| value)
}

/// Copies the members `names` from one object to another, in the order of `names`.
pub(crate) fn copy(from: &Params, to: &mut Params, names: &[&str]) {
    for name in names {
        set_value(to, name, get(from, name).clone());
    }
}

/// Sets the member `name`. Like in a JavaScript object, a known member keeps its place and a new one comes last.
pub(crate) fn set(params: &mut Params, name: &str, value: impl Into<Value>) {
    set_value(params, name, value.into());
}

/// [`set`] for texts.
#[inline(never)]
pub(crate) fn set_text(params: &mut Params, name: &str, text: &str) {
    set_value(params, name, Value::from(text));
}

#[inline(never)]
fn set_value(params: &mut Params, name: &str, value: Value) {
    match params.iter_mut().find(|(known, _)| known == name) {
        Some((_, slot)) => *slot = value,
        None => params.push((name.to_owned(), value)),
    }
}

/// Removes the member `name` and returns its value.
#[inline(never)]
pub(crate) fn remove(params: &mut Params, name: &str) -> Value {
    match params.iter().position(|(known, _)| known == name) {
        Some(index) => params.remove(index).1,
        None => Value::Undefined,
    }
}

/// The members `names` of `params` that are truthy, in the order of `names`.
pub(crate) fn pick(params: &Params, names: &[&str]) -> Params {
    names
        .iter()
        .map(|name| ((*name).to_owned(), get(params, name)))
        .filter(|(_, value)| value.is_truthy())
        .map(|(name, value)| (name, value.clone()))
        .collect()
}

/// `base` with the members of `top`. Members of `base` keep their place, and the value of `top` wins even if it is undefined.
pub(crate) fn overlay(mut base: Params, top: Params) -> Params {
    for (name, value) in top {
        set(&mut base, &name, value);
    }
    base
}

/// The whole part of a JavaScript number; 0 if the number is negative or not a number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast to an integer saturates, which is what is meant"
)]
pub(crate) fn whole_number(number: f64) -> u32 {
    number as u32
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn an_undefined_option_clears_the_constructors_value_in_place() {
        let base = vec![
            ("a".to_owned(), Value::from("1")),
            ("b".to_owned(), Value::from("2")),
        ];
        let laid = overlay(
            base,
            vec![
                ("a".to_owned(), Value::Undefined),
                ("c".to_owned(), Value::from("3")),
            ],
        );
        let names: Vec<_> = laid
            .iter()
            .map(|(name, value)| (name.as_str(), value.is_truthy()))
            .collect();
        assert_eq!(names, [("a", false), ("b", true), ("c", true)]);
    }

    #[test]
    fn picking_drops_falsy_values_and_follows_the_order_of_the_names() {
        let base = vec![
            ("scope".to_owned(), Value::from("")),
            ("state".to_owned(), Value::from("s")),
            ("clientID".to_owned(), Value::from("c")),
        ];
        let names: Vec<_> = pick(&base, &["clientID", "scope", "state", "nonce"])
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["clientID", "state"]);
    }
}
