//! Line icons in the colour of the text. Their paths have a view box of 18 by 18.

use leptos::prelude::*;
use leptos::tachys::html::attribute::AttributeValue;

/// A circle with an exclamation mark.
pub(super) const WARNING: &str =
    "M9 2.4a6.6 6.6 0 1 1 0 13.2a6.6 6.6 0 1 1 0-13.2M9 5.6v4M9 12.2v.1";
/// A circle with a tick.
pub(super) const DONE: &str =
    "M9 2.4a6.6 6.6 0 1 1 0 13.2a6.6 6.6 0 1 1 0-13.2M6 9.2l2.1 2.1L12.2 7";
/// A circle with an i.
pub(super) const INFO: &str =
    "M9 2.4a6.6 6.6 0 1 1 0 13.2a6.6 6.6 0 1 1 0-13.2M9 12.4v-4M9 5.8v-.1";
/// An arrow towards the end of the line.
pub(super) const ARROW: &str = "M3.5 9h11M10 4.5L14.5 9L10 13.5";
/// A padlock.
pub(super) const LOCK: &str = "M4.6 8.2h8.8a1 1 0 0 1 1 1v4.6a1 1 0 0 1-1 1H4.6a1 1 0 0 1-1-1V9.2a1 1 0 0 1 1-1M6 8V5.8a3 3 0 0 1 6 0V8";
/// Two crossing strokes.
pub(super) const CLOSE: &str = "M4 4l10 10M14 4L4 14";
/// An arrow head towards the start of the line.
pub(super) const BACK: &str = "M11 3.5L5.5 9l5.5 5.5";
/// An envelope.
pub(super) const MAIL: &str = "M3.5 4.2h11a1.3 1.3 0 0 1 1.3 1.3v7a1.3 1.3 0 0 1-1.3 1.3h-11a1.3 1.3 0 0 1-1.3-1.3v-7a1.3 1.3 0 0 1 1.3-1.3M2.8 5.4L9 9.9l6.2-4.5";
/// A telephone.
pub(super) const PHONE: &str = "M6 2.2h6a1.3 1.3 0 0 1 1.3 1.3v11a1.3 1.3 0 0 1-1.3 1.3H6a1.3 1.3 0 0 1-1.3-1.3v-11A1.3 1.3 0 0 1 6 2.2M8.2 13.3h1.6";

/// An icon with this path, which may depend on the view model. Screen readers ignore it.
pub(super) fn icon(path: impl AttributeValue) -> AnyView {
    view! {
        <svg class="lk-icon" aria-hidden="true" viewBox="0 0 18 18">
            <path d=path />
        </svg>
    }
    .into_any()
}
