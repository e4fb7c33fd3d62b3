//! Messages of other tabs, and to them.

use super::*;

#[test]
fn a_login_in_another_tab_is_shown_and_closes_a_hidden_dialog() {
    for mut dialog in [Dialog::opened(), Dialog::sending(), Dialog::verifying()] {
        dialog.send(Msg::OtherTab(News::SignedIn));
        assert_eq!(dialog.screen(), Some(ScreenKind::Elsewhere));
        assert!(dialog.events().contains(&"signed in elsewhere"));
        assert!(dialog.effects.contains(&Effect::CloseUnseen));
        assert!(dialog.shown().lead.before.contains("another tab"));
        // A visible dialog stays open, so that the person can read it.
        dialog.wait(3600);
        assert_eq!(dialog.screen(), Some(ScreenKind::Elsewhere));
        dialog.send(Msg::Hide);
        assert_eq!(dialog.events(), ["hide"], "no login was cancelled");
    }
}

#[test]
fn a_login_in_another_tab_stays_shown_in_a_container() {
    let mut dialog = Dialog::with(Settings {
        closable: false,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::OtherTab(News::SignedIn));
    assert!(!dialog.effects.contains(&Effect::CloseUnseen));
    assert_eq!(dialog.screen(), Some(ScreenKind::Elsewhere));
}

#[test]
fn a_newer_code_of_another_tab_shows_a_note() {
    let mut dialog = Dialog::on_code();
    dialog.type_code("12");
    dialog.wait(20);
    dialog.send(Msg::OtherTab(News::Sent { to: EMAIL.into() }));
    assert!(dialog.shown().note.contains("newer code"));
    assert_eq!(dialog.code(), "");
    assert_eq!(dialog.shown().life, "Valid for 3:00");
    let mut other = Dialog::on_code();
    other.send(Msg::OtherTab(News::Sent {
        to: "x@y.zz".into(),
    }));
    assert_eq!(other.shown().note, "");
}

#[test]
fn codes_and_logins_are_sent_to_other_tabs() {
    let told = |dialog: &Dialog, news: News| dialog.effects.contains(&Effect::Tell(news));
    assert!(told(&Dialog::on_code(), News::Sent { to: EMAIL.into() }));
    let mut dialog = Dialog::verifying();
    dialog.respond_to_verify(Ok(()));
    assert!(told(&dialog, News::SignedIn));
}
