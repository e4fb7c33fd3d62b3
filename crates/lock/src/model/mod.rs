//! The dialog as a pure function: `update(Model, Msg) -> (Model, Vec<Effect>)`.
//!
//! Every rule of the dialog is here. Nothing in this module reads a clock, sends a request or
//! touches a page: time enters as [`Msg::Tick`], everything else leaves as an [`Effect`], and what
//! a person sees is a [`ViewModel`] computed from the state.
//!
//! ```text
//! Closed ──Show──► Email ──Submit, Started(Ok)──► Code ──Submit, Verified(Ok)──► SignedIn
//!    ▲               │ ▲ └──────────────────────► Link ──Switch, Started(Ok)──► Code │
//!    └─Close, Hide───┘ └────────── Back ───────────┴───────────────────────────────┘
//!    └─Show─► LastLogin ──Submit, Verified(Ok)──► SignedIn; Verified(Err) ──► as by Submit on Email
//!                 └──Switch, Back──► Email      Error ──Submit or Back──► Email
//!                  any but SignedIn ──OtherTab(SignedIn)──► Elsewhere, closed if unseen
//! ```
//!
//! So it runs without the dialog's view, under a look of one's own:
//!
//! ```
//! use latchkey_lock::i18n::Dictionary;
//! use latchkey_lock::model::{Effect, Model, Msg, Settings, update, view_model};
//!
//! let words = Dictionary::default();
//! let (model, _) = update(Model::new(Settings::default(), ""), Msg::Show);
//! let (model, _) = update(model, Msg::EmailChanged("nora@example.com".into()));
//! let (model, effects) = update(model, Msg::Submit);
//! // What is to be done is the program's part; `latchkey_webauth::Client` asks the tenant.
//! let Some(Effect::Start { version, .. }) =
//!     effects.into_iter().find(|effect| matches!(effect, Effect::Start { .. }))
//! else {
//!     panic!("no code is asked for");
//! };
//! assert!(view_model(&model, &words).busy);
//! let (model, _) = update(model, Msg::Started { version, result: Ok(()) });
//! assert_eq!(view_model(&model, &words).title, "Enter your code");
//! ```

mod captcha;
mod clock;
mod close;
mod code;
mod code_screen;
mod effect;
mod elsewhere;
mod email;
mod email_screen;
mod failure;
mod last_login;
mod link_screen;
mod mail_service;
mod memory;
mod message;
mod note;
mod person;
mod phone;
mod recipient;
mod resend;
mod secret;
mod social;
mod state;
mod update;
mod view_model;

pub use clock::{countdown, wait_words};
pub use code::{clean_code, find_code};
pub use effect::{Effect, Event, FocusTarget};
pub use email::{EmailFlaw, check_email};
pub use failure::{Cause, Failure};
pub use mail_service::{Webmail, suggest, webmail};
pub use memory::Memory;
pub use message::{By, Msg, News};
pub use note::{Note, Tone};
pub use person::Person;
pub use phone::{check_phone, countries, find_country};
pub use recipient::{Channel, Recipient, Way};
pub use secret::Secret;
pub use state::{
    CodeScreen, EmailScreen, Flash, LinkScreen, Model, Phase, Resume, Screen, Sent, Settings,
    Shared, Step,
};
pub use update::{step, update};
pub use view_model::{Lead, ViewModel, view_model};

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
