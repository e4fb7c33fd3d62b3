//! The errors of requests, and the pages that people see for them.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    id_token::IdTokenError,
    limits::TooMany,
    oidc::TenantError,
    pages::{self, FORM_PAGE, Problem},
    passwordless::PasswordlessError,
    random::NoRandomness,
    state::AppState,
    verification_code::NoCode,
    words::{self, Words},
};

const START_PAGE: &str = "Go to the start page";

/// The cause why a request failed. [`Error::problem`] describes it for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The login form has no usable e-mail address.
    #[error("the form holds no e-mail address")]
    AddressMalformed,
    /// The form for the code has no usable code.
    #[error(transparent)]
    Code(#[from] NoCode),
    /// The form does not have the CSRF token of this session.
    #[error("a form without its CSRF token")]
    ForeignForm,
    /// A page of another site sent the form.
    #[error("a form of another site")]
    ForeignRequest,
    /// The check of the ID token failed.
    #[error("the ID token is refused: {0}")]
    IdToken(#[from] IdTokenError),
    /// The response names another issuer than the tenant, or names none although the tenant promises one (RFC 9207).
    #[error("the authorization response names another issuer, or none")]
    IssuerMismatch,
    /// The callback's parameters are not an authorization response.
    #[error("the callback {0}")]
    Malformed(&'static str),
    /// The tenant did not send a code, or did not accept the code.
    #[error(transparent)]
    Passwordless(#[from] PasswordlessError),
    /// The operating system gave no random bytes.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The tenant ended the login with an error.
    #[error("the tenant ended the login: {code:?}")]
    Refused {
        /// The error code of RFC 6749 section 4.1.2.1, or Auth0's own.
        code: String,
        /// The description in the address. Anyone can write one, so it is never trusted.
        description: String,
    },
    /// This browser has logins in progress, but none with this state.
    #[error("the state belongs to no login of this browser")]
    StateMismatch,
    /// A request to the tenant failed.
    #[error(transparent)]
    Tenant(#[from] TenantError),
    /// Too many codes were requested.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The login took too long.
    #[error("the transaction has expired")]
    TransactionExpired,
    /// This browser has no login in progress.
    #[error("this browser has no transaction")]
    TransactionMissing,
    /// The login was completed before.
    #[error("the transaction was redeemed before")]
    TransactionSpent,
}

impl Error {
    /// The contents of the page that the person sees: a status, a heading, and a text that says what happened and what
    /// to do.
    #[must_use]
    pub fn problem(&self, domain: &str, local: bool) -> Problem {
        let (status, title, text) = self.words(domain, local);
        let (way_on, way_to) = self.way_on();
        Problem {
            status,
            title,
            text,
            quote: self.quote(),
            way_on,
            way_to,
        }
    }

    /// The status, the heading and the text of the page.
    fn words(&self, domain: &str, local: bool) -> Words {
        match self {
            Self::AddressMalformed => words::address_malformed(),
            Self::Code(cause) => words::no_code(*cause),
            Self::ForeignForm => words::foreign_form(),
            Self::ForeignRequest => words::foreign_request(),
            Self::IdToken(cause) => words::id_token_refused(*cause),
            Self::IssuerMismatch => words::issuer_mismatch(),
            Self::Malformed(fault) => words::callback_malformed(fault),
            Self::Passwordless(cause) => words::passwordless(cause, domain, local),
            Self::Randomness(cause) => words::no_randomness(*cause),
            Self::Refused { code, description } => words::refused(code, description, domain),
            Self::StateMismatch => words::state_mismatch(),
            Self::Tenant(cause) => words::tenant(cause, domain, local),
            Self::TooMany(TooMany { retry_after }) => words::too_many(*retry_after),
            Self::TransactionExpired => words::transaction_expired(),
            Self::TransactionMissing => words::transaction_missing(),
            Self::TransactionSpent => words::transaction_spent(),
        }
    }

    /// The text and the address of the page's link.
    fn way_on(&self) -> (&'static str, &'static str) {
        match self {
            Self::ForeignForm => (START_PAGE, "/"),
            Self::ForeignRequest => ("Go to the login page", FORM_PAGE),
            Self::AddressMalformed | Self::Code(_) | Self::Passwordless(_) | Self::TooMany(_) => {
                ("Try again", FORM_PAGE)
            }
            _ => ("Try again", "/"),
        }
    }

    fn quote(&self) -> Option<String> {
        let Self::Refused { code, description } = self else {
            return None;
        };
        let whole = if description.is_empty() {
            code.clone()
        } else {
            format!("{description} ({code})")
        };
        Some(whole.chars().take(300).collect())
    }
}

/// Writes the cause to stderr, and describes it for the person. No cause contains a code, a token, a secret or an address.
#[must_use]
pub fn note(error: &Error, app: &AppState) -> Problem {
    eprintln!("latchkey-sample-web-app: {error}");
    let domain = &app.settings.domain;
    error.problem(domain.origin(), domain.is_local())
}

/// The page for an error.
#[derive(Debug)]
pub struct Page(Problem);

impl Page {
    /// Makes the page, and writes the cause to stderr.
    #[must_use]
    pub fn of(error: &Error, app: &AppState) -> Self {
        Self(note(error, app))
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        (self.0.status, pages::problem(&self.0)).into_response()
    }
}

/// The response for an unknown address.
#[must_use]
pub fn not_found() -> Response {
    Page(Problem {
        status: StatusCode::NOT_FOUND,
        title: "There is no such page",
        text: "The address leads nowhere on this site.".to_owned(),
        quote: None,
        way_on: START_PAGE,
        way_to: "/",
    })
    .into_response()
}

/// The response to a request with the wrong method.
pub async fn method_not_allowed() -> Response {
    Page(Problem {
        status: StatusCode::METHOD_NOT_ALLOWED,
        title: "This address does not take such a request",
        text: "Use the buttons of this site.".to_owned(),
        quote: None,
        way_on: START_PAGE,
        way_to: "/",
    })
    .into_response()
}
