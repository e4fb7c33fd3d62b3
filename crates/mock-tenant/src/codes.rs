//! The life of a verification code: issued, tried, then consumed, expired or exhausted.

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::expiring::Expiring;

/// Wrong tries that a code survives; with the next one it is dead, even for the right digits.
pub(crate) const MAX_TRIES: u8 = 3;

/// How long after its end a code is remembered, to tell "expired" from "wrong": a day, in milliseconds.
const MEMORY_MS: u64 = 86_400_000;

/// Whose code it is: one code is alive for each address of a connection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Addressee {
    pub(crate) connection: String,
    /// Normalised address or phone number.
    pub(crate) address: String,
}

/// An issued code. The digits are not kept, only a keyed hash of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct IssuedCode {
    #[serde(with = "crate::snapshot::bytes")]
    digest: [u8; 32],
    client_id: String,
    expires_at_ms: u64,
    tries: u8,
}

/// Why a code was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The newest code of this address is past its life.
    Expired,
    /// The newest code of this address was tried wrongly [`MAX_TRIES`] times.
    Exhausted,
    /// Nothing was sent to this address, or what was sent has been used.
    Unknown,
    /// Wrong digits, or digits sent for another client.
    Wrong,
}

/// All codes that are out.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CodeBook {
    #[serde(with = "crate::snapshot::bytes")]
    key: [u8; 64],
    issued: Expiring<Addressee, IssuedCode>,
}

impl CodeBook {
    /// `key` is what the codes' hashes are keyed with.
    pub(crate) fn new(key: [u8; 64]) -> Self {
        Self {
            key,
            issued: Expiring::default(),
        }
    }

    /// Remembers `code` as the only one that counts for `to` from now on. `life_ms` is its life in milliseconds.
    pub(crate) fn issue(
        &mut self,
        to: &Addressee,
        client_id: &str,
        code: &str,
        now_ms: u64,
        life_ms: u64,
    ) {
        let expires_at_ms = now_ms.saturating_add(life_ms);
        let code = IssuedCode {
            digest: self.digest(to, code),
            client_id: client_id.to_owned(),
            expires_at_ms,
            tries: 0,
        };
        let forgotten_ms = expires_at_ms.saturating_add(MEMORY_MS);
        self.issued.insert(to.clone(), code, forgotten_ms, now_ms);
    }

    /// Forgets the code of `to`: it has been used.
    pub(crate) fn consume(&mut self, to: &Addressee) {
        self.issued.take(to, 0);
    }

    /// Tries `guess`: on success the code is consumed. `&mut self` makes counting, comparing and consuming one step.
    #[cfg(test)]
    pub(crate) fn redeem(
        &mut self,
        to: &Addressee,
        client_id: &str,
        guess: &str,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        self.check(to, client_id, guess, now_ms)?;
        self.consume(to);
        Ok(())
    }

    /// Tries `guess`; a right code stays alive until [`CodeBook::consume`], and is not charged a try. `&mut self` makes
    /// counting and comparing one step.
    pub(crate) fn check(
        &mut self,
        to: &Addressee,
        client_id: &str,
        guess: &str,
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let digest = self.digest(to, guess);
        let code = self.issued.get_mut(to, now_ms).ok_or(Refusal::Unknown)?;
        if now_ms >= code.expires_at_ms {
            return Err(Refusal::Expired);
        }
        if code.tries >= MAX_TRIES {
            return Err(Refusal::Exhausted);
        }
        // Counted before it is compared: no interleaving can buy a guess that is not counted.
        code.tries += 1;
        let same_code: bool = code.digest.ct_eq(&digest).into();
        if same_code && code.client_id == client_id {
            code.tries -= 1;
            return Ok(());
        }
        Err(Refusal::Wrong)
    }

    /// Ends the life of the code of `to` at `now_ms`, as if its time had passed. False when it has none that lives.
    pub(crate) fn expire(&mut self, to: &Addressee, now_ms: u64) -> bool {
        let code = self.issued.get_mut(to, now_ms);
        let Some(code) = code.filter(|code| now_ms < code.expires_at_ms) else {
            return false;
        };
        code.expires_at_ms = now_ms;
        true
    }

    /// The keyed hash binds the digits to their address, so that equal codes of two people look different.
    fn digest(&self, to: &Addressee, code: &str) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&self.key.into());
        for part in [&to.connection, &to.address] {
            mac.update(&part.len().to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.update(code.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const LIFE: u64 = 180_000;

    fn ada() -> Addressee {
        Addressee {
            connection: "email".into(),
            address: "ada@example.com".into(),
        }
    }

    fn book() -> CodeBook {
        let mut book = CodeBook::new([7; 64]);
        book.issue(&ada(), "web", "012345", 0, LIFE);
        book
    }

    #[rstest]
    #[case(179_000, Ok(()))]
    #[case(179_999, Ok(()))]
    #[case(180_000, Err(Refusal::Expired))]
    #[case(181_000, Err(Refusal::Expired))]
    fn lives_180_seconds(#[case] now_ms: u64, #[case] expected: Result<(), Refusal>) {
        assert_eq!(book().redeem(&ada(), "web", "012345", now_ms), expected);
    }

    #[test]
    fn the_third_try_may_be_right_and_the_fourth_may_not() {
        let mut third = book();
        assert_eq!(
            third.redeem(&ada(), "web", "1", 0),
            Err(Refusal::Wrong),
            "first"
        );
        assert_eq!(
            third.redeem(&ada(), "web", "2", 0),
            Err(Refusal::Wrong),
            "second"
        );
        let mut fourth = book();
        for guess in ["1", "2", "3"] {
            assert_eq!(fourth.redeem(&ada(), "web", guess, 0), Err(Refusal::Wrong));
        }
        assert_eq!(third.redeem(&ada(), "web", "012345", 0), Ok(()));
        assert_eq!(
            fourth.redeem(&ada(), "web", "012345", 0),
            Err(Refusal::Exhausted)
        );
    }

    #[test]
    fn a_code_works_once() {
        let mut book = book();
        assert_eq!(book.redeem(&ada(), "web", "012345", 0), Ok(()));
        assert_eq!(
            book.redeem(&ada(), "web", "012345", 0),
            Err(Refusal::Unknown)
        );
    }

    #[test]
    fn only_the_newest_code_counts_and_its_tries_start_afresh() {
        let mut book = book();
        for guess in ["1", "2", "3"] {
            let _ = book.redeem(&ada(), "web", guess, 0);
        }
        book.issue(&ada(), "web", "999999", 1_000, LIFE);
        assert_eq!(
            book.redeem(&ada(), "web", "012345", 2_000),
            Err(Refusal::Wrong)
        );
        assert_eq!(book.redeem(&ada(), "web", "999999", 2_000), Ok(()));
    }

    #[test]
    fn a_code_serves_neither_another_client_nor_address_nor_connection() {
        assert_eq!(
            book().redeem(&ada(), "spa", "012345", 0),
            Err(Refusal::Wrong)
        );
        let eve = Addressee {
            address: "eve@example.com".into(),
            ..ada()
        };
        assert_eq!(
            book().redeem(&eve, "web", "012345", 0),
            Err(Refusal::Unknown)
        );
        let sms = Addressee {
            connection: "sms".into(),
            ..ada()
        };
        assert_eq!(
            book().redeem(&sms, "web", "012345", 0),
            Err(Refusal::Unknown)
        );
    }

    #[test]
    fn of_100_parallel_guesses_three_are_compared() {
        let book = std::sync::Mutex::new(book());
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..100)
                .map(|guess| {
                    let book = &book;
                    scope.spawn(move || {
                        let guess = format!("{guess:06}");
                        book.lock().unwrap().redeem(&ada(), "web", &guess, 0)
                    })
                })
                .collect();
            tries.into_iter().map(|t| t.join().unwrap()).collect()
        });
        let compared = outcomes.iter().filter(|o| **o == Err(Refusal::Wrong));
        assert_eq!(compared.count(), 3);
    }

    #[derive(Debug, Clone)]
    enum Step {
        Issue(u8),
        Try(u8),
        Wait(u64),
    }

    /// What a person who reads the rules would expect, kept apart from how the book does it.
    #[derive(Default)]
    struct Expected {
        code: Option<(u8, u64, u8)>,
    }

    impl Expected {
        fn redeem(&mut self, guess: u8, now: u64) -> Result<(), Refusal> {
            match self.code {
                None => Err(Refusal::Unknown),
                Some((_, born, _)) if now - born >= LIFE => Err(Refusal::Expired),
                Some((_, _, 3)) => Err(Refusal::Exhausted),
                Some((right, _, _)) if right == guess => {
                    self.code = None;
                    Ok(())
                }
                Some((right, born, tries)) => {
                    self.code = Some((right, born, tries + 1));
                    Err(Refusal::Wrong)
                }
            }
        }
    }

    proptest! {
        #[test]
        fn every_history_follows_the_rules(steps in prop::collection::vec(prop_oneof![
            (0..4_u8).prop_map(Step::Issue),
            (0..4_u8).prop_map(Step::Try),
            (0..70_000_u64).prop_map(Step::Wait),
        ], 0..60)) {
            let (mut book, mut expected, mut now) = (CodeBook::new([1; 64]), Expected::default(), 0);
            for step in steps {
                match step {
                    Step::Issue(code) => {
                        book.issue(&ada(), "web", &format!("{code:06}"), now, LIFE);
                        expected.code = Some((code, now, 0));
                    }
                    Step::Try(guess) => prop_assert_eq!(
                        book.redeem(&ada(), "web", &format!("{guess:06}"), now),
                        expected.redeem(guess, now)
                    ),
                    Step::Wait(ms) => now += ms,
                }
            }
        }
    }
}
