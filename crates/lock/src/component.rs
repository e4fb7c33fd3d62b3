//! The dialog as a Leptos component.

use leptos::prelude::*;

use crate::model::Event;
use crate::options::Options;
use crate::runtime::Dialog;

/// The login dialog. It is open while `open` is true, and sets `open` to false when it closes.
///
/// The component itself renders nothing: the dialog is put over the page, or into the element that
/// `options.container` names. Removing the component from the page removes the dialog.
///
/// ```ignore
/// use latchkey_lock::{component::LockDialog, options::Options};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Login() -> impl IntoView {
///     let open = RwSignal::new(false);
///     let mut options = Options::new("CLIENT_ID", "acme.eu.auth0.com");
///     options.config.redirect_uri = Some("https://app.example.com/callback".into());
///     options.config.response_type = Some("code".into());
///     view! {
///         <button on:click=move |_| open.set(true)>"Log in"</button>
///         <LockDialog options open on_event=move |event| leptos::logging::log!("{}", event.name()) />
///     }
/// }
/// ```
#[expect(clippy::must_use_candidate, reason = "`view!` uses it")]
#[component]
pub fn LockDialog(
    /// What the dialog is made with.
    options: Options,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// Told what happens, as the events of the JavaScript class.
    #[prop(optional, into)]
    on_event: Option<UnsyncCallback<Event>>,
) -> impl IntoView {
    let dialog = Dialog::new(options, move |event| {
        if event == Event::Hide {
            open.set(false);
        }
        if let Some(on_event) = on_event {
            on_event.run(event);
        }
    });
    match dialog {
        Ok(dialog) => {
            let to_destroy = StoredValue::new_local(dialog.clone());
            Effect::new(move |_| {
                if open.get() {
                    dialog.show();
                } else {
                    dialog.hide();
                }
            });
            on_cleanup(move || to_destroy.with_value(Dialog::destroy));
        }
        Err(error) => leptos::logging::error!("LockDialog: {error}"),
    }
}
