//! Reloads, and the data that the tab stores for them.

use super::*;

#[test]
fn a_reload_restores_the_code_screen_with_its_clocks_and_tries() {
    let mut before = Dialog::verifying();
    before.respond_to_verify(failed(Cause::InvalidCode));
    before.wait(10);
    let after = reloaded(&before, Settings::default(), "");
    assert_eq!(after.screen(), Some(ScreenKind::Code));
    assert_eq!(after.shown().lead.strong, EMAIL);
    assert_eq!(after.shown().resend_label, "Send a new code in 0:20");
    assert_eq!(after.shown().life, "Valid for 2:50");
    assert_eq!(after.model.shared.tries_left(), 2);
    assert_eq!(after.code(), "", "the code itself is never kept");
}

#[test]
fn a_reload_forgets_an_expired_or_used_code() {
    let mut before = Dialog::on_code();
    before.wait(180);
    assert_eq!(
        reloaded(&before, Settings::default(), "").screen(),
        Some(ScreenKind::Email)
    );
    let mut done = Dialog::verifying();
    done.respond_to_verify(Ok(()));
    assert_eq!(done.model.shared.memory().to_text(), "");
    let forgets = Effect::Remember(String::new());
    assert!(done.effects.contains(&forgets));
}

#[test]
fn a_reload_with_another_prefilled_address_asks_for_it() {
    let before = Dialog::on_code();
    let after = reloaded(&before, Settings::default(), "other@example.com");
    assert_eq!(after.screen(), Some(ScreenKind::Email));
    assert_eq!(after.shown().email, "other@example.com");
}

#[test]
fn a_reload_restores_the_link_screen() {
    let settings = Settings {
        link: true,
        ..Settings::default()
    };
    let after = reloaded(&link_sent(), settings, "");
    assert_eq!(after.screen(), Some(ScreenKind::Link));
    assert_eq!(after.shown().lead.strong, "nora@gmail.com");
}

#[test]
fn the_rate_limit_survives_a_reload() {
    let mut before = Dialog::on_code();
    before.wait(30);
    before.send(Msg::Resend);
    before.respond_to_start(Err(Failure {
        retry_after_s: Some(600),
        ..Failure::new(Cause::RateLimited)
    }));
    let after = reloaded(&before, Settings::default(), "");
    assert_eq!(after.shown().resend_label, "Send a new code in 10:00");
}

#[test]
fn the_tabs_data_is_stored_only_when_it_changes() {
    let dialog = Dialog::on_code();
    let memory = dialog.model.shared.memory();
    assert!(dialog.effects.contains(&Effect::Remember(memory.to_text())));
    let mut quiet = dialog;
    quiet.type_code("1");
    assert!(
        !quiet
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Remember(_)))
    );
}
