//! The first screen as HTML.

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::i18n::Key;
use crate::model::Tone;
use crate::options::{Connections, Scheme, Social};

fn options(connections: &[&str]) -> Options {
    let mut options = Options::new("CLIENT", "acme.auth0.com");
    options.connections = Connections::allowed(connections.iter().copied());
    options
}

const FORM: Form<'_> = Form {
    action: "/login",
    fields: &[],
    flash: None,
};

fn html(options: &Options) -> String {
    first_screen(options, &FORM).expect("asks for an address")
}

/// The tag of the one element of `html` whose tag contains `part`.
fn tag<'a>(html: &'a str, part: &str) -> &'a str {
    let mut tags = html.split('<').filter_map(|tag| tag.split_once('>'));
    let (tag, _) = tags
        .find(|(tag, _)| tag.contains(part))
        .unwrap_or_else(|| panic!("no {part} in {html}"));
    tag
}

#[test]
fn the_form_goes_to_the_server_with_a_labelled_address() {
    let html = html(&options(&["email"]));
    assert_eq!(
        tag(&html, "form"),
        r#"form method="post" action="/login" class="lk-panel""#
    );
    let input = tag(&html, r#"name="email""#);
    for part in [
        r#"inputmode="email""#,
        r#"id="lk-early-email""#,
        r#"autocomplete="email""#,
        " required",
        r#"aria-describedby="lk-early-hint lk-early-note lk-early-lead lk-early-tip""#,
    ] {
        assert!(input.contains(part), "{part} in {input}");
    }
    assert!(!input.contains("autofocus"), "a page's own focus stays");
    assert!(tag(&html, "lk-label").contains(r#"for="lk-early-email""#));
    assert!(html.contains(">We’ll e-mail you a code. No password needed.</span>"));
    assert!(html.contains("<span>Continue</span></button>"));
    assert!(
        !html.contains("lk-close"),
        "a screen without a dialog has no close button"
    );
    assert!(!html.contains("<style"), "no colours of the page's own");
}

#[test]
fn the_pages_message_is_shown_and_its_hidden_fields_are_in_the_form() {
    let flash = Flash {
        tone: Tone::Error,
        text: "Try <again>".into(),
    };
    let form = Form {
        fields: &[("token", "a\"b")],
        flash: Some(&flash),
        ..FORM
    };
    let html = first_screen(&options(&["email"]), &form).expect("a screen");
    assert!(tag(&html, "token").contains(r#"type="hidden" name="token" value="a&quot;b""#));
    assert!(tag(&html, "lk-note").contains(r#"data-tone="error""#));
    assert!(html.contains("<span>Try &lt;again&gt;</span>"));
    let input = tag(&html, r#"name="email""#);
    assert!(input.contains("lk-early-note"));
    assert!(tag(&html, "lk-early-note").contains("alert"));
}

#[test]
fn options_change_the_first_screen() {
    let mut options = options(&["email"]);
    options.email = "nora@example.com".into();
    options.autocomplete = false;
    options.autofocus = Some(true);
    options.theme.arrow_button = true;
    options.theme.hides_title = true;
    options.theme.scheme = Scheme::Dark;
    options.theme.logo = Some("/logo.svg".into());
    options.settings.link = true;
    options.settings.show_terms = false;
    options.dictionary.say(Key::Title, "Log in to Acme");
    options.dictionary.call_language("ar-EG");
    let html = html(&options);
    let input = tag(&html, r#"name="email""#);
    for part in [
        r#"value="nora@example.com""#,
        r#"autocomplete="off""#,
        "autofocus",
    ] {
        assert!(input.contains(part), "{part} in {input}");
    }
    let root = tag(&html, "lk--early");
    for part in [r#"data-scheme="dark""#, r#"lang="ar-EG""#, r#"dir="rtl""#] {
        assert!(root.contains(part), "{part} in {root}");
    }
    assert!(tag(&html, "lk-submit--arrow").starts_with("button"));
    assert!(tag(&html, "lk-head--hidden").starts_with("div"));
    assert!(tag(&html, "lk-logo--image").contains(r#"src="/logo.svg""#));
    assert!(html.contains(">Log in to Acme</h2>"));
    assert!(html.contains("e-mail you a link"));
    assert!(tag(&html, "lk-terms").contains("hidden"));
}

#[test]
fn an_empty_logo_is_none() {
    let mut options = options(&["email"]);
    options.theme.logo = Some(String::new());
    assert!(!html(&options).contains("lk-logo"));
}

#[test]
fn terms_that_have_to_be_ticked_come_before_the_button() {
    let mut options = options(&["email"]);
    options.settings.must_accept_terms = true;
    let html = html(&options);
    let checkbox = tag(&html, "checkbox");
    assert!(checkbox.contains("required") && checkbox.contains(r#"name="terms""#));
    assert!(html.find("checkbox") < html.find("lk-submit"));
}

#[test]
fn other_buttons_send_their_names_and_enter_presses_none_of_them() {
    let html = html(&options(&["google-oauth2", "email", "sms"]));
    let google = tag(&html, "connection");
    assert!(google.contains(r#"name="connection" value="google-oauth2""#));
    assert!(google.contains("formnovalidate"));
    assert!(tag(&html, "channel").contains(r#"name="channel" value="sms""#));
    let first = html.split("<button").nth(1).expect("a button");
    assert!(
        first.contains("lk-hidden") && !first.contains("name="),
        "{first}"
    );
}

#[test]
fn social_connections_alone_need_no_field() {
    let html = html(&options(&["github"]));
    assert!(html.contains("Continue with GitHub"));
    assert!(!html.contains(r#"name="email""#) && !html.contains("lk-or"));
}

#[rstest]
#[case(&["sms"])]
#[case(&["sms", "email"])]
fn a_phone_screen_is_not_rendered(#[case] connections: &[&str]) {
    assert_eq!(first_screen(&options(connections), &FORM), None);
}

#[test]
fn a_last_login_is_not_rendered() {
    let mut options = options(&["email"]);
    options.settings.remembers = true;
    assert!(html(&options).contains(r#"name="email""#));
}

#[rstest]
#[case("#07a", "rgb(0, 119, 170)", "#fff", false)]
#[case("#FFD400", "rgb(255, 212, 0)", "#000", true)]
#[case(" rgb(255, 212, 0) ", "rgb(255, 212, 0)", "#000", true)]
fn the_pages_colour_is_in_the_html(
    #[case] given: &str,
    #[case] css: &str,
    #[case] on_it: &str,
    #[case] is_pale: bool,
) {
    let mut options = options(&["email"]);
    options.theme.primary_color = Some(given.into());
    options.theme.scheme = Scheme::Light;
    options.style_nonce = Some("n1".into());
    let html = html(&options);
    let rule = format!("--lk-primary:{css};--lk-on-primary:{on_it}}}");
    assert!(html.contains(&rule), "{rule} in {html}");
    assert_eq!(tag(&html, "style"), r#"style nonce="n1""#);
    assert_eq!(html.contains("--lk-accent:var(--lk-text)"), is_pale);
    assert!(
        !html.contains("@media"),
        "the scheme is fixed, so no media query is needed"
    );
}

#[test]
fn with_scheme_auto_the_accent_depends_on_the_browsers_scheme() {
    let mut options = options(&["email"]);
    options.theme.primary_color = Some("#222".into());
    let html = html(&options);
    assert!(
        html.contains("@media (prefers-color-scheme:dark){.lk.lk--early[data-scheme]{--lk-accent")
    );
    assert!(!html.contains("scheme:light)"));
}

#[rstest]
#[case("rebeccapurple")]
#[case("#12")]
#[case("#1234567")]
#[case("#ggg")]
#[case("rgb(1, 2)")]
#[case("rgb(1, 2, 3)}</style><script>")]
#[case("rgb(1, 2, 3);}*{background:url(//evil)")]
fn a_colour_in_another_notation_is_left_to_the_dialog(#[case] given: &str) {
    let mut options = options(&["email"]);
    options.theme.primary_color = Some(given.into());
    assert!(!html(&options).contains("<style"), "{given}");
}

#[test]
fn badges_have_their_colours() {
    let mut options = options(&["github", "acme"]);
    let mut connections = options.connections.social.iter_mut();
    let (first, second) = (
        connections.next().expect("one"),
        connections.next().expect("another"),
    );
    first.icon = Some("/github.svg".into());
    second.primary_color = Some("#fff".into());
    second.foreground_color = Some("hotpink}".into());
    let html = html(&options);
    assert!(tag(&html, "github.svg").contains("lk-badge"));
    assert!(
        html.contains(".lk-social>:nth-child(2) .lk-badge{background-color:rgb(255, 255, 255)}")
    );
    assert!(!html.contains("hotpink"));
}

/// The number of `<`, of `>`, and of quotation marks inside tags. Quotation marks outside of tags are text.
fn marks(html: &str) -> (usize, usize, usize) {
    let tags = html.split('<').filter_map(|part| part.split_once('>'));
    let quotes = tags.map(|(tag, _)| tag.matches('"').count()).sum();
    (html.matches('<').count(), html.matches('>').count(), quotes)
}

proptest! {
    #[test]
    fn all_texts_of_the_page_are_escaped(evil in "[<>\"'&a-z={};/ ]{1,40}") {
        let screen = |text: &str| {
            let mut options = options(&["email"]);
            let mut social = Social::new("github");
            social.connection = text.into();
            social.display_name = ["x", text].concat();
            social.icon = Some(text.into());
            options.connections.social = vec![social];
            options.email = text.into();
            options.style_nonce = Some(text.into());
            options.theme.logo = Some(["x", text].concat());
            options.theme.primary_color = Some("#123".into());
            for key in [Key::Title, Key::EmailLabel, Key::EmailPlaceholder, Key::SocialInstructions, Key::SubmitLabel, Key::Terms] {
                options.dictionary.say(key, text);
            }
            options.dictionary.call_language(text);
            let flash = Flash { tone: Tone::Info, text: text.into() };
            let form = Form { action: text, fields: &[(text, text)], flash: Some(&flash) };
            first_screen(&options, &form).expect("a screen")
        };
        prop_assert_eq!(marks(&screen(&evil)), marks(&screen("x")));
    }
}
