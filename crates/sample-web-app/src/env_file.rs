//! The file `.env`: settings of the environment that stay with the folder.

use std::{fs, io, path::Path};

use crate::config::SettingsError;

/// The file, in the folder that the app is started from.
pub const NAME: &str = ".env";

/// Sets what `path` says and the environment does not. Without such a file nothing happens.
pub fn load(path: &str) -> Result<(), SettingsError> {
    let error = |cause: String| SettingsError::EnvFile(path.to_owned(), cause);
    let text = match fs::read_to_string(Path::new(path)) {
        Ok(text) => text,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(error(cause.to_string())),
    };
    dotenvy::from_read(text.as_bytes()).map_err(|cause| error(malformed(&text, &cause)))
}

/// Which line is wrong. The line itself may hold a secret.
fn malformed(text: &str, cause: &dotenvy::Error) -> String {
    let dotenvy::Error::LineParse(wrong, _) = cause else {
        return cause.to_string();
    };
    let first = wrong.lines().next().unwrap_or_default().trim();
    let number = text.lines().position(|line| line.trim() == first);
    let place = number.map_or_else(
        || "a line".to_owned(),
        |index| format!("line {}", index + 1),
    );
    format!("{place} is not of the form NAME=VALUE")
}
