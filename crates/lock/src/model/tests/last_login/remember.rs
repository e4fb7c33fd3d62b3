//! Which logins are remembered, and when.

use super::*;

#[test]
fn a_login_by_code_is_remembered_only_if_the_code_is_right() {
    let mut dialog = Dialog::verifying();
    dialog.model.shared.settings.remembers = true;
    dialog.respond_to_verify(failed(Cause::InvalidCode));
    assert_eq!(stored(&dialog), []);
    dialog.type_code("654321");
    dialog.respond_to_verify(Ok(()));
    assert_eq!(stored(&dialog), [Some(email())]);
}

#[test]
fn a_social_login_is_remembered_when_the_browser_leaves() {
    let mut dialog = Dialog::with(Settings {
        remembers: true,
        ..both()
    });
    dialog.model.shared.logins.last = Some(email());
    dialog.send(Msg::Show);
    dialog.send(Msg::Back);
    dialog.send(Msg::Social("github".into()));
    assert_eq!(stored(&dialog), [Some(github())]);
    dialog.respond_to_verify(failed(Cause::Unknown));
    assert_eq!(stored(&dialog), [Some(email())]);
}

#[test]
fn a_social_login_in_a_window_is_remembered_when_it_is_done() {
    let mut dialog = Dialog::with(Settings {
        remembers: true,
        in_place: true,
        ..both()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::Social("github".into()));
    assert_eq!(stored(&dialog), []);
    dialog.respond_to_verify(failed(Cause::PopupClosed));
    assert_eq!(stored(&dialog), []);
    dialog.send(Msg::Social("github".into()));
    dialog.respond_to_verify(Ok(()));
    assert_eq!(stored(&dialog), [Some(github())]);
}

#[test]
fn no_login_is_remembered_unless_the_page_wants_it() {
    let mut dialog = Dialog::verifying();
    dialog.respond_to_verify(Ok(()));
    assert_eq!(stored(&dialog), []);
    let mut dialog = Dialog::with(both());
    dialog.send(Msg::Show);
    dialog.send(Msg::Social("github".into()));
    assert_eq!(stored(&dialog), []);
    assert_eq!(dialog.model.shared.logins.last, None);
}
