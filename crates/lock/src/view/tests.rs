//! The view as HTML.

use rstest::rstest;

use super::{first_screen_html, tidy};
use crate::i18n::NamedCountry;
use crate::model::{ScreenKind, Secret, Sentence, Tone, ViewModel};
use crate::options::{Connections, Options};

fn options() -> Options {
    let mut options = Options::new("CLIENT", "acme.auth0.com");
    options.connections = Connections::allowed(["github", "email", "sms"]);
    options.connections.social.iter_mut().for_each(|social| {
        social.primary_color = Some("#123".into());
    });
    options.theme.primary_color = Some("#07a".into());
    options.consistent()
}

fn shown(kind: ScreenKind) -> ViewModel {
    ViewModel {
        screen: kind,
        language: "en".into(),
        title: "Log in".into(),
        ..ViewModel::default()
    }
}

fn html(options: &Options, shown: &ViewModel) -> String {
    let france = NamedCountry {
        name: "France".into(),
        code: "FR",
    };
    first_screen_html(options, shown, "7", vec![france])
}

/// The tag of the one element of `html` whose tag contains `part`.
fn tag<'a>(html: &'a str, part: &str) -> &'a str {
    let mut tags = html.split('<').filter_map(|tag| tag.split_once('>'));
    let found = tags.find(|(tag, _)| tag.contains(part));
    found.unwrap_or_else(|| panic!("no {part} in {html}")).0
}

#[rstest]
fn every_screen_has_a_frame_and_no_markers_or_styles_of_leptos(
    #[values(
        ScreenKind::Email,
        ScreenKind::Phone,
        ScreenKind::LastLogin,
        ScreenKind::Code,
        ScreenKind::Link,
        ScreenKind::SignedIn,
        ScreenKind::Elsewhere,
        ScreenKind::Error
    )]
    kind: ScreenKind,
) {
    let html = html(&options(), &shown(kind));
    assert!(html.starts_with("<dialog "), "{html}");
    assert!(tag(&html, "lk-status").contains(r#"role="status""#));
    assert!(tag(&html, "lk-panel").contains("novalidate"));
    assert!(tag(&html, r#" id="lk-7-title""#).starts_with("h2"));
    assert!(html.contains(">Log in</h2>"));
    // This method sends nothing, so no field can end up in an address.
    assert!(tag(&html, "lk-panel").contains(r#"method="dialog""#));
    for never in ["<!", "style=", " open", "> <"] {
        assert!(!html.contains(never), "{never} in {html}");
    }
}

#[test]
fn every_id_that_aria_refers_to_exists() {
    for kind in [
        ScreenKind::Email,
        ScreenKind::Phone,
        ScreenKind::Code,
        ScreenKind::LastLogin,
    ] {
        let mut options = options();
        options.settings.must_accept_terms = true;
        let shown = ViewModel {
            terms_box: true,
            ..shown(kind)
        };
        let html = html(&options, &shown);
        for attribute in ["aria-describedby", "aria-labelledby", "for"] {
            let begin = format!(" {attribute}=\"");
            let values = html.split(&*begin).skip(1);
            let values = values.filter_map(|rest| rest.split('"').next());
            for id in values.flat_map(str::split_whitespace) {
                assert!(html.contains(&format!(r#" id="{id}""#)), "{id} in {html}");
            }
        }
    }
}

#[test]
fn a_dialog_in_a_container_is_a_group() {
    let mut options = options();
    options.container = Some("here".into());
    let html = html(&options, &shown(ScreenKind::Email));
    let root = tag(&html, "lk--inline");
    assert!(
        root.starts_with("div ") && root.contains(r#"role="group""#),
        "{root}"
    );
    assert!(!tag(&html, r#" id="lk-7-title""#).contains("autofocus"));
}

#[test]
fn the_digits_are_in_slots_and_the_caret_is_after_them() {
    let shown = ViewModel {
        code: Secret::new("12"),
        ..shown(ScreenKind::Code)
    };
    let html = html(&options(), &shown);
    let slots: Vec<_> = html
        .split("<span ")
        .filter(|part| part.contains("lk-slot"))
        .collect();
    assert_eq!(slots.len(), 6);
    assert!(slots[1].ends_with(">2</span>") && !slots[1].contains("is-"));
    assert!(
        slots[2].contains("lk-slot--gap is-active is-empty"),
        "{}",
        slots[2]
    );
    assert!(slots[3].contains("is-empty") && !slots[3].contains("is-active"));
    assert!(
        !tag(&html, "lk-code-input").contains("value"),
        "no attribute contains the code"
    );
}

#[test]
fn live_regions_exist_before_their_text() {
    let idle = html(&options(), &shown(ScreenKind::Email));
    assert!(tag(&idle, "lk-note").contains(" hidden="));
    assert!(tag(&idle, "lk-spin").contains(" hidden="));
    let busy = ViewModel {
        busy: true,
        note: "No network.".into(),
        note_tone: Tone::Info,
        suggestion: Sentence {
            strong: "nora@gmail.com".into(),
            ..Sentence::default()
        },
        ..shown(ScreenKind::Email)
    };
    let busy = html(&options(), &busy);
    assert!(!tag(&busy, "lk-note").contains(" hidden="));
    assert!(tag(&busy, r#"data-tone="info""#).contains("lk-note"));
    assert!(!tag(&busy, "lk-spin").contains(" hidden="));
    assert!(!tag(&busy, "lk-hint--tip").contains(" hidden="));
    assert!(tag(&busy, "lk-input").contains(r#"readonly="""#));
    assert!(tag(&busy, "aria-busy").contains(r#"aria-busy="true""#));
}

#[test]
fn the_list_of_countries_has_the_given_countries() {
    let html = html(&options(), &shown(ScreenKind::Phone));
    assert!(
        html.contains(r#"<option value="FR">France</option>"#),
        "{html}"
    );
}

#[test]
fn markers_are_removed_and_text_stays() {
    assert_eq!(
        tidy("<p><!>a &lt;!> b<!--<() />--> </p><b> </b>"),
        "<p>a &lt;!> b </p><b></b>"
    );
}
