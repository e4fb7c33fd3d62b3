//! The screen that asks for the e-mail address or the phone number, and the last login's screen, which shares
//! most of its texts.

use crate::i18n::Key;
use crate::model::input::email::EmailFlaw;
use crate::model::state::recipient::{Channel, Recipient, Way};
use crate::model::state::screen::{EmailScreen, Phase};
use crate::model::state::settings::Settings;
use crate::model::view_model::note;
use crate::model::view_model::pen::Pen;
use crate::model::view_model::shown::ViewModel;

pub(super) fn show(screen: &EmailScreen, pen: &Pen<'_>, shown: &mut ViewModel) {
    let shared = pen.shared;
    let settings = &shared.settings;
    let is_email = screen.channel == Channel::Email;
    let either = |email, phone| if is_email { email } else { phone };
    let has_field = !settings.channels.is_empty();
    shown.busy = screen.phase != Phase::Idle;
    shown.country.clone_from(&shared.country);
    shown.email.clone_from(&shared.email);
    shown.phone.clone_from(&shared.phone);
    pen.say(&mut shown.country_label, Key::CountryLabel);
    pen.say(
        &mut shown.field_label,
        either(Key::EmailLabel, Key::PhoneLabel),
    );
    pen.say(
        &mut shown.placeholder,
        either(Key::EmailPlaceholder, Key::PhonePlaceholder),
    );
    if let Some(flaw) = screen.flaw {
        shown.invalid = true;
        pen.say(&mut shown.hint, flaw_key(flaw, is_email));
    }
    pen.say(&mut shown.lead.before, lead_key(screen, settings));
    note::show(screen.note, pen, shown);
    pen.say(&mut shown.or_label, Key::Or);
    pen.around(&mut shown.social_label, Key::SocialLabel, "");
    pen.say(&mut shown.submit_label, Key::SubmitLabel);
    if shown.busy {
        let key = match screen.phase {
            Phase::Leaving { .. } | Phase::Verifying { .. } => Key::SuccessLogIn,
            _ if is_email && settings.link => Key::LoadingLink,
            _ => Key::Loading,
        };
        pen.say(&mut shown.status, key);
        pen.say_if(&mut shown.submit_label, has_field, key);
    }
    pen.say_if(
        &mut shown.have_code_label,
        screen.may_have_code,
        Key::HaveCode,
    );
    shown.captcha = shared.captcha.is_some();
    if let Some(meant) = &screen.suggestion {
        pen.around(&mut shown.suggestion, Key::EmailSuggestion, meant);
    }
    pen.say_if(
        &mut shown.switch_label,
        settings.channels.len() > 1,
        either(Key::UsePhone, Key::UseEmail),
    );
    let shows_terms = settings.show_terms || settings.must_accept_terms;
    pen.say_if(&mut shown.terms, shows_terms, Key::Terms);
    shown.terms_accepted = shared.terms_accepted;
    shown.terms_box = settings.must_accept_terms;
    pen.say_if(
        &mut shown.terms_hint,
        screen.terms_missing,
        Key::TermsMissing,
    );
    pen.say(&mut shown.title, Key::Title);
    if is_email {
        let person = &shared.person;
        shown.avatar.clone_from(&person.image);
        if !person.name.is_empty() {
            pen.fill(&mut shown.title, Key::Welcome, &person.name);
            if !shown.busy {
                shown.status.clone_from(&shown.title);
            }
        }
    }
}

/// The screen that offers the last login. Its texts are those of the other screen, except for the sentence
/// under the title and the last button. The view draws no field.
pub(super) fn show_last(screen: &EmailScreen, pen: &Pen<'_>, shown: &mut ViewModel) {
    show(screen, pen, shown);
    if let Some(Way::Code(Recipient::Email(name) | Recipient::Phone(name)) | Way::Social(name)) =
        &pen.shared.last
    {
        shown.last_way.clone_from(name);
    }
    pen.say(&mut shown.lead.before, Key::LastLogin);
    pen.say(&mut shown.switch_label, Key::NotYourAccount);
}

fn lead_key(screen: &EmailScreen, settings: &Settings) -> Key {
    if settings.has_social {
        return Key::SocialInstructions;
    }
    match screen.channel {
        Channel::Email if settings.link => Key::EmailLinkInstructions,
        Channel::Email => Key::EmailInstructions,
        Channel::Sms => Key::SmsInstructions,
    }
}

fn flaw_key(flaw: EmailFlaw, is_email: bool) -> Key {
    match (is_email, flaw) {
        (true, EmailFlaw::Blank) => Key::BlankEmail,
        (true, EmailFlaw::Malformed) => Key::InvalidEmail,
        (true, EmailFlaw::NoEnding) => Key::EmailNoEnding,
        (true, EmailFlaw::Refused) => Key::ErrorBadEmail,
        (false, EmailFlaw::Blank) => Key::BlankPhone,
        (false, EmailFlaw::Malformed | EmailFlaw::NoEnding) => Key::InvalidPhone,
        (false, EmailFlaw::Refused) => Key::ErrorBadPhone,
    }
}
