//! Phone numbers, links, social connections, reloads and other tabs.

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

fn link() -> Dialog {
    let mut dialog = Dialog::with(Settings {
        link: true,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::EmailChanged("nora@gmail.com".into()));
    dialog.send(Msg::Submit);
    dialog
}

fn link_sent() -> Dialog {
    let mut dialog = link();
    dialog.respond_to_start(Ok(()));
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

#[test]
fn a_slip_is_asked_about_once() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::EmailChanged("nora@gmial.com".into()));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 0);
    assert_eq!(dialog.shown().suggestion.strong, "nora@gmail.com");
    let mut insisting = dialog.clone();
    insisting.send(Msg::Submit);
    assert_eq!(insisting.requests(), 1);
    dialog.send(Msg::SuggestionTaken);
    assert_eq!(dialog.shown().email, "nora@gmail.com");
    assert_eq!(dialog.shown().suggestion, Sentence::default());
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 1);
}

#[test]
fn a_missing_ending_is_marked_and_an_address_is_suggested() {
    let mut dialog = Dialog::opened();
    dialog.send(Msg::EmailChanged("nora@gmial".into()));
    dialog.send(Msg::Submit);
    assert!(dialog.shown().hint.contains("ending"));
    assert_eq!(dialog.shown().suggestion.strong, "nora@gmail.com");
}

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

#[test]
fn the_pages_message_stays_until_the_person_goes_on() {
    let mut dialog = Dialog::new();
    dialog.send(Msg::Flash(Some(Flash {
        tone: Tone::Ok,
        text: "You logged out.".into(),
    })));
    dialog.send(Msg::Show);
    assert_eq!(dialog.shown().note, "You logged out.");
    assert_eq!(dialog.shown().note_tone, Tone::Ok);
    dialog.send(Msg::EmailChanged("n".into()));
    assert_eq!(dialog.shown().note, "");
}

/// A new dialog with the data that the tab has stored of `dialog`.
fn reloaded(dialog: &Dialog, settings: Settings, prefill: &str) -> Dialog {
    let text = dialog.model.shared.memory().to_text();
    let mut fresh = Dialog {
        model: Model::new(settings, prefill),
        effects: Vec::new(),
    };
    let now_ms = dialog.model.shared.clock.now_ms;
    if let Some(memory) = Memory::read(&text, now_ms) {
        fresh.model.recall(memory);
    }
    fresh.send(Msg::Tick { now_ms });
    fresh.send(Msg::Show);
    fresh
}

#[test]
fn a_reload_restores_the_code_screen_with_its_clocks_and_tries() {
    let mut before = Dialog::verifying();
    before.respond_to_verify(failed(Cause::InvalidCode));
    before.wait(10);
    let after = reloaded(&before, Settings::default(), "");
    assert_eq!(after.screen(), Some(ScreenKind::Code));
    assert_eq!(after.shown().lead.strong, EMAIL);
    assert_eq!(after.shown().resend_label, "Send a new code in 0:20");
    assert_eq!(after.shown().life, "Valid for 2:50");
    assert_eq!(after.model.shared.tries_left(), 2);
    assert_eq!(after.code(), "", "the code itself is never kept");
}

#[test]
fn a_reload_forgets_an_expired_or_used_code() {
    let mut before = Dialog::on_code();
    before.wait(180);
    assert_eq!(
        reloaded(&before, Settings::default(), "").screen(),
        Some(ScreenKind::Email)
    );
    let mut done = Dialog::verifying();
    done.respond_to_verify(Ok(()));
    assert_eq!(done.model.shared.memory().to_text(), "");
    let forgets = Effect::Remember(String::new());
    assert!(done.effects.contains(&forgets));
}

#[test]
fn a_reload_with_another_prefilled_address_asks_for_it() {
    let before = Dialog::on_code();
    let after = reloaded(&before, Settings::default(), "other@example.com");
    assert_eq!(after.screen(), Some(ScreenKind::Email));
    assert_eq!(after.shown().email, "other@example.com");
}

#[test]
fn a_reload_restores_the_link_screen() {
    let settings = Settings {
        link: true,
        ..Settings::default()
    };
    let after = reloaded(&link_sent(), settings, "");
    assert_eq!(after.screen(), Some(ScreenKind::Link));
    assert_eq!(after.shown().lead.strong, "nora@gmail.com");
}

#[test]
fn the_rate_limit_survives_a_reload() {
    let mut before = Dialog::on_code();
    before.wait(30);
    before.send(Msg::Resend);
    before.respond_to_start(Err(Failure {
        retry_after_s: Some(600),
        ..Failure::new(Cause::RateLimited)
    }));
    let after = reloaded(&before, Settings::default(), "");
    assert_eq!(after.shown().resend_label, "Send a new code in 10:00");
}

#[test]
fn the_tabs_data_is_stored_only_when_it_changes() {
    let dialog = Dialog::on_code();
    let memory = dialog.model.shared.memory();
    assert!(dialog.effects.contains(&Effect::Remember(memory.to_text())));
    let mut quiet = dialog;
    quiet.type_code("1");
    assert!(
        !quiet
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Remember(_)))
    );
}

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
