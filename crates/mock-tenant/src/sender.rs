//! The `From` of a mail: a name and an address.

use lettre::Address;
use lettre::message::Mailbox;
use serde_json::json;

use crate::template::{Template, TemplateError};

/// Why a `From` cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SenderError {
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error("is no sender: `{0}`; write it as {{{{ application.name }}}} <login@example.com>")]
    NoAddress(String),
}

/// Checks that the template `from` gives a valid sender for some application's name. An empty template is valid.
pub(crate) fn check(from: &str) -> Result<(), SenderError> {
    if from.trim().is_empty() {
        return Ok(());
    }
    let application = json!({"name": "App", "client_id": "app"});
    let context = json!({"application": application, "client": application, "tenant": "mock", "friendly_name": "Mock",
        "support_email": "help@example.com", "user": {"email": "ada@example.com"}, "send": "code", "request_language": "en",
        "connection": {"name": "email"}, "custom_domain": {"domain": "example.com"}});
    let made = Template::parse(from)?.render(&context, 0)?;
    match mailbox(&made) {
        Some(_) if !made.contains(char::is_control) => Ok(()),
        _ => Err(SenderError::NoAddress(made)),
    }
}

/// The longest name of a sender, in characters. A header line holds 998 bytes (RFC 5322 section 2.1.1), and a name without
/// blanks cannot be folded.
const LONGEST_NAME: usize = 200;
/// The longest local part and the longest domain of an address, in bytes (RFC 5321 section 4.5.3.1).
const LONGEST_LOCAL_PART: usize = 64;
const LONGEST_DOMAIN: usize = 255;

/// Parses `Name <address>` or an address alone. The address is in the last angle brackets, whatever the name contains. A longer
/// name than mails can have is cut; an address that is too long is none.
pub(crate) fn mailbox(from: &str) -> Option<Mailbox> {
    let from = from.trim();
    let (name, address) = match from.rsplit_once('<') {
        Some((name, rest)) => (name.trim(), rest.strip_suffix('>')?),
        None => ("", from),
    };
    let quoted = name
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'));
    let name = quoted.unwrap_or(name);
    // lettre panics if a name has control characters.
    let name: String = name
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect();
    let name = Some(name).filter(|name| !name.is_empty());
    // An address beyond ASCII would need SMTPUTF8, which few servers support.
    let address = Some(address.trim()).filter(|address| address.is_ascii())?;
    Some(Mailbox::new(name, parse_address(address)?))
}

/// Parses an address. One that is longer than SMTP allows is none.
pub(crate) fn parse_address(address: &str) -> Option<Address> {
    let address = address.parse::<Address>().ok()?;
    let fits =
        address.user().len() <= LONGEST_LOCAL_PART && address.domain().len() <= LONGEST_DOMAIN;
    fits.then_some(address)
}

/// Whether a sender's address is at auth0.com or a subdomain of it.
pub(crate) fn is_at_auth0(from: &str) -> bool {
    let from = from.trim_end_matches(['>', '.']);
    let Some(mailbox) = mailbox(from).or_else(|| mailbox(&format!("{from}>"))) else {
        return false;
    };
    let domain = mailbox.email.domain().to_ascii_lowercase();
    domain == "auth0.com" || domain.ends_with(".auth0.com")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("root@auth0.com", true)]
    #[case("App <root@auth0.com>", true)]
    #[case("App <root@MAIL.Auth0.com>", true)]
    #[case("App <root@auth0.com.>", true)]
    #[case("App <root@notauth0.com>", false)]
    #[case("App <auth0.com@example.com>", false)]
    #[case("root@auth0.com <login@example.com>", false)]
    #[case("", false)]
    fn senders_at_auth0(#[case] from: &str, #[case] expected: bool) {
        assert_eq!(is_at_auth0(from), expected);
    }

    #[rstest]
    #[case("A\rpp <login@example.com>", "App")]
    #[case("\u{0}\u{7f}\t <login@example.com>", "")]
    #[case("\"A \\ \"B\" <login@example.com>", "A \\ \"B")]
    fn names_hold_no_control_characters(#[case] from: &str, #[case] expected: &str) {
        let mailbox = mailbox(from).unwrap();
        assert_eq!(mailbox.name.clone().unwrap_or_default(), expected);
        assert!(mailbox.to_string().ends_with("login@example.com>") || expected.is_empty());
    }

    #[test]
    fn a_header_line_holds_the_longest_sender() {
        let domain = format!("{}com", "a.".repeat(120));
        let sender = format!("{} <{}@{domain}>", "\\".repeat(900), "b".repeat(64));
        assert!(mailbox(&sender).unwrap().to_string().len() < 900);
    }

    #[test]
    fn an_address_that_is_too_long_is_no_sender() {
        assert!(mailbox(&format!("{}@example.com", "b".repeat(65))).is_none());
        assert!(mailbox(&format!("b@{}com", "a.".repeat(128))).is_none());
    }

    #[rstest]
    #[case("", true)]
    #[case("login@example.com", true)]
    #[case("{{ application.name }} <login@example.com>", true)]
    #[case("Ada's <Shop> & Co <login@example.com>", true)]
    #[case("App <login@b\u{fc}cher.example>", false)]
    #[case("App <login@xn--bcher-kva.example>", true)]
    #[case("not an address", false)]
    #[case("App <login>", false)]
    #[case("App <a@example.com>, <b@example.com>, c", false)]
    #[case("x <login@example.com>\r\nTo: eve@example.com", false)]
    #[case("App <login@example.com>\n", false)]
    fn senders_that_can_be_saved(#[case] from: &str, #[case] expected: bool) {
        assert_eq!(check(from).is_ok(), expected);
    }
}
