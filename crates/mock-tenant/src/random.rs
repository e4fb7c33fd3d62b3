//! Randomness as a parameter: a `ChaCha` generator, seeded by the system or, to repeat a run, by a number.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand_chacha::ChaCha20Rng;
use rand_core::{OsRng, RngCore as _, SeedableRng as _};
use serde::{Deserialize, Serialize};

/// The independent streams of one seed. Values drawn from one stream do not change those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Codes, tickets, identifiers, tokens.
    Main,
    /// The RSA key, made in the background.
    Key,
    /// Blinding of signatures.
    Blinding,
}

/// The tenant's source of random values.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Random(ChaCha20Rng);

impl Random {
    /// A generator that is seeded by the system, or by `seed`, so that a run can be repeated.
    pub(crate) fn new(seed: Option<u64>, stream: Stream) -> Result<Self, rand_core::Error> {
        let mut rng = match seed {
            Some(seed) => ChaCha20Rng::seed_from_u64(seed),
            None => ChaCha20Rng::from_rng(OsRng)?,
        };
        rng.set_stream(stream as u64);
        Ok(Self(rng))
    }

    /// The generator itself, for the RSA crate.
    pub(crate) fn rng(&mut self) -> &mut ChaCha20Rng {
        &mut self.0
    }

    /// `N` random bytes.
    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    /// `N` random bytes as base64url without padding (`N` = 24 gives 32 characters).
    pub(crate) fn token<const N: usize>(&mut self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<N>())
    }

    /// `length` evenly distributed decimal digits. Bytes from 250 on are drawn again, because 256 is not a multiple of 10.
    pub(crate) fn digits(&mut self, length: u8) -> String {
        let mut digits = String::with_capacity(usize::from(length));
        while digits.len() < usize::from(length) {
            let [byte] = self.bytes::<1>();
            if byte < 250 {
                digits.push(char::from(b'0' + byte % 10));
            }
        }
        digits
    }

    /// 24 hex digits shaped as a `MongoDB` `ObjectId`: four bytes of time in seconds, eight random ones.
    pub(crate) fn object_id(&mut self, now_ms: u64) -> String {
        let random = u64::from_be_bytes(self.bytes::<8>());
        format!("{:08x}{random:016x}", (now_ms / 1_000) & 0xffff_ffff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_a_run_and_streams_are_apart() {
        let codes = |stream| Random::new(Some(7), stream).unwrap().digits(6);
        assert_eq!(codes(Stream::Main), codes(Stream::Main));
        assert_ne!(codes(Stream::Main), codes(Stream::Key));
    }

    #[test]
    fn digits_are_evenly_spread() {
        let mut random = Random::new(Some(1), Stream::Main).unwrap();
        let mut counts = [0_u32; 10];
        for digit in random.digits(250).bytes().chain(random.digits(250).bytes()) {
            counts[usize::from(digit - b'0')] += 1;
        }
        assert!(
            counts.iter().all(|count| (25..=80).contains(count)),
            "{counts:?}"
        );
    }

    #[test]
    fn an_object_id_carries_its_time() {
        let mut random = Random::new(Some(1), Stream::Main).unwrap();
        let id = random.object_id(1_707_478_562_000);
        assert_eq!(id.len(), 24);
        assert!(id.starts_with("65c60e22"), "{id}");
    }
}
