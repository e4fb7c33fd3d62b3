//! `POST /logout`: ends the session here, then at the tenant.

use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use openidconnect::url::form_urlencoded;
use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::{
    config::Settings,
    error::{Error, Page},
    state::AppState,
};

/// The largest form that is accepted, in bytes.
pub const MAX_BODY_BYTES: usize = 4096;

/// The logout form.
#[derive(Debug, Deserialize)]
pub struct LogoutForm {
    /// The CSRF token that the page with the form contains.
    #[serde(default)]
    csrf_token: String,
}

/// Ends the session if the form is from one of this app's pages. A person who is not logged in goes to the start page.
pub async fn end(
    State(app): State<AppState>,
    jar: CookieJar,
    form: Result<Form<LogoutForm>, axum::extract::rejection::FormRejection>,
) -> Response {
    let settings = &app.settings;
    let Some(session) = app.sessions.find(&jar, &settings.base_url, app.clock.now()) else {
        return Redirect::to("/").into_response();
    };
    let given = form.map(|Form(form)| form.csrf_token).unwrap_or_default();
    if !bool::from(given.as_bytes().ct_eq(session.csrf_token.as_bytes())) {
        return Page::of(&Error::ForeignForm, &app).into_response();
    }
    let jar = app.sessions.end(jar, &settings.base_url);
    (jar, Redirect::to(&tenant_logout(settings))).into_response()
}

/// The address of the tenant's logout. The tenant ends its own session and sends the browser back to the start page.
fn tenant_logout(settings: &Settings) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", &settings.client_id)
        .append_pair("returnTo", &settings.base_url.after_logout())
        .finish();
    format!("{}/v2/logout?{query}", settings.domain.origin())
}
