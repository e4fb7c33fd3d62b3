//! The dialog as a pure function: `update(Model, Msg) -> (Model, Vec<Effect>)`.
//!
//! Every rule of the dialog is here. Nothing in this module reads a clock, sends a request or touches a page.
//! Time enters as [`Msg::Tick`], every action leaves as an [`Effect`], and the [`ViewModel`] that the view
//! shows is computed from the state.
//!
//! Each module uses only those above it in this list:
//!
//! - `input`: reads codes, addresses and numbers out of typed text;
//! - `failure`, `state`, `message`, `effect`: the types of the model;
//! - `view_model`: the texts and flags that a screen shows;
//! - `rules`: rules that several screens share, such as the resend rule, rate limits and entering a screen;
//! - `screens`: the transitions of each screen, one module each;
//! - `update`: handles the messages that concern every screen, and passes the others to the screen.
//!
//! ```text
//! Closed ──Show──► Email ──Submit, Started(Ok)──► Code ──Submit, Verified(Ok)──► SignedIn
//!    ▲               │ ▲ └──────────────────────► Link ──Switch, Started(Ok)──► Code │
//!    └─Close, Hide───┘ └────────── Back ───────────┴───────────────────────────────┘
//!    └─Show─► LastLogin ──Submit, Verified(Ok)──► SignedIn; Verified(Err) ──► as by Submit on Email
//!                 └──Switch, Back──► Email      Error ──Submit or Back──► Email
//! Every screen but SignedIn ──OtherTab(SignedIn)──► Elsewhere, or Closed if it was not seen
//! ```
//!
//! A program can also run the model with a view of its own:
//!
//! ```
//! use latchkey_lock::i18n::Dictionary;
//! use latchkey_lock::model::{Effect, Model, Msg, Settings, update, view_model};
//!
//! let dictionary = Dictionary::default();
//! let (model, _) = update(Model::new(Settings::default(), ""), Msg::Show);
//! let (model, _) = update(model, Msg::EmailChanged("nora@example.com".into()));
//! let (model, effects) = update(model, Msg::Submit);
//! // The program sends the request, with `latchkey_webauth::Client`, and reports the outcome.
//! let Some(Effect::Start { version, .. }) =
//!     effects.into_iter().find(|effect| matches!(effect, Effect::Start { .. }))
//! else {
//!     panic!("no code is asked for");
//! };
//! assert!(view_model(&model, &dictionary).busy);
//! let (model, _) = update(model, Msg::Started { version, result: Ok(()) });
//! assert_eq!(view_model(&model, &dictionary).title, "Enter your code");
//! ```

mod effect;
mod failure;
mod input;
mod message;
mod rules;
mod screens;
mod state;
mod update;
mod view_model;

pub use effect::{Effect, Event, FocusTarget};
pub use failure::{Cause, Failure};
pub use input::code::{Code, read_code};
pub use input::email::check_email;
pub use input::flaw::Flaw;
pub use input::mail_service::{Webmail, suggest, webmail};
pub use input::phone::{Country, check_phone, countries, find_country};
pub use input::unicode::Unicode;
pub use message::{By, Msg, News};
pub use state::clock::Clock;
pub use state::entries::Entries;
pub use state::logins::Logins;
pub use state::memory::Memory;
pub use state::model::Model;
pub use state::note::{Flash, Note, Tone};
pub use state::person::Person;
pub use state::recipient::{Channel, LastLogin, Recipient};
pub use state::screen::{CodeScreen, EmailScreen, LinkScreen, Phase, Resume, Screen, ScreenKind};
pub use state::secret::Secret;
pub use state::sent::Sent;
pub use state::settings::Settings;
pub use state::shared::{Limits, Shared};
pub use update::{update, update_in_place};
pub use view_model::{Sentence, ViewModel, countdown, view_model, wait_text};

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
