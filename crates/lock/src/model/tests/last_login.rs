//! The screen that offers the way of the last login.

mod remember;
mod session;

use rstest::rstest;

use super::*;

const NUMBER: &str = "+4915123456789";

fn email() -> LastLogin {
    LastLogin::Code(Recipient::Email(EMAIL.into()))
}

fn phone() -> LastLogin {
    LastLogin::Code(Recipient::Phone(NUMBER.into()))
}

fn github() -> LastLogin {
    LastLogin::Social("github".into())
}

fn both() -> Settings {
    Settings {
        channels: vec![Channel::Email, Channel::Sms],
        has_social: true,
        ..Settings::default()
    }
}

/// The logins that the last message stored.
fn stored(dialog: &Dialog) -> Vec<Option<LastLogin>> {
    let kept = |effect: &Effect| match effect {
        Effect::RememberLogin(login) => Some(login.clone()),
        _ => None,
    };
    dialog.effects.iter().filter_map(kept).collect()
}

#[rstest]
#[case(email(), EMAIL)]
#[case(phone(), NUMBER)]
#[case(github(), "github")]
fn a_remembered_login_is_offered_first_without_a_request(
    #[case] login: LastLogin,
    #[case] name: &str,
) {
    let dialog = Dialog::remembering(both(), login);
    assert_eq!(dialog.screen(), Some(ScreenKind::LastLogin));
    assert_eq!(dialog.requests(), 0);
    assert_eq!(dialog.events(), ["show", "step changed"]);
    let shown = dialog.shown();
    assert_eq!(shown.last_login, name);
    assert_eq!(shown.lead.before, "Last time you logged in with");
    assert_eq!(shown.switch_label, "Not your account?");
    assert!(!shown.can_go_back && !shown.busy);
}

#[test]
fn without_a_remembered_login_the_first_screen_asks_for_the_address() {
    let mut dialog = Dialog::with(Settings {
        remembers: true,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
}

#[test]
fn a_code_that_still_works_comes_before_the_last_login() {
    let mut dialog = Dialog::on_code();
    dialog.model.shared.settings.remembers = true;
    dialog.model.shared.logins.last = Some(email());
    dialog.send(Msg::Close);
    dialog.send(Msg::Show);
    assert_eq!(dialog.screen(), Some(ScreenKind::Code));
}

#[rstest]
#[case(Cause::CaptchaRequired)]
#[case(Cause::InvalidEmail)]
#[case(Cause::Network)]
#[case(Cause::RateLimited)]
#[case(Cause::ServerError)]
#[case(Cause::SignupDisabled)]
fn a_failed_last_login_leads_to_the_address_screen_with_a_note(#[case] cause: Cause) {
    let mut dialog = Dialog::asking_for_session();
    dialog.respond_to_verify(failed(Cause::Unknown));
    dialog.respond_to_start(failed(cause));
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
    let shown = dialog.shown();
    assert!(!shown.busy);
    assert_eq!(shown.email, EMAIL);
    assert_ne!([&*shown.note, &shown.hint].concat(), "");
    assert_eq!(
        dialog.events(),
        ["authorization_error", "step changed", "socialOrEmail ready"]
    );
    let captchas = |effect: &&Effect| matches!(effect, Effect::Captcha);
    let count = dialog.effects.iter().filter(captchas).count();
    assert_eq!(count, usize::from(cause == Cause::CaptchaRequired));
}

#[test]
fn a_refused_address_of_the_last_login_is_marked_with_the_one_that_was_probably_meant() {
    let slip = Recipient::Email("nora@gmial.com".into());
    let mut dialog = Dialog::remembering(Settings::default(), LastLogin::Code(slip));
    dialog.send(Msg::Submit);
    dialog.respond_to_verify(failed(Cause::Unknown));
    dialog.respond_to_start(failed(Cause::InvalidEmail));
    assert!(dialog.shown().invalid);
    assert_eq!(dialog.shown().suggestion.strong, "nora@gmail.com");
}

#[test]
fn a_setup_fault_of_the_last_login_shows_the_error_screen() {
    let mut dialog = Dialog::asking_for_session();
    dialog.respond_to_verify(failed(Cause::Unknown));
    dialog.respond_to_start(failed(Cause::ConnectionDisabled));
    assert_eq!(dialog.screen(), Some(ScreenKind::Error));
}

#[test]
fn a_last_login_that_found_no_network_is_repeated_when_online() {
    let mut dialog = Dialog::asking_for_session();
    dialog.send(Msg::Online(false));
    dialog.respond_to_verify(failed(Cause::Network));
    dialog.respond_to_start(failed(Cause::Network));
    dialog.send(Msg::Online(true));
    assert!(matches!(
        &dialog.effects[..],
        [Effect::Start { to, .. }] if to.text() == EMAIL
    ));
}

#[test]
fn an_earlier_rate_limit_is_shown_and_nothing_is_sent() {
    let mut dialog = Dialog::on_last_login();
    dialog.model.shared.limits.send_from_ms = START_MS + 60_000;
    dialog.send(Msg::Submit);
    dialog.respond_to_verify(failed(Cause::Unknown));
    assert_eq!(dialog.requests(), 0);
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
    assert!(dialog.shown().note.contains("60 seconds"));
}

#[test]
fn an_earlier_captcha_is_asked_for_on_the_address_screen() {
    let mut dialog = Dialog::on_last_login();
    dialog.model.shared.entries.captcha = Some("old".into());
    dialog.send(Msg::Submit);
    dialog.respond_to_verify(failed(Cause::Unknown));
    assert_eq!(dialog.requests(), 0);
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
    assert_eq!(dialog.shown().note, "Solve the security check to go on.");
    assert!(dialog.effects.contains(&Effect::Captcha));
}

#[test]
fn a_code_that_was_just_sent_to_the_last_login_is_used() {
    let mut dialog = Dialog::on_code();
    dialog.send(Msg::Back);
    dialog.send(Msg::EmailChanged("other@example.com".into()));
    dialog.send(Msg::Close);
    dialog.model.shared.settings.remembers = true;
    dialog.model.shared.settings.sso = false;
    dialog.model.shared.logins.last = Some(email());
    dialog.send(Msg::Show);
    assert_eq!(dialog.screen(), Some(ScreenKind::LastLogin));
    dialog.send(Msg::Submit);
    assert_eq!(dialog.requests(), 0);
    assert_eq!(dialog.screen(), Some(ScreenKind::Code));
}

#[test]
fn the_last_login_requires_the_terms_too() {
    let settings = Settings {
        must_accept_terms: true,
        ..Settings::default()
    };
    let mut dialog = Dialog::remembering(settings, email());
    dialog.send(Msg::Submit);
    assert_eq!(dialog.effects, [Effect::Focus(FocusTarget::Terms)]);
    assert_eq!(dialog.shown().terms_hint, "Tick this box to go on.");
    dialog.send(Msg::TermsToggled(true));
    assert_eq!(dialog.screen(), Some(ScreenKind::LastLogin));
    assert_eq!(dialog.shown().terms_hint, "");
    dialog.send(Msg::Submit);
    assert!(matches!(dialog.effects[..], [Effect::Session { .. }]));
}

#[test]
fn not_your_account_forgets_the_last_login() {
    let mut dialog = Dialog::on_last_login();
    dialog.send(Msg::Switch);
    assert_eq!(stored(&dialog), [None]);
    assert_eq!(dialog.events(), ["step changed", "socialOrEmail ready"]);
    assert_eq!(dialog.shown().email, "", "the address is not filled in");
    dialog.send(Msg::Close);
    dialog.send(Msg::Show);
    assert_eq!(dialog.screen(), Some(ScreenKind::Email));
}

#[test]
fn a_person_who_waits_can_go_back_or_close() {
    for (msg, kind, is_remembered) in [
        (Msg::Back, Some(ScreenKind::Email), true),
        (Msg::Switch, Some(ScreenKind::Email), false),
        (Msg::Close, None, true),
        (Msg::Hide, None, true),
    ] {
        let mut dialog = Dialog::asking_for_session();
        let version = dialog.model.shared.version;
        dialog.send(msg.clone());
        assert!(dialog.effects.contains(&Effect::Cancel), "{msg:?}");
        assert_eq!(dialog.screen(), kind, "{msg:?}");
        assert_eq!(
            dialog.model.shared.logins.last.is_some(),
            is_remembered,
            "{msg:?}"
        );
        dialog.send(Msg::Verified {
            version,
            result: Ok(()),
        });
        assert_eq!(
            dialog.effects,
            [],
            "a late response changes nothing: {msg:?}"
        );
    }
}

#[test]
fn messages_about_missing_fields_change_nothing() {
    for msg in [
        Msg::Captcha("x".into()),
        Msg::CodeChanged(Secret::new("123456")),
        Msg::CountryChanged("DE".into()),
        Msg::EmailChanged("other@example.com".into()),
        Msg::Online(true),
        Msg::PageRestored,
        Msg::PhoneChanged("1".into()),
        Msg::Resend,
        Msg::Show,
        Msg::Social("github".into()),
        Msg::SuggestionTaken,
        Msg::TakeOver,
    ] {
        let mut dialog = Dialog::on_last_login();
        let before = dialog.model.clone();
        dialog.send(msg.clone());
        assert_eq!(dialog.effects, [], "{msg:?}");
        assert_eq!(dialog.model, before, "{msg:?}");
    }
}

#[test]
fn a_login_in_another_tab_ends_the_offer_of_the_last_login() {
    let mut dialog = Dialog::on_last_login();
    dialog.send(Msg::OtherTab(News::SignedIn));
    assert_eq!(dialog.screen(), Some(ScreenKind::Elsewhere));
}
