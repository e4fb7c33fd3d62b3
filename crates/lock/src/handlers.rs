//! What a Rust program is told by its dialog, and what it is asked.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use latchkey_webauth::AuthorizationResult;

use crate::model::Event;

/// Whether the page lets the browser leave: later, and if not, with a sentence for the person.
pub(crate) type Leave = Pin<Box<dyn Future<Output = Result<(), String>>>>;

/// A program's own code for what happens in a dialog. All of it is optional, and all of it may use
/// the dialog.
///
/// ```
/// use latchkey_lock::handlers::Handlers;
///
/// let handlers = Handlers::default()
///     .on_event(|event| eprintln!("{}", event.name()))
///     .on_authenticated(|result| eprintln!("{}", result.id_token().is_some()))
///     .logging_in(|connection| async move {
///         if connection == "github" { Ok(()) } else { Err("Only members may log in.".to_owned()) }
///     });
/// ```
#[derive(Clone)]
pub struct Handlers {
    pub(crate) event: Rc<dyn Fn(Event)>,
    pub(crate) authenticated: Rc<dyn Fn(AuthorizationResult)>,
    pub(crate) logging_in: Option<LoggingIn>,
}

impl Default for Handlers {
    /// Nothing is told and nothing asked.
    fn default() -> Self {
        Self {
            event: Rc::new(|_| {}),
            authenticated: Rc::new(|_| {}),
            logging_in: None,
        }
    }
}

impl fmt::Debug for Handlers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Handlers").finish_non_exhaustive()
    }
}

impl Handlers {
    /// Told what happens, in order.
    #[must_use]
    pub fn on_event(mut self, handler: impl Fn(Event) + 'static) -> Self {
        self.event = Rc::new(handler);
        self
    }

    /// Given what a login in place brought (`settings.in_place`), once the dialog says that the
    /// person is logged in; with `autoclose`, once it is closed. A login that leaves the page comes
    /// back to `config.redirect_uri`, where `Client::handle_redirect_callback` reads it.
    #[must_use]
    pub fn on_authenticated(mut self, handler: impl Fn(AuthorizationResult) + 'static) -> Self {
        self.authenticated = Rc::new(handler);
        self
    }

    /// The page's own step before the browser leaves for a social connection, whose name it is given
    /// (`hooks.loggingIn`). An error keeps the browser here, and is shown as it is.
    #[must_use]
    pub fn logging_in(mut self, step: impl Into<LoggingIn>) -> Self {
        self.logging_in = Some(step.into());
        self
    }
}

/// The page's own step before the browser leaves for a social connection: any function of the
/// connection's name to a future of `Result<(), String>`. See [`Handlers::logging_in`].
#[derive(Clone)]
pub struct LoggingIn(
    #[cfg_attr(
        not(target_arch = "wasm32"),
        expect(dead_code, reason = "on a server nobody leaves")
    )]
    pub(crate) Rc<dyn Fn(String) -> Leave>,
);

impl<F, Step> From<F> for LoggingIn
where
    F: Fn(String) -> Step + 'static,
    Step: Future<Output = Result<(), String>> + 'static,
{
    fn from(step: F) -> Self {
        Self(Rc::new(move |connection| Box::pin(step(connection))))
    }
}

impl fmt::Debug for LoggingIn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LoggingIn")
    }
}
