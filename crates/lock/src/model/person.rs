//! Who seems to be logging in: the page may know a picture and a name for an address (`avatar`).

use super::{Channel, Effect, Model, Screen, Shared, check_email};

/// Who an address belongs to, as far as the page knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The address. Empty: nobody is asked for.
    pub email: String,
    /// Address of a picture that was loaded. Empty: there is none.
    pub image: String,
    /// What the person is called. Empty: nobody knows.
    pub name: String,
}

/// Asks for the person behind the address as soon as it can be one; what was known of another goes.
pub(super) fn ask(model: &mut Model, effects: &mut Vec<Effect>) {
    let shared = &mut model.shared;
    let email = match &model.screen {
        _ if !shared.settings.avatar => return,
        Screen::Closed => "",
        Screen::Email(screen) if screen.channel == Channel::Email => {
            check_email(&shared.email).unwrap_or_default()
        }
        _ => return,
    };
    if shared.person.email != email {
        let email = email.to_owned();
        effects.push(Effect::Avatar(email.clone()));
        shared.person = Person {
            email,
            ..Person::default()
        };
    }
}

/// What the page knows. Of another address, it comes too late.
pub(super) fn told(shared: &mut Shared, person: Person) {
    if shared.person.email == person.email && !person.email.is_empty() {
        shared.person = person;
    }
}
