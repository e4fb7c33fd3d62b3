//! The screen that asks for the phone number.

use super::*;

fn with(channels: &[Channel]) -> Dialog {
    let mut dialog = Dialog::with(Settings {
        channels: channels.to_vec(),
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog
}

fn sms() -> Dialog {
    let mut dialog = with(&[Channel::Sms]);
    dialog.send(Msg::CountryChanged("FR".into()));
    dialog
}

fn phone_start(number: &str) -> Effect {
    Effect::Start {
        version: 1,
        to: Recipient::Phone(number.into()),
        send: Send::Code,
        captcha: None,
    }
}

#[test]
fn the_phone_screen_shows_a_country_from_the_start() {
    let dialog = with(&[Channel::Sms]);
    assert_eq!(dialog.screen(), Some(ScreenKind::Phone));
    assert_eq!(dialog.shown().country, "US");
    assert!(dialog.events().contains(&"socialOrPhoneNumber ready"));
}

#[test]
fn choosing_a_country_updates_the_field() {
    let mut dialog = sms();
    assert_eq!(dialog.shown().country, "FR");
    dialog.send(Msg::CountryChanged("nowhere".into()));
    assert_eq!(dialog.shown().country, "FR");
}

#[test]
fn the_number_is_sent_with_the_calling_code() {
    let mut dialog = sms();
    dialog.send(Msg::PhoneChanged("06 12 34 56 78".into()));
    dialog.send(Msg::Submit);
    assert!(dialog.effects.contains(&phone_start("+33612345678")));
    assert!(dialog.events().contains(&"socialOrPhoneNumber submit"));
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::Code));
    assert_eq!(dialog.shown().lead.before, "We texted it to ");
    assert_eq!(dialog.shown().lead.strong, "+33612345678");
    assert_eq!(dialog.shown().webmail_url, "");
}

#[test]
fn an_invalid_number_is_marked_with_a_hint_and_not_sent() {
    let mut dialog = sms();
    dialog.send(Msg::Submit);
    assert_eq!(dialog.shown().hint, "Enter your phone number.");
    dialog.send(Msg::PhoneChanged("nora".into()));
    assert_eq!(dialog.shown().hint, "");
    dialog.send(Msg::Submit);
    // Lock has no text for this, and shows only a red border.
    assert!(dialog.shown().hint.contains("digits"));
    assert_eq!(dialog.requests(), 0);
    dialog.send(Msg::PhoneChanged("0612345678".into()));
    assert!(!dialog.shown().invalid);
}

#[test]
fn a_number_that_the_tenant_refuses_is_marked() {
    let mut dialog = sms();
    dialog.send(Msg::PhoneChanged("0612345678".into()));
    dialog.send(Msg::Submit);
    dialog.respond_to_start(failed(Cause::InvalidPhoneNumber));
    assert!(
        dialog
            .shown()
            .hint
            .contains("phone number was not accepted")
    );
}

#[test]
fn the_number_is_cleaned_before_it_is_sent() {
    let mut dialog = sms();
    dialog.send(Msg::PhoneChanged("  +33 6-12 34 56 78 ".into()));
    dialog.send(Msg::Submit);
    assert!(dialog.effects.contains(&phone_start("+33612345678")));
}

#[test]
fn switching_the_channel_keeps_the_typed_texts() {
    let mut dialog = with(&[Channel::Email, Channel::Sms]);
    dialog.send(Msg::EmailChanged(EMAIL.into()));
    assert_eq!(dialog.shown().switch_label, "Use a text message instead");
    dialog.send(Msg::Switch);
    assert_eq!(dialog.screen(), Some(ScreenKind::Phone));
    assert!(dialog.effects.contains(&Effect::Focus(FocusTarget::Phone)));
    dialog.send(Msg::Switch);
    assert_eq!(dialog.shown().email, EMAIL);
    let mut single = with(&[Channel::Email]);
    single.send(Msg::Switch);
    assert_eq!(single.screen(), Some(ScreenKind::Email));
    assert_eq!(single.shown().switch_label, "");
}

#[test]
fn reopening_keeps_channel_country_and_number() {
    // Lock shows "undefined undefined" here.
    let mut dialog = sms();
    dialog.send(Msg::PhoneChanged("0612345678".into()));
    dialog.send(Msg::Hide);
    dialog.send(Msg::Show);
    let shown = dialog.shown();
    assert_eq!((&*shown.country, &*shown.phone), ("FR", "0612345678"));
}

#[test]
fn text_messages_contain_a_code_with_either_method() {
    let mut dialog = Dialog::with(Settings {
        channels: vec![Channel::Sms],
        link: true,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::PhoneChanged("2125550123".into()));
    dialog.send(Msg::Submit);
    assert!(dialog.effects.contains(&phone_start("+12125550123")));
    dialog.respond_to_start(Ok(()));
    assert_eq!(dialog.screen(), Some(ScreenKind::Code));
}
