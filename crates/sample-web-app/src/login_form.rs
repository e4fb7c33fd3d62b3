//! A login without a script. The page has an ordinary form, and this server sends all requests to the tenant.
//!
//! `POST /login` requests a code, `GET /login/code` asks the person for it, `POST /login/code` redeems it and logs the
//! person in, and `POST /login/resend` requests another code. The browser never leaves this site.

use axum::{
    Form, Router,
    extract::{State, rejection::FormRejection},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;

use crate::{
    code_page,
    email_address::EmailAddress,
    error::{self, Error, Page},
    finish,
    local_path::LocalPath,
    own_site,
    pages::FORM_PAGE,
    pending_login::PendingLogin,
    requester::Requester,
    state::AppState,
    verification_code::VerificationCode,
};

/// The page that asks for the code.
const CODE_PAGE: &str = "/login/code";

/// The routes. They refuse forms from other sites.
pub fn routes(state: &AppState) -> Router<AppState> {
    let closed = middleware::from_fn_with_state(state.clone(), own_site::refuse_others);
    Router::new()
        .route("/login", post(begin))
        .route(CODE_PAGE, get(ask).post(redeem))
        .route("/login/resend", post(resend))
        .route_layer(closed)
}

#[derive(Deserialize)]
struct AddressForm {
    email: String,
}

#[derive(Deserialize)]
struct CodeForm {
    code: String,
}

/// `POST /login`: requests a code. Without a valid address, or if the tenant sends no code, the person gets a page that
/// says why.
async fn begin(
    State(app): State<AppState>,
    jar: CookieJar,
    requester: Requester,
    form: Result<Form<AddressForm>, FormRejection>,
) -> Response {
    let address = form
        .ok()
        .and_then(|Form(form)| EmailAddress::parse(&form.email));
    let begun = match address {
        Some(address) => send(&app, jar, address, false, &requester).await,
        None => Err(Error::AddressMalformed),
    };
    match begun {
        Ok(jar) => (jar, Redirect::to(CODE_PAGE)).into_response(),
        Err(error) => Page::of(&error, &app).into_response(),
    }
}

/// `GET /login/code`
async fn ask(State(app): State<AppState>, jar: CookieJar) -> Response {
    match pending(&app, &jar) {
        Some(login) => code_page::show(&app.settings, &login, None).into_response(),
        None => Redirect::to(FORM_PAGE).into_response(),
    }
}

/// `POST /login/code`: after a failure, the page with the field says what happened, and the person can try again.
async fn redeem(
    State(app): State<AppState>,
    jar: CookieJar,
    requester: Requester,
    form: Result<Form<CodeForm>, FormRejection>,
) -> Response {
    let Some(login) = pending(&app, &jar) else {
        return Redirect::to(FORM_PAGE).into_response();
    };
    let typed = form.map(|Form(form)| form.code).unwrap_or_default();
    match log_in(&app, jar, &login, &typed, &requester).await {
        Ok(jar) => {
            let jar = app.pending.end(jar, &app.settings.base_url);
            (jar, Redirect::to(LocalPath::root().as_str())).into_response()
        }
        Err(error) => ask_again(&app, &login, &error),
    }
}

/// `POST /login/resend`
async fn resend(State(app): State<AppState>, jar: CookieJar, requester: Requester) -> Response {
    let Some(login) = pending(&app, &jar) else {
        return Redirect::to(FORM_PAGE).into_response();
    };
    match send(&app, jar, login.address.clone(), true, &requester).await {
        Ok(jar) => (jar, Redirect::to(CODE_PAGE)).into_response(),
        Err(error) => ask_again(&app, &login, &error),
    }
}

async fn send(
    app: &AppState,
    jar: CookieJar,
    address: EmailAddress,
    sent_again: bool,
    requester: &Requester,
) -> Result<CookieJar, Error> {
    let settings = &app.settings;
    app.limits.count(requester.ip(), &address)?;
    app.tenant.send_code(settings, &address, requester).await?;
    let login = PendingLogin {
        address,
        sent_again,
    };
    let (base_url, now) = (&settings.base_url, app.clock.now());
    Ok(app.pending.begin(login, jar, base_url, now, &*app.random)?)
}

async fn log_in(
    app: &AppState,
    jar: CookieJar,
    login: &PendingLogin,
    typed: &str,
    requester: &Requester,
) -> Result<CookieJar, Error> {
    let code = VerificationCode::parse(typed)?;
    let settings = &app.settings;
    // Without the keys the token could not be checked, and the code would be used. So the keys are loaded first.
    let metadata = app.tenant.metadata(settings, app.clock.now()).await?;
    let token = app
        .tenant
        .redeem(settings, &metadata, &login.address, &code, requester)
        .await?;
    finish::begin_session(app, jar, &metadata, &token, None).await
}

fn pending(app: &AppState, jar: &CookieJar) -> Option<PendingLogin> {
    app.pending
        .find(jar, &app.settings.base_url, app.clock.now())
}

fn ask_again(app: &AppState, login: &PendingLogin, error: &Error) -> Response {
    let problem = error::note(error, app);
    let page = code_page::show(&app.settings, login, Some(&problem));
    (problem.status, page).into_response()
}
