//! `GET /client/{client_id}.js`: the script from which Lock learns a client's connections. It contains no secrets.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::cors;
use crate::config::{Client, Config, Strategy};
use crate::response::{json_response, text_response};
use crate::state::AppState;

/// `GET /client/{client_id}.js`
pub(crate) async fn client_settings(
    State(state): State<AppState>,
    Path(file): Path<String>,
) -> Response {
    let store = state.store();
    let client = file
        .strip_suffix(".js")
        .and_then(|id| store.config.client(id));
    let Some(client) = client else {
        return text_response(StatusCode::NOT_FOUND, "Not found");
    };
    let settings = settings(&store.config, client, state.base_url());
    // Without this, `</script>` in a name would end a script element into which somebody pastes the text.
    let json = settings.to_string().replace('<', "\\u003c");
    let kind = [("content-type", "application/x-javascript; charset=utf-8")];
    (kind, format!("Auth0.setClient({json});")).into_response()
}

fn settings(config: &Config, client: &Client, base_url: &str) -> Value {
    let strategies: Vec<Value> = [
        (Strategy::Email, "email"),
        (Strategy::Sms, "sms"),
        (Strategy::Database, "auth0"),
    ]
    .into_iter()
    .filter_map(|(strategy, name)| {
        let connections: Vec<Value> = config
            .connections
            .iter()
            .filter(|c| c.strategy == strategy && c.is_enabled_for(&client.client_id))
            .map(|c| json!({"name": c.name}))
            .collect();
        (!connections.is_empty()).then(|| json!({"name": name, "connections": connections}))
    })
    .collect();
    json!({
        "id": client.client_id,
        "tenant": config.tenant.name,
        "subscription": "free",
        "authorize": format!("{base_url}/authorize"),
        "callback": client.callbacks.first(),
        "hasAllowedOrigins": !client.allowed_origins.is_empty(),
        "strategies": strategies,
    })
}

/// `GET /info-v1.js` and `/tenants/v1/{tenant}.js`, which Lock loads with `__useTenantInfo`. As at Auth0 they do not list
/// passwordless connections.
pub(crate) async fn tenant_info(State(state): State<AppState>) -> Response {
    let name = state.store().config.tenant.name.clone();
    let json = json!({"name": name, "clients": {}, "connections": []}).to_string();
    let json = json.replace('<', "\\u003c");
    let kind = [("content-type", "application/x-javascript; charset=utf-8")];
    (kind, format!("Auth0.setTenant({json});")).into_response()
}

/// `GET /user/ssodata`: responds like an old tenant, without any data. New tenants do not have this endpoint.
pub(crate) async fn sso_data(State(state): State<AppState>) -> Response {
    if state.store().config.tenant.user_ssodata {
        for_any_page(json_response(StatusCode::OK, &json!({"sso": false})))
    } else {
        for_any_page(text_response(StatusCode::NOT_FOUND, "Not found"))
    }
}

/// `GET /user/geoloc/country`: the mock knows no country, so phone fields keep their default.
pub(crate) async fn country() -> Response {
    for_any_page(json_response(StatusCode::OK, &json!({})))
}

/// `POST /usernamepassword/challenge`: no captcha, because the mock has no passwords. Lock asks for it all the same.
pub(crate) async fn password_challenge(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Response {
    let mut response = json_response(StatusCode::OK, &json!({"required": false}));
    cors::allow_start(&state, &headers, None, &mut response);
    response
}

fn for_any_page(mut response: Response) -> Response {
    let everybody = HeaderValue::from_static("*");
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, everybody);
    response
}
