//! The cross-origin verification page, with which a browser without third-party cookies proves that it received its login ticket.
//!
//! The page shows the application's verification page in a frame, asks it for the verifier of `/co/authenticate`, and posts the
//! verifier back to the tenant. <https://auth0.com/docs/authenticate/login/cross-origin-authentication>

use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::authorize_error::AuthorizeError;
use super::login::{self, Asked, Refusal, SigningKey, begin_session};
use crate::call::{Call, Turn};
use crate::logs::Type;
use crate::pages;
use crate::paths::CO_VERIFIED;
use crate::request::Params;
use crate::response::set;
use crate::sessions::{Parked, Ticket};
use crate::urls::origin_of;

/// The time for which the page waits for the application's page, in milliseconds.
const PATIENCE_MS: u32 = 5_000;

const SCRIPT: &str = "const data=JSON.parse(document.getElementById('data').textContent);\
    const form=document.forms[0];\
    const done=(verifier)=>{form.verifier.value=verifier||'';form.submit()};\
    const timer=setTimeout(done,data.patience);\
    const frame=document.querySelector('iframe');\
    addEventListener('message',(event)=>{\
    if(event.origin!==data.origin||event.source!==frame.contentWindow||!event.data)return;\
    if(event.data.type==='ready')frame.contentWindow.postMessage({type:'co_verifier_request',request:{id:data.id}},data.origin);\
    if(event.data.type==='co_verifier_response'){clearTimeout(timer);done(event.data.response&&event.data.response.verifier)}});";

/// Keeps a ticket whose cookie is missing, and makes the page that asks the application for the verifier.
///
/// `None` if the client has no verification page, or if `ticket` was not issued to one of the client's pages.
pub(super) fn page(turn: &mut Turn<'_>, ticket: Ticket, query: &str) -> Option<Response> {
    let own = origin_of(turn.base_url()).unwrap_or_default();
    let now_ms = turn.now_ms;
    let store = &mut *turn.store;
    let client = store.config.client(&ticket.client_id)?;
    let location = client.cross_origin_loc.clone()?;
    let origin = origin_of(&location)?;
    let id = store.random.token::<24>();
    let data = json!({"id": ticket.co_id, "origin": origin, "patience": PATIENCE_MS}).to_string();
    let life_s = store.config.tenant.login_ticket_lifetime_s;
    let parked = Parked {
        ticket,
        query: query.to_owned(),
        expires_at_ms: now_ms.saturating_add(life_s.saturating_mul(1_000)),
    };
    store.sessions.park(id.clone(), parked, now_ms);
    let frame = format!("{location}#origin={}", crate::mail::encode_component(&own));
    let body = format!(
        "<div class=\"progress\"></div><iframe src=\"{}\" title=\"The application\" hidden></iframe>\
         <form method=\"post\" action=\"{CO_VERIFIED}\"><input type=\"hidden\" name=\"id\" value=\"{id}\">\
         <input type=\"hidden\" name=\"verifier\">\
         <noscript><p>This check needs scripts, which your browser does not run.</p>\
         <button class=\"button\">Go back</button></noscript></form>\
         <script type=\"application/json\" id=\"data\">{}</script>",
        crate::response::escape(&frame),
        data.replace('<', "\\u003c"),
    );
    let message = "Checking that this is the browser that logged in.";
    let mut response = pages::passing("One moment", message, &body, SCRIPT);
    let ancestors = ancestors(query);
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    // There is no form-action, because browsers apply it to the redirect after the post, too.
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{hash}'; style-src 'self'; img-src data:; frame-src {origin}; base-uri 'none'; frame-ancestors {ancestors}"
    );
    set(
        response.headers_mut(),
        header::CONTENT_SECURITY_POLICY,
        &policy,
    );
    Some(response)
}

/// The origins that may frame the page: the application's, if the response mode is `web_message`, otherwise none.
fn ancestors(query: &str) -> String {
    let asked = Params::form(query.as_bytes()).unwrap_or_default();
    let by_message = asked.str("response_mode") == Some("web_message");
    asked
        .str("redirect_uri")
        .filter(|_| by_message)
        .and_then(origin_of)
        .unwrap_or_else(|| "'none'".to_owned())
}

/// `POST /co/verified`: the page posts the verifier, or an empty one.
pub(crate) async fn verified(call: Call, body: Bytes) -> Response {
    let params = Params::body(&call.headers, &body).unwrap_or_default();
    let key = login::signing_key(&call, true).await;
    call.turn(|turn| {
        let parked = params
            .str("id")
            .and_then(|id| turn.store.sessions.unpark(id, turn.now_ms));
        match parked {
            Some(parked) => go_on(turn, parked, params.str("verifier"), key)
                .unwrap_or_else(|refusal| refusal.respond(turn)),
            None => pages::error_page(
                StatusCode::BAD_REQUEST,
                "This login is no longer good.",
                "It has expired or was used. Go back to the application and log in again.",
            ),
        }
    })
}

/// Continues the login of the kept ticket, if `verifier` is the one that was issued with it.
fn go_on(
    turn: &mut Turn<'_>,
    parked: Parked,
    verifier: Option<&str>,
    key: SigningKey,
) -> Result<Response, Refusal> {
    let Parked { ticket, query, .. } = parked;
    let params = Params::form(query.as_bytes())?;
    let asked = Asked::read(turn, &params).map_err(|refusal| refusal.logged_as(Type::Fcoa))?;
    let wrong = match verifier {
        Some(verifier) if ticket.verifier.matches(verifier) => None,
        Some(_) => Some(AuthorizeError::WrongVerifier),
        None => Some(AuthorizeError::NoVerifier),
    };
    if let Some(error) = wrong {
        return Err(asked.refuse(error).logged_as(Type::Fcoa));
    }
    let login = begin_session(turn, ticket.user_id, ticket.realm);
    login::finish(turn, &asked, login, key)
}
