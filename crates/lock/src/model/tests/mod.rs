//! Tests of the model: tables of messages, and properties.

mod captcha;
mod code_field;
mod code_screen;
mod email_address;
mod email_screen;
mod invariants;
mod last_login;
mod life_cycle;
mod link;
mod lock_cases;
mod other_tabs;
mod person;
mod phone;
mod recipients;
mod reload;
mod shown;
mod slow;
mod social;
mod take_over;

use latchkey_webauth::Send;
use unicode_normalization::UnicodeNormalization;

use super::*;

/// A dialog under test. It sends messages to the model and keeps the effects of the last one.
#[derive(Clone)]
pub(super) struct Dialog {
    pub(super) model: Model,
    pub(super) effects: Vec<Effect>,
}

/// Unicode's tables, as a browser has them.
pub(super) const UNICODE: Unicode = Unicode {
    nfkc: |text| text.nfkc().collect(),
    lower_case: str::to_lowercase,
};

pub(super) const EMAIL: &str = "nora@example.com";
pub(super) const START_MS: u64 = 1_800_000_000_000;

/// All causes of failures.
pub(super) const CAUSES: [Cause; 20] = [
    Cause::AccessDenied,
    Cause::BlockedUser,
    Cause::CaptchaRequired,
    Cause::ClientMisconfigured,
    Cause::CodeExpired,
    Cause::ConnectionDisabled,
    Cause::InvalidCode,
    Cause::InvalidEmail,
    Cause::InvalidPhoneNumber,
    Cause::Network,
    Cause::OriginNotAllowed,
    Cause::PopupBlocked,
    Cause::PopupClosed,
    Cause::RateLimited,
    Cause::ServerError,
    Cause::SignupDisabled,
    Cause::StorageUnavailable,
    Cause::Timeout,
    Cause::TooManyAttempts,
    Cause::Unknown,
];

/// The first request of a dialog: for a code to [`EMAIL`].
pub(super) fn first_request() -> Effect {
    Effect::Start {
        version: 1,
        to: Recipient::Email(EMAIL.into()),
        send: Send::Code,
        captcha: None,
    }
}

impl Dialog {
    pub(super) fn new() -> Self {
        Self::with(Settings::default())
    }

    pub(super) fn with(settings: Settings) -> Self {
        let mut dialog = Self {
            model: Model::new(settings, ""),
            effects: Vec::new(),
        };
        dialog.model.shared.unicode = UNICODE;
        dialog.send(Msg::Tick { now_ms: START_MS });
        dialog
    }

    /// A dialog that is open on the address screen.
    pub(super) fn opened() -> Self {
        let mut dialog = Self::new();
        dialog.send(Msg::Show);
        dialog
    }

    /// A dialog that waits for the code to be sent.
    pub(super) fn sending() -> Self {
        let mut dialog = Self::opened();
        dialog.send(Msg::EmailChanged(EMAIL.into()));
        dialog.send(Msg::Submit);
        dialog
    }

    /// A dialog on the code screen.
    pub(super) fn on_code() -> Self {
        let mut dialog = Self::sending();
        dialog.respond_to_start(Ok(()));
        dialog
    }

    /// A dialog whose code is being checked.
    pub(super) fn verifying() -> Self {
        let mut dialog = Self::on_code();
        dialog.type_code("123456");
        dialog
    }

    /// A dialog on the last login's screen. The last login was by e-mail.
    pub(super) fn on_last_login() -> Self {
        Self::remembering(
            Settings::default(),
            LastLogin::Code(Recipient::Email(EMAIL.into())),
        )
    }

    /// The same dialog, after it asked the tenant for a session.
    pub(super) fn asking_for_session() -> Self {
        let mut dialog = Self::on_last_login();
        dialog.send(Msg::Submit);
        dialog
    }

    /// An open dialog that remembers the last login `login`.
    pub(super) fn remembering(settings: Settings, login: LastLogin) -> Self {
        let mut dialog = Self::with(Settings {
            remembers: true,
            ..settings
        });
        dialog.model.shared.logins.last = Some(login);
        dialog.send(Msg::Show);
        dialog
    }

    pub(super) fn send(&mut self, msg: Msg) {
        let (model, effects) = update(self.model.clone(), msg);
        self.model = model;
        self.effects = effects;
    }

    pub(super) fn type_code(&mut self, text: &str) {
        self.send(Msg::CodeChanged(Secret::new(text)));
    }

    pub(super) fn wait(&mut self, seconds: u64) {
        let now_ms = self.model.shared.clock.now_ms + seconds * 1000;
        self.send(Msg::Tick { now_ms });
    }

    pub(super) fn respond_to_start(&mut self, result: Result<(), Failure>) {
        let version = self.model.shared.version;
        self.send(Msg::Started { version, result });
    }

    pub(super) fn respond_to_verify(&mut self, result: Result<(), Failure>) {
        let version = self.model.shared.version;
        self.send(Msg::Verified { version, result });
    }

    pub(super) fn screen(&self) -> Option<ScreenKind> {
        self.model.screen.kind()
    }

    pub(super) fn shown(&self) -> ViewModel {
        view_model(&self.model, &crate::i18n::Dictionary::default())
    }

    pub(super) fn code(&self) -> String {
        self.shown().code.reveal().to_owned()
    }

    /// The number of requests that the last message caused.
    pub(super) fn requests(&self) -> usize {
        let is_request = |effect: &&Effect| {
            matches!(
                effect,
                Effect::Session { .. } | Effect::Start { .. } | Effect::Verify { .. }
            )
        };
        self.effects.iter().filter(is_request).count()
    }

    /// The names of the events that the last message caused.
    pub(super) fn events(&self) -> Vec<&'static str> {
        let name = |effect: &Effect| match effect {
            Effect::Emit(event) => Some(event.name()),
            _ => None,
        };
        self.effects.iter().filter_map(name).collect()
    }
}

pub(super) fn failed(cause: Cause) -> Result<(), Failure> {
    Err(Failure::new(cause))
}

/// A dialog that waits for a link to be sent.
fn link() -> Dialog {
    let mut dialog = Dialog::with(Settings {
        link: true,
        ..Settings::default()
    });
    dialog.send(Msg::Show);
    dialog.send(Msg::EmailChanged("nora@gmail.com".into()));
    dialog.send(Msg::Submit);
    dialog
}

/// A dialog after a link was sent.
fn link_sent() -> Dialog {
    let mut dialog = link();
    dialog.respond_to_start(Ok(()));
    dialog
}

/// A new dialog with the data that the tab has stored of `dialog`.
fn reloaded(dialog: &Dialog, settings: Settings, prefill: &str) -> Dialog {
    let text = dialog.model.shared.memory().to_text();
    let mut fresh = Dialog {
        model: Model::new(settings, prefill),
        effects: Vec::new(),
    };
    let now_ms = dialog.model.shared.clock.now_ms;
    if let Some(memory) = Memory::read(&text, now_ms) {
        fresh.model.recall(memory);
    }
    fresh.send(Msg::Tick { now_ms });
    fresh.send(Msg::Show);
    fresh
}
