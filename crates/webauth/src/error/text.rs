//! The sentence of each error.
//!
//! `scripts/docs/errors.mjs` reads this file for the page about errors: the sentence is the remedy that the page gives. A variant whose
//! text is not a literal here has its remedy in `scripts/docs/texts.mjs` (`REMEDIES`).

use super::Error;

impl Error {
    /// One sentence that says what happened and what to do about it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Aborted => "The call was aborted.",
            Self::AccessDenied(_) => {
                "The tenant denied access: its description and its logs say why."
            }
            Self::BlockedUser(_) => {
                "This user is blocked: an administrator of the tenant can lift the block."
            }
            Self::CaptchaRequired(_) => {
                "The tenant asks for a captcha: pass its solution as `captcha`."
            }
            Self::ClientMisconfigured(_) => {
                "The tenant does not accept this client's request: check the client ID, its application type, its connections and Allow Cross-Origin Authentication in the client's settings."
            }
            Self::CodeExpired(_) => "The verification code has expired: ask for a new one.",
            Self::ConnectionDisabled(_) => {
                "The connection is disabled: enable it for this client in the tenant's settings."
            }
            Self::InvalidEmail(_) => "The e-mail address is not valid: check its spelling.",
            Self::InvalidCode(_) => {
                "The verification code is wrong: check it, or ask for a new one."
            }
            Self::CryptoUnavailable => {
                "No WebCrypto here: serve the page over https, or from localhost."
            }
            Self::InvalidOptions(text) | Self::InvalidResponse(text) => text,
            Self::InvalidToken(text) => text,
            Self::LoginRequired(_) => {
                "The tenant wants to ask the person: begin a login that is not silent."
            }
            Self::NoTransaction => {
                "This browser does not know of this login, or only of one too long ago: begin it again here."
            }
            Self::StateMismatch => {
                "This answer belongs to another request than the one expected: begin the login again."
            }
            Self::ThirdPartyCookies(_) => {
                "The browser blocks the tenant's cookies on this page: give the tenant a custom domain of the page's own site."
            }
            Self::InvalidPhoneNumber(_) => {
                "The phone number is not valid: give it with its country code, as in +15551234567."
            }
            Self::MissingCode => "The verification code is missing: pass it as `verificationCode`.",
            Self::MissingRecipient(_) => "The recipient is missing: pass `email` or `phoneNumber`.",
            Self::Network { .. } => {
                "No answer from the tenant: check the network connection, the domain, and that the page's origin is among the client's allowed origins."
            }
            Self::OriginNotAllowed(_) => {
                "The page's origin is not allowed: add it to the client's Allowed Web Origins."
            }
            Self::RandomUnavailable => {
                "No secure random numbers here: use a browser with `crypto.getRandomValues`."
            }
            Self::RateLimited(_) => "Too many requests: wait before trying again.",
            Self::RequestRefused(_) => {
                "The tenant refused the request: its code and description say why."
            }
            Self::ServerError(_) => "The tenant failed to answer properly: try again later.",
            Self::SignupDisabled(_) => {
                "Sign-ups are disabled: only people who are known to the connection can log in."
            }
            Self::StorageUnavailable => {
                "The browser keeps neither cookies nor local storage for this page: allow them, then try again."
            }
            Self::SilentTimeout(_) | Self::Timeout { .. } => {
                "The tenant did not answer in time: try again."
            }
            Self::InvalidSession(refusal) => refusal.description().unwrap_or_default(),
            Self::TooManyAttempts(_) => {
                "Too many attempts: ask for a new code, or follow the tenant's description."
            }
        }
    }
}
