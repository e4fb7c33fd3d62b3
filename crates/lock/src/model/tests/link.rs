//! Magic links, and codes in place of them.

use super::*;

#[test]
fn a_sent_link_is_confirmed() {
    let dialog = link_sent();
    let shown = dialog.shown();
    assert_eq!(shown.screen, ScreenKind::Link);
    assert_eq!(shown.lead.strong, "nora@gmail.com");
    assert_eq!(shown.webmail_label, "Open Gmail");
    assert!(dialog.events().contains(&"link sent"));
    assert!(dialog.effects.contains(&Effect::Focus(FocusTarget::Title)));
}

#[test]
fn a_failed_request_for_a_link_keeps_the_form() {
    let mut dialog = link();
    assert_eq!(dialog.shown().submit_label, "Sending the link…");
    dialog.respond_to_start(failed(Cause::ServerError));
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
    assert_ne!(dialog.shown().note, "");
}

#[test]
fn a_resend_of_the_link_shows_its_progress() {
    let mut dialog = link_sent();
    dialog.send(Msg::Resend);
    assert_eq!(dialog.requests(), 0, "the cool-down is not over");
    assert!(dialog.shown().resend_label.ends_with("in 0:30"));
    dialog.wait(30);
    dialog.send(Msg::Resend);
    assert_eq!(dialog.shown().resend_label, "Sending…");
}

#[test]
fn a_failed_resend_of_the_link_shows_why_and_can_be_repeated() {
    let mut dialog = link_sent();
    dialog.wait(30);
    for _ in 0..2 {
        dialog.send(Msg::Resend);
        dialog.respond_to_start(failed(Cause::ServerError));
        assert!(dialog.shown().note.contains("a problem of its own"));
        assert_eq!(dialog.events(), ["authorization_error"]);
        assert!(dialog.shown().can_resend);
    }
    dialog.send(Msg::Resend);
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.shown().note, "Sent!");
    assert_eq!(dialog.events(), ["link resent"]);
    // Lock allows only one resend.
    dialog.wait(30);
    dialog.send(Msg::Resend);
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_resend_of_the_link_without_a_network_is_repeated_when_online() {
    let mut dialog = link_sent();
    dialog.wait(30);
    dialog.send(Msg::Online(false));
    dialog.send(Msg::Resend);
    dialog.respond_to_start(failed(Cause::Network));
    assert!(dialog.shown().note.contains("offline"));
    dialog.send(Msg::Online(true));
    assert_eq!(dialog.requests(), 1);
}

fn link_or_code() -> Dialog {
    let mut dialog = link_sent();
    dialog.model.shared.settings.offers_code = true;
    dialog.wait(30);
    dialog
}

#[test]
fn a_person_who_was_sent_a_link_can_ask_for_a_code_instead() {
    let mut dialog = link_or_code();
    assert_eq!(dialog.shown().switch_label, "Use a code instead");
    dialog.send(Msg::Switch);
    let version = dialog.model.shared.version;
    assert!(dialog.effects.contains(&Effect::Start {
        version,
        to: Recipient::Email("nora@gmail.com".into()),
        send: Send::Code,
        captcha: None,
    }));
    assert_eq!(dialog.shown().status, "Sending the code…");
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::Code));
    assert_eq!(
        dialog.events(),
        ["code sent", "step changed", "vcode ready"]
    );
    assert!(dialog.effects.contains(&Effect::Focus(FocusTarget::Code)));
    // A resend requests a code again, also after a reload.
    dialog.wait(30);
    dialog.send(Msg::Resend);
    assert!(matches!(
        dialog.effects[0],
        Effect::Start {
            send: Send::Code,
            ..
        }
    ));
    dialog.respond_to_start(Ok(()));
    let again = reloaded(&dialog, dialog.model.shared.settings.clone(), "");
    assert_eq!(again.screen(), Some(ScreenKind::Code));
    // Going back and submitting the same address again leads to the code that was sent, not to a link.
    dialog.send(Msg::Back);
    dialog.send(Msg::Submit);
    assert_eq!(
        (dialog.screen(), dialog.requests()),
        (Some(ScreenKind::Code), 0)
    );
}

#[test]
fn a_code_instead_of_a_link_waits_for_the_cool_down_and_needs_the_option() {
    let mut early = link_sent();
    early.model.shared.settings.offers_code = true;
    early.send(Msg::Switch);
    assert_eq!(early.requests(), 0, "no two messages within the cool-down");
    let mut never = link_sent();
    never.wait(30);
    assert_eq!(never.shown().switch_label, "");
    never.send(Msg::Switch);
    assert_eq!(
        (never.screen(), never.requests()),
        (Some(ScreenKind::Link), 0)
    );
}

#[test]
fn a_failed_code_instead_of_a_link_shows_why_and_is_repeated_when_online() {
    let mut dialog = link_or_code();
    dialog.send(Msg::Switch);
    dialog.respond_to_start(failed(Cause::ServerError));
    assert!(dialog.shown().note.contains("a problem of its own"));
    assert_eq!(dialog.screen(), Some(ScreenKind::Link));
    dialog.send(Msg::Online(false));
    dialog.send(Msg::Switch);
    dialog.respond_to_start(failed(Cause::Network));
    dialog.send(Msg::Online(true));
    assert!(dialog.effects.iter().any(|effect| matches!(
        effect,
        Effect::Start {
            send: Send::Code,
            ..
        }
    )));
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::Code));
    // A resend from the link's screen requests a link.
    let mut link = link_or_code();
    link.send(Msg::Switch);
    link.respond_to_start(failed(Cause::ServerError));
    link.send(Msg::Resend);
    link.respond_to_start(Ok(()));
    assert_eq!(
        (link.screen(), link.events()),
        (Some(ScreenKind::Link), vec!["link resent"])
    );
}
