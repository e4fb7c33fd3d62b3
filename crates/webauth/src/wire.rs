//! The dynamic value of options, request bodies and responses, and the conversion of names between camel case and snake case.
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

/// Renames every member to `snake_case`, also in nested objects but not in lists. Names in `kept` do not change at the top
/// level: so `authParams` keeps its name, and its members are renamed.
pub(crate) fn to_snake_case(params: Params, kept: &[&str]) -> Params {
    let mut renamed = Params::with_capacity(params.len());
    for (name, value) in params {
        let value = match value {
            Value::Object(members) => Value::Object(to_snake_case(members, &[])),
            other => other,
        };
        if kept.contains(&name.as_str()) {
            set(&mut renamed, &name, value);
        } else {
            set(&mut renamed, &camel_to_snake(&name), value);
        }
    }
    renamed
}

/// Renames every member to `camelCase`, also in nested objects but not in lists. If a name occurs in both casings, the member
/// in camel case wins.
pub(crate) fn to_camel_case(value: Value) -> Value {
    let Value::Object(members) = value else {
        return value;
    };
    let mut renamed = Params::with_capacity(members.len());
    for (name, value) in &members {
        let name = snake_to_camel(name);
        let value = get(&members, &name).or(value).clone();
        set(&mut renamed, &name, to_camel_case(value));
    }
    Value::Object(renamed)
}

/// Converts `phoneNumber` to `phone_number`, as auth0.js does: a `_` comes before the first of several capitals and before the
/// first of several digits, and capitals become small letters.
fn camel_to_snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    // The first character never gets a `_`.
    let (mut after_upper, mut after_digit) = (true, true);
    for character in name.chars() {
        let (upper, digit) = (character.is_ascii_uppercase(), character.is_ascii_digit());
        if (upper && !after_upper) || (digit && !after_digit) {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
        (after_upper, after_digit) = (upper, digit);
    }
    snake
}

/// Converts `email_verified` to `emailVerified`. As in auth0.js, `_id` becomes `Id`.
fn snake_to_camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut after_underscore = false;
    for character in name.chars() {
        if character != '_' {
            camel.push(if after_underscore {
                character.to_ascii_uppercase()
            } else {
                character
            });
        }
        after_underscore = character == '_';
    }
    camel
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
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("clientID", "client_id")]
    #[case("phoneNumber", "phone_number")]
    #[case("verificationCode", "verification_code")]
    #[case("attrNAME3", "attr_name_3")]
    #[case("attrName22", "attr_name_22")]
    #[case("_csrf", "_csrf")]
    #[case("auth0Client", "auth_0_client")]
    #[case("already_snake", "already_snake")]
    #[case("ABC", "abc")]
    #[case("3d", "3d")]
    #[case("", "")]
    fn camel_to_snake_is_that_of_auth0_js(#[case] camel: &str, #[case] snake: &str) {
        assert_eq!(camel_to_snake(camel), snake);
    }

    #[rstest]
    #[case("email_verified", "emailVerified")]
    #[case("attr__name_3", "attrName3")]
    #[case("_id", "Id")]
    #[case("sub", "sub")]
    #[case("trailing_", "trailing")]
    #[case("", "")]
    fn snake_to_camel_is_that_of_auth0_js(#[case] snake: &str, #[case] camel: &str) {
        assert_eq!(snake_to_camel(snake), camel);
    }

    #[test]
    fn nested_objects_are_renamed_without_the_exceptions_and_lists_are_not() {
        let inner = vec![
            ("redirectUri".to_owned(), Value::from("u")),
            ("auth0Client".to_owned(), Value::from("t")),
        ];
        let list = Value::Array(vec![Value::Object(vec![(
            "keepMe".to_owned(),
            Value::Null,
        )])]);
        let params = vec![
            ("authParams".to_owned(), Value::Object(inner)),
            ("auth0Client".to_owned(), Value::from("t")),
            ("someList".to_owned(), list.clone()),
        ];
        let snake = to_snake_case(params, &["auth0Client", "authParams"]);
        let names: Vec<_> = snake.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["authParams", "auth0Client", "some_list"]);
        assert_eq!(
            get(&snake, "authParams").member("redirect_uri"),
            &Value::from("u")
        );
        assert_eq!(
            get(&snake, "authParams").member("auth_0_client"),
            &Value::from("t")
        );
        assert_eq!(get(&snake, "some_list"), &list);
    }

    #[test]
    fn the_id_of_a_start_response_reaches_the_callback_as_capital_id() {
        let body = Value::Object(vec![
            ("_id".to_owned(), Value::from("1")),
            ("email_verified".to_owned(), Value::from(false)),
        ]);
        assert_eq!(
            to_camel_case(body),
            Value::Object(vec![
                ("Id".to_owned(), Value::from("1")),
                ("emailVerified".to_owned(), Value::from(false))
            ])
        );
    }

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

    proptest! {
        #[test]
        fn snake_case_is_a_fixed_point(name in "[a-zA-Z0-9_]{0,16}") {
            let once = camel_to_snake(&name);
            prop_assert_eq!(camel_to_snake(&once).replace('_', ""), once.replace('_', ""));
            prop_assert!(!once.chars().any(|character| character.is_ascii_uppercase()));
        }

        #[test]
        fn plain_camel_words_survive_the_round_trip(words in proptest::collection::vec("[a-z]{2,6}", 1..4)) {
            let snake = words.join("_");
            prop_assert_eq!(camel_to_snake(&snake_to_camel(&snake)), snake);
        }

        #[test]
        fn no_name_stands_twice_after_renaming(names in proptest::collection::vec("[a-zA-Z_]{0,4}", 0..8)) {
            let mut params = Params::new();
            for name in &names {
                set(&mut params, name, true);
            }
            let snake = to_snake_case(params, &[]);
            let mut seen: Vec<_> = snake.iter().map(|(name, _)| name.clone()).collect();
            seen.sort();
            seen.dedup();
            prop_assert_eq!(seen.len(), snake.len());
        }
    }
}
