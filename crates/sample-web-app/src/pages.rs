//! The pages that the server makes from `templates/*.html`.

use axum::{http::StatusCode, response::IntoResponse};
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{config::Settings, id_token::KEPT_CLAIMS, session::Session};

/// The path of the page with the form that a login without a script begins with.
pub(crate) const FORM_PAGE: &str = "/inline.html";

/// The contents of a page that says what went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The status of the response.
    pub status: StatusCode,
    /// The heading.
    pub title: &'static str,
    /// The text that says what happened and what to do.
    pub text: String,
    /// A text that is not the app's own. The page shows it as a quotation.
    pub quote: Option<String>,
    /// The text of the link to the next page.
    pub way_on: &'static str,
    /// The path of the next page.
    pub way_to: &'static str,
}

/// Markup that is safe to send.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Makes a text safe as content and as a quoted attribute.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let mut safe = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '&' => safe.push_str("&amp;"),
                '<' => safe.push_str("&lt;"),
                '>' => safe.push_str("&gt;"),
                '"' => safe.push_str("&quot;"),
                '\'' => safe.push_str("&#39;"),
                _ => safe.push(character),
            }
        }
        Self(safe)
    }

    /// Replaces each `{{name}}` by its value. A value that looks like a placeholder stays as it is.
    pub(crate) fn fill(template: &'static str, values: &[(&str, Self)]) -> Self {
        let mut filled = String::with_capacity(template.len() * 2);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, tail) = after.split_once("}}").unwrap_or((after, ""));
            filled.push_str(before);
            if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
                filled.push_str(&value.0);
            }
            rest = tail;
        }
        filled.push_str(rest);
        Self(filled)
    }
}

impl IntoResponse for Html {
    fn into_response(self) -> axum::response::Response {
        axum::response::Html(self.0).into_response()
    }
}

/// The start page for a person who is not logged in. `down`: the tenant does not respond.
#[must_use]
pub fn logged_out(settings: &Settings, down: bool) -> Html {
    let domain = &settings.domain;
    let notice = if down {
        let sentence = tenant_down(domain.origin(), domain.is_local());
        Html::fill(
            include_str!("../templates/notice.html"),
            &[("text", Html::text(&sentence))],
        )
    } else {
        Html::default()
    };
    let body = Html::fill(
        include_str!("../templates/logged-out.html"),
        &[("notice", notice), ("inbox", inbox(settings))],
    );
    layout("Latchkey sample", body)
}

/// The start page for a person who is logged in.
pub fn logged_in(session: &Session) -> Html {
    let email = session.claim("email").unwrap_or_default();
    let name = ["name", "nickname", "email", "sub"]
        .iter()
        .find_map(|claim| session.claim(claim))
        .unwrap_or_default();
    let initial: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    // For a person without a name, the tenant sends the address as the name. Then the address is shown only once.
    let email_line = if email == name {
        Html::default()
    } else {
        Html::fill(
            "<p id=\"who-email\" class=\"quiet\">{{email}}</p>",
            &[("email", Html::text(email))],
        )
    };
    let name_id = if email == name {
        "who-email"
    } else {
        "who-name"
    };
    let body = Html::fill(
        include_str!("../templates/logged-in.html"),
        &[
            ("initial", Html::text(&initial)),
            ("name", Html::text(name)),
            ("name-id", Html::text(name_id)),
            ("email-line", email_line),
            ("since", since(session.logged_in_at)),
            ("claims", claims(session)),
            ("csrf-token", Html::text(&session.csrf_token)),
        ],
    );
    layout("You are logged in", body)
}

/// The page that says what went wrong.
pub fn problem(problem: &Problem) -> Html {
    let quote = problem
        .quote
        .as_deref()
        .map_or_else(Html::default, |quote| {
            Html::fill(
                "<blockquote id=\"quote\">{{quote}}</blockquote>",
                &[("quote", Html::text(quote))],
            )
        });
    let body = Html::fill(
        include_str!("../templates/problem.html"),
        &[
            ("title", Html::text(problem.title)),
            ("text", Html::text(&problem.text)),
            ("quote", quote),
            ("way-on", Html::text(problem.way_on)),
            ("way-to", Html::text(problem.way_to)),
        ],
    );
    layout(problem.title, body)
}

/// The page for a callback without a query. Its script looks for the response in the fragment.
#[must_use]
pub fn fragment() -> Html {
    let body = Html::fill(include_str!("../templates/fragment.html"), &[]);
    layout("This address is not complete", body)
}

/// Says what to do if the tenant does not respond.
#[must_use]
pub fn tenant_down(domain: &str, local: bool) -> String {
    if local {
        format!("The tenant at {domain} does not answer. Start it with npm start, then reload.")
    } else {
        format!(
            "The tenant at {domain} does not answer. Check AUTH0_DOMAIN and the network, then reload."
        )
    }
}

/// Says where to read the messages of a tenant on this machine.
pub(crate) fn inbox(settings: &Settings) -> Html {
    let domain = &settings.domain;
    if !domain.is_local() {
        return Html::default();
    }
    Html::fill(
        include_str!("../templates/inbox.html"),
        &[("domain", Html::text(domain.origin()))],
    )
}

pub(crate) fn layout(title: &str, body: Html) -> Html {
    Html::fill(
        include_str!("../templates/layout.html"),
        &[("title", Html::text(title)), ("body", body)],
    )
}

fn since(moment: DateTime<Utc>) -> Html {
    let machines = moment.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    Html::fill(
        "<time id=\"who-since\" datetime=\"{{machines}}\">{{people}}</time>",
        &[
            ("machines", Html::text(&machines)),
            ("people", Html::text(&for_people(moment))),
        ],
    )
}

fn claims(session: &Session) -> Html {
    let present = |name: &&'static str| Some((*name, session.claims.get(*name)?));
    let rows = KEPT_CLAIMS.iter().filter_map(present).map(|(name, value)| {
        let shown = match value {
            Value::String(text) => text.clone(),
            // People cannot read seconds since 1970, so the page shows a date.
            Value::Number(number) => number
                .as_i64()
                .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
                .map_or_else(String::new, |moment| {
                    format!("{number} ({})", for_people(moment))
                }),
            other => other.to_string(),
        };
        let row = Html::fill(
            "<tr data-claim=\"{{name}}\"><th scope=\"row\">{{name}}</th><td>{{value}}</td></tr>\n",
            &[("name", Html::text(name)), ("value", Html::text(&shown))],
        );
        row.0
    });
    Html(rows.collect())
}

fn for_people(moment: DateTime<Utc>) -> String {
    moment.format("%-d %b %Y, %H:%M UTC").to_string()
}
