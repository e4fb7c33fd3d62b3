//! What survives a navigation: cookies first, as in auth0.js, then local storage. Never nothing without saying so.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, Storage, Window};

use crate::env::{Entry, cookie};
use crate::text::{digits, number, split};

/// Stores `entry` where it stays, and makes sure that it did: a browser that blocks cookies does not complain.
pub(super) fn store(window: &Window, entry: &Entry<'_>, now_ms: f64) -> bool {
    let href = window.location().href();
    let https = href.is_ok_and(|href| href.starts_with("https:"));
    write_cookie(window, &cookie::written(entry, https));
    if cookie::read(&cookies(window), entry.key).as_deref() == Some(entry.value) {
        return true;
    }
    let Some(storage) = local_storage(window) else {
        return false;
    };
    // Local storage knows no lifetime, so the entry carries its end in seconds.
    let end = crate::config::seconds(now_ms / 1000.0).saturating_add(entry.lifetime_s);
    storage
        .set_item(entry.key, &[&digits(end), " ", entry.value].concat())
        .is_ok()
}

/// Reads an entry, wherever it is.
pub(super) fn read(window: &Window, key: &str, now_ms: f64) -> Option<String> {
    cookie::read(&cookies(window), key).or_else(|| {
        let stored = local_storage(window)?.get_item(key).ok()??;
        current(&stored, now_ms)
    })
}

/// The value of an entry of local storage, unless its time is over.
fn current(stored: &str, now_ms: f64) -> Option<String> {
    let (end, value) = split(stored, " ")?;
    (number::<u32>(end)? > crate::config::seconds(now_ms / 1000.0)).then(|| value.to_owned())
}

/// Reads and deletes an entry, wherever it is.
pub(super) fn take(
    window: &Window,
    key: &str,
    cookie_domain: Option<&str>,
    now_ms: f64,
) -> Option<String> {
    let cookies = cookies(window);
    let value = cookie::read(&cookies, key);
    if value.is_some() {
        for name in [key, &cookie::twin(key)] {
            for domain in [None, cookie_domain] {
                let end = Entry {
                    key: name,
                    value: "",
                    lifetime_s: 0,
                    cookie_domain: domain,
                    cross_site: false,
                };
                write_cookie(window, &cookie::written(&end, false));
            }
        }
    }
    let stored = local_storage(window).and_then(|storage| {
        let stored = storage.get_item(key).ok()??;
        storage.remove_item(key).ok()?;
        current(&stored, now_ms)
    });
    value.or(stored)
}

/// The keys of cookies under `prefix`, oldest first.
pub(super) fn keys(window: &Window, prefix: &str) -> Vec<String> {
    cookie::keys(&cookies(window), prefix)
}

fn document(window: &Window) -> Option<HtmlDocument> {
    Some(window.document()?.unchecked_into())
}

fn cookies(window: &Window) -> String {
    document(window)
        .and_then(|document| document.cookie().ok())
        .unwrap_or_default()
}

fn write_cookie(window: &Window, text: &str) {
    // Throws only in sandboxed frames; reading back tells.
    document(window).map(|document| document.set_cookie(text));
}

fn local_storage(window: &Window) -> Option<Storage> {
    window.local_storage().ok()?
}
