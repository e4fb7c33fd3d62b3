//! The environment as the client sees it: each call is answered from the script, and recorded.

use std::future::pending;
use std::rc::Rc;

use sha2::Digest;
use unicode_normalization::UnicodeNormalization;

use super::{FakeEnv, Script, Stored, json};
use crate::env::{Entry, Env, Frame, HttpError, Location, Memory, Request, Response};
use crate::wire::Value;

impl Env for FakeEnv {
    async fn http(&self, request: Request) -> Result<Response, HttpError> {
        let script = {
            let mut world = self.0.borrow_mut();
            world.requests.push(request);
            world.responses.pop_front()
        };
        match script {
            Some(Script::Settle(outcome)) => outcome,
            Some(Script::Hang) | None => pending().await,
        }
    }

    fn random(&self, buffer: &mut [u8]) -> bool {
        let mut world = self.0.borrow_mut();
        for slot in buffer {
            let next = if let Some(scripted) = &mut world.bytes {
                scripted.pop_front()
            } else {
                world.next_byte = (world.next_byte + 1) % 195;
                Some(world.next_byte)
            };
            match next {
                Some(byte) => *slot = byte,
                None => return false,
            }
        }
        true
    }

    fn now_ms(&self) -> f64 {
        self.0.borrow().now_ms
    }

    fn store(&self, entry: &Entry<'_>) -> bool {
        let mut world = self.0.borrow_mut();
        if !world.keeps {
            return false;
        }
        let end_ms = world.now_ms + f64::from(entry.lifetime_s) * 1000.0;
        world.stored.retain(|stored| stored.key != entry.key);
        world.stored.push(Stored {
            key: entry.key.to_owned(),
            value: entry.value.to_owned(),
            lifetime_s: entry.lifetime_s,
            cookie_domain: entry.cookie_domain.map(str::to_owned),
            cross_site: entry.cross_site,
            aside: false,
            end_ms,
        });
        true
    }

    fn take(&self, key: &str, _cookie_domain: Option<&str>) -> Option<String> {
        let mut world = self.0.borrow_mut();
        let index = world.stored.iter().position(|stored| stored.key == key)?;
        Some(world.stored.remove(index).value)
    }

    fn stored_keys(&self, prefix: &str) -> Vec<String> {
        let now_ms = self.now_ms();
        let is_cookie = |stored: &Stored| !stored.aside && stored.end_ms > now_ms;
        let stored = self.stored().into_iter().filter(is_cookie);
        let keys = stored.map(|stored| stored.key);
        keys.filter(|key| key.starts_with(prefix)).collect()
    }

    fn set_aside(&self, key: &str, lifetime_s: u32, _cookie_domain: Option<&str>) {
        let mut world = self.0.borrow_mut();
        let end_ms = world.now_ms + f64::from(lifetime_s) * 1000.0;
        if let Some(stored) = world.stored.iter_mut().find(|stored| stored.key == key) {
            stored.aside = true;
            stored.end_ms = end_ms;
        }
    }

    fn drop_expired(&self, prefix: &str) {
        let mut world = self.0.borrow_mut();
        let now_ms = world.now_ms;
        world
            .stored
            .retain(|stored| !stored.key.starts_with(prefix) || stored.end_ms > now_ms);
    }

    fn read(&self, key: &str) -> Option<String> {
        let world = self.0.borrow();
        let stored = world.stored.iter().find(|stored| stored.key == key)?;
        Some(stored.value.clone())
    }

    fn memory(&self) -> Rc<Memory> {
        Rc::clone(&self.0.borrow().memory)
    }

    async fn frame(&self, frame: Frame) -> Result<Value, HttpError> {
        let script = {
            let mut world = self.0.borrow_mut();
            world.frames.push(frame);
            world.frame_outcomes.pop_front().flatten()
        };
        match script {
            Some(outcome) => outcome,
            None => pending().await,
        }
    }

    async fn sha256(&self, text: &str) -> Option<Vec<u8>> {
        let available = self.0.borrow().crypto;
        available.then(|| sha2::Sha256::digest(text.as_bytes()).to_vec())
    }

    /// Accepts the signature `signed` and no other.
    async fn verify_rs256(&self, key: &Value, _signed: &str, signature: &[u8]) -> Option<bool> {
        let available = self.0.borrow().crypto;
        available.then(|| key.member("n").is_truthy() && signature == b"signed")
    }

    /// Writes the seconds since the epoch, as in `@1700000000`.
    fn date_text(&self, ms: f64) -> String {
        format!("@{}", ms / 1000.0)
    }

    /// Reads the notation of [`FakeEnv::date_text`].
    fn parse_date(&self, text: &str) -> Option<f64> {
        let seconds: f64 = text.strip_prefix('@')?.parse().ok()?;
        Some(seconds * 1000.0)
    }

    fn nfkc(&self, text: &str) -> String {
        text.nfkc().collect()
    }

    fn ascii_domain(&self, domain: &str) -> Option<String> {
        idna::domain_to_ascii(domain).ok()
    }

    fn location(&self) -> Location {
        self.0.borrow().location.clone()
    }

    fn navigate(&self, url: &str) {
        self.0.borrow_mut().navigations.push(url.to_owned());
    }

    fn to_json(&self, value: &Value) -> String {
        json::json(value).unwrap_or_default()
    }

    fn parse_json(&self, text: &str) -> Option<Value> {
        json::parse(text)
    }

    fn warn(&self, message: &str) {
        self.0.borrow_mut().warnings.push(message.to_owned());
    }
}
