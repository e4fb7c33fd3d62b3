//! Asks the page for the picture and the name of the address's owner (`avatar`).

use crate::model::effect::Effect;
use crate::model::input::email::check_email;
use crate::model::state::model::Model;
use crate::model::state::person::Person;
use crate::model::state::recipient::Channel;
use crate::model::state::screen::Screen;
use crate::model::state::shared::Shared;

/// Asks the page as soon as the text in the field can be an address. The data for another address is dropped.
pub(in crate::model) fn ask(model: &mut Model, effects: &mut Vec<Effect>) {
    let shared = &mut model.shared;
    let email = match &model.screen {
        _ if !shared.settings.avatar => return,
        Screen::Closed => String::new(),
        Screen::Email(screen) if screen.channel == Channel::Email => {
            check_email(&shared.entries.email, shared.unicode).unwrap_or_default()
        }
        _ => return,
    };
    if shared.person.email != email {
        effects.push(Effect::Avatar(email.clone()));
        shared.person = Person {
            email,
            ..Person::default()
        };
    }
}

/// Handles the page's response. A response for an earlier address is dropped.
pub(in crate::model) fn received(shared: &mut Shared, person: Person) {
    if shared.person.email == person.email && !person.email.is_empty() {
        shared.person = person;
    }
}
