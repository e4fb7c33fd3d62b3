//! Pages for people. Markup, style and script are files beside this one; what changes is escaped text.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::response::{asset_response, escape, html_response, text_response};
use crate::state::AppState;

const STYLE: &str = include_str!("pages/style.css");
const INBOX_SCRIPT: &str = include_str!("pages/inbox.js");
const HOME: &str = include_str!("pages/home.html");
const INBOX: &str = include_str!("pages/inbox.html");
const LOGIN: &str = include_str!("pages/login.html");
const NOTICE: &str = include_str!("pages/notice.html");

/// `GET /`
pub(crate) async fn home(State(state): State<AppState>) -> Response {
    let page = HOME.replace("{{base_url}}", &escape(state.base_url()));
    html_response(StatusCode::OK, page)
}

/// `GET /_mock/inbox`
pub(crate) async fn inbox() -> Response {
    html_response(StatusCode::OK, INBOX.to_owned())
}

/// `GET /_mock/assets/{file}`
pub(crate) async fn asset(Path(file): Path<String>) -> Response {
    match file.as_str() {
        "style.css" => asset_response("text/css; charset=utf-8", STYLE),
        "inbox.js" => asset_response("text/javascript; charset=utf-8", INBOX_SCRIPT),
        _ => text_response(StatusCode::NOT_FOUND, "Not found"),
    }
}

/// Auth0's page for requests that must not be answered by a redirect.
pub(crate) fn error_page(status: StatusCode, title: &str, message: &str) -> Response {
    notice(status, "Oops!, something went wrong", title, message)
}

/// A page made of the template `name`, with `values` that are HTML already.
pub(crate) fn shell(status: StatusCode, name: &str, values: &[(&str, String)]) -> Response {
    let template = match name {
        "login.html" => LOGIN,
        _ => NOTICE,
    };
    let page = values
        .iter()
        .fold(template.to_owned(), |page, (key, value)| {
            page.replace(&format!("{{{{{key}}}}}"), value)
        });
    html_response(status, page)
}

/// A page that tells one thing.
pub(crate) fn message(heading: &str, title: &str, message: &str) -> Response {
    notice(StatusCode::OK, heading, title, message)
}

fn notice(status: StatusCode, heading: &str, title: &str, message: &str) -> Response {
    let page = NOTICE
        .replace("{{heading}}", &escape(heading))
        .replace("{{title}}", &escape(title))
        .replace("{{message}}", &escape(message));
    html_response(status, page)
}
