//! The screen that asks for the e-mail address or the phone number, and the last login's screen, which shares
//! most of its texts.

use crate::i18n::Key;
use crate::model::input::flaw::Flaw;
use crate::model::state::recipient::{Channel, LastLogin, Recipient};
use crate::model::state::screen::{EmailScreen, Phase};
use crate::model::state::settings::Settings;
use crate::model::view_model::note;
use crate::model::view_model::shown::ViewModel;
use crate::model::view_model::writer::TextWriter;

pub(super) fn show(screen: &EmailScreen, writer: &TextWriter<'_>, shown: &mut ViewModel) {
    let settings = &writer.shared.settings;
    let either = either(screen.channel);
    show_field(screen, writer, shown);
    writer.set(&mut shown.lead.before, lead_key(screen, settings));
    note::show(screen.note, writer, shown);
    writer.set(&mut shown.or_label, Key::Or);
    writer.around(&mut shown.social_label, Key::SocialLabel, "");
    show_progress(screen, writer, shown);
    writer.set_if(
        &mut shown.have_code_label,
        screen.may_have_code,
        Key::HaveCode,
    );
    shown.captcha = writer.shared.entries.captcha.is_some();
    writer.set_if(
        &mut shown.switch_label,
        settings.channels.len() > 1,
        either(Key::UsePhone, Key::UseEmail),
    );
    show_terms(screen, writer, shown);
    writer.set(&mut shown.title, Key::Title);
    if screen.channel == Channel::Email {
        show_person(writer, shown);
    }
}

/// The function that chooses between the text about an address and the one about a number.
fn either(channel: Channel) -> impl Fn(Key, Key) -> Key {
    move |email, phone| match channel {
        Channel::Email => email,
        Channel::Sms => phone,
    }
}

/// The field with what is typed in it, its hint and the suggested address.
fn show_field(screen: &EmailScreen, writer: &TextWriter<'_>, shown: &mut ViewModel) {
    let entries = &writer.shared.entries;
    let either = either(screen.channel);
    shown.country.clone_from(&entries.country);
    shown.email.clone_from(&entries.email);
    shown.phone.clone_from(&entries.phone);
    writer.set(&mut shown.country_label, Key::CountryLabel);
    writer.set(
        &mut shown.field_label,
        either(Key::EmailLabel, Key::PhoneLabel),
    );
    writer.set(
        &mut shown.placeholder,
        either(Key::EmailPlaceholder, Key::PhonePlaceholder),
    );
    if let Some(flaw) = screen.flaw {
        shown.invalid = true;
        writer.set(&mut shown.hint, flaw_key(flaw, screen.channel));
    }
    if let Some(meant) = &screen.suggestion {
        writer.around(&mut shown.suggestion, Key::EmailSuggestion, meant);
    }
}

/// The main button, and the request that is in flight.
fn show_progress(screen: &EmailScreen, writer: &TextWriter<'_>, shown: &mut ViewModel) {
    let settings = &writer.shared.settings;
    shown.busy = screen.phase != Phase::Idle;
    writer.set(&mut shown.submit_label, Key::SubmitLabel);
    if shown.busy {
        let key = match (screen.phase, screen.channel) {
            (Phase::Leaving { .. } | Phase::Verifying { .. }, _) => Key::SuccessLogIn,
            (_, Channel::Email) if settings.link => Key::LoadingLink,
            _ => Key::Loading,
        };
        let has_field = !settings.channels.is_empty();
        writer.set(&mut shown.status, key);
        writer.set_if(&mut shown.submit_label, has_field, key);
    }
}

fn show_terms(screen: &EmailScreen, writer: &TextWriter<'_>, shown: &mut ViewModel) {
    let settings = &writer.shared.settings;
    let shows_terms = settings.show_terms || settings.must_accept_terms;
    writer.set_if(&mut shown.terms, shows_terms, Key::Terms);
    shown.terms_accepted = writer.shared.entries.terms_accepted;
    shown.terms_box = settings.must_accept_terms;
    writer.set_if(
        &mut shown.terms_hint,
        screen.terms_missing,
        Key::TermsMissing,
    );
}

/// The picture and the name of the address's owner, if the page knows them.
fn show_person(writer: &TextWriter<'_>, shown: &mut ViewModel) {
    let person = &writer.shared.person;
    shown.avatar.clone_from(&person.image);
    if !person.name.is_empty() {
        writer.fill(&mut shown.title, Key::Welcome, &person.name);
        if !shown.busy {
            shown.status.clone_from(&shown.title);
        }
    }
}

/// The screen that offers the last login. Its texts are those of the other screen, except for the sentence
/// under the title and the last button. The view draws no field.
pub(super) fn show_last(screen: &EmailScreen, writer: &TextWriter<'_>, shown: &mut ViewModel) {
    show(screen, writer, shown);
    if let Some(
        LastLogin::Code(Recipient::Email(name) | Recipient::Phone(name)) | LastLogin::Social(name),
    ) = &writer.shared.logins.last
    {
        shown.last_login.clone_from(name);
    }
    writer.set(&mut shown.lead.before, Key::LastLogin);
    writer.set(&mut shown.switch_label, Key::NotYourAccount);
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

fn flaw_key(flaw: Flaw, channel: Channel) -> Key {
    match (channel, flaw) {
        (Channel::Email, Flaw::Blank) => Key::BlankEmail,
        (Channel::Email, Flaw::Malformed) => Key::InvalidEmail,
        (Channel::Email, Flaw::NoEnding) => Key::EmailNoEnding,
        (Channel::Email, Flaw::Refused) => Key::ErrorBadEmail,
        (Channel::Sms, Flaw::Blank) => Key::BlankPhone,
        (Channel::Sms, Flaw::Malformed | Flaw::NoEnding) => Key::InvalidPhone,
        (Channel::Sms, Flaw::Refused) => Key::ErrorBadPhone,
    }
}
