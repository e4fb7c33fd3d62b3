//! Verification codes. A code is issued and tried; it ends when it is used, expires, or was tried too often.

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::expiring::Expiring;

/// The number of wrong tries after which a code is still valid. The next one makes it invalid, even for the right digits.
pub(crate) const MAX_TRIES: u8 = 3;

/// The time for which an ended code is remembered, so that it is refused as expired and not as wrong: a day, in milliseconds.
const MEMORY_MS: u64 = 86_400_000;

/// The recipient of a code. Each address of a connection has at most one valid code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Addressee {
    pub(crate) connection: String,
    /// Normalised address or phone number.
    pub(crate) address: String,
}

/// An issued code. Only a keyed hash of the digits is stored.
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
    /// The newest code of this address has expired.
    Expired,
    /// The newest code of this address was tried wrongly [`MAX_TRIES`] times.
    Exhausted,
    /// No code was sent to this address, or the newest one has been used.
    Unknown,
    /// The digits are wrong, or the code was sent for another client.
    Wrong,
}

/// All codes that were sent.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CodeBook {
    #[serde(with = "crate::snapshot::bytes")]
    key: [u8; 64],
    /// The newest code of each recipient. A code that has ended stays for [`MEMORY_MS`], so being here does not mean being valid.
    issued: Expiring<Addressee, IssuedCode>,
}

impl CodeBook {
    /// `key` is the key of the codes' hashes.
    pub(crate) fn new(key: [u8; 64]) -> Self {
        Self {
            key,
            issued: Expiring::default(),
        }
    }

    /// Makes `code` the only valid code of `to`. `life_ms` is its lifetime in milliseconds.
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

    /// Deletes the code of `to`, which has been used or must not be used any more.
    pub(crate) fn consume(&mut self, to: &Addressee) {
        self.issued.take(to, 0);
    }

    /// Tries `guess`, and deletes the code if it is right. Counting, comparing and deleting happen under one lock.
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

    /// Tries `guess`. A right code stays valid until [`CodeBook::consume`], and the try is not counted. Counting and comparing
    /// happen under one lock.
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
        // The try is counted before the comparison, so that no order of requests allows an uncounted try.
        code.tries += 1;
        let same_code: bool = code.digest.ct_eq(&digest).into();
        if same_code && code.client_id == client_id {
            code.tries -= 1;
            return Ok(());
        }
        Err(Refusal::Wrong)
    }

    /// Makes the code of `to` expire at `now_ms`. Returns false if there is no valid code.
    pub(crate) fn expire(&mut self, to: &Addressee, now_ms: u64) -> bool {
        let code = self.issued.get_mut(to, now_ms);
        let Some(code) = code.filter(|code| now_ms < code.expires_at_ms) else {
            return false;
        };
        code.expires_at_ms = now_ms;
        true
    }

    /// The keyed hash of a code and its address. It depends on the address, so that equal codes of two people have different hashes.
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

    /// A model of the rules, written independently of the implementation.
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
