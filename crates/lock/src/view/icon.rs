//! Line icons, drawn in the text's colour.

use super::element::{El, el};
pub(super) use crate::icon::{ARROW, DONE, INFO, LOCK, WARNING};
use crate::model::ViewModel;

/// Two crossing strokes.
pub(super) const CLOSE: &str = "M4 4l10 10M14 4L4 14";
/// An arrow head towards the start of the line.
pub(super) const BACK: &str = "M11 3.5L5.5 9l5.5 5.5";
/// An envelope.
pub(super) const MAIL: &str = "M3.5 4.2h11a1.3 1.3 0 0 1 1.3 1.3v7a1.3 1.3 0 0 1-1.3 1.3h-11a1.3 1.3 0 0 1-1.3-1.3v-7a1.3 1.3 0 0 1 1.3-1.3M2.8 5.4L9 9.9l6.2-4.5";
/// A telephone.
pub(super) const PHONE: &str = "M6 2.2h6a1.3 1.3 0 0 1 1.3 1.3v11a1.3 1.3 0 0 1-1.3 1.3H6a1.3 1.3 0 0 1-1.3-1.3v-11A1.3 1.3 0 0 1 6 2.2M8.2 13.3h1.6";

/// The icon of `path`. Says nothing to screen readers.
pub(super) fn icon(path: &str) -> El {
    frame(el("path").attr("d", path))
}

/// The icon of a path that follows the view model.
pub(super) fn icon_of(path: fn(&ViewModel) -> &str) -> El {
    frame(el("path").attr_of("d", path))
}

fn frame(path: El) -> El {
    el("svg.lk-icon aria-hidden=true")
        .attr("viewBox", "0 0 18 18")
        .child(path)
}
