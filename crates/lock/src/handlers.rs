//! The handlers of a Rust program: functions that its dialog calls.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use latchkey_webauth::AuthorizationResult;

use crate::model::Event;

/// Resolves when the browser may leave, or fails with a text to show to the person.
pub(crate) type Leave = Pin<Box<dyn Future<Output = Result<(), String>>>>;

/// The handlers of a Rust program. All of them are optional, and each may call the dialog.
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
    /// Handlers that do nothing.
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
    /// Sets the handler of events. It is called for each event, in order.
    #[must_use]
    pub fn on_event(mut self, handler: impl Fn(Event) + 'static) -> Self {
        self.event = Rc::new(handler);
        self
    }

    /// Sets the handler of the result of a login that did not leave the page (`settings.in_place`). It is
    /// called when the dialog shows that the person is logged in; with `autoclose`, after the dialog has
    /// closed. A login that leaves the page comes back to `config.redirect_uri`, where
    /// `Client::handle_redirect_callback` reads the response.
    #[must_use]
    pub fn on_authenticated(mut self, handler: impl Fn(AuthorizationResult) + 'static) -> Self {
        self.authenticated = Rc::new(handler);
        self
    }

    /// Sets the function that runs before the browser leaves for a social connection (`hooks.loggingIn` in
    /// Lock). It gets the connection's name. If it fails, the browser stays, and the dialog shows the error's
    /// text as it is.
    #[must_use]
    pub fn logging_in(mut self, hook: impl Into<LoggingIn>) -> Self {
        self.logging_in = Some(hook.into());
        self
    }
}

/// A function that runs before the browser leaves for a social connection: from the connection's name to a
/// future of `Result<(), String>`. See [`Handlers::logging_in`].
#[derive(Clone)]
pub struct LoggingIn(
    #[cfg_attr(
        not(target_arch = "wasm32"),
        expect(dead_code, reason = "on a server nobody leaves")
    )]
    pub(crate) Rc<dyn Fn(String) -> Leave>,
);

impl<F, Leaving> From<F> for LoggingIn
where
    F: Fn(String) -> Leaving + 'static,
    Leaving: Future<Output = Result<(), String>> + 'static,
{
    fn from(hook: F) -> Self {
        Self(Rc::new(move |connection| Box::pin(hook(connection))))
    }
}

impl fmt::Debug for LoggingIn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LoggingIn")
    }
}
