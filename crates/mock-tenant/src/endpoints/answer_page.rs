//! Authorization responses that are pages: `form_post` and `web_message`.

use axum::http::{StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::response::{escape, html_response, set};

const SUBMIT: &str = "document.forms[0].submit()";
const TELL: &str = "const{origin,response}=JSON.parse(document.getElementById('answer').textContent);\
    const to=window.opener||(window.parent!==window&&window.parent);\
    if(to)to.postMessage({type:'authorization_response',response},origin);";

/// A form that posts itself to `redirect_uri`; without scripts the person presses its button.
pub(super) fn form_post(redirect_uri: &str, params: &[&(&str, String)]) -> Response {
    let field = |(name, value): &&(&str, String)| {
        let value = escape(value);
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">")
    };
    let fields = params.iter().map(field).collect::<Vec<_>>().concat();
    let body = format!(
        "<form method=\"post\" action=\"{}\">{fields}<noscript><button>Continue</button></noscript></form>",
        escape(redirect_uri)
    );
    page(&body, SUBMIT, "'none'")
}

/// A page that posts the response to its opener or parent, if that is a page of `origin`.
pub(super) fn web_message(origin: &str, params: &[&(&str, String)]) -> Response {
    let response: Map<String, Value> = params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone().into()))
        .collect();
    let data = json!({"origin": origin, "response": response}).to_string();
    // `</script>` in a state must not end the element.
    let data = data.replace('<', "\\u003c");
    let body = format!("<script type=\"application/json\" id=\"answer\">{data}</script>");
    page(&body, TELL, origin)
}

/// `form-action` is left open: browsers apply it to the redirects that follow the post as well.
fn page(body: &str, script: &str, ancestors: &str) -> Response {
    let hash = STANDARD.encode(Sha256::digest(script));
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Continue</title><body>{body}<script>{script}</script></body></html>"
    );
    let mut response = html_response(StatusCode::OK, html);
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{hash}'; base-uri 'none'; frame-ancestors {ancestors}"
    );
    set(
        response.headers_mut(),
        header::CONTENT_SECURITY_POLICY,
        &policy,
    );
    response
}
