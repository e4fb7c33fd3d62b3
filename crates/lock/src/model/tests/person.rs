//! The picture and the name of the address's owner.

use super::*;

fn asking() -> Dialog {
    Dialog::with(Settings {
        avatar: true,
        ..Settings::default()
    })
}

fn nora() -> Person {
    Person {
        email: EMAIL.into(),
        image: "https://app.example.com/nora.png".into(),
        name: "Nora".into(),
    }
}

/// An open dialog that has the picture and the name of the owner of its address.
fn known() -> Dialog {
    let mut dialog = asking();
    dialog.send(Msg::Show);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    dialog.send(Msg::Person(nora()));
    dialog
}

fn asks(dialog: &Dialog) -> Option<&str> {
    dialog.effects.iter().find_map(|effect| match effect {
        Effect::Avatar(email) => Some(&**email),
        _ => None,
    })
}

#[test]
fn the_page_is_asked_as_soon_as_the_text_can_be_an_address() {
    let mut dialog = asking();
    dialog.send(Msg::Show);
    assert_eq!(asks(&dialog), None);
    for (typed, asked) in [
        ("nora@", None),
        ("nora@example.c", Some("nora@example.c")),
        (" nora@example.c", None),
        (EMAIL, Some(EMAIL)),
        ("nora", Some("")),
        ("nor", None),
    ] {
        dialog.send(Msg::EmailChanged(typed.into()));
        assert_eq!(asks(&dialog), asked, "{typed}");
    }
}

#[test]
fn the_page_is_asked_about_a_prefilled_address_on_opening() {
    let mut dialog = asking();
    dialog.model.shared.entries.email = EMAIL.into();
    dialog.send(Msg::Show);
    assert_eq!(asks(&dialog), Some(EMAIL));
    dialog.send(Msg::Close);
    assert_eq!(asks(&dialog), Some(""), "the text is no address any longer");
    dialog.send(Msg::Show);
    assert_eq!(asks(&dialog), Some(EMAIL), "the text is an address again");
}

#[test]
fn the_page_is_not_asked_without_the_option_avatar() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    assert_eq!(dialog.effects, []);
    dialog.send(Msg::Person(nora()));
    assert_eq!(dialog.shown().avatar, "");
    assert_eq!(dialog.shown().title, "Log in");
}

#[test]
fn a_picture_replaces_the_logo_and_a_name_the_title() {
    let dialog = known();
    let shown = dialog.shown();
    assert_eq!(shown.avatar, "https://app.example.com/nora.png");
    assert_eq!(shown.title, "Welcome, Nora!");
    assert_eq!(shown.status, "Welcome, Nora!");
    assert_eq!(dialog.effects, []);
}

#[test]
fn a_picture_or_a_name_alone_is_shown() {
    for (image, name, title) in [("x.png", "", "Log in"), ("", "Nora", "Welcome, Nora!")] {
        let mut dialog = known();
        dialog.send(Msg::Person(Person {
            image: image.into(),
            name: name.into(),
            ..nora()
        }));
        assert_eq!(dialog.shown().avatar, image);
        assert_eq!(dialog.shown().title, title);
    }
}

#[test]
fn another_address_removes_the_person_and_drops_late_responses() {
    let mut dialog = known();
    dialog.send(Msg::EmailChanged("other@example.com".into()));
    assert_eq!(dialog.shown().avatar, "");
    assert_eq!(dialog.shown().title, "Log in");
    dialog.send(Msg::Person(nora()));
    assert_eq!(dialog.shown().title, "Log in");
    dialog.send(Msg::EmailChanged("other".into()));
    dialog.send(Msg::Person(Person {
        email: String::new(),
        ..nora()
    }));
    assert_eq!(dialog.shown().title, "Log in");
}

#[test]
fn the_person_is_still_shown_when_the_screen_is_entered_again() {
    let mut dialog = known();
    dialog.send(Msg::Submit);
    assert_eq!(dialog.shown().title, "Welcome, Nora!");
    assert_eq!(dialog.shown().status, "Sending the code…");
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.shown().title, "Enter your code");
    assert_eq!(dialog.shown().avatar, "");
    dialog.send(Msg::Back);
    assert_eq!(asks(&dialog), None, "the page has answered already");
    assert_eq!(dialog.shown().title, "Welcome, Nora!");
}

#[test]
fn the_page_is_not_asked_about_phone_numbers() {
    let mut dialog = known();
    dialog.model.shared.settings.channels = vec![Channel::Email, Channel::Sms];
    dialog.send(Msg::Switch);
    assert_eq!(dialog.screen(), Some(ScreenKind::Phone));
    assert_eq!(dialog.shown().avatar, "");
    assert_eq!(dialog.shown().title, "Log in");
}

#[test]
fn the_page_is_asked_about_an_accepted_suggestion() {
    let mut dialog = asking();
    dialog.send(Msg::Show);
    dialog.send(Msg::EmailChanged("nora@gmial.com".into()));
    dialog.send(Msg::Submit);
    dialog.send(Msg::SuggestionTaken);
    assert_eq!(asks(&dialog), Some("nora@gmail.com"));
}
