//! `/_mock/connections/{name}/preview`: how a mail would look, before anybody is sent one.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, json};

use super::ControlError;
use crate::config::{EmailTexts, Strategy};
use crate::mail::{self, Occasion, Send};
use crate::response::json_response;
use crate::state::AppState;
use crate::template::lint;

/// Digits that no mail has sent.
const CODE: &str = "123456789012";

/// Texts to try in place of the connection's own, and for whom.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    from: Option<String>,
    subject: Option<String>,
    body: Option<String>,
    language: Option<String>,
    send: Send,
    client_id: Option<String>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            from: None,
            subject: None,
            body: None,
            language: None,
            send: Send::Code,
            client_id: None,
        }
    }
}

/// `POST /_mock/connections/{name}/preview`
pub(crate) async fn preview(
    State(state): State<AppState>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let request: Request = serde_json::from_slice(&body).map_err(|error| {
        ControlError::Invalid(format!(
            "expected {{from, subject, body, language, send, client_id}}: {error}"
        ))
    })?;
    let now_ms = state.now_ms();
    let store = state.store();
    let connection = store
        .config
        .connection(&name)
        .filter(|connection| connection.strategy == Strategy::Email)
        .ok_or_else(|| ControlError::NotFound(format!("e-mail connection {name}")))?;
    let client = match &request.client_id {
        Some(id) => store.config.client(id),
        None => store.config.clients.first(),
    };
    let client = client.ok_or_else(|| ControlError::NotFound("such client".to_owned()))?;
    let own = &connection.options.email;
    let texts = EmailTexts {
        syntax: own.syntax.clone(),
        from: request.from.unwrap_or_else(|| own.from.clone()),
        subject: request.subject.unwrap_or_else(|| own.subject.clone()),
        body: request.body.unwrap_or_else(|| own.body.clone()),
    };
    let length = usize::from(connection.options.totp.length);
    let occasion = Occasion {
        connection,
        client_id: &client.client_id,
        client_name: &client.name,
        address: "ada@example.com",
        code: CODE.get(..length).unwrap_or(CODE),
        send: request.send,
        request_language: request.language.as_deref(),
        now_ms,
        auth_params: &Map::new(),
    };
    let (composed, problem) = mail::preview(&store.config, state.base_url(), &occasion, &texts);
    let warnings = if texts.body.is_empty() {
        Vec::new()
    } else {
        lint(&texts.body)
    };
    let body = json!({"from": composed.from, "subject": composed.subject, "html": composed.html, "text": composed.text,
        "problem": problem, "warnings": warnings});
    Ok(json_response(StatusCode::OK, &body))
}
