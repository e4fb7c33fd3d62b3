//! The users of the Management API: `/api/v2/users`. It needs a token from the grant `client_credentials`.
//!
//! <https://auth0.com/docs/api/management/v2/users>

use axum::body::Bytes;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::call::Call;
use crate::control::ControlError;
use crate::control::users::{alter_user, make_user, remove_user};
use crate::headers::bearer;
use crate::request::Params;
use crate::response::json_response;

/// The default of `per_page`, the number of people on a page. The greatest number is 100.
const PER_PAGE: usize = 50;

/// The errors of the Management API. Their texts and shape come from Auth0's documentation.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ManagementError {
    #[error("{0}")]
    Conflict(&'static str),
    #[error("Insufficient scope, expected any of: {0}")]
    Scope(&'static str),
    #[error("{0}")]
    Invalid(String),
    #[error("{0}")]
    Internal(String),
    #[error("Invalid token")]
    InvalidToken,
    #[error("Missing authentication")]
    MissingToken,
    #[error("The user does not exist.")]
    UnknownUser,
}

impl From<ControlError> for ManagementError {
    fn from(error: ControlError) -> Self {
        match error {
            ControlError::Conflict(_) => Self::Conflict("The user already exists."),
            ControlError::NotFound(_) => Self::UnknownUser,
            ControlError::Invalid(text) => Self::Invalid(text),
            ControlError::Internal(text) | ControlError::Unsent(text) => Self::Internal(text),
        }
    }
}

impl IntoResponse for ManagementError {
    fn into_response(self) -> Response {
        let (status, error, code) = match &self {
            Self::Conflict(_) => (StatusCode::CONFLICT, "Conflict", "auth0_idp_error"),
            Self::Scope(_) => (StatusCode::FORBIDDEN, "Forbidden", "insufficient_scope"),
            Self::Invalid(_) => (StatusCode::BAD_REQUEST, "Bad Request", "invalid_body"),
            Self::Internal(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Internal Server Error",
                "internal_error",
            ),
            Self::InvalidToken | Self::MissingToken => {
                (StatusCode::UNAUTHORIZED, "Unauthorized", "invalid_token")
            }
            Self::UnknownUser => (StatusCode::NOT_FOUND, "Not Found", "inexistent_user"),
        };
        let body = json!({"statusCode": status.as_u16(), "error": error, "message": self.to_string(), "errorCode": code});
        json_response(status, &body)
    }
}

type Outcome = Result<Response, ManagementError>;

/// Checks that the call has a token for this API with `scope`.
fn allow(call: &Call, scope: &'static str) -> Result<(), ManagementError> {
    let token = bearer(&call.headers).ok_or(ManagementError::MissingToken)?;
    let store = call.state.store();
    let access = store.grants.access(&token, call.state.now_ms());
    let audience = format!("{}api/v2/", call.state.issuer());
    let access = access.filter(|access| access.audience.as_deref() == Some(audience.as_str()));
    let access = access.ok_or(ManagementError::InvalidToken)?;
    if access.scope.split(' ').any(|granted| granted == scope) {
        Ok(())
    } else {
        Err(ManagementError::Scope(scope))
    }
}

/// `GET /api/v2/users?page=&per_page=&include_totals=&q=`. The only known form of a query is `field:"value"`.
pub(crate) async fn list(call: Call, RawQuery(query): RawQuery) -> Outcome {
    allow(&call, "read:users")?;
    let params = Params::form(query.unwrap_or_default().as_bytes())
        .map_err(|error| ManagementError::Invalid(error.to_string()))?;
    let number = |name, fallback| match params.str(name) {
        None => Ok(fallback),
        Some(text) => text.parse::<usize>().map_err(|_| {
            ManagementError::Invalid(format!("Query validation error: '{name}' is not a number"))
        }),
    };
    let (page, per_page) = (number("page", 0)?, number("per_page", PER_PAGE)?.min(100));
    let wanted = params.str("q").map(condition).transpose()?;
    let users: Vec<Value> = {
        let store = call.state.store();
        let all = store.users.all().into_iter().map(|user| json!(user));
        all.filter(|user| {
            wanted
                .as_ref()
                .is_none_or(|(field, value)| user.get(field).and_then(Value::as_str) == Some(value))
        })
        .collect()
    };
    let start = page.saturating_mul(per_page);
    let shown: Vec<&Value> = users.iter().skip(start).take(per_page).collect();
    let body = if params.str("include_totals") == Some("true") {
        json!({"start": start, "limit": per_page, "length": shown.len(), "total": users.len(), "users": shown})
    } else {
        json!(shown)
    };
    Ok(json_response(StatusCode::OK, &body))
}

/// `email:"ada@example.com"`
fn condition(query: &str) -> Result<(String, String), ManagementError> {
    let unknown = || {
        let text = "The mock knows queries of the form field:\"value\" alone".to_owned();
        ManagementError::Invalid(text)
    };
    let (field, value) = query.split_once(':').ok_or_else(unknown)?;
    let value = value.trim_matches('"');
    if field.contains(' ') || value.contains([' ', '*']) {
        return Err(unknown());
    }
    Ok((field.to_owned(), value.to_owned()))
}

/// `GET /api/v2/users-by-email?email=`
pub(crate) async fn by_email(call: Call, RawQuery(query): RawQuery) -> Outcome {
    allow(&call, "read:users")?;
    let params = Params::form(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let email = params.str("email").map(str::to_lowercase).ok_or_else(|| {
        ManagementError::Invalid("Query validation error: 'email' is missing".to_owned())
    })?;
    let store = call.state.store();
    let users = store.users.all().into_iter();
    let found: Vec<_> = users
        .filter(|user| user.email.as_ref() == Some(&email))
        .collect();
    Ok(json_response(StatusCode::OK, &json!(found)))
}

/// `GET /api/v2/users/{id}`
pub(crate) async fn read(call: Call, Path(id): Path<String>) -> Outcome {
    allow(&call, "read:users")?;
    let store = call.state.store();
    let user = store.users.by_id(&id).ok_or(ManagementError::UnknownUser)?;
    Ok(json_response(StatusCode::OK, &json!(user)))
}

/// `POST /api/v2/users`
pub(crate) async fn create(call: Call, body: Bytes) -> Outcome {
    allow(&call, "create:users")?;
    let Ok(Value::Object(mut given)) = serde_json::from_slice(&body) else {
        return Err(ManagementError::Invalid(
            "The body is not a JSON object".to_owned(),
        ));
    };
    // Passwordless users are verified by their first login, so these fields have no effect.
    for said in ["email_verified", "phone_verified", "verify_email"] {
        given.shift_remove(said);
    }
    let made = make_user(&call.state, given)?;
    Ok(json_response(StatusCode::CREATED, &made))
}

/// `PATCH /api/v2/users/{id}`
pub(crate) async fn change(call: Call, Path(id): Path<String>, body: Bytes) -> Outcome {
    allow(&call, "update:users")?;
    let changed = alter_user(&call.state, &id, &body).await?;
    Ok(json_response(StatusCode::OK, &changed))
}

/// `DELETE /api/v2/users/{id}`: responds with 204 even if there is no such person.
pub(crate) async fn remove(call: Call, Path(id): Path<String>) -> Outcome {
    allow(&call, "delete:users")?;
    match remove_user(&call.state, &id) {
        Ok(()) | Err(ControlError::NotFound(_)) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(error) => Err(error.into()),
    }
}
