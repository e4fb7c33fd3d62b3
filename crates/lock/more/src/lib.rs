//! The WebAssembly module behind `lock.more.js`: the SDK, as `latchkey-webauth` exports it with its
//! feature `js`, and what the dialog knows of mail services.

use wasm_bindgen::prelude::wasm_bindgen;

pub use latchkey_webauth::*;

/// The address that somebody probably meant who typed `email`.
#[must_use]
#[wasm_bindgen]
pub fn suggest(email: &str) -> Option<String> {
    latchkey_lock::model::suggest(email)
}

/// Where the owner of `email` reads mail: the page's address, a blank, its name.
#[must_use]
#[wasm_bindgen]
pub fn webmail(email: &str) -> Option<String> {
    latchkey_lock::model::webmail(email).map(|(name, page)| [&*page, " ", &*name].concat())
}

#[cfg(target_arch = "wasm32")]
use lol_alloc::{FreeListAllocator, LockedAllocator};

/// The same as in the SDK's own module, for the same reason.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> =
    LockedAllocator::new(FreeListAllocator::new());
