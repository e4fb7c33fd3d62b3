//! The first screen as HTML, for a server to send with the page.
//!
//! A dialog in a container is there once its script is. With this in the container, a person sees its
//! first screen with the page itself, and can use it: the address goes to the app's own server, which asks
//! the tenant for the code. When the dialog opens, it takes this screen's place, and what was typed goes on
//! in it. The look is that of the dialog, whose style sheet ([`CSS`](crate::css::CSS)) the page has to
//! bring along.
//!
//! ```
//! use latchkey_lock::options::Options;
//! use latchkey_lock::server::{Form, first_screen};
//!
//! let options = Options::new("CLIENT_ID", "acme.eu.auth0.com");
//! let form = Form { action: "/login", ..Form::default() };
//! let html = first_screen(&options, &form).unwrap_or_default();
//! assert!(html.contains(r#"<form class="lk-panel" method="post" action="/login""#));
//! ```

mod color;
mod html;

use crate::icon::{ARROW, DONE, INFO, LOCK, WARNING};
use crate::model::{Flash, Model, Msg, Step, Tone, ViewModel, step, view_model};
use crate::options::{Options, Social};
use html::{element, icon, text};

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
#[must_use]
pub fn first_screen(options: &Options, form: &Form<'_>) -> Option<String> {
    let options = options.clone().consistent();
    let mut model = Model::new(options.settings.clone(), options.email.clone());
    step(&mut model, Msg::Flash(form.flash.cloned()), &mut Vec::new());
    step(&mut model, Msg::Show, &mut Vec::new());
    let shown = view_model(&model, &options.dictionary);
    (shown.step == Step::Email).then(|| root(&options, form, &shown))
}

fn root(options: &Options, form: &Form<'_>, shown: &ViewModel) -> String {
    let direction = if shown.right_to_left { "rtl" } else { "ltr" };
    let attributes = [
        ("data-scheme", options.theme.scheme.as_str()),
        ("lang", &shown.language),
        ("dir", direction),
        ("aria-labelledby", "lk-early-title"),
    ];
    let inside = [
        color::style(options),
        element(
            "form.lk-panel method=post",
            &[("action", form.action)],
            &screen(options, form, shown),
        ),
    ];
    element(
        "div.lk.lk--inline.lk--early role=group",
        &attributes,
        &inside.concat(),
    )
}

fn screen(options: &Options, form: &Form<'_>, shown: &ViewModel) -> String {
    let has_field = !options.settings.channels.is_empty();
    let has_social = options.settings.has_social;
    let mut parts = Vec::new();
    if has_social {
        // Enter presses the first button of a form: this one, not that of a connection.
        let line = "button.lk-hidden type=submit tabindex=-1 aria-hidden=true";
        parts.push(element(line, &[], ""));
    }
    for (name, value) in form.fields {
        parts.push(element(
            "input type=hidden",
            &[("name", name), ("value", value)],
            "",
        ));
    }
    parts.push(logo(options));
    parts.push(head(options, shown));
    parts.push(note(shown));
    if has_social {
        let buttons: String = options
            .connections
            .social
            .iter()
            .map(|way| social(way, shown))
            .collect();
        parts.push(element("div.lk-social role=group", &[], &buttons));
    }
    if has_field {
        if has_social {
            parts.push(element("div.lk-or", &[], &text(&shown.or_label)));
        }
        parts.push(field(options, shown));
        let (button, switch) = (submit(options, shown), switch(shown));
        if shown.terms_box {
            parts.extend([terms(shown), button, switch]);
        } else {
            parts.extend([button, switch, terms(shown)]);
        }
    } else {
        parts.push(terms(shown));
    }
    parts.concat()
}

fn logo(options: &Options) -> String {
    match options.theme.logo.as_deref() {
        None => element("div.lk-logo.lk-logo--mark", &[], &icon(LOCK)),
        Some("") => String::new(),
        Some(address) => element("img.lk-logo.lk-logo--image alt", &[("src", address)], ""),
    }
}

fn head(options: &Options, shown: &ViewModel) -> String {
    let line = if options.theme.hides_title {
        "div.lk-head.lk-head--hidden"
    } else {
        "div.lk-head"
    };
    let title = element("h2.lk-title id=lk-early-title", &[], &text(&shown.title));
    let lead = element("p.lk-lead id=lk-early-lead", &[], &text(&shown.lead.before));
    element(line, &[], &[title, lead].concat())
}

fn note(shown: &ViewModel) -> String {
    if shown.note.is_empty() {
        return String::new();
    }
    let (tone, path) = match shown.note_tone {
        Tone::Error => ("error", WARNING),
        Tone::Info => ("info", INFO),
        Tone::Ok => ("ok", DONE),
    };
    let words = element("span", &[], &text(&shown.note));
    let note = element(
        "div.lk-note",
        &[("data-tone", tone)],
        &[icon(path), words].concat(),
    );
    element("div role=alert id=lk-early-note", &[], &note)
}

/// A submit button that tells the server which one it was. It goes without an address.
fn social(way: &Social, shown: &ViewModel) -> String {
    let badge = if let Some(address) = &way.icon {
        element("img.lk-badge alt", &[("src", address)], "")
    } else {
        let first = way.display_name.chars().next().map(String::from);
        let letter = text(&first.unwrap_or_default());
        element("span.lk-badge aria-hidden=true", &[], &letter)
    };
    let name = [
        &*shown.social_label.before,
        &way.display_name,
        &shown.social_label.after,
    ]
    .concat();
    element(
        "button.lk-alt type=submit formnovalidate name=connection",
        &[
            ("value", &way.connection),
            ("data-connection", &way.connection),
        ],
        &[badge, element("span", &[], &text(&name))].concat(),
    )
}

fn field(options: &Options, shown: &ViewModel) -> String {
    let autocomplete = if options.autocomplete { "email" } else { "off" };
    let described_by = if shown.note.is_empty() {
        "lk-early-lead"
    } else {
        "lk-early-note lk-early-lead"
    };
    let mut attributes = vec![
        ("autocomplete", autocomplete),
        ("placeholder", &*shown.placeholder),
        ("value", &*shown.email),
        ("aria-describedby", described_by),
    ];
    if options.autofocus == Some(true) {
        attributes.push(("autofocus", ""));
    }
    let label = element(
        "label.lk-label for=lk-early-email",
        &[],
        &text(&shown.field_label),
    );
    let line = "input.lk-input type=email inputmode=email enterkeyhint=go dir=ltr autocapitalize=none spellcheck=false required name=email id=lk-early-email";
    [label, element(line, &attributes, "")].concat()
}

fn submit(options: &Options, shown: &ViewModel) -> String {
    let words = text(&shown.submit_label);
    if options.theme.arrow_button {
        let inside = [element("span.lk-hidden", &[], &words), icon(ARROW)].concat();
        return element(
            "button.lk-submit.lk-submit--arrow type=submit",
            &[],
            &inside,
        );
    }
    element(
        "button.lk-submit type=submit",
        &[],
        &element("span", &[], &words),
    )
}

/// "Use a text message instead".
fn switch(shown: &ViewModel) -> String {
    if shown.switch_label.is_empty() {
        return String::new();
    }
    let line = "button.lk-link type=submit formnovalidate name=channel value=sms";
    let button = element(line, &[], &text(&shown.switch_label));
    element("div.lk-row.lk-row--center", &[], &button)
}

fn terms(shown: &ViewModel) -> String {
    let words = text(&shown.terms);
    if shown.terms_box {
        let checkbox = element("input type=checkbox required name=terms", &[], "");
        let words = element("span", &[], &words);
        let row = element("label.lk-terms", &[], &[checkbox, words].concat());
        return element("div", &[], &row);
    }
    if words.is_empty() {
        return words;
    }
    element("p.lk-terms", &[], &words)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
