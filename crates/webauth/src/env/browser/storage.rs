//! Storage that survives a navigation: cookies as in auth0.js, and local storage if cookies are blocked. The caller learns if
//! neither keeps an entry.

use js_sys::Object;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, Storage, Window};

use crate::env::{Entry, cookie};
use crate::text::{digits, number, split};

/// Stores `entry` in a cookie and reads it back, because a browser that blocks cookies reports no error. If the cookie is
/// missing, stores the entry in local storage.
pub(super) fn store(window: &Window, entry: &Entry<'_>, now_ms: f64) -> bool {
    let href = window.location().href();
    let https = href.is_ok_and(|href| href.starts_with("https:"));
    write_cookie(window, &cookie::written(entry, https));
    if cookie::read(&cookies(window), entry.key).as_deref() == Some(entry.value) {
        return true;
    }
    store_locally(window, entry.key, entry.value, entry.lifetime_s, now_ms)
}

/// Stores an entry in local storage. Local storage has no lifetimes, so the text begins with the time, in seconds, at which
/// the entry expires.
fn store_locally(window: &Window, key: &str, value: &str, lifetime_s: u32, now_ms: f64) -> bool {
    let end = crate::wire::whole_number(now_ms / 1000.0).saturating_add(lifetime_s);
    local_storage(window).is_some_and(|storage| {
        let text = [&digits(end), " ", value].concat();
        storage.set_item(key, &text).is_ok()
    })
}

/// Moves an entry from its cookie to local storage.
pub(super) fn set_aside(
    window: &Window,
    key: &str,
    lifetime_s: u32,
    cookie_domain: Option<&str>,
    now_ms: f64,
) {
    let cookies = cookies(window);
    if let Some(value) = cookie::read(&cookies, key)
        && store_locally(window, key, &value, lifetime_s, now_ms)
    {
        delete_cookies(window, key, cookie_domain);
    }
}

/// Deletes the expired entries of local storage whose key begins with `prefix`.
pub(super) fn drop_expired(window: &Window, prefix: &str, now_ms: f64) {
    let Some(storage) = local_storage(window) else {
        return;
    };
    let keys = Object::keys(&storage).into_iter();
    for key in keys.filter_map(|key| key.as_string()) {
        if !key.starts_with(prefix) {
            continue;
        }
        let stored = storage.get_item(&key).ok().flatten();
        if stored.is_some_and(|stored| current(&stored, now_ms).is_none()) {
            // This fails only if the page may not use local storage.
            let _ = storage.remove_item(&key);
        }
    }
}

/// Reads an entry from its cookie or from local storage.
pub(super) fn read(window: &Window, key: &str, now_ms: f64) -> Option<String> {
    cookie::read(&cookies(window), key).or_else(|| {
        let stored = local_storage(window)?.get_item(key).ok()??;
        current(&stored, now_ms)
    })
}

/// The value of an entry of local storage. `None` if it has expired.
fn current(stored: &str, now_ms: f64) -> Option<String> {
    let (end, value) = split(stored, " ")?;
    (number::<u32>(end)? > crate::wire::whole_number(now_ms / 1000.0)).then(|| value.to_owned())
}

/// Reads an entry and deletes it from cookies and from local storage.
pub(super) fn take(
    window: &Window,
    key: &str,
    cookie_domain: Option<&str>,
    now_ms: f64,
) -> Option<String> {
    let cookies = cookies(window);
    let value = cookie::read(&cookies, key);
    if value.is_some() {
        delete_cookies(window, key, cookie_domain);
    }
    let stored = local_storage(window).and_then(|storage| {
        let stored = storage.get_item(key).ok()??;
        storage.remove_item(key).ok()?;
        current(&stored, now_ms)
    });
    value.or(stored)
}

/// Deletes the cookie `key` and the second cookie that auth0.js writes for the same key.
fn delete_cookies(window: &Window, key: &str, cookie_domain: Option<&str>) {
    for name in [key, &cookie::compat_name(key)] {
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

/// The keys of the cookies that begin with `prefix`, the oldest first.
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
    // Writing throws only in sandboxed frames; the caller reads the cookie back.
    document(window).map(|document| document.set_cookie(text));
}

fn local_storage(window: &Window) -> Option<Storage> {
    window.local_storage().ok()?
}
