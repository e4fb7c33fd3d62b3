//! The WebAssembly module behind `WebAuth`: what `latchkey-webauth` exports with its feature `js`.

pub use latchkey_webauth::*;

#[cfg(target_arch = "wasm32")]
use lol_alloc::{FreeListAllocator, LockedAllocator};

/// The standard allocator is a twentieth of the module, and made for heaps a thousand times larger.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> =
    LockedAllocator::new(FreeListAllocator::new());
