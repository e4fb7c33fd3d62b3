//! Keeps people, signing keys and settings over a restart, in one file in a folder.
//!
//! The file is replaced atomically, so that there is always a complete one if the program is stopped. A file that cannot be read is
//! never overwritten: the program does not start, and names the file.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::config::{Check, Config, ConfigError, parse};
use crate::keys::{KeyError, RingError, SavedKey};
use crate::state::AppState;
use crate::users::Users;

/// The version of the format that this program writes and reads.
const VERSION: u32 = 1;
/// The name of the file.
const FILE: &str = "tenant.json";
/// The time after a change in which further changes are collected before the file is written.
const QUIET: Duration = Duration::from_millis(300);

/// Why the file cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PersistError {
    #[error("{}: {problem}; mend it, or move it away to start afresh. It was left as it is", path.display())]
    Damaged { path: PathBuf, problem: String },
    #[error("{}: {source}; check the folder given to --state", path.display())]
    Folder {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("the signing keys cannot be kept: {0}")]
    Keys(#[from] KeyError),
    #[error("the tenant cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

/// The file, for writing.
#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    keys: &'a [SavedKey],
    config: &'a Config,
    users: &'a Users,
}

/// The file, for reading.
#[derive(Deserialize)]
struct Read {
    version: u32,
    keys: Vec<SavedKey>,
    config: Config,
    users: Users,
}

impl Check for Read {
    fn check(&self) -> Result<(), ConfigError> {
        if self.version == VERSION {
            return self.config.check();
        }
        Err(ConfigError::Invalid {
            field: "version".to_owned(),
            problem: format!("is {}; this tenant reads version {VERSION}", self.version),
        })
    }
}

/// The folder of the file.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Opens the folder `path`, and creates it if it does not exist.
    pub(crate) fn open(path: &Path) -> Result<Self, PersistError> {
        std::fs::create_dir_all(path).map_err(|source| PersistError::Folder {
            path: path.to_owned(),
            source,
        })?;
        Ok(Self(path.to_owned()))
    }

    /// Reads the file into `state`. Does nothing if there is no file.
    pub(crate) fn load(&self, state: &AppState) -> Result<(), PersistError> {
        let path = self.0.join(FILE);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(PersistError::Folder { path, source }),
        };
        let damaged = |problem: String| PersistError::Damaged {
            path: path.clone(),
            problem,
        };
        let given = serde_json::from_slice(&text)
            .map_err(|error| damaged(format!("is not valid JSON: {error}")))?;
        let (read, _): (Read, _) = parse(given).map_err(|error| damaged(error.to_string()))?;
        let keys = state.keys().read(&read.keys);
        let keys = keys.map_err(|error: RingError| damaged(error.to_string()))?;
        state.keys().put(keys);
        let mut store = state.store();
        store.config = read.config;
        store.users = read.users;
        Ok(())
    }

    /// Writes `state` after each change, until the future is dropped.
    pub(crate) async fn keep(&self, state: &AppState) {
        let mut changes = state.subscribe();
        let mut last = None;
        loop {
            match self.write(state, last).await {
                Ok(written) => last = Some(written),
                Err(error) => tracing::error!("{error}"),
            }
            if changes.changed().await.is_err() {
                return;
            }
            tokio::time::sleep(QUIET).await;
            changes.mark_unchanged();
        }
    }

    /// Writes `state`, unless its fingerprint is `last`. Returns the fingerprint.
    pub(crate) async fn write(
        &self,
        state: &AppState,
        last: Option<[u8; 32]>,
    ) -> Result<[u8; 32], PersistError> {
        let keys = state.keys().save().await?;
        let text = {
            let store = state.store();
            serde_json::to_vec(&Written {
                version: VERSION,
                keys: &keys,
                config: &store.config,
                users: &store.users,
            })?
        };
        let fingerprint = Sha256::digest(&text).into();
        if last != Some(fingerprint) {
            replace(&self.0.join(FILE), &text).map_err(|source| PersistError::Folder {
                path: self.0.clone(),
                source,
            })?;
        }
        Ok(fingerprint)
    }
}

/// Replaces the file `path` by writing another file and renaming it. Only the owner may read it, because it contains keys.
pub(crate) fn replace(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(text)?;
        file.sync_all()
    });
    let moved = written.and_then(|()| std::fs::rename(&beside, path));
    if moved.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    moved
}
