//! Addresses of people: which are accepted, and how they are compared.

use crate::config::Strategy;

/// The form in which an address is compared and stored.
pub(crate) fn normalise(strategy: Strategy, address: &str) -> String {
    match strategy {
        Strategy::Sms => address.trim().to_owned(),
        Strategy::Email | Strategy::Database => address.trim().to_lowercase(),
    }
}

/// A number in E.164: `^\+[0-9]{1,15}$`.
pub(crate) fn is_phone_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (1..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// One plain address: a dot-atom, `@`, a domain of two labels or more. No quotes, comments, lists or control characters.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let label = |label: &str| {
        let inner = |c: char| c.is_alphanumeric() || c == '-';
        (1..=63).contains(&label.len())
            && label.chars().all(inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    (1..=64).contains(&local.len())
        && text.len() <= 254
        && local
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(atom))
        && domain.contains('.')
        && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, proptest};
    use rstest::rstest;

    #[rstest]
    #[case("ada@example.com")]
    #[case("ada+888@mail.example.co.uk")]
    #[case("o'hara@example.com")]
    #[case("jürgen@bücher.example")]
    fn accepts(#[case] email: &str) {
        assert!(is_email(email));
    }

    #[rstest]
    #[case("+1", true)]
    #[case("+123456789012345", true)]
    #[case("+1234567890123456", false)]
    #[case("+", false)]
    #[case("+49 30", false)]
    #[case("4930", false)]
    #[case("+49\u{0663}", false)]
    fn numbers(#[case] number: &str, #[case] valid: bool) {
        assert_eq!(is_phone_number(number), valid);
    }

    #[test]
    fn case_and_spaces_do_not_make_another_person() {
        assert_eq!(
            normalise(Strategy::Email, " Ada@Example.COM\n"),
            "ada@example.com"
        );
    }

    proptest! {
        #[test]
        fn an_accepted_address_can_break_no_header(email in "[ -~\\r\\n\\t]{1,40}@[a-z.,<>\\r\\n]{1,20}") {
            let breaks = |c: char| c.is_control() || " ,;<>()[]\"\\:".contains(c);
            prop_assert!(!is_email(&email) || !email.contains(breaks));
        }
    }
}
