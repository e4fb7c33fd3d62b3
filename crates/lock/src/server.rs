//! Renders the first screen as HTML, for a server to send with the page.
//!
//! Without this, a container is empty until the dialog's script has loaded. With this HTML in the container,
//! a person sees the first screen with the page, and can use it at once: the form posts the address to the
//! app's own server, which requests the code from the tenant. When the dialog opens, it replaces this screen
//! and keeps what was typed. The look is the dialog's own, so the page has to include the style sheet
//! [`CSS`](crate::css::CSS).
//!
//! ```
//! # #[cfg(not(target_arch = "wasm32"))] {
//! use latchkey_lock::options::Options;
//! use latchkey_lock::server::{Form, first_screen};
//!
//! let options = Options::new("CLIENT_ID", "acme.eu.auth0.com");
//! let form = Form { action: "/login", ..Form::default() };
//! let html = first_screen(&options, &form).unwrap_or_default();
//! assert!(html.contains(r#"<form method="post" action="/login""#));
//! # }
//! ```

use leptos::prelude::AnyView;

use crate::model::{Flash, Model, Msg, ViewModel, update_in_place, view_model};
use crate::options::Options;
use crate::view::{self, FormTarget};

/// The target of the first screen's form. It is submitted if the script has not loaded, or if scripts are
/// disabled.
///
/// The browser posts `application/x-www-form-urlencoded` with `email`, and with `terms=on` if the terms have
/// to be ticked. The server has to check `terms`, because the buttons of social connections submit without
/// that check. Those buttons send `connection=NAME`, and the button to the other channel sends `channel=sms`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<'a> {
    /// The address on the app's server.
    pub action: &'a str,
    /// Hidden fields, by name and value: a CSRF token, the `state` of the login.
    pub fields: &'a [(&'a str, &'a str)],
    /// A message above the field, such as the reason why the last try failed.
    pub flash: Option<&'a Flash>,
}

/// Renders the first screen of a dialog with these options, in the language of their dictionary, for the
/// inside of its container. Returns `None` for a dialog that asks for a phone number first, because only
/// browsers know the names of countries.
///
/// For a language other than English, load its file with [`speak`](crate::i18n::Dictionary::speak) first. The
/// page's own colours are written into a `<style>` element, with `style_nonce` for strict policies. Colours
/// in other notations than `#rgb`, `#rrggbb` and `rgb(...)` are ignored until the dialog opens.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn first_screen(options: &Options, form: &Form<'_>) -> Option<String> {
    first_screen_by(leptos::prelude::RenderHtml::to_html, options, form)
}

/// `first_screen` for a wasm32 module on a server, which enables Leptos' feature `ssr` and renders with it.
#[must_use]
pub fn first_screen_by(
    render: impl FnOnce(AnyView) -> String,
    options: &Options,
    form: &Form<'_>,
) -> Option<String> {
    let mut options = options.clone();
    // The screen is always inside the page, even if the options name no container.
    options.container.get_or_insert_default();
    let options = options.consistent();
    let shown = first_shown(&options, form.flash)?;
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let target = FormTarget {
        action: form.action.to_owned(),
        fields: form.fields.iter().map(owned).collect(),
    };
    let screen = view::early(&options, &shown, "early", Some(target));
    Some(view::tidy(&render(screen)))
}

/// The view model of the first screen. `None` if only a browser can compute it.
pub(crate) fn first_shown(options: &Options, flash: Option<&Flash>) -> Option<ViewModel> {
    let mut model = Model::new(options.settings.clone(), options.email.clone());
    update_in_place(&mut model, Msg::Flash(flash.cloned()), &mut Vec::new());
    update_in_place(&mut model, Msg::Show, &mut Vec::new());
    let shown = view_model(&model, &options.dictionary);
    view::is_first(shown.screen).then_some(shown)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
