//! The two requests to the tenant for a login without a script: this server requests a code, and redeems it.

use axum::http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use openidconnect::{
    HttpResponse,
    core::CoreIdToken,
    http::{Request, StatusCode},
    url::form_urlencoded,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    config::Settings,
    email_address::EmailAddress,
    http::HttpError,
    oidc::{Metadata, Tenant},
    requester::Requester,
    verification_code::VerificationCode,
};

/// The connection that sends the codes. It is also the realm in which they are redeemed.
const CONNECTION: &str = "email";

const OTP_GRANT: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";

const SCOPE: &str = "openid profile email";

/// The reason why the tenant sent no code, or did not accept the code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasswordlessError {
    /// `bad.email`: the tenant refuses the address. Its check is stricter than this app's.
    #[error("the tenant refuses the address")]
    AddressRefused,
    /// `unauthorized_client`, `invalid_client`, and `access_denied` with another status than 403: the client ID or the
    /// secret is wrong, or the grant is off.
    #[error("the tenant refuses this app: {0:?}")]
    ClientRefused(String),
    /// The code has expired.
    #[error("the verification code has expired")]
    CodeExpired,
    /// There were too many wrong tries. The tenant counts them for each code.
    #[error("the verification code was tried too often")]
    CodeExhausted,
    /// The code is not the one that was sent last to this address.
    #[error("the verification code is wrong")]
    CodeWrong,
    /// `access_denied` or `unauthorized` with 403: a rule of the tenant refuses the login, or the person is blocked.
    #[error("the tenant does not let this person in")]
    Denied,
    /// There is no usable response, or the server failed.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// `bad.connection`: the connection does not exist, or is off for this app.
    #[error("the tenant has no such connection for this app")]
    NoConnection,
    /// The app sent too many requests.
    #[error("the tenant asks to slow down")]
    RateLimited {
        /// Seconds to wait, if the tenant says so.
        retry_after: Option<u64>,
    },
    /// Any other error code.
    #[error("the tenant answered with the error {0:?}")]
    Refused(String),
    /// `mfa_required`: one code is not enough for this person.
    #[error("the tenant asks for a second factor")]
    SecondFactor,
    /// The tenant does not know the address, and nobody may sign up by logging in.
    #[error("the tenant takes no sign-ups")]
    SignupDisabled,
    /// `too_many_attempts`: this person, or this IP address, is blocked for a while.
    #[error("the tenant blocks further attempts")]
    TooManyAttempts,
    /// The response does not have the documented form.
    #[error("the tenant's answer cannot be read")]
    Unreadable,
}

impl Tenant {
    /// Requests a code for `address`, by `POST /passwordless/start`
    /// (<https://auth0.com/docs/api/authentication/passwordless/get-code-or-link>). This makes an earlier code invalid.
    ///
    /// The tenant limits a browser to 50 codes an hour for each IP address. Calls with the client's secret do not count.
    /// So a public app needs limits of its own: [`Limits`](crate::limits::Limits).
    pub async fn send_code(
        &self,
        settings: &Settings,
        address: &EmailAddress,
        requester: &Requester,
    ) -> Result<(), PasswordlessError> {
        let url = format!("{}/passwordless/start", settings.domain.origin());
        let body = json!({
            "client_id": settings.client_id,
            "client_secret": settings.client_secret.secret(),
            "connection": CONNECTION,
            "send": "code",
            "email": address.as_str(),
            "authParams": {"scope": SCOPE},
        });
        self.post(&url, "application/json", body.to_string(), requester)
            .await
            .map(drop)
    }

    /// Redeems the code that was sent to `address`, by the passwordless OTP grant
    /// (<https://auth0.com/docs/api/authentication/passwordless/authenticate-user>), which has to be switched on
    /// in the application's settings. There is no nonce, because the token does not pass through a browser.
    pub async fn redeem(
        &self,
        settings: &Settings,
        metadata: &Metadata,
        address: &EmailAddress,
        code: &VerificationCode,
        requester: &Requester,
    ) -> Result<CoreIdToken, PasswordlessError> {
        let url = metadata
            .token_endpoint()
            .ok_or(PasswordlessError::Unreadable)?;
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", OTP_GRANT)
            .append_pair("client_id", &settings.client_id)
            .append_pair("client_secret", settings.client_secret.secret())
            .append_pair("username", address.as_str())
            .append_pair("otp", code.secret())
            .append_pair("realm", CONNECTION)
            .append_pair("scope", SCOPE)
            .finish();
        let kind = "application/x-www-form-urlencoded";
        let answer = self.post(url.as_str(), kind, form, requester).await?;
        serde_json::from_slice::<Tokens>(answer.body())
            .map(|tokens| tokens.id_token)
            .map_err(|_| PasswordlessError::Unreadable)
    }

    async fn post(
        &self,
        url: &str,
        kind: &'static str,
        body: String,
        requester: &Requester,
    ) -> Result<HttpResponse, PasswordlessError> {
        let mut request = Request::post(url)
            .header(CONTENT_TYPE, kind)
            .header(ACCEPT, "application/json")
            .body(body.into_bytes())
            .map_err(|_| HttpError::ForeignAddress)?;
        requester.write(request.headers_mut());
        let answer = self.http.send(request).await?;
        if answer.status().is_success() {
            Ok(answer)
        } else {
            Err(refusal(&answer))
        }
    }
}

#[derive(Deserialize)]
struct Tokens {
    id_token: CoreIdToken,
}

#[derive(Deserialize)]
struct ErrorAnswer {
    error: String,
    #[serde(default)]
    error_description: String,
}

/// The cause of a refusal. Auth0 has one error code for a wrong, an expired and a used-up code, and one for all problems
/// with a connection. For these the description decides. An unknown description counts as the most likely cause.
fn refusal(answer: &HttpResponse) -> PasswordlessError {
    let status = answer.status();
    let Ok(said) = serde_json::from_slice::<ErrorAnswer>(answer.body()) else {
        return match status {
            StatusCode::TOO_MANY_REQUESTS => rate_limited(answer),
            _ => PasswordlessError::Unreadable,
        };
    };
    let says = |part: &str| said.error_description.contains(part);
    match said.error.as_str() {
        "too_many_attempts" => PasswordlessError::TooManyAttempts,
        _ if status == StatusCode::TOO_MANY_REQUESTS => rate_limited(answer),
        "invalid_grant" if says("expired") => PasswordlessError::CodeExpired,
        "invalid_grant" if says("maximum number of attempts") => PasswordlessError::CodeExhausted,
        "invalid_grant" => PasswordlessError::CodeWrong,
        "access_denied" | "bad.connection" if says("signup is disabled") => {
            PasswordlessError::SignupDisabled
        }
        "bad.connection" => PasswordlessError::NoConnection,
        "bad.email" => PasswordlessError::AddressRefused,
        "mfa_required" => PasswordlessError::SecondFactor,
        "access_denied" | "unauthorized" if status == StatusCode::FORBIDDEN => {
            PasswordlessError::Denied
        }
        "access_denied" | "invalid_client" | "unauthorized_client" => {
            PasswordlessError::ClientRefused(said.error)
        }
        _ => PasswordlessError::Refused(said.error),
    }
}

fn rate_limited(answer: &HttpResponse) -> PasswordlessError {
    let retry_after = answer
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    PasswordlessError::RateLimited { retry_after }
}
