//! The dialog as a Leptos component.

#[cfg(target_arch = "wasm32")]
mod page;

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

/// A handler of the component: any closure that takes a `T`.
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

/// The login dialog as a Leptos component. It is open while `open` is true, and sets `open` to false when it
/// closes.
///
/// By default the dialog opens over the page. With `inline` it is rendered where the component stands,
/// without a close button. `options.container` still names another element for it. Removing the component
/// from the page removes the dialog. A page may have several.
///
/// A server renders an open dialog with its first screen. In the browser the dialog replaces that screen, and
/// keeps what was typed and the focus. With a `form` the screen also works before the script has loaded, and
/// without one. The page has to include the style sheet, [`CSS`](crate::css::CSS). A server cannot render a
/// dialog that asks for a phone number first, because only a browser knows the names of countries.
///
/// The program chooses how Leptos renders, by Leptos' own features (`csr`, `hydrate`, `ssr`).
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
/// A login page that a server renders:
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
    /// The options, or a signal of them. The dialog applies changed options the next time it opens.
    #[prop(into)]
    options: Signal<Options>,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// Renders the dialog where the component stands, instead of over the page. Default: false.
    #[prop(optional)]
    inline: bool,
    /// The target of the form that a server renders as the first screen. See [`server`](crate::server).
    #[prop(optional, into)]
    form: Option<FormTarget>,
    /// A message of the page above the field. It stays until the person goes on.
    #[prop(optional, into)]
    flash: MaybeProp<Flash>,
    /// Called for each event, as the events of the JavaScript class.
    #[prop(optional, into)]
    on_event: Option<Handler<Event>>,
    /// Called with the result of a login that did not leave the page. See
    /// [`Handlers::on_authenticated`](crate::handlers::Handlers::on_authenticated).
    #[prop(optional, into)]
    on_authenticated: Option<Handler<AuthorizationResult>>,
    /// Called before the browser leaves for a social connection, and may refuse. See
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
    page::attach(
        options,
        open,
        flash,
        page::handlers(
            open,
            on_event.map(|handler| handler.0),
            on_authenticated.map(|handler| handler.0),
            logging_in,
        ),
        page::Place { place, inline },
    );
    #[cfg(not(target_arch = "wasm32"))]
    drop((on_event, on_authenticated, logging_in));
    // A dialog over the page needs no element here, unless a server rendered its first screen.
    (inline || early.is_some()).then(|| view! { <div node_ref=place>{early}</div> })
}

/// The options of the component, with a container for an inline dialog.
fn placed(mut options: Options, inline: bool) -> Options {
    if inline {
        // The id is never looked up, because the dialog gets the element itself.
        options.container = Some(String::new());
    }
    options.consistent()
}

/// The first screen as a server renders it, and again in a browser that hydrates such a page.
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
    // Takes a number even if it is not used, because server and browser have to count alike.
    let number = context.map(|context| context.next_id().into_inner());
    if !is_from_server || !open.get_untracked() {
        return None;
    }
    let shown = first_shown(options, flash)?;
    let id = number.map_or_else(|| "early".to_owned(), |number| format!("early{number}"));
    Some(view::early(options, &shown, &id, form))
}
