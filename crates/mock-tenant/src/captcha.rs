//! Captchas: the mock draws its own pictures, and the control API tells tests their solutions.
//!
//! As at Auth0, a captcha belongs to a login at the hosted page, which is identified by its `state`.

mod picture;

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::attack::Attacks;
use crate::clock::rfc3339;
use crate::config::{AttackProtection, ChallengePolicy};
use crate::expiring::Expiring;
use crate::random::Random;
use crate::secret::Secret;

/// The description of the error for a missing or wrong captcha. No source tells Auth0's text.
pub(crate) const INVALID_CAPTCHA: &str = "Invalid captcha value";
/// The lifetime of a picture in milliseconds: five minutes. No source tells Auth0's.
pub(crate) const LIFE_MS: u64 = 300_000;
/// The longest accepted `state`, in bytes.
pub(crate) const MAX_STATE: usize = 1_024;
/// The number of letters in a picture.
const LENGTH: usize = 6;

/// The pictures that are not solved yet, by the `state` of the login.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Captchas(Expiring<String, Captcha>);

#[derive(Debug, Serialize, Deserialize)]
struct Captcha {
    answer: Secret,
    expires_at_ms: u64,
}

impl Captchas {
    /// Draws a new picture for the login `state`, which replaces the one before. Returns it as a `data:` URL.
    pub(crate) fn draw(&mut self, state: &str, random: &mut Random, now_ms: u64) -> String {
        let answer = picture::letters(LENGTH, random);
        let svg = picture::svg(&answer, random);
        let expires_at_ms = now_ms.saturating_add(LIFE_MS);
        let captcha = Captcha {
            answer: Secret::new(answer),
            expires_at_ms,
        };
        self.0
            .insert(state.to_owned(), captcha, expires_at_ms, now_ms);
        format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg))
    }

    /// Whether `answer` is the solution for the login `state`. The picture is deleted in any case.
    pub(crate) fn solve(&mut self, state: &str, answer: &str, now_ms: u64) -> bool {
        let answer = answer.trim().to_ascii_uppercase();
        self.0
            .take(state, now_ms)
            .is_some_and(|captcha| captcha.answer.matches(&answer))
    }

    /// All solutions, for the control API.
    pub(crate) fn answers(&self, now_ms: u64) -> Vec<Value> {
        let mut answers: Vec<_> = self
            .0
            .iter(now_ms)
            .map(|(state, captcha)| {
                json!({"state": state, "answer": captcha.answer.expose(), "expires_at": rfc3339(captcha.expires_at_ms)})
            })
            .collect();
        answers.sort_by_key(ToString::to_string);
        answers
    }
}

/// Whether a caller at `ip` has to solve a captcha before a message is sent.
pub(crate) fn is_wanted(
    protection: &AttackProtection,
    attacks: &Attacks,
    ip: IpAddr,
    now_ms: u64,
) -> bool {
    let settings = &protection.bot_detection;
    let asks = match settings.challenge_passwordless_policy {
        ChallengePolicy::Never => false,
        ChallengePolicy::Always => true,
        ChallengePolicy::WhenRisky => {
            attacks.has_failed(&protection.suspicious_ip_throttling, ip, now_ms)
        }
    };
    asks && !settings.allowlist.contains(&ip)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    fn drawn() -> (Captchas, String, String) {
        let mut random = Random::new(Some(1), Stream::Main).unwrap();
        let mut captchas = Captchas::default();
        let image = captchas.draw("s", &mut random, 0);
        let answer = captchas.answers(0)[0]["answer"]
            .as_str()
            .unwrap()
            .to_owned();
        (captchas, answer, image)
    }

    #[test]
    fn an_answer_is_right_once_in_any_case_and_for_its_own_login() {
        let (mut captchas, answer, _) = drawn();
        assert!(!captchas.solve("other", &answer, 0));
        assert!(captchas.solve("s", &format!(" {} ", answer.to_lowercase()), 0));
        assert!(!captchas.solve("s", &answer, 0));
    }

    #[test]
    fn a_wrong_answer_uses_the_picture_up_and_age_does_too() {
        let (mut captchas, answer, _) = drawn();
        assert!(!captchas.solve("s", "nonsense", 0));
        assert!(!captchas.solve("s", &answer, 0));
        for (age_ms, right) in [(LIFE_MS - 1, true), (LIFE_MS, false)] {
            let (mut captchas, answer, _) = drawn();
            assert_eq!(captchas.solve("s", &answer, age_ms), right);
        }
    }

    #[test]
    fn the_picture_is_drawn_and_does_not_spell_its_answer() {
        let (_, answer, image) = drawn();
        let svg = STANDARD
            .decode(image.strip_prefix("data:image/svg+xml;base64,").unwrap())
            .unwrap();
        let svg = String::from_utf8(svg).unwrap();
        assert!(svg.starts_with("<svg "), "{svg}");
        assert!(!svg.contains("<text") && !svg.contains(&answer), "{svg}");
        assert_eq!(
            svg.matches("<path").count(),
            LENGTH + 2,
            "letters and noise"
        );
    }
}
