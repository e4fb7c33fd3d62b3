//! The names of members: camel case in JavaScript, snake case on the wire.

use crate::wire::{Params, Value, get, set};

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
