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
    store_locally(window, entry.key, entry.value, entry.lifetime_s, now_ms)
}

/// Stores an entry in local storage, which knows no lifetime: so the entry carries its end in seconds.
fn store_locally(window: &Window, key: &str, value: &str, lifetime_s: u32, now_ms: f64) -> bool {
    let end = crate::config::seconds(now_ms / 1000.0).saturating_add(lifetime_s);
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

/// Deletes the entries of local storage under `prefix` whose time is over.
pub(super) fn drop_expired(window: &Window, prefix: &str, now_ms: f64) {
    let Some(storage) = local_storage(window) else {
        return;
    };
    let length = storage.length().unwrap_or_default();
    let keys: Vec<_> = (0..length)
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter(|key| key.starts_with(prefix))
        .collect();
    for key in keys {
        let stored = storage.get_item(&key).ok().flatten();
        if stored.is_some_and(|stored| current(&stored, now_ms).is_none()) {
            // Fails only where the storage itself does.
            let _ = storage.remove_item(&key);
        }
    }
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
        delete_cookies(window, key, cookie_domain);
    }
    let stored = local_storage(window).and_then(|storage| {
        let stored = storage.get_item(key).ok()??;
        storage.remove_item(key).ok()?;
        current(&stored, now_ms)
    });
    value.or(stored)
}

/// Deletes the cookie of `key` and the twin that auth0.js writes beside it.
fn delete_cookies(window: &Window, key: &str, cookie_domain: Option<&str>) {
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
