//! The state that outlives a screen: entries, sent messages, rate limits.

use crate::model::input::email::check_email;
use crate::model::input::unicode::Unicode;
use crate::model::state::clock::Clock;
use crate::model::state::entries::Entries;
use crate::model::state::logins::Logins;
use crate::model::state::memory::Memory;
use crate::model::state::note::Flash;
use crate::model::state::person::Person;
use crate::model::state::recipient::{Channel, Recipient};
use crate::model::state::sent::Sent;
use crate::model::state::settings::Settings;

/// The tenant's rate limits. Times are in milliseconds since 1970; 0 means no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// No code may be requested before this time.
    pub send_from_ms: u64,
    /// No code may be checked before this time.
    pub verify_from_ms: u64,
}

/// The state that outlives a screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// The options of the dialog.
    pub settings: Settings,
    /// The channel that the next code is sent by.
    pub channel: Channel,
    /// The dialog's clock.
    pub clock: Clock,
    /// What the person has entered.
    pub entries: Entries,
    /// The page's message above the field.
    pub flash: Option<Flash>,
    /// The tenant's rate limits.
    pub limits: Limits,
    /// The logins that are remembered.
    pub logins: Logins,
    /// Whether the browser is offline.
    pub offline: bool,
    /// The owner of the address in the field, as far as the page knows.
    pub person: Person,
    /// The newest code or link.
    pub sent: Option<Sent>,
    /// Unicode's tables.
    pub unicode: Unicode,
    /// The version of the newest request.
    pub version: u32,
}

impl Shared {
    /// Milliseconds until another code or link may be requested. 0 means now. The tenant's rate limit and the
    /// dialog's own cool-down both count.
    #[must_use]
    pub fn resend_wait_ms(&self) -> u64 {
        let cooled_down_ms = self.sent.as_ref().map_or(0, |sent| {
            sent.at_ms.saturating_add(self.settings.cool_down_ms)
        });
        let free_ms = self.limits.send_from_ms.max(cooled_down_ms);
        self.clock.until_ms(free_ms)
    }

    /// Milliseconds until the newest code expires, by the dialog's own clock. 0 if it does not work any
    /// longer.
    #[must_use]
    pub fn life_left_ms(&self) -> u64 {
        let live = self.sent.as_ref().filter(|sent| !sent.is_invalid);
        live.map_or(0, |sent| {
            let end_ms = sent.at_ms.saturating_add(self.settings.code_life_ms);
            self.clock.until_ms(end_ms)
        })
    }

    /// The number of codes that may still be tried.
    #[must_use]
    pub fn tries_left(&self) -> u32 {
        let wrong = self.sent.as_ref().map_or(0, |sent| sent.wrong_tries);
        self.settings.tries.saturating_sub(wrong)
    }

    /// Notes that a resend got no response, so the new code may be on its way. The cool-down begins, and
    /// wrong tries of the code before do not count against the new one.
    pub(in crate::model) fn note_unconfirmed_resend(&mut self) {
        if let Some(sent) = &mut self.sent {
            sent.at_ms = self.clock.now_ms;
            sent.wrong_tries = 0;
            sent.is_invalid = false;
            sent.is_unconfirmed = true;
        }
    }

    /// Whether the newest code can still be entered.
    #[must_use]
    pub fn has_live_code(&self) -> bool {
        let is_link = self.sent.as_ref().is_some_and(|sent| sent.is_link);
        !is_link && self.life_left_ms() > 0 && self.tries_left() > 0
    }

    /// Whether two recipients are the same to the tenant, which stores e-mail addresses in lower case.
    #[must_use]
    pub fn is_same(&self, one: &Recipient, other: &Recipient) -> bool {
        match (one, other) {
            (Recipient::Email(one), Recipient::Email(other)) => {
                let lower_case = self.unicode.lower_case;
                one == other || lower_case(one) == lower_case(other)
            }
            _ => one == other,
        }
    }

    /// Whether the field already holds the address or the number of `to`.
    pub(in crate::model) fn has_typed(&self, to: &Recipient) -> bool {
        match to {
            Recipient::Email(_) => check_email(&self.entries.email, self.unicode)
                .is_ok_and(|email| self.is_same(&Recipient::Email(email), to)),
            Recipient::Phone(number) => self.entries.phone == *number,
        }
    }

    /// Puts an address or a number into its field, and selects its channel.
    pub(in crate::model) fn fill_in(&mut self, to: &Recipient) {
        to.text().clone_into(self.entries.field(to));
        self.channel = to.channel();
    }

    /// The version for the next request.
    pub(in crate::model) fn next_version(&mut self) -> u32 {
        self.version = self.version.wrapping_add(1);
        self.version
    }

    /// The data that the tab has to keep, with times of the browser's clock, because after a reload the
    /// dialog does not know that the clock was set back.
    #[must_use]
    pub fn memory(&self) -> Memory {
        let mut sent = self.sent.clone();
        if let Some(sent) = &mut sent {
            sent.at_ms = self.clock.to_browser_ms(sent.at_ms);
        }
        Memory {
            sent,
            wait_until_ms: self.clock.to_browser_ms(self.limits.send_from_ms),
        }
    }
}
