//! The dialog as a Leptos component.

use std::fmt;
use std::rc::Rc;

use latchkey_webauth::AuthorizationResult;
use leptos::prelude::*;

use crate::handlers::LoggingIn;
use crate::model::{Event, Flash};
use crate::options::Options;

/// What the component calls: any closure that takes a `T`.
pub struct Handler<T>(
    #[cfg_attr(
        not(target_arch = "wasm32"),
        expect(dead_code, reason = "on a server nothing happens")
    )]
    Rc<dyn Fn(T)>,
);

impl<T, F: Fn(T) + 'static> From<F> for Handler<T> {
    fn from(handler: F) -> Self {
        Self(Rc::new(handler))
    }
}

impl<T> fmt::Debug for Handler<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Handler")
    }
}

/// The login dialog. It is open while `open` is true, and sets `open` to false when it closes.
///
/// The component itself renders nothing: the dialog is put over the page, or into the element that
/// `options.container` names. Removing the component from the page removes the dialog. On a server it
/// does nothing. A page may have several.
///
/// How Leptos renders is the program's choice, by its own features (`csr`, `hydrate`, `ssr`).
///
/// ```
/// use latchkey_lock::component::LockDialog;
/// use latchkey_lock::i18n::Key;
/// use latchkey_lock::options::{Connections, Options};
/// use latchkey_webauth::AuthorizationResult;
/// use leptos::prelude::*;
///
/// #[component]
/// fn Login() -> impl IntoView {
///     let open = RwSignal::new(false);
///     let mut options = Options::new("CLIENT_ID", "acme.eu.auth0.com");
///     options.config.redirect_uri = Some("https://app.example.com/".into());
///     options.config.response_type = Some("token id_token".into());
///     options.connections = Connections::allowed(["email", "sms"]);
///     options.dictionary.say(Key::Title, "Log in to Acme");
///     options.settings.in_place = true;
///     options.autoclose = true;
///     view! {
///         <button on:click=move |_| open.set(true)>"Log in"</button>
///         <LockDialog
///             options
///             open
///             on_authenticated=|result: AuthorizationResult| {
///                 leptos::logging::log!("{:?}", result.id_token_payload().member("email"))
///             }
///         />
///     }
/// }
/// ```
///
/// A server can send the [first screen](crate::server) of a dialog in a container, whose place the dialog takes:
///
/// ```
/// # use latchkey_lock::component::LockDialog;
/// # use latchkey_lock::options::Options;
/// use latchkey_lock::server::{Form, first_screen};
/// # use leptos::prelude::*;
///
/// #[component]
/// fn LoginPage() -> impl IntoView {
///     let mut options = Options::new("CLIENT_ID", "acme.eu.auth0.com");
///     options.container = Some("login".into());
///     let form = Form { action: "/login", ..Form::default() };
///     let html = first_screen(&options, &form).unwrap_or_default();
///     view! {
///         <div id="login" inner_html=html></div>
///         <LockDialog options open=RwSignal::new(true) />
///     }
/// }
/// # let page = Owner::new().with(|| view! { <LoginPage /> }.to_html());
/// # assert!(page.contains(r#"<div id="login"><div class="lk lk--inline lk--early""#), "{page}");
/// ```
#[expect(clippy::must_use_candidate, reason = "`view!` uses it")]
#[component]
pub fn LockDialog(
    /// What the dialog is made with: options, or a signal of them. When they change, the dialog has
    /// the new ones the next time it is opened.
    #[prop(into)]
    options: Signal<Options>,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// What the page has to say above the field, until the person goes on.
    #[prop(optional, into)]
    flash: MaybeProp<Flash>,
    /// Told what happens, as the events of the JavaScript class.
    #[prop(optional, into)]
    on_event: Option<Handler<Event>>,
    /// Given what a login in place brought. See
    /// [`Handlers::on_authenticated`](crate::handlers::Handlers::on_authenticated).
    #[prop(optional, into)]
    on_authenticated: Option<Handler<AuthorizationResult>>,
    /// The page's own step before the browser leaves for a social connection. See
    /// [`Handlers::logging_in`](crate::handlers::Handlers::logging_in).
    #[prop(optional, into)]
    logging_in: Option<LoggingIn>,
) -> impl IntoView {
    #[cfg(target_arch = "wasm32")]
    {
        let mut handlers = crate::handlers::Handlers::default().on_event(move |event| {
            if event == Event::Hide && open.try_get_untracked() == Some(true) {
                open.set(false);
            }
            if let Some(on_event) = &on_event {
                (on_event.0)(event);
            }
        });
        if let Some(on_authenticated) = on_authenticated {
            handlers = handlers.on_authenticated(move |result| (on_authenticated.0)(result));
        }
        handlers.logging_in = logging_in;
        page::attach(options, open, flash, handlers);
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop((options, open, flash, on_event, on_authenticated, logging_in));
}

/// The dialog on a page, which follows the component's signals.
#[cfg(target_arch = "wasm32")]
mod page {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;

    use leptos::prelude::*;

    use crate::Dialog;
    use crate::handlers::Handlers;
    use crate::model::Flash;
    use crate::options::Options;

    /// The component's dialog, made when the component is on a page.
    struct Attached {
        dialog: RefCell<Option<Dialog>>,
        handlers: Handlers,
        options: Signal<Options>,
        /// The options changed while the dialog was open.
        is_behind: Cell<bool>,
    }

    /// Effects run in the browser alone, and in this order.
    pub(super) fn attach(
        options: Signal<Options>,
        open: RwSignal<bool>,
        flash: MaybeProp<Flash>,
        handlers: Handlers,
    ) {
        let attached = Rc::new(Attached {
            dialog: RefCell::default(),
            handlers,
            options,
            is_behind: Cell::new(false),
        });
        let to_destroy = StoredValue::new_local(Rc::clone(&attached));
        on_cleanup(move || {
            to_destroy.try_with_value(|attached| attached.dialog().map(|dialog| dialog.destroy()));
        });

        let (configured, told) = (Rc::clone(&attached), Rc::clone(&attached));
        Effect::new(move |is_change: Option<bool>| {
            options.track();
            if configured.dialog().is_none() {
                configured.make();
            } else {
                configured.is_behind.set(true);
            }
            let dialog = configured.dialog().filter(|_| is_change.is_some());
            if let Some(dialog) = dialog {
                configured.catch_up(&dialog);
                if open.get_untracked() {
                    // It may have been waiting for its language, and forgot.
                    dialog.show();
                }
            }
            true
        });
        Effect::new(move |had_flash| {
            let flash = flash.get();
            let has_flash = flash.is_some();
            if let Some(dialog) = told
                .dialog()
                .filter(|_| has_flash || had_flash == Some(true))
            {
                dialog.set_flash(flash);
            }
            has_flash
        });
        Effect::new(move |_| {
            let is_wanted = open.get();
            let Some(dialog) = attached.dialog() else {
                return;
            };
            if !is_wanted {
                dialog.hide();
            }
            attached.catch_up(&dialog);
            if is_wanted {
                dialog.show();
            }
        });
    }

    impl Attached {
        /// Nothing is borrowed: the page's own code may take the component away.
        fn dialog(&self) -> Option<Dialog> {
            self.dialog.borrow().clone()
        }

        fn make(&self) {
            let options = self.options.get_untracked();
            match Dialog::with_handlers(options, self.handlers.clone()) {
                Ok(dialog) => *self.dialog.borrow_mut() = Some(dialog),
                Err(error) => leptos::logging::error!("LockDialog: {error}"),
            }
        }

        /// Gives the dialog the newest options, unless it is open.
        fn catch_up(&self, dialog: &Dialog) {
            if dialog.is_open() || !self.is_behind.replace(false) {
                return;
            }
            if let Err(error) = dialog.set_options(self.options.get_untracked()) {
                leptos::logging::error!("LockDialog: {error}");
            }
        }
    }
}
