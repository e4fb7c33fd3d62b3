//! The first screen as HTML, for a server to send with the page.
//!
//! A dialog in a container is there once its script is. With this in the container, a person sees its
//! first screen with the page itself, and can use it: the address goes to the app's own server, which asks
//! the tenant for the code. When the dialog opens, it takes this screen's place, and what was typed goes on
//! in it. The look is that of the dialog, whose style sheet ([`CSS`](crate::css::CSS)) the page has to
//! bring along.
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

mod color;

use leptos::prelude::AnyView;

use crate::model::{Flash, Model, Msg, ViewModel, step, view_model};
use crate::options::Options;
use crate::view::{self, FormTarget};

pub(crate) use color::rules;

/// Where the first screen goes when it is submitted before the dialog is there, or where there is no script.
///
/// It is posted as `application/x-www-form-urlencoded` with `email`, and `terms=on` where they have to be ticked, which
/// the server checks: the buttons of social connections go without. Those say `connection=NAME`, the one to the other
/// channel `channel=sms`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<'a> {
    /// The address on the app's server.
    pub action: &'a str,
    /// Further fields, by name and value: a token against cross-site requests, the `state` of the login.
    pub fields: &'a [(&'a str, &'a str)],
    /// What is said above the field, such as why the last try failed.
    pub flash: Option<&'a Flash>,
}

/// The first screen of a dialog with these options, in the words of their dictionary, for the inside of its
/// container. `None`, where the dialog asks for a phone number first: its countries are known to browsers alone.
///
/// Another language than English is the dictionary's, which [speaks](crate::i18n::Dictionary::speak) it once it
/// was given the file. Colours of the page's own come in a style element, with `style_nonce` for strict policies. Other
/// colours than `#rgb`, `#rrggbb` and `rgb(...)` are not seen before the dialog is there.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn first_screen(options: &Options, form: &Form<'_>) -> Option<String> {
    first_screen_by(leptos::prelude::RenderHtml::to_html, options, form)
}

/// `first_screen` for a wasm32 module on a server, which has Leptos' feature `ssr` on and renders by it.
#[must_use]
pub fn first_screen_by(
    render: impl FnOnce(AnyView) -> String,
    options: &Options,
    form: &Form<'_>,
) -> Option<String> {
    let mut options = options.clone();
    // It is in the page, whether or not the options say where.
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

/// What the first screen shows. `None` where it takes a browser to know.
pub(crate) fn first_shown(options: &Options, flash: Option<&Flash>) -> Option<ViewModel> {
    let mut model = Model::new(options.settings.clone(), options.email.clone());
    step(&mut model, Msg::Flash(flash.cloned()), &mut Vec::new());
    step(&mut model, Msg::Show, &mut Vec::new());
    let shown = view_model(&model, &options.dictionary);
    view::is_first(shown.step).then_some(shown)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
