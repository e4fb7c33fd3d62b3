//! Invariants that hold after any sequence of messages.

use proptest::prelude::*;

use super::*;

fn cause() -> impl Strategy<Value = Cause> {
    prop::sample::select(&CAUSES[..])
}

fn result() -> impl Strategy<Value = Result<(), Failure>> {
    prop_oneof![
        2 => Just(Ok(())),
        1 => (cause(), prop::option::of(any::<u32>())).prop_map(|(cause, retry_after_s)| {
            Err(Failure { retry_after_s, ..Failure::new(cause) })
        }),
    ]
}

/// The version of the newest request (0), or of an older one.
fn version_lag() -> impl Strategy<Value = u32> {
    prop_oneof![4 => Just(0u32), 1 => any::<u32>()]
}

#[derive(Clone, Debug)]
enum Move {
    Plain(Msg),
    Wait(u64),
    Started(u32, Result<(), Failure>),
    Verified(u32, Result<(), Failure>),
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just("123456".to_owned()),
        2 => "[0-9]{0,7}",
        1 => any::<String>(),
    ]
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let email = prop_oneof![
        4 => Just(EMAIL.to_owned()),
        1 => Just("nora@gmial.com".to_owned()),
        1 => Just("other@example.com".to_owned()),
        1 => any::<String>(),
    ];
    let one = prop_oneof![
        1 => Just(Move::Plain(Msg::Back)),
        1 => Just(Move::Plain(Msg::Close)),
        1 => Just(Move::Plain(Msg::Hide)),
        4 => Just(Move::Plain(Msg::Show)),
        1 => Just(Move::Plain(Msg::TakeOver)),
        6 => Just(Move::Plain(Msg::Submit)),
        3 => Just(Move::Plain(Msg::Resend)),
        1 => Just(Move::Plain(Msg::PageRestored)),
        1 => any::<bool>().prop_map(|on| Move::Plain(Msg::Online(on))),
        1 => any::<bool>().prop_map(|on| Move::Plain(Msg::TermsToggled(on))),
        3 => email.prop_map(|text| Move::Plain(Msg::EmailChanged(text))),
        4 => text().prop_map(|text| Move::Plain(Msg::CodeChanged(Secret::new(text)))),
        1 => Just(Move::Plain(Msg::Switch)),
        1 => Just(Move::Plain(Msg::SuggestionTaken)),
        2 => (prop::sample::select(vec!["", EMAIL, "other@example.com"]), text()).prop_map(|(email, text)| {
            Move::Plain(Msg::Person(Person { email: email.to_owned(), image: text.clone(), name: text }))
        }),
        1 => Just(Move::Plain(Msg::Social("google-oauth2".to_owned()))),
        1 => text().prop_map(|text| Move::Plain(Msg::PhoneChanged(text))),
        1 => "[A-Z]{2}".prop_map(|code| Move::Plain(Msg::CountryChanged(code))),
        1 => prop::option::of(any::<String>()).prop_map(|text| {
            Move::Plain(Msg::Flash(text.map(|text| Flash { tone: Tone::Info, text })))
        }),
        1 => prop_oneof![
            Just(News::SignedIn),
            Just(News::Sent { to: EMAIL.to_owned() }),
        ].prop_map(|news| Move::Plain(Msg::OtherTab(news))),
        2 => text().prop_map(|text| Move::Plain(Msg::Captcha(text))),
        1 => any::<bool>().prop_map(|is_there| Move::Plain(Msg::CaptchaShown(is_there))),
        2 => (0u64..200).prop_map(Move::Wait),
        1 => any::<u64>().prop_map(|now_ms| Move::Plain(Msg::Tick { now_ms: now_ms >> 8 })),
        5 => (version_lag(), result()).prop_map(|(lag, result)| Move::Started(lag, result)),
        5 => (version_lag(), result()).prop_map(|(lag, result)| Move::Verified(lag, result)),
    ];
    prop::collection::vec(one, 0..60)
}

/// Plays the runtime: keeps the request in flight and the stored login, and fails if an invariant is broken.
#[derive(Default)]
struct Watcher {
    in_flight: Option<u32>,
    /// The login that the browser has stored.
    stored: Option<LastLogin>,
}

impl Watcher {
    fn finish(&mut self, version: u32) {
        if self.in_flight == Some(version) {
            self.in_flight = None;
        }
    }

    fn watch(&mut self, dialog: &Dialog) {
        for effect in &dialog.effects {
            match effect {
                Effect::Cancel => self.in_flight = None,
                Effect::Start { version, to, .. } => {
                    assert_eq!(self.in_flight, None, "two requests in flight");
                    match to {
                        Recipient::Email(email) => assert!(check_email(email, UNICODE).is_ok()),
                        Recipient::Phone(number) => assert!(number.starts_with('+')),
                    }
                    self.in_flight = Some(*version);
                }
                Effect::Verify { version, code, .. } => {
                    assert_eq!(self.in_flight, None, "two requests in flight");
                    assert_eq!(
                        code.reveal().len(),
                        dialog.model.shared.settings.code_length
                    );
                    self.in_flight = Some(*version);
                }
                Effect::Authorize { version, .. } => {
                    assert_eq!(self.in_flight, None, "two requests in flight");
                    self.in_flight = Some(*version);
                }
                Effect::Session { version, login } => {
                    assert_eq!(self.in_flight, None, "two requests in flight");
                    assert_eq!(Some(login), dialog.model.shared.logins.last.as_ref());
                    assert!(dialog.model.shared.settings.sso);
                    self.in_flight = Some(*version);
                }
                Effect::RememberLogin(login) => {
                    assert!(dialog.model.shared.settings.remembers);
                    assert_eq!(*login, dialog.model.shared.logins.last);
                    self.stored.clone_from(login);
                }
                Effect::Avatar(email) => {
                    assert!(dialog.model.shared.settings.avatar);
                    assert!(email.is_empty() || check_email(email, UNICODE).as_ref() == Ok(email));
                }
                Effect::Captcha => {
                    let kind = dialog.screen();
                    assert!(matches!(kind, Some(ScreenKind::Email | ScreenKind::Phone)));
                    assert!(dialog.model.shared.entries.captcha.is_some());
                }
                Effect::Close
                | Effect::CloseUnseen
                | Effect::Emit(_)
                | Effect::Focus(_)
                | Effect::Open
                | Effect::Remember(_)
                | Effect::Tell(_) => {}
            }
        }
    }
}

/// Sends the message of a move.
fn go(dialog: &mut Dialog, watcher: &mut Watcher, each_move: Move) {
    let phase = dialog.model.screen.phase();
    match each_move {
        Move::Plain(msg) => dialog.send(msg),
        Move::Wait(seconds) => {
            let now_ms = dialog.model.shared.clock.now_ms;
            let now_ms = now_ms.saturating_add(seconds * 1000);
            dialog.send(Msg::Tick { now_ms });
        }
        Move::Started(lag, result) => {
            let version = dialog.model.shared.version.wrapping_sub(lag);
            if matches!(phase, Phase::Sending { .. }) {
                watcher.finish(version);
            }
            dialog.send(Msg::Started { version, result });
        }
        Move::Verified(lag, result) => {
            let version = dialog.model.shared.version.wrapping_sub(lag);
            if matches!(phase, Phase::Leaving { .. } | Phase::Verifying { .. }) {
                watcher.finish(version);
            }
            dialog.send(Msg::Verified { version, result });
        }
    }
}

/// The moment after a message: the model before it, the dialog after it, and the requests and stored values up to here.
struct Moment<'a> {
    before: &'a Model,
    dialog: &'a Dialog,
    watcher: &'a Watcher,
}

impl Moment<'_> {
    fn check(&self) -> Result<(), TestCaseError> {
        self.the_tabs_data_is_read_as_written()?;
        self.no_request_leaves_before_the_terms()?;
        self.no_request_lacks_the_captcha()?;
        self.the_model_waits_exactly_for_a_request()?;
        self.the_cool_down_is_kept()?;
        self.the_stored_login_is_the_models()?;
        self.the_code_is_on_its_screen_only()?;
        self.the_avatar_belongs_to_the_address()?;
        self.every_screen_can_be_left()
    }

    fn the_tabs_data_is_read_as_written(&self) -> Result<(), TestCaseError> {
        let memory = self.dialog.model.shared.memory();
        let text = memory.to_text();
        if memory.sent.is_some() {
            let now_ms = self.dialog.model.shared.clock.now_ms;
            prop_assert_eq!(Memory::read(&text, now_ms), Some(memory));
        }
        Ok(())
    }

    fn no_request_leaves_before_the_terms(&self) -> Result<(), TestCaseError> {
        let shared = &self.dialog.model.shared;
        let is_request = |effect: &Effect| {
            matches!(
                effect,
                Effect::Start { .. } | Effect::Authorize { .. } | Effect::Session { .. }
            )
        };
        let was_sent = matches!(
            self.before.screen.kind(),
            Some(ScreenKind::Code | ScreenKind::Link)
        );
        if !was_sent && self.dialog.effects.iter().any(is_request) {
            prop_assert!(!shared.settings.must_accept_terms || shared.entries.terms_accepted);
        }
        Ok(())
    }

    fn no_request_lacks_the_captcha(&self) -> Result<(), TestCaseError> {
        let asks = matches!(
            self.before.screen.kind(),
            Some(ScreenKind::Email | ScreenKind::Phone | ScreenKind::LastLogin)
        );
        if asks && self.before.shared.entries.captcha.is_some() {
            let lacks_it = |effect: &Effect| matches!(effect, Effect::Start { captcha, .. } if captcha.as_deref().unwrap_or_default().is_empty());
            prop_assert!(!self.dialog.effects.iter().any(lacks_it));
        }
        Ok(())
    }

    fn the_model_waits_exactly_for_a_request(&self) -> Result<(), TestCaseError> {
        let waits = self.dialog.model.screen.phase() != Phase::Idle;
        prop_assert_eq!(waits, self.watcher.in_flight.is_some());
        let asks = matches!(
            self.dialog.screen(),
            Some(ScreenKind::Email | ScreenKind::Phone | ScreenKind::LastLogin)
        );
        if waits && asks {
            prop_assert!(self.dialog.shown().busy);
        }
        Ok(())
    }

    fn the_cool_down_is_kept(&self) -> Result<(), TestCaseError> {
        for effect in &self.dialog.effects {
            if let Effect::Start { to, .. } = effect
                && let Some(sent) = self.before.shared.sent.as_ref()
                && sent.to == *to
            {
                prop_assert_eq!(self.dialog.model.shared.resend_wait_ms(), 0);
            }
        }
        Ok(())
    }

    /// Nothing is stored if the page does not want it, and nothing before the login is done.
    fn the_stored_login_is_the_models(&self) -> Result<(), TestCaseError> {
        let stored = &self.watcher.stored;
        let shared = &self.dialog.model.shared;
        prop_assert_eq!(stored, &shared.logins.last);
        prop_assert!(shared.settings.remembers || stored.is_none());
        if stored.is_some() && *stored != self.before.shared.logins.last {
            let is_done = matches!(
                self.before.screen.phase(),
                Phase::Verifying { .. } | Phase::Leaving { .. }
            );
            let leaves = matches!(self.dialog.model.screen.phase(), Phase::Leaving { .. });
            prop_assert!(is_done || leaves);
        }
        Ok(())
    }

    fn the_code_is_on_its_screen_only(&self) -> Result<(), TestCaseError> {
        if self.dialog.screen() != Some(ScreenKind::Code) {
            prop_assert!(self.dialog.shown().code.is_empty());
        }
        Ok(())
    }

    fn the_avatar_belongs_to_the_address(&self) -> Result<(), TestCaseError> {
        let shown = self.dialog.shown();
        if self.dialog.screen() != Some(ScreenKind::Email) {
            prop_assert_eq!(&shown.avatar, "");
            return Ok(());
        }
        let shared = &self.dialog.model.shared;
        let typed = check_email(&shared.entries.email, UNICODE).unwrap_or_default();
        if shared.settings.avatar {
            prop_assert_eq!(&shared.person.email, &typed);
        } else {
            prop_assert_eq!(&shared.person, &Person::default());
        }
        prop_assert_eq!(&shown.avatar, &shared.person.image);
        Ok(())
    }

    /// Back leads to the address, and closing closes.
    fn every_screen_can_be_left(&self) -> Result<(), TestCaseError> {
        if self.dialog.screen().is_none() {
            return Ok(());
        }
        let shown = self.dialog.shown();
        prop_assert!(shown.can_close || shown.can_go_back || !shown.switch_label.is_empty());
        let (back, _) = update(self.dialog.model.clone(), Msg::Back);
        prop_assert!(matches!(
            back.screen.kind(),
            Some(ScreenKind::Email | ScreenKind::Phone)
        ));
        prop_assert_eq!(back.screen.phase(), Phase::Idle);
        let (closed, _) = update(self.dialog.model.clone(), Msg::Hide);
        prop_assert_eq!(closed.screen.kind(), None);
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn invariants_hold_after_any_sequence(
        moves in moves(),
        must_accept_terms in any::<bool>(),
        auto_submit in any::<bool>(),
        link in any::<bool>(),
        offers_code in any::<bool>(),
        in_place in any::<bool>(),
        avatar in any::<bool>(),
        remembers in any::<bool>(),
        sso in any::<bool>(),
        last in prop::option::of(prop::sample::select(vec![
            LastLogin::Code(Recipient::Email(EMAIL.to_owned())),
            LastLogin::Code(Recipient::Phone("+4915123456789".to_owned())),
            LastLogin::Social("github".to_owned()),
        ])),
        channels in prop::sample::subsequence(vec![Channel::Sms, Channel::Email], 0..=2),
    ) {
        let settings = Settings {
            auto_submit,
            avatar,
            has_social: true,
            in_place,
            link,
            offers_code,
            channels,
            must_accept_terms,
            remembers,
            sso,
            ..Settings::default()
        };
        let mut dialog = Dialog::with(settings);
        let last = last.filter(|_| remembers);
        dialog.model.shared.logins.last.clone_from(&last);
        let mut watcher = Watcher { stored: last, ..Watcher::default() };
        for each_move in moves {
            let before = dialog.model.clone();
            go(&mut dialog, &mut watcher, each_move);
            watcher.watch(&dialog);
            Moment { before: &before, dialog: &dialog, watcher: &watcher }.check()?;
        }
    }

    #[test]
    fn a_response_to_an_older_version_changes_nothing(lag in 1u32.., result in result()) {
        for dialog in [Dialog::sending(), Dialog::on_code(), Dialog::verifying(), Dialog::on_last_login(), Dialog::asking_for_session()] {
            let version = dialog.model.shared.version.wrapping_sub(lag);
            for msg in [
                Msg::Started { version, result: result.clone() },
                Msg::Verified { version, result: result.clone() },
            ] {
                let (model, effects) = update(dialog.model.clone(), msg);
                prop_assert_eq!(&model, &dialog.model);
                prop_assert_eq!(effects, vec![]);
            }
        }
    }
}
