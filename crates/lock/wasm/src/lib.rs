//! The WebAssembly module behind `Auth0LockPasswordless`: what `latchkey-lock` exports with its feature `js`.

pub use latchkey_lock::*;

#[cfg(target_arch = "wasm32")]
use lol_alloc::{FreeListAllocator, LockedAllocator};

/// Small rather than fast: what a dialog keeps are some hundred texts.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> =
    LockedAllocator::new(FreeListAllocator::new());
