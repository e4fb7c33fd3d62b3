//! `/_mock/connections/{name}/preview`: renders a mail without sending it.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, json};

use super::ControlError;
use crate::config::{EmailTexts, Strategy};
use crate::mail::{Draft, Occasion, Purpose, Send};
use crate::response::json_response;
use crate::state::AppState;
use crate::template::{Warning, lint};

/// The digits of the code in previews.
const CODE: &str = "123456789012";

/// The templates to render in place of the connection's own, and the recipient.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    from: Option<String>,
    subject: Option<String>,
    body: Option<String>,
    language: Option<String>,
    send: Send,
    operation: Option<Operation>,
    client_id: Option<String>,
}

/// The occasion of a mail that is not for a login.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Operation {
    ChangeEmail,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            from: None,
            subject: None,
            body: None,
            language: None,
            send: Send::Code,
            operation: None,
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
            "expected {{from, subject, body, language, send, operation, client_id}}: {error}"
        ))
    })?;
    let (draft, body) = draft(&state, &name, request)?;
    let (composed, problem) = draft.preview_apart().await;
    let warnings = if body.is_empty() {
        Vec::new()
    } else {
        lint_apart(body).await?
    };
    let body = json!({"from": composed.from, "subject": composed.subject, "html": composed.html, "text": composed.text,
        "problem": problem, "warnings": warnings});
    Ok(json_response(StatusCode::OK, &body))
}

/// The draft of the mail, and the template of its body.
fn draft(state: &AppState, name: &str, request: Request) -> Result<(Draft, String), ControlError> {
    let now_ms = state.now_ms();
    let store = state.store();
    let config = &store.config;
    let connection = config
        .connection(name)
        .filter(|connection| connection.strategy == Strategy::Email)
        .ok_or_else(|| ControlError::NotFound(format!("e-mail connection {name}")))?;
    let client = match &request.client_id {
        Some(id) => config.client(id),
        None => config.clients.first(),
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
    let purpose = match request.operation {
        Some(Operation::ChangeEmail) => Purpose::ChangeEmail,
        None => Purpose::Login {
            code: CODE.get(..length).unwrap_or(CODE),
            send: request.send,
        },
    };
    let occasion = Occasion {
        connection,
        client_id: &client.client_id,
        client_name: &client.name,
        address: "ada@example.com",
        purpose,
        request_language: request.language.as_deref(),
        now_ms,
        auth_params: &Map::new(),
    };
    let body = texts.body.clone();
    let draft = Draft::of_mail(config, state.base_url(), &occasion, texts);
    Ok((draft, body))
}

/// The linter's warnings about `body`. It runs on another thread, so that it delays no request.
pub(super) async fn lint_apart(body: String) -> Result<Vec<Warning>, ControlError> {
    tokio::task::spawn_blocking(move || lint(&body))
        .await
        .map_err(|error| ControlError::Internal(error.to_string()))
}
