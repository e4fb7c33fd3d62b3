//! Social connections.

use super::*;

fn social(settings: Settings) -> Dialog {
    let mut dialog = Dialog::with(Settings {
        has_social: true,
        ..settings
    });
    dialog.send(Msg::Show);
    dialog
}

#[test]
fn a_social_button_leaves_and_emits_federated_login() {
    let mut dialog = social(Settings::default());
    dialog.send(Msg::Social("google-oauth2".into()));
    assert_eq!(dialog.events(), ["federated login"]);
    assert!(dialog.effects.contains(&Effect::Authorize {
        version: 1,
        connection: "google-oauth2".into()
    }));
    assert!(dialog.shown().busy);
    dialog.send(Msg::Social("google-oauth2".into()));
    assert_eq!(dialog.effects, [], "a second press is ignored");
    dialog.send(Msg::PageRestored);
    assert!(!dialog.shown().busy, "back from the connection's page");
}

#[test]
fn social_buttons_require_the_terms_too() {
    // Lock does not require the terms here.
    let mut dialog = social(Settings {
        must_accept_terms: true,
        ..Settings::default()
    });
    dialog.send(Msg::Social("google-oauth2".into()));
    assert_eq!(dialog.events(), Vec::<&str>::new());
    assert_ne!(dialog.shown().terms_hint, "");
    dialog.send(Msg::TermsToggled(true));
    dialog.send(Msg::Social("google-oauth2".into()));
    assert_eq!(dialog.events(), ["federated login"]);
}

#[test]
fn a_social_login_that_cannot_begin_shows_why() {
    let mut dialog = social(Settings::default());
    dialog.send(Msg::Social("google-oauth2".into()));
    dialog.respond_to_verify(failed(Cause::StorageUnavailable));
    assert_eq!(dialog.screen(), Some(ScreenKind::Error));
}

#[test]
fn a_login_in_a_window_ends_here_and_a_closed_window_shows_a_note() {
    let mut dialog = social(Settings {
        in_place: true,
        ..Settings::default()
    });
    dialog.send(Msg::Social("google-oauth2".into()));
    dialog.respond_to_verify(failed(Cause::PopupClosed));
    assert_eq!(dialog.events(), ["authorization_error"]);
    assert!(dialog.shown().note.contains("window was closed"));
    dialog.send(Msg::Social("google-oauth2".into()));
    dialog.respond_to_verify(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::SignedIn));
    assert!(!dialog.shown().busy, "no response is awaited any longer");
    assert_eq!(dialog.shown().status, "Welcome");
}

#[test]
fn the_text_of_a_hook_that_stops_a_social_login_is_shown() {
    let mut dialog = social(Settings::default());
    dialog.send(Msg::Social("google-oauth2".into()));
    let said = |name: &str, text: &str| (name.to_owned(), latchkey_webauth::Value::from(text));
    dialog.respond_to_verify(Err(Failure {
        error: latchkey_webauth::Value::Object(vec![
            said("code", "hook_error"),
            said("description", "Only members may log in."),
        ]),
        ..Failure::new(Cause::Unknown)
    }));
    assert_eq!(dialog.shown().note, "Only members may log in.");
    assert_eq!(dialog.events(), ["authorization_error"]);
    assert!(!dialog.shown().busy);
}

#[test]
fn a_dialog_with_social_connections_only_has_nothing_to_submit() {
    let mut dialog = social(Settings {
        channels: Vec::new(),
        ..Settings::default()
    });
    dialog.send(Msg::Submit);
    assert_eq!(dialog.effects, []);
}
