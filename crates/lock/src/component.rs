//! The dialog as a Leptos component.

use std::fmt;
use std::rc::Rc;

use latchkey_webauth::AuthorizationResult;
use leptos::html::Div;
use leptos::prelude::*;

use crate::handlers::LoggingIn;
use crate::model::{Event, Flash};
use crate::options::Options;
use crate::server::first_shown;
use crate::view::{self, FormTarget};

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
/// It opens over the page; with `inline` it stands where it is written, without a close button. `options.container`
/// still names another element to put it into. Removing the component from the page removes the dialog. A page may have
/// several.
///
/// On a server an open dialog is rendered with its first screen, and in the browser it takes that one's place: what was
/// typed meanwhile, and the focus, go on in it. With a `form` that screen works before the script is there, and
/// without one. The page has to bring the style sheet along, [`CSS`](crate::css::CSS). A dialog that asks for a phone
/// number first comes with the browser, which alone knows the names of countries.
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
/// A login page, as a server sends it:
///
/// ```
/// # use latchkey_lock::component::LockDialog;
/// # use latchkey_lock::options::Options;
/// use latchkey_lock::css::CSS;
/// use latchkey_lock::view::FormTarget;
/// # use leptos::prelude::*;
///
/// #[component]
/// fn LoginPage() -> impl IntoView {
///     let options = Options::new("CLIENT_ID", "acme.eu.auth0.com");
///     let form = FormTarget { action: "/login".into(), ..FormTarget::default() };
///     view! {
///         <style>{CSS}</style>
///         <main>
///             <LockDialog options open=RwSignal::new(true) inline=true form />
///         </main>
///     }
/// }
/// # let page = Owner::new().with(|| view! { <LoginPage /> }.to_html());
/// # assert!(page.contains(r#"<form method="post" action="/login""#), "{page}");
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
    /// Whether it stands where it is written, instead of over the page.
    #[prop(optional)]
    inline: bool,
    /// Where the first screen that a server renders is submitted to. See [`server`](crate::server).
    #[prop(optional, into)]
    form: Option<FormTarget>,
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
    let options = Signal::derive(move || placed(options.get(), inline));
    let early = early(
        &options.get_untracked(),
        open,
        flash.get_untracked().as_ref(),
        form,
    );
    let place = NodeRef::<Div>::new();
    #[cfg(target_arch = "wasm32")]
    {
        let owner = page::ThisOwner::new();
        let its_own = owner.clone();
        let mut handlers = crate::handlers::Handlers::default().on_event(move |event| {
            if event == Event::Hide && open.try_get_untracked() == Some(true) {
                open.set(false);
            }
            if let Some(on_event) = &on_event {
                owner.with(|| (on_event.0)(event));
            }
        });
        if let Some(on_authenticated) = on_authenticated {
            handlers = handlers
                .on_authenticated(move |result| its_own.with(|| (on_authenticated.0)(result)));
        }
        handlers.logging_in = logging_in;
        page::attach(
            options,
            open,
            flash,
            handlers,
            page::Place { place, inline },
        );
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop((on_event, on_authenticated, logging_in));
    // A dialog over the page needs no place in it, but for what a server rendered.
    (inline || early.is_some()).then(|| view! { <div node_ref=place>{early}</div> })
}

/// The options of a dialog that stands where it is written.
fn placed(mut options: Options, inline: bool) -> Options {
    if inline {
        // It is never looked up: the dialog is given the element.
        options.container = Some(String::new());
    }
    options.consistent()
}

/// What is there before the dialog: on a server, and in a browser that takes over what a server rendered.
fn early(
    options: &Options,
    open: RwSignal<bool>,
    flash: Option<&Flash>,
    form: Option<FormTarget>,
) -> Option<AnyView> {
    let context = Owner::current_shared_context();
    let is_from_server = cfg!(not(target_arch = "wasm32"))
        || context
            .as_ref()
            .is_some_and(|context| context.during_hydration());
    // Counted whether it is used or not: server and browser have to agree on all numbers.
    let number = context.map(|context| context.next_id().into_inner());
    if !is_from_server || !open.get_untracked() {
        return None;
    }
    let shown = first_shown(options, flash)?;
    let id = number.map_or_else(|| "early".to_owned(), |number| format!("early{number}"));
    Some(view::early(options, &shown, &id, form))
}

/// The dialog on a page, which follows the component's signals.
#[cfg(target_arch = "wasm32")]
mod page {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;

    use leptos::html::Div;
    use leptos::prelude::*;
    use leptos::reactive::owner::WeakOwner;

    use crate::Dialog;
    use crate::handlers::Handlers;
    use crate::model::Flash;
    use crate::options::Options;

    /// Where the dialog is written.
    pub(super) struct Place {
        /// There, if it has a place in the page, or a server rendered it.
        pub(super) place: NodeRef<Div>,
        /// Whether it opens in there.
        pub(super) inline: bool,
    }

    impl Place {
        /// Tells the dialog.
        fn tell(&self, dialog: &Dialog) {
            if let Some(place) = self.place.get_untracked() {
                dialog.stand_at(&place, self.inline);
            }
        }

        /// Takes away what a server rendered, if it is still there.
        fn clear(&self, dialog: &Dialog) {
            if let Some(place) = self.place.get_untracked() {
                place.set_text_content(None);
                self.tell(dialog);
            }
        }
    }

    /// The component's dialog, made when the component is on a page.
    struct Attached {
        dialog: RefCell<Option<Dialog>>,
        handlers: Handlers,
        options: Signal<Options>,
        place: Place,
        /// The options changed while the dialog was open.
        is_behind: Cell<bool>,
    }

    /// The component's owner. What the page's own code makes in a handler, such as a signal, lives as long as the
    /// component: else it would live no longer than the dialog is open.
    #[derive(Clone)]
    pub(super) struct ThisOwner(Option<WeakOwner>);

    impl ThisOwner {
        pub(super) fn new() -> Self {
            Self(Owner::current().map(|owner| owner.downgrade()))
        }

        pub(super) fn with(&self, work: impl FnOnce()) {
            match self.0.as_ref().and_then(WeakOwner::upgrade) {
                Some(owner) => owner.with(work),
                None => work(),
            }
        }
    }

    /// Effects run in the browser alone, and in this order.
    pub(super) fn attach(
        options: Signal<Options>,
        open: RwSignal<bool>,
        flash: MaybeProp<Flash>,
        handlers: Handlers,
        place: Place,
    ) {
        let attached = Rc::new(Attached {
            dialog: RefCell::default(),
            handlers,
            options,
            place,
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
                attached.place.clear(&dialog);
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
                Ok(dialog) => {
                    self.place.tell(&dialog);
                    *self.dialog.borrow_mut() = Some(dialog);
                }
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
