//! Authorization responses in the form of pages: the response modes `form_post` and `web_message`.

use axum::http::header;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::pages;
use crate::response::{escape, set};

const SUBMIT: &str = "document.forms[0].submit()";
const TELL: &str = "const{origin,response}=JSON.parse(document.getElementById('answer').textContent);\
    const to=window.opener||(window.parent!==window&&window.parent);\
    if(to)to.postMessage({type:'authorization_response',response},origin);";

/// A page with a form that a script posts to `redirect_uri`. Without scripts the person presses its button.
pub(super) fn form_post(redirect_uri: &str, params: &[&(&str, String)]) -> Response {
    let field = |(name, value): &&(&str, String)| {
        let value = escape(value);
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">")
    };
    let fields = params.iter().map(field).collect::<Vec<_>>().concat();
    let body = format!(
        "<div class=\"progress\"></div><form method=\"post\" action=\"{}\">{fields}\
         <noscript><button class=\"button\">Continue</button></noscript></form>",
        escape(redirect_uri)
    );
    let page = pages::passing("One moment", "You are on your way back.", &body, SUBMIT);
    guarded(page, SUBMIT, "'none'")
}

/// A page that posts the response as a message to its opener or parent, if that is a page of `origin`.
pub(super) fn web_message(origin: &str, params: &[&(&str, String)]) -> Response {
    let response: Map<String, Value> = params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone().into()))
        .collect();
    let data = json!({"origin": origin, "response": response}).to_string();
    // Without this, `</script>` in a state would end the script element.
    let data = data.replace('<', "\\u003c");
    let body = format!("<script type=\"application/json\" id=\"answer\">{data}</script>");
    let page = pages::passing("All done", "You can close this window.", &body, TELL);
    guarded(page, TELL, origin)
}

/// Sets the Content Security Policy. It has no `form-action`, because browsers apply that to the redirects after the post, too.
fn guarded(mut response: Response, script: &str, ancestors: &str) -> Response {
    let hash = STANDARD.encode(Sha256::digest(script));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{hash}'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors {ancestors}"
    );
    set(
        response.headers_mut(),
        header::CONTENT_SECURITY_POLICY,
        &policy,
    );
    response
}
