//! What a page can do with the dialog before the rest of it is loaded.

use super::*;
use crate::i18n::Dictionary;

/// A message that has an effect on some screen without the rest.
fn first_messages() -> Vec<Msg> {
    vec![
        Msg::CodeChanged(Secret::new("123456")),
        Msg::CountryChanged("DE".into()),
        Msg::EmailChanged("other@example.com".into()),
        Msg::Flash(None),
        Msg::Online(false),
        Msg::PhoneChanged("151".into()),
        Msg::Submit,
        Msg::TermsToggled(true),
        Msg::Tick {
            now_ms: START_MS + 1,
        },
        Msg::Waits(true),
        Msg::Waits(false),
        Msg::Show,
        Msg::Close,
        Msg::Hide,
    ]
}

/// Dialogs that open on each screen they can open on.
fn closed() -> Vec<(Dialog, Step)> {
    let mut link = Dialog::with(Settings {
        link: true,
        ..Settings::default()
    });
    link.send(Msg::Show);
    link.send(Msg::EmailChanged(EMAIL.into()));
    link.send(Msg::Submit);
    link.answer_start(Ok(()));
    let mut dialogs = vec![
        (Dialog::opened(), Step::Email),
        (Dialog::on_code(), Step::Code),
        (Dialog::on_last_login(), Step::LastLogin),
        (link, Step::Link),
    ];
    for (dialog, _) in &mut dialogs {
        dialog.send(Msg::Hide);
    }
    dialogs
}

#[test]
fn a_dialog_opens_on_any_screen_takes_typing_and_closes() {
    for (mut dialog, step) in closed() {
        assert!(Msg::Show.is_first());
        dialog.send(Msg::Show);
        assert_eq!(dialog.step(), Some(step));
        for msg in first_messages() {
            assert!(msg.is_first(), "{msg:?}");
            let (model, effects) = update(dialog.model.clone(), msg);
            // What these lead to is there too, or is a message again.
            let needs_rest = effects.iter().find(|effect| {
                !matches!(
                    effect,
                    Effect::Avatar(_)
                        | Effect::Close
                        | Effect::Emit(
                            Event::Cancelled(_)
                                | Event::Hide
                                | Event::Ready(_)
                                | Event::Show
                                | Event::StepChanged(_)
                                | Event::Submit(_)
                        )
                        | Effect::Focus(_)
                        | Effect::Open
                        | Effect::Remember(_)
                        | Effect::GoOn
                )
            });
            assert_eq!(needs_rest, None, "on {step:?}");
            dialog.model = model;
        }
        assert_eq!(dialog.step(), None);
    }
}

#[test]
fn what_is_said_without_the_rest_is_there_without_it() {
    let strict = Settings {
        must_accept_terms: true,
        channels: vec![Channel::Email, Channel::Sms],
        ..Settings::default()
    };
    let mut dialogs: Vec<Dialog> = closed().into_iter().map(|(dialog, _)| dialog).collect();
    dialogs.push(Dialog::with(strict.clone()));
    dialogs.push(Dialog::with(Settings {
        channels: vec![Channel::Sms],
        ..strict.clone()
    }));
    dialogs.push(Dialog::with(Settings {
        has_social: true,
        channels: Vec::new(),
        ..strict
    }));
    let mut spent = Dialog::on_code();
    spent.send(Msg::Hide);
    if let Some(sent) = &mut spent.model.shared.sent {
        sent.wrong = spent.model.shared.settings.tries;
    }
    dialogs.push(spent);
    let flaws = ["", "nora", "nora@example"].map(|text| Msg::EmailChanged(text.into()));
    let slips = ["", "1", "x"].map(|text| Msg::PhoneChanged(text.into()));
    let submitted = flaws.into_iter().chain(slips);
    let mut msgs: Vec<Msg> = vec![Msg::Show, Msg::Submit];
    msgs.extend(submitted.flat_map(|msg| [msg, Msg::Submit]));
    msgs.push(Msg::CodeChanged(Secret::new("1")));
    msgs.extend(first_messages());
    msgs.push(Msg::Show);
    msgs.push(Msg::Tick {
        now_ms: START_MS + 3_600_000,
    });
    let early = Dictionary::early();
    for mut dialog in dialogs {
        for msg in &msgs {
            (dialog.model, _) = update(dialog.model, msg.clone());
            assert_eq!(view_model(&dialog.model, &early), dialog.shown(), "{msg:?}");
        }
    }
}

#[test]
fn what_leads_on_waits_for_the_rest() {
    let version = 1;
    for msg in [
        Msg::Back,
        Msg::Captcha("ab".into()),
        Msg::CaptchaShown(true),
        Msg::Online(true),
        Msg::OtherTab(News::SignedIn),
        Msg::PageRestored,
        Msg::Person(Person::default()),
        Msg::Resend,
        Msg::Social("github".into()),
        Msg::Started {
            version,
            result: Ok(()),
        },
        Msg::GoOn,
        Msg::SuggestionTaken,
        Msg::Switch,
        Msg::Verified {
            version,
            result: Ok(()),
        },
    ] {
        assert!(!msg.is_first(), "{msg:?}");
    }
}

#[test]
fn who_waits_for_the_rest_sees_it() {
    for (mut dialog, status) in [
        (Dialog::opened(), "Sending the code…"),
        (Dialog::on_code(), "Checking the code…"),
    ] {
        let before = dialog.shown();
        dialog.send(Msg::Waits(true));
        let shown = dialog.shown();
        assert!(shown.busy);
        assert_eq!(shown.status, status);
        assert_eq!(shown.submit_label, status);
        dialog.send(Msg::Waits(false));
        assert_eq!(dialog.shown(), before);
    }
}

#[test]
fn what_is_missing_is_said_without_the_rest() {
    let strict = || Settings {
        must_accept_terms: true,
        remembers: true,
        ..Settings::default()
    };
    let mut email = Dialog::with(strict());
    email.send(Msg::Show);
    email.send(Msg::EmailChanged(EMAIL.into()));
    let last = Dialog::remembering(strict(), Way::Code(Recipient::Email(EMAIL.into())));
    for dialog in [email, last] {
        let (mut model, effects) = update(dialog.model, Msg::Submit);
        assert!(effects.contains(&Effect::Focus(FocusTarget::Terms)));
        assert!(!effects.contains(&Effect::GoOn));
        model.shared.terms_accepted = true;
        let (_, effects) = update(model, Msg::Submit);
        assert!(effects.contains(&Effect::GoOn));
    }
}
