//! The page that asks for the code of a login without a script.

use crate::{
    config::Settings,
    pages::{self, FORM_PAGE, Html, Problem},
    pending_login::PendingLogin,
};

/// The page shows the address to which the code was sent, a field for the code, and links for a person without a code.
/// The field is always empty. A refused code is not worth correcting, and another code must not appear in a page.
#[must_use]
pub fn show(settings: &Settings, login: &PendingLogin, problem: Option<&Problem>) -> Html {
    let title = problem.map_or("Enter your code", |problem| problem.title);
    let notice = match problem {
        Some(problem) => Html::fill(
            "      <p class=\"note note--error\" id=\"problem\" role=\"alert\">{{text}}</p>\n",
            &[("text", Html::text(&problem.text))],
        ),
        None if login.sent_again => Html::fill(
            "      <p class=\"note note--ok\" id=\"sent-again\" role=\"status\">A new code is on its way. The one before no longer works.</p>\n",
            &[],
        ),
        None => Html::default(),
    };
    let described_by = if problem.is_some() {
        "lead problem"
    } else {
        "lead"
    };
    // If a server failed, the text in the field is not invalid.
    let invalid = problem.is_some_and(|problem| problem.status.is_client_error());
    let body = Html::fill(
        include_str!("../templates/code.html"),
        &[
            ("address", Html::text(login.address.as_str())),
            ("notice", notice),
            ("described-by", Html::text(described_by)),
            (
                "invalid",
                Html::text(if invalid { "true" } else { "false" }),
            ),
            ("form-page", Html::text(FORM_PAGE)),
            ("inbox", pages::inbox(settings)),
        ],
    );
    pages::layout(title, body)
}
