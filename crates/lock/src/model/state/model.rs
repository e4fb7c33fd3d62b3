//! The whole state of the dialog, and its set-up by a page.

use crate::model::state::entries::Entries;
use crate::model::state::memory::Memory;
use crate::model::state::note::Note;
use crate::model::state::recipient::Channel;
use crate::model::state::screen::Screen;
use crate::model::state::settings::Settings;
use crate::model::state::shared::Shared;

/// The whole state of the dialog.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The screen that is shown.
    pub screen: Screen,
    /// The state that outlives a screen.
    pub shared: Shared,
}

impl Model {
    /// A closed dialog with `email` in its field.
    #[must_use]
    pub fn new(settings: Settings, email: impl Into<String>) -> Self {
        Self {
            screen: Screen::Closed,
            shared: Shared {
                channel: settings.channels.first().copied().unwrap_or_default(),
                entries: Entries {
                    country: "US".to_owned(),
                    email: email.into(),
                    ..Entries::default()
                },
                settings,
                ..Shared::default()
            },
        }
    }

    /// Replaces the settings, for the next showing of the dialog.
    pub fn configure(&mut self, settings: Settings) {
        let shared = &mut self.shared;
        if !settings.channels.contains(&shared.channel) {
            shared.channel = settings.channels.first().copied().unwrap_or_default();
        }
        shared.settings = settings;
    }

    /// Whether the dialog offers a login by text message.
    #[must_use]
    pub fn offers_sms(&self) -> bool {
        self.shared.settings.channels.contains(&Channel::Sms)
    }

    /// Restores what the tab kept of a login under way. An address that the page prefilled stays in its
    /// field.
    pub fn recall(&mut self, memory: Memory) {
        let Some(sent) = &memory.sent else {
            return;
        };
        let shared = &mut self.shared;
        let is_free = shared.entries.field(&sent.to).is_empty() || shared.has_typed(&sent.to);
        if is_free && shared.settings.channels.contains(&sent.to.channel()) {
            shared.fill_in(&sent.to);
        }
        shared.sent = memory.sent;
        shared.limits.send_from_ms = memory.wait_until_ms;
    }

    /// Whether the screen shows something that changes with time, so that the runtime has to send ticks.
    #[must_use]
    pub fn wants_ticks(&self) -> bool {
        match &self.screen {
            Screen::Email(screen) => matches!(screen.note, Some(Note::RateLimited { .. })),
            Screen::Code(_) => self.shared.life_left_ms() > 0 || self.shared.resend_wait_ms() > 0,
            Screen::Link(_) => self.shared.resend_wait_ms() > 0,
            Screen::Closed
            | Screen::Elsewhere
            | Screen::Error(_)
            | Screen::LastLogin(_)
            | Screen::SignedIn => false,
        }
    }
}
