//! The state of the dialog.

use super::{Cause, Channel, EmailFlaw, Memory, Note, Person, Recipient, Secret, Tone, Way};

/// What is fixed for the life of a dialog. Times in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one option of its own"
)]
pub struct Settings {
    /// The ways a code can travel, the first one first. Empty: social connections only. Default:
    /// by e-mail.
    pub channels: Vec<Channel>,
    /// Ask the page who it is as soon as an address can be one; JavaScript's, whose functions answer.
    /// Default: false.
    pub avatar: bool,
    /// Submit the code by itself as soon as it is full. Default: true.
    pub auto_submit: bool,
    /// Whether the person may close the dialog. Default: true.
    pub closable: bool,
    /// How many digits a code has. Default: 6, as a tenant sends unless told otherwise.
    pub code_length: usize,
    /// How long a code works. Default: 180 000, the tenant's default.
    pub code_life_ms: u64,
    /// Whether social connections are offered. Default: false.
    pub has_social: bool,
    /// Log in without leaving the page. Default: false.
    pub in_place: bool,
    /// How long to wait between two codes to one address. Default: 30 000.
    pub cool_down_ms: u64,
    /// Whether the terms have to be ticked. Default: false.
    pub must_accept_terms: bool,
    /// Whether the terms are shown. Default: true.
    pub show_terms: bool,
    /// Send a link by e-mail instead of a code. Default: false.
    pub link: bool,
    /// Offer a code to who was sent a link: a link has to be opened in the browser that asked for it.
    /// The message of the connection has to show the code, too. Default: false.
    pub offers_code: bool,
    /// Keep how somebody logged in, and offer it the next time. Default: false.
    pub remembers: bool,
    /// Whether that may be done by the session that the person has with the tenant; JavaScript's: in
    /// Rust programs a code is sent at once. Default: true.
    pub sso: bool,
    /// How many wrong codes the tenant allows. Default: 3.
    pub tries: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            channels: vec![Channel::Email],
            avatar: false,
            auto_submit: true,
            closable: true,
            code_length: 6,
            code_life_ms: 180_000,
            cool_down_ms: 30_000,
            must_accept_terms: false,
            show_terms: true,
            has_social: false,
            in_place: false,
            link: false,
            offers_code: false,
            remembers: false,
            sso: true,
            tries: 3,
        }
    }
}

/// Which screen is shown, without its contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// Asking for the e-mail address.
    #[default]
    Email,
    /// Asking for the phone number.
    Phone,
    /// Offering the way of the last login.
    LastLogin,
    /// Asking for the code.
    Code,
    /// A link was sent.
    Link,
    /// On the way to the tenant.
    SignedIn,
    /// The person logged in in another tab.
    Elsewhere,
    /// Something has to be set up differently first.
    Error,
}

impl Step {
    /// The name that events carry.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::LastLogin => "last login",
            Self::Code => "code",
            Self::Link => "link",
            Self::SignedIn => "signed in",
            Self::Elsewhere => "signed in elsewhere",
            Self::Error => "error",
        }
    }
}

/// Whether a screen waits for an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The person's turn.
    #[default]
    Idle,
    /// The browser is leaving for a social connection.
    Leaving {
        /// The version of the request.
        version: u32,
    },
    /// A code or a link was asked for.
    Sending {
        /// The version of the request.
        version: u32,
    },
    /// The code is being checked, or the person's session with the tenant.
    Verifying {
        /// The version of the request.
        version: u32,
    },
}

/// What goes on when the network is back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// Ask for another code.
    Resend,
    /// Check the code in the field.
    Verify,
}

/// The screen that asks for the e-mail address or the phone number. What was typed outlives it:
/// [`Shared::email`], [`Shared::phone`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmailScreen {
    /// Which of the two it asks for.
    pub channel: Channel,
    /// What is wrong with the address.
    pub flaw: Option<EmailFlaw>,
    /// What is to be said above the field.
    pub note: Option<Note>,
    /// Whether an answer is awaited.
    pub phase: Phase,
    /// The address that the person probably meant.
    pub suggestion: Option<String>,
    /// The last request found no network: ask again as soon as there is one.
    pub resume: bool,
    /// The terms have to be ticked first.
    pub terms_missing: bool,
}

/// The screen that asks for the code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeScreen {
    /// The digits so far.
    pub code: Secret,
    /// What is to be said above the field.
    pub note: Option<Note>,
    /// Whether an answer is awaited.
    pub phase: Phase,
    /// What found no network, and is to be done as soon as there is one.
    pub resume: Option<Resume>,
    /// The code was submitted before it was full.
    pub too_short: bool,
}

/// The screen that says where the link went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkScreen {
    /// What is to be said.
    pub note: Option<Note>,
    /// Whether an answer is awaited.
    pub phase: Phase,
    /// A resend found no network: ask again as soon as there is one.
    pub resume: bool,
    /// What was asked for last is a code.
    pub wants_code: bool,
}

/// What the dialog shows. Boxed: screens move through every rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Screen {
    /// Nothing.
    #[default]
    Closed,
    /// The e-mail address or the phone number is asked for.
    Email(Box<EmailScreen>),
    /// The way of the last login is offered. Nothing is asked for, but all else is as on that screen.
    LastLogin(Box<EmailScreen>),
    /// A link was sent.
    Link(Box<LinkScreen>),
    /// The code is asked for.
    Code(Box<CodeScreen>),
    /// The login is done; the browser is on its way to the tenant.
    SignedIn,
    /// The person logged in in another tab.
    Elsewhere,
    /// A setting has to be changed before anybody can log in.
    Error(Cause),
}

impl Screen {
    /// Which screen it is. A closed dialog has none.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        match self {
            Self::Closed => None,
            Self::Email(screen) if screen.channel == Channel::Sms => Some(Step::Phone),
            Self::Email(_) => Some(Step::Email),
            Self::LastLogin(_) => Some(Step::LastLogin),
            Self::Link(_) => Some(Step::Link),
            Self::Elsewhere => Some(Step::Elsewhere),
            Self::Code(_) => Some(Step::Code),
            Self::SignedIn => Some(Step::SignedIn),
            Self::Error(_) => Some(Step::Error),
        }
    }

    /// Whether it waits for an answer.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match self {
            Self::Email(screen) | Self::LastLogin(screen) => screen.phase,
            Self::Code(screen) => screen.phase,
            Self::Link(screen) => screen.phase,
            Self::Closed | Self::SignedIn | Self::Elsewhere | Self::Error(_) => Phase::Idle,
        }
    }
}

/// What a page has to say above the field (`flashMessage`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// How it looks and sounds.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}

/// The newest code or link that the tenant was asked to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Where it was sent.
    pub to: Recipient,
    /// It is a link.
    pub is_link: bool,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// How many wrong codes were tried since.
    pub wrong: u32,
    /// The tenant said that it no longer works.
    pub dead: bool,
}

/// What outlives a screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// What is fixed.
    pub settings: Settings,
    /// The answer to the captcha, as far as it is there. `None`: the tenant asked for none.
    pub captcha: Option<String>,
    /// How the code is to travel.
    pub channel: Channel,
    /// The address that was submitted although the dialog suggested another one.
    pub confirmed: String,
    /// The country of the phone number, as its ISO 3166 code.
    pub country: String,
    /// The e-mail address as typed.
    pub email: String,
    /// What the page has to say.
    pub flash: Option<Flash>,
    /// How far the clock was set back since the dialog was made, in milliseconds.
    pub lag_ms: u64,
    /// How somebody logged in the last time, where that is kept.
    pub last: Option<Way>,
    /// The time of the last tick, in milliseconds since 1970. It never goes back.
    pub now_ms: u64,
    /// The browser says that it has no network.
    pub offline: bool,
    /// What `last` was before, or is to be once the login is done.
    pub other_way: Option<Way>,
    /// Who it is, as far as the page knows.
    pub person: Person,
    /// The phone number as typed.
    pub phone: String,
    /// The newest code or link.
    pub sent: Option<Sent>,
    /// Whether the terms are ticked.
    pub terms_accepted: bool,
    /// The version of the newest request.
    pub version: u32,
    /// No code may be asked for before this time: the tenant limits the rate.
    pub wait_until_ms: u64,
    /// No code may be checked before this time: the tenant limits the rate.
    pub verify_wait_until_ms: u64,
}

impl Shared {
    /// Milliseconds until another code may be asked for on the code screen. 0: now.
    #[must_use]
    pub fn resend_wait_ms(&self) -> u64 {
        let cool_down_until = self.sent.as_ref().map_or(0, |sent| {
            sent.at_ms.saturating_add(self.settings.cool_down_ms)
        });
        self.wait_until_ms
            .max(cool_down_until)
            .saturating_sub(self.now_ms)
    }

    /// Milliseconds that the newest code still works, by our own clock. 0: it does not.
    #[must_use]
    pub fn life_left_ms(&self) -> u64 {
        self.sent
            .as_ref()
            .filter(|sent| !sent.dead)
            .map_or(0, |sent| {
                sent.at_ms
                    .saturating_add(self.settings.code_life_ms)
                    .saturating_sub(self.now_ms)
            })
    }

    /// Wrong codes that may still be tried.
    #[must_use]
    pub fn tries_left(&self) -> u32 {
        let wrong = self.sent.as_ref().map_or(0, |sent| sent.wrong);
        self.settings.tries.saturating_sub(wrong)
    }

    /// Whether the newest code can still be entered.
    #[must_use]
    pub fn has_live_code(&self) -> bool {
        let is_link = self.sent.as_ref().is_some_and(|sent| sent.is_link);
        !is_link && self.life_left_ms() > 0 && self.tries_left() > 0
    }

    /// Puts an address or a number into its field.
    pub(super) fn fill_in(&mut self, to: &Recipient) {
        to.text().clone_into(self.field(to));
        self.channel = to.channel();
    }

    fn field(&mut self, to: &Recipient) -> &mut String {
        match to {
            Recipient::Email(_) => &mut self.email,
            Recipient::Phone(_) => &mut self.phone,
        }
    }

    /// The version for the next request.
    pub(super) fn next_version(&mut self) -> u32 {
        self.version = self.version.wrapping_add(1);
        self.version
    }
}

/// The whole state of the dialog.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// What is shown.
    pub screen: Screen,
    /// What outlives a screen.
    pub shared: Shared,
}

impl Model {
    /// A closed dialog, with an e-mail address filled in if there is one.
    #[must_use]
    pub fn new(settings: Settings, email: impl Into<String>) -> Self {
        Self {
            screen: Screen::Closed,
            shared: Shared {
                channel: settings.channels.first().copied().unwrap_or_default(),
                country: "US".to_owned(),
                settings,
                email: email.into(),
                ..Shared::default()
            },
        }
    }

    /// Takes other settings, as one showing of the dialog may have.
    pub fn configure(&mut self, settings: Settings) {
        let shared = &mut self.shared;
        if !settings.channels.contains(&shared.channel) {
            shared.channel = settings.channels.first().copied().unwrap_or_default();
        }
        shared.settings = settings;
    }

    /// Whether a person can log in by text message.
    #[must_use]
    pub fn offers_sms(&self) -> bool {
        self.shared.settings.channels.contains(&Channel::Sms)
    }

    /// Takes up what the tab remembers of a login under way, unless the page prefilled another
    /// address.
    pub fn recall(&mut self, memory: Memory) {
        let Some(sent) = &memory.sent else {
            return;
        };
        let shared = &mut self.shared;
        let field = shared.field(&sent.to);
        let is_free = field.is_empty() || field == sent.to.text();
        if is_free && shared.settings.channels.contains(&sent.to.channel()) {
            shared.fill_in(&sent.to);
        }
        shared.sent = memory.sent;
        shared.wait_until_ms = memory.wait_until_ms;
    }

    /// Whether the dialog shows something that changes with time, and so wants ticks.
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
