//! The signing keys. They are made in the background, so that the tenant listens before they are ready.
//!
//! As at Auth0 there are three kinds. The current key signs. The next key is published before it signs. Previous keys are published
//! until they are revoked, so that their tokens stay valid.

mod key;

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

pub(crate) use self::key::{Key, KeyError, read_public, sign_with_secret};
use crate::random::Random;
use crate::secret::Secret;

/// All keys, and what is needed to make more.
#[derive(Debug, Clone)]
pub(crate) struct KeyStore {
    ring: Arc<watch::Sender<Ring>>,
    blinding: Arc<Mutex<Random>>,
}

/// The keys that exist.
#[derive(Debug, Clone)]
struct Ring {
    current: Option<Arc<Key>>,
    next: Option<Arc<Key>>,
    /// Newest first.
    previous: Vec<Arc<Key>>,
    /// Source of randomness for the key after `next`.
    random: Random,
    failure: Option<KeyError>,
    /// Counts snapshots and resets. A key is dropped if the number changed while the key was made.
    generation: u64,
    /// The first keys, which a reset restores.
    first: Option<Box<Ring>>,
}

/// The role of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// It signs tokens.
    Current,
    /// It will sign tokens after the next rotation.
    Next,
    /// It has signed tokens before.
    Previous,
}

/// A key in a snapshot. It is a test key, and has to be kept as secret as the snapshot.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SavedKey {
    pub(crate) role: Role,
    /// The private key, PKCS #8.
    pub(crate) pem: Secret,
}

/// Why the keys of a snapshot cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RingError {
    #[error("`keys` must hold one key whose `role` is current and one whose `role` is next")]
    Incomplete,
    #[error("`keys[{0}].pem` is not an RSA key in PKCS #8")]
    Unreadable(usize),
}

impl KeyStore {
    /// Begins to make the first two keys on another thread.
    pub(crate) fn generate(random: Random, blinding: Random) -> Self {
        let ring = Ring {
            current: None,
            next: None,
            previous: Vec::new(),
            random,
            failure: None,
            generation: 0,
            first: None,
        };
        let store = Self {
            ring: Arc::new(watch::Sender::new(ring)),
            blinding: Arc::new(Mutex::new(blinding)),
        };
        store.make();
        store
    }

    /// A pair of keys that all tests share, because making keys takes longer than a test.
    #[cfg(test)]
    pub(crate) fn shared() -> Self {
        static SHARED: std::sync::LazyLock<KeyStore> = std::sync::LazyLock::new(|| {
            use crate::random::Stream;
            let random = |stream| Random::new(Some(1), stream).unwrap();
            KeyStore::generate(random(Stream::Key), random(Stream::Blinding))
        });
        while SHARED.ring.borrow().first.is_none() {
            std::thread::yield_now();
        }
        let ring = SHARED.ring.borrow().clone();
        Self {
            ring: Arc::new(watch::Sender::new(ring)),
            blinding: SHARED.blinding.clone(),
        }
    }

    /// The current key. Waits until it is made.
    pub(crate) async fn key(&self) -> Result<Arc<Key>, KeyError> {
        let ring = self.settled(|ring| ring.current.is_some()).await?;
        ring.current.ok_or(KeyError::Gone)
    }

    /// All published keys: the current, the next and the previous ones. Waits until they are made.
    pub(crate) async fn all(&self) -> Result<Vec<(Role, Arc<Key>)>, KeyError> {
        let ring = self.settled(Ring::is_complete).await?;
        let roles = [(Role::Current, ring.current), (Role::Next, ring.next)];
        let made = roles
            .into_iter()
            .filter_map(|(role, key)| key.map(|key| (role, key)));
        let old = ring.previous.into_iter().map(|key| (Role::Previous, key));
        Ok(made.chain(old).collect())
    }

    /// Makes the next key the current one, and begins to make another next key.
    pub(crate) async fn rotate(&self) -> Result<(), KeyError> {
        self.settled(Ring::is_complete).await?;
        let rotated = self.ring.send_if_modified(|ring| {
            let Some(next) = ring.next.take() else {
                return false;
            };
            let old = ring.current.replace(next);
            ring.previous.splice(0..0, old);
            true
        });
        if rotated {
            self.make();
        }
        Ok(())
    }

    /// Deletes a previous key, so that its tokens become invalid. Returns false if there is none with this `kid`.
    pub(crate) fn revoke(&self, kid: &str) -> bool {
        self.ring.send_if_modified(|ring| {
            let before = ring.previous.len();
            ring.previous.retain(|key| key.kid() != kid);
            ring.previous.len() < before
        })
    }

    /// Restores the first keys, if they were made.
    pub(crate) fn reset(&self) {
        self.ring.send_if_modified(|ring| {
            let Some(first) = ring.first.clone() else {
                return false;
            };
            let generation = ring.generation + 1;
            *ring = Ring {
                generation,
                first: Some(first.clone()),
                ..*first
            };
            true
        });
    }

    /// All keys, for a snapshot.
    pub(crate) async fn save(&self) -> Result<Vec<SavedKey>, KeyError> {
        let all = self.all().await?;
        let saved = all.into_iter().map(|(role, key)| {
            Ok(SavedKey {
                role,
                pem: key.pem()?,
            })
        });
        saved.collect()
    }

    /// Reads and checks the keys of a snapshot, for [`KeyStore::put`].
    pub(crate) fn read(&self, saved: &[SavedKey]) -> Result<Vec<(Role, Arc<Key>)>, RingError> {
        let mut keys = Vec::with_capacity(saved.len());
        for (i, SavedKey { role, pem }) in saved.iter().enumerate() {
            let key = Key::from_pem(pem, self.blinding.clone()).ok_or(RingError::Unreadable(i))?;
            keys.push((*role, Arc::new(key)));
        }
        let count = |wanted| keys.iter().filter(|(role, _)| *role == wanted).count();
        if count(Role::Current) == 1 && count(Role::Next) == 1 {
            Ok(keys)
        } else {
            Err(RingError::Incomplete)
        }
    }

    /// Replaces all keys by those of a snapshot.
    pub(crate) fn put(&self, keys: Vec<(Role, Arc<Key>)>) {
        self.ring.send_modify(|ring| {
            ring.generation += 1;
            ring.failure = None;
            ring.previous.clear();
            for (role, key) in keys {
                match role {
                    Role::Current => ring.current = Some(key),
                    Role::Next => ring.next = Some(key),
                    Role::Previous => ring.previous.push(key),
                }
            }
        });
    }

    async fn settled(&self, is_there: impl Fn(&Ring) -> bool) -> Result<Ring, KeyError> {
        let mut receiver = self.ring.subscribe();
        let ring = receiver
            .wait_for(|ring| ring.failure.is_some() || is_there(ring))
            .await
            .map_err(|_| KeyError::Gone)?;
        match &ring.failure {
            Some(failure) if !is_there(&ring) => Err(failure.clone()),
            _ => Ok(ring.clone()),
        }
    }

    /// Makes the missing keys on another thread.
    fn make(&self) {
        let store = self.clone();
        std::thread::spawn(move || while store.make_one() {});
    }

    /// Makes one missing key. Returns false if none is missing.
    fn make_one(&self) -> bool {
        let (generation, mut random) = {
            let ring = self.ring.borrow();
            if ring.is_complete() || ring.failure.is_some() {
                return false;
            }
            (ring.generation, ring.random.clone())
        };
        let made = Key::generate(&mut random, self.blinding.clone());
        self.ring.send_if_modified(|ring| {
            // A snapshot or a reset has replaced the keys meanwhile.
            if ring.generation != generation {
                return false;
            }
            ring.random = random;
            match made {
                Err(failure) => ring.failure = Some(failure),
                Ok(key) if ring.current.is_none() => ring.current = Some(Arc::new(key)),
                Ok(key) => ring.next = Some(Arc::new(key)),
            }
            if ring.first.is_none() && ring.is_complete() {
                ring.first = Some(Box::new(ring.clone()));
            }
            true
        })
    }
}

impl Ring {
    fn is_complete(&self) -> bool {
        self.current.is_some() && self.next.is_some()
    }
}

/// Locks `random`, even if a thread has panicked while it held the lock.
fn lock(random: &Mutex<Random>) -> std::sync::MutexGuard<'_, Random> {
    random.lock().unwrap_or_else(PoisonError::into_inner)
}
