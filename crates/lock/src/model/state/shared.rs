//! What outlives a screen: what was typed, what was sent, what the tenant and the browser said.

use crate::model::input::email::check_email;
use crate::model::input::unicode::Unicode;
use crate::model::state::clock::Clock;
use crate::model::state::memory::Memory;
use crate::model::state::note::Flash;
use crate::model::state::person::Person;
use crate::model::state::recipient::{Channel, Recipient, Way};
use crate::model::state::sent::Sent;
use crate::model::state::settings::Settings;

/// How often the tenant may be asked, as it said itself. Times in milliseconds since 1970; 0: at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// No code may be asked for before this time.
    pub send_from_ms: u64,
    /// No code may be checked before this time.
    pub verify_from_ms: u64,
}

/// What outlives a screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// What is fixed.
    pub settings: Settings,
    /// The text in the captcha's field. `None`: the tenant asked for no captcha.
    pub captcha: Option<String>,
    /// How the code is to travel.
    pub channel: Channel,
    /// The time.
    pub clock: Clock,
    /// The address that was submitted last. If the dialog had suggested another one for it, the person
    /// meant this one.
    pub confirmed: String,
    /// The country of the phone number, as its ISO 3166 code.
    pub country: String,
    /// The e-mail address as typed.
    pub email: String,
    /// What the page has to say.
    pub flash: Option<Flash>,
    /// How somebody logged in the last time, where that is kept.
    pub last: Option<Way>,
    /// How often the tenant may be asked.
    pub limits: Limits,
    /// The browser says that it has no network.
    pub offline: bool,
    /// What `last` was before this login began, or what it will be once this login is done.
    pub other_way: Option<Way>,
    /// The person behind the address in the field, as far as the page knows.
    pub person: Person,
    /// The phone number as typed.
    pub phone: String,
    /// The newest code or link.
    pub sent: Option<Sent>,
    /// Whether the terms are ticked.
    pub terms_accepted: bool,
    /// Unicode's tables.
    pub unicode: Unicode,
    /// The version of the newest request.
    pub version: u32,
}

impl Shared {
    /// Milliseconds until another code or link may be asked for. 0: now. The tenant's rate limit and our own
    /// cool-down after each message both count.
    #[must_use]
    pub fn resend_wait_ms(&self) -> u64 {
        let cooled_down_ms = self.sent.as_ref().map_or(0, |sent| {
            sent.at_ms.saturating_add(self.settings.cool_down_ms)
        });
        let free_ms = self.limits.send_from_ms.max(cooled_down_ms);
        self.clock.until_ms(free_ms)
    }

    /// Milliseconds that the newest code still works, by our own clock. 0: it does not.
    #[must_use]
    pub fn life_left_ms(&self) -> u64 {
        let live = self.sent.as_ref().filter(|sent| !sent.dead);
        live.map_or(0, |sent| {
            let end_ms = sent.at_ms.saturating_add(self.settings.code_life_ms);
            self.clock.until_ms(end_ms)
        })
    }

    /// Wrong codes that may still be tried.
    #[must_use]
    pub fn tries_left(&self) -> u32 {
        let wrong = self.sent.as_ref().map_or(0, |sent| sent.wrong);
        self.settings.tries.saturating_sub(wrong)
    }

    /// Another code was asked for, and no answer came: it may be on its way. So the next one has to wait, and wrong codes
    /// that were tried before do not count against it.
    pub(in crate::model) fn note_newer_maybe(&mut self) {
        if let Some(sent) = &mut self.sent {
            sent.at_ms = self.clock.now_ms;
            sent.wrong = 0;
            sent.dead = false;
            sent.unsure = true;
        }
    }

    /// Whether the newest code can still be entered.
    #[must_use]
    pub fn has_live_code(&self) -> bool {
        let is_link = self.sent.as_ref().is_some_and(|sent| sent.is_link);
        !is_link && self.life_left_ms() > 0 && self.tries_left() > 0
    }

    /// Whether two addresses or numbers are the same to the tenant, which stores addresses in lower case.
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

    /// Whether the field of `to` has that very address or number in it.
    pub(in crate::model) fn has_typed(&self, to: &Recipient) -> bool {
        match to {
            Recipient::Email(_) => check_email(&self.email, self.unicode)
                .is_ok_and(|email| self.is_same(&Recipient::Email(email), to)),
            Recipient::Phone(number) => self.phone == *number,
        }
    }

    /// Puts an address or a number into its field.
    pub(in crate::model) fn fill_in(&mut self, to: &Recipient) {
        to.text().clone_into(self.field(to));
        self.channel = to.channel();
    }

    /// The field that an address or a number is typed into.
    pub(in crate::model) fn field(&mut self, to: &Recipient) -> &mut String {
        match to {
            Recipient::Email(_) => &mut self.email,
            Recipient::Phone(_) => &mut self.phone,
        }
    }

    /// The version for the next request.
    pub(in crate::model) fn next_version(&mut self) -> u32 {
        self.version = self.version.wrapping_add(1);
        self.version
    }

    /// What the tab is to remember, in the browser's own time: after a reload nothing tells that the clock
    /// was set back.
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
