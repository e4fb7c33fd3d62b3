//! The shapes of line icons that the dialog and its first screen from a server have in common: paths in a square of 18.

/// A circle with an exclamation mark.
pub(crate) const WARNING: &str =
    "M9 2.4a6.6 6.6 0 1 1 0 13.2a6.6 6.6 0 1 1 0-13.2M9 5.6v4M9 12.2v.1";
/// A circle with a tick.
pub(crate) const DONE: &str =
    "M9 2.4a6.6 6.6 0 1 1 0 13.2a6.6 6.6 0 1 1 0-13.2M6 9.2l2.1 2.1L12.2 7";
/// A circle with an i.
pub(crate) const INFO: &str =
    "M9 2.4a6.6 6.6 0 1 1 0 13.2a6.6 6.6 0 1 1 0-13.2M9 12.4v-4M9 5.8v-.1";
/// An arrow towards the end of the line.
pub(crate) const ARROW: &str = "M3.5 9h11M10 4.5L14.5 9L10 13.5";
/// A padlock.
pub(crate) const LOCK: &str = "M4.6 8.2h8.8a1 1 0 0 1 1 1v4.6a1 1 0 0 1-1 1H4.6a1 1 0 0 1-1-1V9.2a1 1 0 0 1 1-1M6 8V5.8a3 3 0 0 1 6 0V8";
