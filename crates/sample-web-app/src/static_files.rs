//! Serves the files of `www/` at `/`, and those of `dist/` at `/dist/`.

use axum::{
    Router,
    http::{HeaderValue, StatusCode, header::CACHE_CONTROL},
    middleware,
    response::Response,
};
use tower_http::services::ServeDir;

use crate::{config::Settings, error, state::AppState};

/// The routes of the files. `ServeDir` knows the types, serves no file outside its folder, and handles
/// `If-Modified-Since`. The files change with every build, so the browser asks each time whether a file has changed.
pub fn routes(settings: &Settings) -> Router<AppState> {
    let dist = ServeDir::new(&settings.dist);
    let www = ServeDir::new(&settings.www).append_index_html_on_directories(false);
    Router::new()
        .nest_service("/dist", dist)
        .fallback_service(www)
        .layer(middleware::map_response(revalidate))
}

async fn revalidate(mut response: Response) -> Response {
    if response.status() == StatusCode::NOT_FOUND {
        return error::not_found();
    }
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
