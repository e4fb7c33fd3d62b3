//! Decides which addresses and numbers of people are accepted, and how they are compared.

use crate::config::Strategy;

/// The form in which an address is compared, stored and shown: in lower case, with the domain in Unicode, even if it was sent in
/// ASCII (`xn--...`, RFC 5890).
pub(crate) fn normalise(strategy: Strategy, address: &str) -> String {
    let address = match strategy {
        Strategy::Sms => return address.trim().to_owned(),
        Strategy::Email | Strategy::Database => address.trim().to_lowercase(),
    };
    match address.rsplit_once('@') {
        Some((local, domain)) if domain.is_ascii() && domain.contains("xn--") => {
            match idna::domain_to_unicode(domain) {
                (domain, Ok(())) => format!("{local}@{domain}"),
                (_, Err(_)) => address,
            }
        }
        _ => address,
    }
}

/// `address` with its domain in ASCII, as mails need it.
pub(crate) fn in_ascii(address: &str) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    let domain = idna::domain_to_ascii(domain).ok()?;
    Some(format!("{local}@{domain}"))
}

/// A number in E.164: `^\+[0-9]{1,15}$`.
pub(crate) fn is_phone_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (1..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Whether `text` is one plain address: a dot-atom, `@`, and a domain of at least two labels, without quotes, comments, lists and
/// control characters.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let label = |label: &str| {
        let inner = |c: char| c.is_alphanumeric() || c == '-';
        // In many scripts a letter has combining marks, which only IDNA can judge. IDNA also accepts ASCII punctuation.
        let is_international =
            || label.chars().all(|c| !c.is_ascii() || inner(c)) && in_normal_form(label);
        (1..=63).contains(&label.len())
            && (label.chars().all(inner) || is_international())
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

/// Whether IDNA accepts `label` without changing it.
fn in_normal_form(label: &str) -> bool {
    let ascii = idna::domain_to_ascii(label);
    ascii.is_ok_and(|ascii| idna::domain_to_unicode(&ascii).0 == label)
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
    #[case("nora@उदाहरण.परीक्षा")]
    #[case("nora@ตัวอย่าง.ไทย")]
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

    #[rstest]
    #[case("nora@xn--bcher-kva.example", "nora@bücher.example")]
    #[case("nora@XN--BCHER-KVA.example", "nora@bücher.example")]
    #[case("nora@BÜCHER.example", "nora@bücher.example")]
    #[case("nora@xn--fsqu00a.xn--4rr70v", "nora@例子.广告")]
    #[case("nora@xn--\u{fc}.example", "nora@xn--\u{fc}.example")]
    #[case("nora@xn--zzzzzzzzz999999.example", "nora@xn--zzzzzzzzz999999.example")]
    #[case("xn--nora@example.com", "xn--nora@example.com")]
    fn a_domain_is_kept_as_people_read_it(#[case] sent: &str, #[case] kept: &str) {
        assert_eq!(normalise(Strategy::Email, sent), kept);
    }

    #[test]
    fn a_mail_travels_with_its_domain_in_ascii() {
        let ascii = in_ascii("jürgen@bücher.example");
        assert_eq!(ascii.as_deref(), Some("jürgen@xn--bcher-kva.example"));
        assert_eq!(
            in_ascii("nora@example.com").as_deref(),
            Some("nora@example.com")
        );
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
