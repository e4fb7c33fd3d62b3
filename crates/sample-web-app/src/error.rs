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
    words,
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
        let (status, title, text) = match self {
            Self::AddressMalformed => (
                StatusCode::BAD_REQUEST,
                "This is not an e-mail address",
                "Enter your e-mail address, such as you@example.com.".to_owned(),
            ),
            Self::Code(cause) => words::no_code(*cause),
            Self::ForeignForm => (
                StatusCode::FORBIDDEN,
                "You are still logged in",
                "The request to log out did not come from this site's own button. Press it there if you meant to.".to_owned(),
            ),
            Self::ForeignRequest => (
                StatusCode::FORBIDDEN,
                "This form is not from this site",
                "Another site tried to log you in here, or to have a code sent in your name, and was refused. If you meant to log in, begin on this site's own page.".to_owned(),
            ),
            Self::IdToken(cause) => (
                StatusCode::BAD_GATEWAY,
                "The login could not be confirmed",
                format!("The tenant's ID token was refused: {cause}."),
            ),
            Self::IssuerMismatch => (
                StatusCode::BAD_REQUEST,
                "The login could not be confirmed",
                "The answer does not come from the tenant this app asked. Start the login again.".to_owned(),
            ),
            Self::Malformed(what) => (
                StatusCode::BAD_REQUEST,
                "This address is not complete",
                format!("The address {what}, so it cannot finish a login. Start the login again."),
            ),
            Self::Passwordless(cause) => words::passwordless(cause, domain, local),
            Self::Randomness(cause) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The server cannot log you in now",
                format!("A login needs secrets, and {cause}. Try again in a moment."),
            ),
            Self::Refused { code, description } if is_about_cookies(description) => (
                words::refused_status(code),
                "The browser kept the tenant’s cookies out",
                format!(
                    "The tenant {domain} is on another site than this app, and this browser keeps the cookies of other sites out. Allow third-party cookies for this site and start the login again. The app’s owner can give the tenant an address of this site (a custom domain). This is what the tenant said:"
                ),
            ),
            Self::Refused { code, .. } => (
                words::refused_status(code),
                "The login was not completed",
                "The tenant ended the login. This is what it said:".to_owned(),
            ),
            Self::StateMismatch => (
                StatusCode::FORBIDDEN,
                "This login was not started here",
                "The answer belongs to another login than those this browser started. Start the login again in this window.".to_owned(),
            ),
            Self::Tenant(cause) => words::tenant(cause, domain, local),
            Self::TooMany(TooMany { retry_after }) => words::too_many(*retry_after),
            Self::TransactionExpired => (
                StatusCode::BAD_REQUEST,
                "The login took too long",
                "The page was open for too long before the login was finished. Start it again.".to_owned(),
            ),
            Self::TransactionMissing => (
                StatusCode::BAD_REQUEST,
                "This browser has no login in progress",
                "The login was finished already, took too long, or was started in another browser. If you started it in this window, allow cookies for this site.".to_owned(),
            ),
            Self::TransactionSpent => (
                StatusCode::BAD_REQUEST,
                "This login was used before",
                "Each login counts once, and this one did. Start a new one.".to_owned(),
            ),
        };
        let (way_on, way_to) = match self {
            Self::ForeignForm => (START_PAGE, "/"),
            Self::ForeignRequest => ("Go to the login page", FORM_PAGE),
            Self::AddressMalformed | Self::Code(_) | Self::Passwordless(_) | Self::TooMany(_) => {
                ("Try again", FORM_PAGE)
            }
            _ => ("Try again", "/"),
        };
        Problem {
            status,
            title,
            text,
            quote: self.quote(),
            way_on,
            way_to,
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

/// Whether the tenant's error says that a login ticket came without the tenant's cookie. Then the cross-origin verification page is
/// not configured, or could not read the verifier either.
fn is_about_cookies(description: &str) -> bool {
    description.contains("verification page") || description.contains("No verifier returned")
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
