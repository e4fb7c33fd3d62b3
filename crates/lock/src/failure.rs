//! Maps the SDK's errors to the causes that the dialog distinguishes.

use latchkey_webauth::{Error, ErrorKind, Shape, Value};

use crate::model::{Cause, Failure};

/// Converts an SDK error. `shape` is the error shape of the call that failed, as auth0.js has one for each.
#[must_use]
pub fn failure(error: &Error, shape: Shape) -> Failure {
    Failure {
        cause: cause(error.kind()),
        error: error.to_object(shape),
        retry_after_s: error.retry_after(),
    }
}

/// Converts an error object of the JavaScript SDK: auth0.js's error object with a `kind`.
#[must_use]
pub fn failure_from(error: Value) -> Failure {
    let kind = error.member("kind").as_str().unwrap_or_default();
    let cause = match kind {
        "popup_blocked" => Cause::PopupBlocked,
        "popup_closed" => Cause::PopupClosed,
        // Only the page's own policy can mend it.
        "popup_severed" => Cause::ClientMisconfigured,
        _ => KINDS
            .into_iter()
            .find(|known| known.as_str() == kind)
            .map_or(Cause::Unknown, cause),
    };
    let retry_after = error.member("retryAfter").as_f64();
    Failure {
        cause,
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "seconds; the cast saturates"
        )]
        retry_after_s: retry_after.map(|seconds| seconds as u32),
        error,
    }
}

/// The error kinds that have a cause of their own.
const KINDS: [ErrorKind; 20] = [
    ErrorKind::AccessDenied,
    ErrorKind::BlockedUser,
    ErrorKind::CaptchaRequired,
    ErrorKind::ClientMisconfigured,
    ErrorKind::CodeExpired,
    ErrorKind::ConnectionDisabled,
    ErrorKind::InvalidCode,
    ErrorKind::InvalidEmail,
    ErrorKind::InvalidOptions,
    ErrorKind::InvalidPhoneNumber,
    ErrorKind::Network,
    ErrorKind::OriginNotAllowed,
    ErrorKind::RandomUnavailable,
    ErrorKind::RateLimited,
    ErrorKind::ServerError,
    ErrorKind::SignupDisabled,
    ErrorKind::StorageUnavailable,
    ErrorKind::ThirdPartyCookies,
    ErrorKind::Timeout,
    ErrorKind::TooManyAttempts,
];

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
        ErrorKind::ThirdPartyCookies => Cause::ThirdPartyCookies,
        ErrorKind::Timeout => Cause::Timeout,
        ErrorKind::TooManyAttempts => Cause::TooManyAttempts,
        // `Aborted` never gets here, because the dialog's calls do not abort themselves; future kinds are
        // unknown.
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
        assert_eq!(
            failure_from(failure.error).cause,
            expected,
            "told by JavaScript"
        );
    }

    #[rstest]
    #[case("popup_closed", Cause::PopupClosed)]
    #[case("popup_blocked", Cause::PopupBlocked)]
    #[case("popup_severed", Cause::ClientMisconfigured)]
    #[case("captcha_required", Cause::CaptchaRequired)]
    #[case("rate_limited", Cause::RateLimited)]
    #[case("third_party_cookies", Cause::ThirdPartyCookies)]
    #[case("of another day", Cause::Unknown)]
    fn kinds_become_causes(#[case] kind: &str, #[case] expected: Cause) {
        let members = vec![
            ("kind".to_owned(), kind.into()),
            ("retryAfter".to_owned(), Value::Number(7.0)),
        ];
        let failure = failure_from(Value::Object(members));
        assert_eq!(failure.cause, expected);
        assert_eq!(failure.retry_after_s, Some(7));
    }
}
