//! `GET /unblock`: the link in the mail about a block.

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;

use crate::call::Call;
use crate::pages;
use crate::request::Params;

/// `GET /unblock?ticket=`
pub(crate) async fn unblock(call: Call, RawQuery(query): RawQuery) -> Response {
    let lifted = Params::form(query.unwrap_or_default().as_bytes())
        .ok()
        .and_then(|params| params.string("ticket"))
        .is_some_and(|ticket| call.turn(|turn| turn.store.attacks.unblock(&ticket, turn.now_ms)));
    if lifted {
        return pages::message(
            "Your account is unblocked",
            "You can log in again.",
            "Go back to the application and ask for a new code.",
        );
    }
    pages::error_page(
        StatusCode::BAD_REQUEST,
        "This link does nothing.",
        "It has been used already, or it never was one of ours. If your logins are still refused, use the newest mail.",
    )
}
