//! The end of every login: the ID token is checked, and a session begins.

use axum_extra::extract::cookie::CookieJar;
use openidconnect::core::CoreIdToken;

use crate::{
    error::Error,
    id_token::{self, Expected, IdTokenError},
    oidc::Metadata,
    session::Session,
    state::AppState,
};

/// Checks the ID token and begins a session under a new id. `nonce` is that of the transaction, if there is one.
pub async fn begin_session(
    app: &AppState,
    jar: CookieJar,
    metadata: &Metadata,
    token: &CoreIdToken,
    nonce: Option<&str>,
) -> Result<CookieJar, Error> {
    let settings = &app.settings;
    let issuer = settings.domain.issuer();
    let verify = |metadata: &Metadata| {
        let expected = Expected {
            client_id: &settings.client_id,
            issuer: &issuer,
            keys: metadata.jwks(),
            nonce,
            now: app.clock.now(),
        };
        id_token::verify(token, expected)
    };
    let now = app.clock.now();
    // If the token's key is unknown, the tenant's keys are loaded once more.
    let claims = match verify(metadata) {
        Err(IdTokenError::UnknownKey) => verify(&*app.tenant.refetch(settings, now).await?),
        verified => verified,
    }?;
    let session = Session::new(claims, now, &*app.random)?;
    let base_url = &settings.base_url;
    Ok(app
        .sessions
        .begin(session, jar, base_url, now, &*app.random)?)
}
