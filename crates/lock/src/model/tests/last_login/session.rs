//! The last login by the person's session at the tenant, and without one.

use super::*;

#[rstest]
#[case(email())]
#[case(phone())]
#[case(github())]
fn the_last_logins_button_asks_for_a_session_first(#[case] login: LastLogin) {
    let mut dialog = Dialog::remembering(both(), login.clone());
    dialog.send(Msg::Submit);
    let version = dialog.model.shared.version;
    assert_eq!(dialog.effects, [Effect::Session { version, login }]);
    assert!(dialog.shown().busy);
    assert_eq!(dialog.shown().status, "You’re being logged in…");
    // A second press is ignored.
    dialog.send(Msg::Submit);
    assert_eq!(dialog.effects, []);
}

#[test]
fn a_session_logs_in() {
    let mut dialog = Dialog::asking_for_session();
    dialog.respond_to_verify(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::SignedIn));
    assert_eq!(dialog.events(), ["step changed"]);
    assert_eq!(
        dialog.model.shared.logins.last,
        Some(email()),
        "still remembered"
    );
}

#[rstest]
#[case(Cause::AccessDenied)]
#[case(Cause::Network)]
#[case(Cause::Timeout)]
#[case(Cause::ClientMisconfigured)]
#[case(Cause::Unknown)]
fn without_a_session_a_code_is_requested(#[case] cause: Cause) {
    let mut dialog = Dialog::asking_for_session();
    dialog.respond_to_verify(failed(cause));
    let start = Effect::Start {
        version: dialog.model.shared.version,
        to: Recipient::Email(EMAIL.into()),
        send: Send::Code,
        captcha: None,
    };
    assert_eq!(dialog.effects, [start]);
    assert_eq!(
        dialog.screen(),
        Some(ScreenKind::LastLogin),
        "the screen stays until the code is sent"
    );
    assert_eq!(dialog.shown().status, "Sending the code…");
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::Code));
    assert_eq!(dialog.shown().lead.strong, EMAIL);
    dialog.send(Msg::Back);
    assert_eq!(dialog.shown().email, EMAIL);
}

#[test]
fn without_a_session_a_text_message_is_requested() {
    let mut dialog = Dialog::remembering(both(), phone());
    dialog.send(Msg::Submit);
    dialog.respond_to_verify(failed(Cause::Unknown));
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.shown().lead.strong, NUMBER);
    dialog.send(Msg::Back);
    assert_eq!(dialog.screen(), Some(ScreenKind::Phone));
    assert_eq!(dialog.shown().phone, NUMBER);
}

#[test]
fn without_a_session_a_link_is_requested_if_the_page_uses_links() {
    let settings = Settings {
        link: true,
        ..Settings::default()
    };
    let mut dialog = Dialog::remembering(settings, email());
    dialog.send(Msg::Submit);
    dialog.respond_to_verify(failed(Cause::Unknown));
    assert_eq!(dialog.shown().status, "Sending the link…");
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::Link));
}

#[test]
fn without_a_session_the_browser_leaves_for_the_connection() {
    let mut dialog = Dialog::remembering(both(), github());
    dialog.send(Msg::Submit);
    dialog.respond_to_verify(failed(Cause::Unknown));
    let version = dialog.model.shared.version;
    let connection = "github".to_owned();
    assert!(dialog.effects.contains(&Effect::Authorize {
        version,
        connection
    }));
    assert_eq!(dialog.events(), ["federated login"]);
    assert_eq!(dialog.screen(), Some(ScreenKind::LastLogin));
    assert!(dialog.shown().busy);
    dialog.send(Msg::PageRestored);
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
    assert!(!dialog.shown().busy);
}

#[test]
fn without_sso_no_session_is_asked_for() {
    let settings = Settings {
        sso: false,
        ..both()
    };
    let mut dialog = Dialog::remembering(settings.clone(), email());
    dialog.send(Msg::Submit);
    assert!(matches!(dialog.effects[..], [Effect::Start { .. }]));
    let mut dialog = Dialog::remembering(settings, github());
    dialog.send(Msg::Submit);
    let leaves = |effect: &Effect| matches!(effect, Effect::Authorize { .. });
    assert!(dialog.effects.iter().any(leaves));
}
