//! The pages for people. Markup, styles and scripts are files in the folder `pages`; values are inserted as escaped text.

use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{StatusCode, header};
use axum::response::Response;

use crate::response::{asset_response, escape, html_response, script_response, set, text_response};
use crate::state::AppState;

const BADGE: &str = include_str!("pages/badge.html");
const BAR: &str = include_str!("pages/bar.html");
const ENTRANCE: &str = include_str!("pages/entrance.html");
const HEAD: &str = include_str!("pages/head.html");
const HOME: &str = include_str!("pages/home.html");
const INBOX: &str = include_str!("pages/inbox.html");
const LOGIN: &str = include_str!("pages/login.html");
const NOTICE: &str = include_str!("pages/notice.html");
const PASSING: &str = include_str!("pages/passing.html");
const SHELL: &str = include_str!("pages/dashboard/shell.html");

/// The Content Security Policy of the page with the preview of a template. The preview is in a frame that inherits the policy, and
/// mails have inline styles, so these are allowed. Scripts do not run in the frame.
const PREVIEW_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A page of the dashboard: its path, title, script and content.
struct Page {
    path: &'static str,
    title: &'static str,
    script: &'static str,
    main: &'static str,
}

/// The pages of the dashboard without the inbox, in the order of the navigation.
const PAGES: [Page; 6] = [
    Page {
        path: "/_mock/mail",
        title: "Mail",
        script: "mail.js",
        main: include_str!("pages/dashboard/mail.html"),
    },
    Page {
        path: "/_mock/connection-settings",
        title: "Connections",
        script: "connections.js",
        main: include_str!("pages/dashboard/connections.html"),
    },
    Page {
        path: "/_mock/applications",
        title: "Applications",
        script: "applications.js",
        main: include_str!("pages/dashboard/applications.html"),
    },
    Page {
        path: "/_mock/people",
        title: "People",
        script: "people.js",
        main: include_str!("pages/dashboard/people.html"),
    },
    Page {
        path: "/_mock/activity",
        title: "Log",
        script: "activity.js",
        main: include_str!("pages/dashboard/activity.html"),
    },
    Page {
        path: "/_mock/controls",
        title: "Clock and faults",
        script: "controls.js",
        main: include_str!("pages/dashboard/controls.html"),
    },
];

/// Scripts and styles, by name.
const ASSETS: [(&str, &str); 11] = [
    ("login.js", include_str!("pages/login.js")),
    ("style.css", include_str!("pages/style.css")),
    ("inbox.js", include_str!("pages/inbox.js")),
    (
        "dashboard.css",
        include_str!("pages/dashboard/dashboard.css"),
    ),
    ("common.js", include_str!("pages/dashboard/common.js")),
    ("mail.js", include_str!("pages/dashboard/mail.js")),
    (
        "applications.js",
        include_str!("pages/dashboard/applications.js"),
    ),
    (
        "connections.js",
        include_str!("pages/dashboard/connections.js"),
    ),
    ("people.js", include_str!("pages/dashboard/people.js")),
    ("activity.js", include_str!("pages/dashboard/activity.js")),
    ("controls.js", include_str!("pages/dashboard/controls.js")),
];

/// `GET /`
pub(crate) async fn home(State(state): State<AppState>) -> Response {
    let values = [
        ("head", head("Latchkey mock tenant")),
        ("bar", bar("/")),
        ("base_url", escape(state.base_url())),
    ];
    html_response(StatusCode::OK, fill(HOME, &values))
}

/// The page that asks callers on other machines for the token of the control API.
pub(crate) fn entrance(problem: Option<&str>) -> Response {
    let problem = problem.map_or_else(String::new, |text| {
        format!(r#"<p class="problem" role="alert">{}</p>"#, escape(text))
    });
    let values = [
        ("head", head("Latchkey mock tenant")),
        ("badge", BADGE.to_owned()),
        ("problem", problem),
    ];
    html_response(StatusCode::FORBIDDEN, fill(ENTRANCE, &values))
}

/// `GET /_mock/inbox`
pub(crate) async fn inbox() -> Response {
    let head = head("Inbox – Latchkey mock tenant");
    let values = [("head", head), ("bar", bar("/_mock/inbox"))];
    html_response(StatusCode::OK, fill(INBOX, &values))
}

/// `GET /_mock/{page}` for the other pages of the dashboard.
pub(crate) async fn dashboard(OriginalUri(uri): OriginalUri) -> Response {
    let Some(page) = PAGES.iter().find(|page| page.path == uri.path()) else {
        return text_response(StatusCode::NOT_FOUND, "Not found");
    };
    let title = format!("{} – Latchkey mock tenant", page.title);
    let values = [
        ("head", head(&title)),
        ("bar", bar(page.path)),
        ("title", page.title.to_owned()),
        ("script", page.script.to_owned()),
        ("main", page.main.to_owned()),
    ];
    let html = fill(SHELL, &values);
    let mut response = html_response(StatusCode::OK, html);
    if page.script == "mail.js" {
        set(
            response.headers_mut(),
            header::CONTENT_SECURITY_POLICY,
            PREVIEW_POLICY,
        );
    }
    response
}

/// The head of every page; `title` is text.
fn head(title: &str) -> String {
    fill(HEAD, &[("title", escape(title))])
}

/// The bar at the top of the dashboard's page `current`.
fn bar(current: &str) -> String {
    fill(BAR, &[("nav", nav(current))])
}

/// `template` with values in the place of its `{{names}}`. The values are not searched for names, because a client may have the
/// name `{{body}}`.
fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut page = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, (name, after))) = rest
        .split_once("{{")
        .and_then(|(before, rest)| Some((before, rest.split_once("}}")?)))
    {
        page.push_str(before);
        let value = values.iter().find(|(known, _)| *known == name);
        page.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    page.push_str(rest);
    page
}

/// The navigation of the page `current`.
fn nav(current: &str) -> String {
    let fixed = [("/", "Home"), ("/_mock/inbox", "Inbox")];
    let pages = PAGES.iter().map(|page| (page.path, page.title));
    let links: Vec<String> = fixed
        .into_iter()
        .chain(pages)
        .map(|(path, title)| {
            let mark = if path == current {
                " aria-current=\"page\""
            } else {
                ""
            };
            format!("<a href=\"{path}\"{mark}>{title}</a>")
        })
        .collect();
    let links = links.concat();
    format!("<nav aria-label=\"Tenant\">{links}</nav>")
}

/// `GET /_mock/assets/{file}`
pub(crate) async fn asset(Path(file): Path<String>) -> Response {
    let Some((name, text)) = ASSETS.into_iter().find(|(name, _)| *name == file) else {
        return text_response(StatusCode::NOT_FOUND, "Not found");
    };
    let kind = match name.rsplit_once('.') {
        Some((_, "css")) => "text/css; charset=utf-8",
        _ => "text/javascript; charset=utf-8",
    };
    asset_response(kind, text)
}

/// `GET /assets/lock.min.js`: the script of the hosted login page's dialog, if there is one.
pub(crate) async fn dialog(State(state): State<AppState>) -> Response {
    dialog_file(state.dialog().map(|dialog| &dialog.script))
}

/// `GET /assets/lock.more.js`: the script that `lock.min.js` loads.
pub(crate) async fn dialog_more(State(state): State<AppState>) -> Response {
    dialog_file(state.dialog().map(|dialog| &dialog.more))
}

fn dialog_file(file: Option<&Bytes>) -> Response {
    match file {
        Some(script) => script_response(script.clone()),
        None => text_response(StatusCode::NOT_FOUND, "Not found"),
    }
}

/// The page for errors that must not be redirected.
pub(crate) fn error_page(status: StatusCode, title: &str, message: &str) -> Response {
    notice(status, "Oops!, something went wrong", title, message)
}

/// The hosted login page. `values` are HTML.
pub(crate) fn login(status: StatusCode, values: &[(&str, String)]) -> Response {
    let title = values.iter().find(|(name, _)| *name == "title");
    let head = fill(HEAD, title.map_or(&[], std::slice::from_ref));
    let values: Vec<_> = values
        .iter()
        .cloned()
        .chain([("head", head), ("badge", BADGE.to_owned())])
        .collect();
    html_response(status, fill(LOGIN, &values))
}

/// A page that only runs `script` on the data in `body`, which are both HTML. It becomes visible only if that takes long.
pub(crate) fn passing(title: &str, message: &str, body: &str, script: &str) -> Response {
    let values = [
        ("head", head(title)),
        ("badge", BADGE.to_owned()),
        ("title", escape(title)),
        ("message", escape(message)),
        ("body", body.to_owned()),
        ("script", script.to_owned()),
    ];
    html_response(StatusCode::OK, fill(PASSING, &values))
}

/// A page with a message.
pub(crate) fn message(heading: &str, title: &str, message: &str) -> Response {
    notice(StatusCode::OK, heading, title, message)
}

fn notice(status: StatusCode, heading: &str, title: &str, message: &str) -> Response {
    let values = [
        ("head", head(heading)),
        ("badge", BADGE.to_owned()),
        ("heading", escape(heading)),
        ("title", escape(title)),
        ("message", escape(message)),
    ];
    html_response(status, fill(NOTICE, &values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_looked_through_again() {
        let values = [("a", "{{b}}".to_owned()), ("b", "no".to_owned())];
        assert_eq!(fill("<{{a}}|{{none}}|{{open>", &values), "<{{b}}||{{open>");
    }
}
