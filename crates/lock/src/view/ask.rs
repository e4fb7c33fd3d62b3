//! The screen that asks for the e-mail address or the phone number, and the last login's.

use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::element::{El, el};
use super::icon::{ARROW, LOCK, MAIL, PHONE, icon};
use super::parts::{field, field_hint, head, hint, label, note, spinner, submit};
use super::social::{badge, buttons};
use super::{Ui, aria, target};
use crate::model::{Msg, Step};

pub(super) fn fill(screen: El, ui: &Ui, step: Step) -> El {
    let class = if ui.look.options.theme.hides_title {
        "div.lk-head.lk-head--hidden"
    } else {
        "div.lk-head"
    };
    let screen = if ui.look.options.settings.avatar {
        screen.child(avatar())
    } else {
        screen
    };
    let mut screen = screen
        .child(logo(ui.look.options.theme.logo.as_deref()))
        .child(head(ui, class))
        .child(note(ui));
    if step == Step::LastLogin {
        return last_login(screen, ui);
    }
    let has_social = !ui.look.options.connections.social.is_empty();
    if has_social {
        screen = screen.child(buttons(ui));
    }
    if !ui.look.has_field() {
        return screen.child(terms(ui));
    }
    if has_social {
        screen = screen.child(el("div.lk-or").text_of(|shown| &shown.or_label));
    }
    screen = match step {
        Step::Phone => phone(screen, ui),
        _ => email(screen, ui),
    };
    // What is loaded on demand fills it.
    screen = screen.child(
        el("div.lk-captcha")
            .attr("id", &ui.look.id("captcha"))
            .flag_of("hidden", |shown| !shown.captcha),
    );
    end(screen, ui, button(ui))
}

/// The button that goes on, what else there is to choose, and the terms. What has to be ticked comes
/// before the button that asks for it.
fn end(screen: El, ui: &Ui, button: El) -> El {
    if ui.now().terms_box {
        screen.child(terms(ui)).child(button).child(switch(ui))
    } else {
        screen.child(button).child(switch(ui)).child(terms(ui))
    }
}

/// One button, with the look of the way that it goes.
fn last_login(screen: El, ui: &Ui) -> El {
    let way = &ui.now().last_way;
    let mut ways = ui.look.options.connections.social.iter();
    let (mark, name) = match ways.find(|social| social.connection == *way) {
        Some(social) => (badge(social), &social.display_name),
        None if way.starts_with('+') => (icon(PHONE), way),
        None => (icon(MAIL), way),
    };
    let words = el("bdi");
    words.element::<Element>().set_text_content(Some(name));
    let button = el("button.lk-alt.lk-last type=submit")
        .attr("aria-describedby", &ui.look.id("lead"))
        .flag("autofocus", ui.look.autofocus)
        .attr_of("aria-disabled", |shown| aria(shown.busy))
        .child(spinner().flag_of("hidden", |shown| !shown.busy))
        .child(mark.flag_of("hidden", |shown| shown.busy))
        .child(words);
    end(screen, ui, button)
}

fn email(screen: El, ui: &Ui) -> El {
    let sender = ui.clone();
    let line = if ui.look.options.autocomplete {
        "input.lk-input type=email inputmode=email enterkeyhint=go dir=ltr autocomplete=email"
    } else {
        "input.lk-input type=email inputmode=email enterkeyhint=go dir=ltr autocomplete=off"
    };
    let input = field(ui, line, "email")
        .flag("autofocus", ui.look.autofocus)
        .attr_of("placeholder", |shown| &shown.placeholder)
        .on("input", move |event| {
            let input: HtmlInputElement = target(&event);
            sender.send(Msg::EmailChanged(input.value()));
        });
    let element: HtmlInputElement = input.element();
    let input = input.other_of(move |shown| follow(&element, &shown.email));
    screen
        .child(label(ui, "email"))
        .child(input)
        .child(field_hint(ui))
        .child(suggestion(ui))
}

/// "Did you mean nora@gmail.com?"
fn suggestion(ui: &Ui) -> El {
    let take = el("button.lk-link type=button")
        .on("click", ui.sends(|| Msg::SuggestionTaken))
        .text_of(|shown| &shown.suggestion.strong);
    let tip = el("p.lk-hint.lk-hint--tip")
        .flag_of("hidden", |shown| shown.suggestion.strong.is_empty())
        .child(el("span").text_of(|shown| &shown.suggestion.before))
        .child(take)
        .child(el("span").text_of(|shown| &shown.suggestion.after));
    el("div aria-live=polite")
        .attr("id", &ui.look.id("tip"))
        .child(tip)
}

fn phone(screen: El, ui: &Ui) -> El {
    let chosen = ui.clone();
    let mut countries = el("select.lk-input.lk-select name=country autocomplete=country")
        .attr("id", &ui.look.id("country"))
        .attr_of("aria-disabled", |shown| aria(shown.busy))
        .on("change", move |event| {
            // What is needed of a list of choices, its value, it has in common with a field.
            let select: HtmlInputElement = target(&event);
            chosen.send(Msg::CountryChanged(select.value()));
        });
    for (name, code) in (ui.look.countries)() {
        let option = el("option").attr("value", code);
        option
            .element::<HtmlElement>()
            .set_text_content(Some(&name));
        countries = countries.child(option);
    }
    let select: HtmlInputElement = countries.element();
    let countries = countries.other_of(move |shown| follow(&select, &shown.country));
    let sender = ui.clone();
    let line =
        "input.lk-input type=tel inputmode=tel enterkeyhint=go dir=ltr autocomplete=tel-national";
    let input = field(ui, line, "phone")
        .flag("autofocus", ui.look.autofocus)
        .attr_of("placeholder", |shown| &shown.placeholder)
        .on("input", move |event| {
            let input: HtmlInputElement = target(&event);
            sender.send(Msg::PhoneChanged(input.value()));
        });
    let element: HtmlInputElement = input.element();
    let input = input.other_of(move |shown| follow(&element, &shown.phone));
    let country_label = el("label.lk-label")
        .attr("for", &ui.look.id("country"))
        .text_of(|shown| &shown.country_label);
    screen
        .child(country_label)
        .child(countries)
        .child(label(ui, "phone"))
        .child(input)
        .child(field_hint(ui))
}

/// Puts `text` into a field, unless it is there.
fn follow(input: &HtmlInputElement, text: &str) {
    if input.value() != text {
        input.set_value(text);
    }
}

/// "Use a text message instead", "Use a code instead", "Not your account?"
pub(super) fn switch(ui: &Ui) -> El {
    let link = el("button.lk-link type=button")
        .attr_of("aria-disabled", |shown| {
            // From the last login there is always another way; from a link, as soon as another one may be sent.
            let waits = shown.step == Step::Link && !shown.can_resend;
            aria(waits || shown.busy && shown.last_way.is_empty())
        })
        .on("click", ui.sends(|| Msg::Switch))
        .text_of(|shown| &shown.switch_label);
    el("div.lk-row.lk-row--center")
        .flag_of("hidden", |shown| shown.switch_label.is_empty())
        .child(link)
}

fn button(ui: &Ui) -> El {
    if !ui.look.options.theme.arrow_button {
        return submit();
    }
    let words = el("span.lk-hidden").text_of(|shown| &shown.submit_label);
    el("button.lk-submit.lk-submit--arrow type=submit")
        .attr_of("aria-disabled", |shown| aria(shown.busy))
        .child(spinner().flag_of("hidden", |shown| !shown.busy))
        .child(words)
        .child(icon(ARROW))
}

/// The person's picture, in the logo's place.
fn avatar() -> El {
    el("img.lk-logo.lk-avatar alt")
        .flag_of("hidden", |shown| shown.avatar.is_empty())
        .attr_of("src", |shown| &shown.avatar)
}

/// The page's logo, a neutral mark where it gave none, or nothing where it wants none.
fn logo(address: Option<&str>) -> El {
    let Some(address) = address else {
        return el("div.lk-logo.lk-logo--mark").child(icon(LOCK));
    };
    el("img.lk-logo.lk-logo--image alt")
        .flag("hidden", address.is_empty())
        .on("error", |event| {
            target::<HtmlElement>(&event).set_hidden(true);
        })
        .attr("src", address)
}

fn terms(ui: &Ui) -> El {
    let now = ui.now();
    if !now.terms_box {
        return el("p.lk-terms")
            .flag_of("hidden", |shown| shown.terms.is_empty())
            .text_of(|shown| &shown.terms);
    }
    let sender = ui.clone();
    let hint_id = ui.look.id("terms-hint");
    let checkbox = el("input type=checkbox required")
        .attr("id", &ui.look.id("terms"))
        .attr("aria-describedby", &hint_id)
        .attr_of("aria-invalid", |shown| aria(!shown.terms_hint.is_empty()))
        .flag("checked", now.terms_accepted)
        .on("change", move |event| {
            sender.send(Msg::TermsToggled(
                target::<HtmlInputElement>(&event).checked(),
            ));
        });
    let row = el("label.lk-terms")
        .child(checkbox)
        .child(el("span").text_of(|shown| &shown.terms));
    let hint = hint(
        &hint_id,
        |shown| &shown.terms_hint,
        |shown| shown.terms_hint.is_empty(),
    );
    el("div").child(row).child(hint)
}
