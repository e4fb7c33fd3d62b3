//! Dialogs of Rust programs: captchas, logins in place, hooks.

use std::cell::RefCell;
use std::rc::Rc;

use latchkey_lock::Dialog;
use latchkey_lock::handlers::Handlers;
use latchkey_lock::i18n::Key;
use latchkey_lock::options::{Connections, Options};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::page::*;

/// Stubs a tenant that asks for a captcha. The first picture shows "1", the next one "2", and so on. The
/// JavaScript variable `bodies` has the requests for codes.
fn stub_captcha(challenge: &str) {
    run(&format!(
        "window.challenges = 0; window.bodies = []; window.warned = [];
        console.warn = (text) => warned.push(text);
        window.fetch = async (request) => {{
            const answer = (status, body) => new Response(JSON.stringify(body), {{ status, headers: {{ 'content-type': 'application/json' }} }});
            if (request.url.endsWith('/challenge')) return answer(200, ({challenge})(++challenges));
            const body = await request.json();
            bodies.push(body);
            return body.captcha === String(challenges) ? answer(200, {{}})
                : answer(400, {{ code: 'invalid_captcha', error: 'invalid_captcha' }});
        }}"
    ));
}

const PICTURE: &str = "(n) => ({ required: true, provider: 'auth0', type: 'code', image: `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><text>${n}</text></svg>` })";

fn with_state() -> Options {
    let mut options = options();
    options.config.state = Some("S".into());
    options
}

/// Requests a code, which the tenant refuses without a captcha.
fn ask(dialog: &Dialog) {
    dialog.show();
    enter("dialog.lk input[name=email]", "nora@example.com");
    get(".lk-submit").click();
}

const FIELD: &str = ".lk-captcha input[name=captcha]";

#[wasm_bindgen_test]
async fn a_captcha_is_drawn_and_its_solution_sent() {
    stub_captcha(PICTURE);
    let mut options = with_state();
    let evil = "<img src=x onerror=alert(1)>";
    options.dictionary.say(Key::CaptchaLabel, evil);
    options.dictionary.say(Key::CaptchaReload, evil);
    let (dialog, _) = dialog(options);
    ask(&dialog);
    until(|| is_focused(FIELD)).await;
    let field = get(FIELD);
    let of = |name: &str| field.get_attribute(name).unwrap_or_default();
    assert_eq!(text(&format!("label[for={}]", field.id())), evil);
    assert_eq!(text(".lk-captcha button"), evil);
    assert_eq!(of("placeholder"), Key::CaptchaCode.english());
    assert_eq!(of("aria-required"), "true");
    assert!(text(&format!("#{}", of("aria-describedby"))).contains("security check"));
    let pictures = run("document.querySelectorAll('.lk-captcha img').length");
    assert_eq!(pictures.as_f64(), Some(1.0), "nothing is HTML");
    assert_eq!(
        get(".lk-captcha img").get_attribute("alt").as_deref(),
        Some(evil)
    );
    get(".lk-submit").click();
    settle().await;
    assert_eq!(
        run("bodies.length").as_f64(),
        Some(1.0),
        "an empty answer stays"
    );
    enter(FIELD, "1");
    get(".lk-submit").click();
    until(|| find(".lk-code-input").is_some()).await;
    assert_eq!(run("bodies[1].captcha").as_string().as_deref(), Some("1"));
    assert_eq!(run("warned.length").as_f64(), Some(0.0));
    dialog.destroy();
}

#[wasm_bindgen_test]
async fn a_captcha_can_be_replaced_and_a_wrong_solution_loads_another() {
    stub_captcha(&PICTURE.replace("'code'", "'arithmetic'"));
    let (dialog, _) = dialog(with_state());
    ask(&dialog);
    until(|| is_focused(FIELD)).await;
    assert_eq!(
        get(FIELD).get_attribute("placeholder").as_deref(),
        Some(Key::CaptchaMath.english())
    );
    let picture = || {
        get(".lk-captcha img")
            .get_attribute("src")
            .unwrap_or_default()
    };
    assert!(picture().contains(">1<"));
    enter(FIELD, "x");
    get(".lk-captcha button").click();
    until(|| picture().contains(">2<")).await;
    assert!(picture().contains(">2<"));
    let value = || get(FIELD).unchecked_into::<HtmlInputElement>().value();
    assert_eq!(value(), "");
    assert!(is_focused(FIELD));
    enter(FIELD, "wrong");
    get(".lk-submit").click();
    until(|| picture().contains(">3<")).await;
    assert!(picture().contains(">3<") && text("[role=alert]").contains("wasn’t right"));
    assert_eq!(value(), "");
    dialog.destroy();
}

#[wasm_bindgen_test]
async fn a_captcha_that_cannot_be_shown_shows_a_note_and_blocks_nobody() {
    let cases = [
        (
            with_state(),
            "() => ({ required: true, provider: 'recaptcha_v2', siteKey: 'K', image: 'data:,' })",
            "JavaScript",
        ),
        (options(), PICTURE, "config.state"),
    ];
    for (options, challenge, said) in cases {
        stub_captcha(challenge);
        let (dialog, _) = dialog(options);
        ask(&dialog);
        until(|| text("[role=alert]").contains("didn’t go through")).await;
        assert!(text("[role=alert]").contains("didn’t go through"), "{said}");
        assert_eq!(
            get(".lk-submit").get_attribute("aria-disabled").as_deref(),
            Some("false")
        );
        let warned = run("warned.join()").as_string().unwrap_or_default();
        assert!(warned.contains(said), "{warned}");
        get(".lk-submit").click();
        until(|| run("bodies.length").as_f64() > Some(1.5)).await;
        assert_eq!(run("bodies.length").as_f64(), Some(2.0), "another try");
        dialog.destroy();
    }
}

/// Stubs a tenant that accepts every code and answers the hidden frame with `response`.
fn stub_frame(response: &str) {
    stub_fetch(
        OK,
        "{ status: 200, body: { login_ticket: 'T', co_id: 'I', co_verifier: 'V' } }",
    );
    run(&format!(
        "window.frames_seen = []; window.watcher?.disconnect();
        window.watcher = new MutationObserver((changes) => {{
            for (const {{ addedNodes }} of changes) for (const frame of addedNodes) {{
                if (frame.tagName !== 'IFRAME') continue;
                const {{ origin, searchParams }} = new URL(frame.src);
                frames_seen.push(searchParams.get('response_mode') + ' ' + searchParams.get('login_ticket'));
                const data = {{ type: 'authorization_response', response: {{ state: searchParams.get('state'), ...{response} }} }};
                setTimeout(() => window.dispatchEvent(new MessageEvent('message', {{ origin, source: frame.contentWindow, data }})));
            }}
        }});
        watcher.observe(document.body, {{ childList: true }});"
    ));
}

const TOKENS: &str = "{ access_token: 'AT', token_type: 'Bearer', expires_in: '7200' }";

fn in_place() -> Options {
    let mut options = options();
    options.config.response_type = Some("token".into());
    options.settings.in_place = true;
    options
}

/// Makes a dialog, and a list of what its handlers got: names of events and access tokens.
fn listening(options: Options) -> (Dialog, Rc<RefCell<Vec<String>>>) {
    run("sessionStorage.clear()");
    let heard = Rc::new(RefCell::new(Vec::new()));
    let (events, results) = (Rc::clone(&heard), Rc::clone(&heard));
    let handlers = Handlers::default()
        .on_event(move |event| events.borrow_mut().push(event.name().to_owned()))
        .on_authenticated(move |result| {
            assert_eq!(format!("{result:?}"), "AuthorizationResult([redacted])");
            let token = result.access_token().unwrap_or_default();
            results.borrow_mut().push(token.to_owned());
        });
    let dialog = Dialog::with_handlers(options, handlers).expect("valid options");
    (dialog, heard)
}

#[wasm_bindgen_test]
async fn a_login_in_place_returns_the_tokens_and_stays_on_the_page() {
    stub_frame(TOKENS);
    let (dialog, heard) = listening(in_place());
    on_code(&dialog).await;
    enter(".lk-code-input", "123456");
    until(|| heard.borrow().iter().any(|name| name == "AT")).await;
    let results = heard.borrow().iter().filter(|name| *name == "AT").count();
    assert_eq!(results, 1, "once");
    assert!(
        heard
            .borrow()
            .ends_with(&["step changed".to_owned(), "AT".to_owned()])
    );
    assert_eq!(
        run("frames_seen.join()").as_string().as_deref(),
        Some("web_message T")
    );
    assert_eq!(text(".lk-title"), "Welcome");
    assert!(dialog.is_open() && find("iframe[src*=authorize]").is_none());
    dialog.destroy();
}

#[wasm_bindgen_test]
async fn autoclose_closes_a_closable_dialog_before_the_page_gets_the_tokens() {
    for (closable, is_open) in [(true, false), (false, true)] {
        stub_frame(TOKENS);
        let mut options = in_place();
        options.autoclose = true;
        options.settings.closable = closable;
        let (dialog, heard) = listening(options);
        on_code(&dialog).await;
        enter(".lk-code-input", "123456");
        until(|| heard.borrow().iter().any(|name| name == "AT")).await;
        let before = if closable { "hide" } else { "step changed" };
        assert!(
            heard
                .borrow()
                .ends_with(&[before.to_owned(), "AT".to_owned()])
        );
        assert!(!heard.borrow().iter().any(|name| name == "cancelled"));
        assert_eq!(dialog.is_open(), is_open);
        dialog.destroy();
    }
}

#[wasm_bindgen_test]
async fn a_failed_login_in_place_is_shown_and_can_be_repeated() {
    stub_frame("{ error: 'login_required', error_description: 'No session.' }");
    let (dialog, heard) = listening(in_place());
    on_code(&dialog).await;
    enter(".lk-code-input", "123456");
    until(|| {
        heard
            .borrow()
            .iter()
            .any(|name| name == "authorization_error")
    })
    .await;
    assert!(!text("[role=alert]").is_empty());
    assert!(!heard.borrow().iter().any(|name| name == "AT"));
    stub_frame(TOKENS);
    get(".lk-submit").click();
    until(|| heard.borrow().iter().any(|name| name == "AT")).await;
    assert!(heard.borrow().iter().any(|name| name == "AT"));
    dialog.destroy();
}

#[wasm_bindgen_test]
async fn a_cancelled_login_in_place_returns_nothing() {
    stub_frame(TOKENS);
    run("const answers = window.fetch;
        window.fetch = async (request) => {
            if (request.url.includes('/co/')) await new Promise((answer) => { window.answer = answer; });
            return answers(request);
        }");
    let (dialog, heard) = listening(in_place());
    on_code(&dialog).await;
    enter(".lk-code-input", "123456");
    until(|| run("typeof answer").as_string().as_deref() == Some("function")).await;
    dialog.hide();
    run("answer()");
    settle().await;
    assert!(
        heard
            .borrow()
            .ends_with(&["cancelled".to_owned(), "hide".to_owned()])
    );
    assert_eq!(run("frames_seen.length").as_f64(), Some(0.0));
    dialog.destroy();
}

#[wasm_bindgen_test]
async fn a_hook_that_refuses_keeps_the_browser_on_the_page_and_shows_why() {
    run("window.warned = []; console.warn = (text) => warned.push(text)");
    let asked = Rc::new(RefCell::new(Vec::new()));
    let told = Rc::clone(&asked);
    let handlers = Handlers::default().logging_in(move |connection| {
        told.borrow_mut().push(connection);
        async { Err("Only members <b>may</b> log in.".to_owned()) }
    });
    let mut options = in_place();
    // Buttons and fields depend on the connections only.
    options.connections = Connections::allowed(["google-oauth2", "sms"]);
    let dialog = Dialog::with_handlers(options, handlers).expect("valid options");
    dialog.show();
    assert!(find("dialog.lk input[type=tel]").is_some());
    get(".lk-social button, button.lk-social").click();
    until(|| text("[role=alert]").contains("members")).await;
    assert_eq!(text("[role=alert]"), "Only members <b>may</b> log in.");
    assert_eq!(*asked.borrow(), ["google-oauth2"]);
    assert_eq!(
        get(".lk-submit").get_attribute("aria-disabled").as_deref(),
        Some("false")
    );
    let warned = run("warned.join()").as_string().unwrap_or_default();
    assert!(warned.contains("leaves the page"), "{warned}");
    dialog.destroy();
}
