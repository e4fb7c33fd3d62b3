//! Every variant of [`Error`]: its kind, its sentence and its object.

use super::coded;
use crate::wire::Value;
use crate::{Error, Recipient, Refusal, Shape};

/// Every variant with its kind. The match has no `_`, so a new variant does not compile until it is added here.
fn every_variant() -> Vec<(Error, &'static str)> {
    let refused = || {
        let body = coded("c", "D");
        Box::new(Refusal {
            status: 400,
            status_text: String::new(),
            retry_after: None,
            body,
            headers: Vec::new(),
        })
    };
    let request = || ("POST", "https://me.auth0.com/x".to_owned());
    let (method, url) = request();
    let all = vec![
        (Error::Aborted, "aborted"),
        (Error::AccessDenied(refused()), "access_denied"),
        (Error::BlockedUser(refused()), "blocked_user"),
        (Error::CaptchaRequired(refused()), "captcha_required"),
        (
            Error::ClientMisconfigured(refused()),
            "client_misconfigured",
        ),
        (Error::CodeExpired(refused()), "code_expired"),
        (Error::ConnectionDisabled(refused()), "connection_disabled"),
        (Error::InvalidEmail(refused()), "invalid_email"),
        (Error::InvalidCode(refused()), "invalid_code"),
        (Error::CryptoUnavailable, "crypto_unavailable"),
        (Error::InvalidOptions("t"), "invalid_options"),
        (Error::InvalidResponse("t"), "invalid_response"),
        (Error::InvalidSession(refused()), "invalid_options"),
        (Error::InvalidToken("t".into()), "invalid_token"),
        (Error::LoginRequired(refused()), "login_required"),
        (Error::NoTransaction, "no_transaction"),
        (Error::SilentTimeout(refused()), "timeout"),
        (Error::StateMismatch, "state_mismatch"),
        (Error::ThirdPartyCookies(refused()), "third_party_cookies"),
        (Error::InvalidPhoneNumber(refused()), "invalid_phone_number"),
        (Error::MissingCode, "invalid_code"),
        (Error::MissingRecipient(Recipient::Email), "invalid_email"),
        (
            Error::MissingRecipient(Recipient::PhoneNumber),
            "invalid_phone_number",
        ),
        (
            Error::Network {
                method,
                url: url.clone(),
            },
            "network",
        ),
        (Error::OriginNotAllowed(refused()), "origin_not_allowed"),
        (Error::RandomUnavailable, "random_unavailable"),
        (Error::RateLimited(refused()), "rate_limited"),
        (Error::RequestRefused(refused()), "request_refused"),
        (Error::ServerError(refused()), "server_error"),
        (Error::SignupDisabled(refused()), "signup_disabled"),
        (Error::StorageUnavailable, "storage_unavailable"),
        (Error::Timeout { method, url }, "timeout"),
        (Error::TooManyAttempts(refused()), "too_many_attempts"),
    ];
    for (error, _) in &all {
        match error {
            Error::Aborted
            | Error::AccessDenied(_)
            | Error::BlockedUser(_)
            | Error::CaptchaRequired(_)
            | Error::ClientMisconfigured(_)
            | Error::CodeExpired(_)
            | Error::ConnectionDisabled(_)
            | Error::InvalidEmail(_)
            | Error::InvalidCode(_)
            | Error::CryptoUnavailable
            | Error::InvalidOptions(_)
            | Error::InvalidResponse(_)
            | Error::InvalidSession(_)
            | Error::InvalidToken(_)
            | Error::LoginRequired(_)
            | Error::NoTransaction
            | Error::SilentTimeout(_)
            | Error::StateMismatch
            | Error::ThirdPartyCookies(_)
            | Error::InvalidPhoneNumber(_)
            | Error::MissingCode
            | Error::MissingRecipient(Recipient::Email | Recipient::PhoneNumber)
            | Error::Network { .. }
            | Error::OriginNotAllowed(_)
            | Error::RandomUnavailable
            | Error::RateLimited(_)
            | Error::RequestRefused(_)
            | Error::ServerError(_)
            | Error::SignupDisabled(_)
            | Error::StorageUnavailable
            | Error::Timeout { .. }
            | Error::TooManyAttempts(_) => {}
        }
    }
    all
}

#[test]
fn every_variant_has_its_kind_and_a_complete_object() {
    for (error, kind) in every_variant() {
        assert_eq!(error.kind().as_str(), kind);
        assert_eq!(error.kind().to_string(), kind);
        assert!(!error.text().is_empty());
        let hash = error.to_object(Shape::Hash);
        assert_eq!(hash.member("kind"), &Value::from(kind), "{error:?}");
        assert!(hash.member("error").is_truthy(), "{error:?}");
        for shape in [Shape::Plain, Shape::Legacy] {
            let object = error.to_object(shape);
            assert_eq!(object.member("kind"), &Value::from(kind), "{error:?}");
            assert_eq!(
                object.member("statusCode"),
                &Value::from(error.status().map(u32::from)),
                "{error:?}"
            );
            assert_ne!(object.member("original"), &Value::Undefined, "{error:?}");
            let nameless = shape == Shape::Plain && kind == "network";
            assert_eq!(
                object.member("code").as_str().is_none(),
                nameless,
                "{error:?}"
            );
            assert_eq!(
                object.member("description").as_str().is_none(),
                nameless,
                "{error:?}"
            );
            let second = |name| object.member(name).clone();
            let expected = |name: &str| {
                if shape == Shape::Legacy {
                    object.member(name).clone()
                } else {
                    Value::Undefined
                }
            };
            assert_eq!(second("error"), expected("code"), "{error:?}");
            assert_eq!(
                second("error_description"),
                expected("description"),
                "{error:?}"
            );
        }
    }
}
