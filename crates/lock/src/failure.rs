//! From the SDK's errors to the causes that the dialog tells apart.

use latchkey_webauth::{Error, ErrorKind, Shape};

use crate::model::{Cause, Failure};

/// What the dialog knows of an SDK error. `shape` is that of the call which failed.
#[must_use]
pub fn failure(error: &Error, shape: Shape) -> Failure {
    Failure {
        cause: cause(error.kind()),
        error: error.to_object(shape),
        retry_after_s: error.retry_after(),
    }
}

fn cause(kind: ErrorKind) -> Cause {
    match kind {
        ErrorKind::AccessDenied => Cause::AccessDenied,
        ErrorKind::BlockedUser => Cause::BlockedUser,
        ErrorKind::CaptchaRequired => Cause::CaptchaRequired,
        ErrorKind::ClientMisconfigured | ErrorKind::InvalidOptions => Cause::ClientMisconfigured,
        ErrorKind::CodeExpired => Cause::CodeExpired,
        ErrorKind::ConnectionDisabled => Cause::ConnectionDisabled,
        ErrorKind::InvalidCode => Cause::InvalidCode,
        ErrorKind::InvalidEmail => Cause::InvalidEmail,
        ErrorKind::InvalidPhoneNumber => Cause::InvalidPhoneNumber,
        ErrorKind::Network => Cause::Network,
        ErrorKind::OriginNotAllowed => Cause::OriginNotAllowed,
        ErrorKind::RateLimited => Cause::RateLimited,
        ErrorKind::ServerError => Cause::ServerError,
        ErrorKind::SignupDisabled => Cause::SignupDisabled,
        ErrorKind::StorageUnavailable | ErrorKind::RandomUnavailable => Cause::StorageUnavailable,
        ErrorKind::Timeout => Cause::Timeout,
        ErrorKind::TooManyAttempts => Cause::TooManyAttempts,
        // No call of the dialog aborts itself; kinds to come are not known.
        _ => Cause::Unknown,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Error::StorageUnavailable, Cause::StorageUnavailable)]
    #[case(Error::Network { method: "POST", url: "https://a.b/".into() }, Cause::Network)]
    #[case(Error::Timeout { method: "POST", url: "https://a.b/".into() }, Cause::Timeout)]
    #[case(Error::InvalidOptions("x"), Cause::ClientMisconfigured)]
    #[case(Error::Aborted, Cause::Unknown)]
    fn errors_become_causes(#[case] error: Error, #[case] expected: Cause) {
        let failure = failure(&error, Shape::Legacy);
        assert_eq!(failure.cause, expected);
        assert!(failure.error.member("kind").is_truthy());
    }
}
