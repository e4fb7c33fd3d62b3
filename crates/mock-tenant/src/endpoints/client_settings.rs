//! `GET /client/{client_id}.js`: what Lock loads to learn a client's connections. Nothing secret stands in it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::config::{Client, Config, Strategy};
use crate::response::text_response;
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
    // `</script>` in a name must not end a script element that someone pastes this into.
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
