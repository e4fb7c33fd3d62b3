//! The file `.env`: variables of the environment, for an app that is started in this folder.

use std::{fs, io, path::Path};

use crate::config::SettingsError;

/// The name of the file. It is in the folder in which the app is started.
pub const NAME: &str = ".env";

/// Sets the variables in the file `path` that the environment does not have. If the file does not exist, nothing happens.
pub fn load(path: &str) -> Result<(), SettingsError> {
    let error = |cause: String| SettingsError::EnvFile(path.to_owned(), cause);
    let text = match fs::read_to_string(Path::new(path)) {
        Ok(text) => text,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(error(cause.to_string())),
    };
    dotenvy::from_read(text.as_bytes()).map_err(|cause| error(malformed(&text, &cause)))
}

/// Says which line is wrong. The line may contain a secret, so its text is left out.
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
