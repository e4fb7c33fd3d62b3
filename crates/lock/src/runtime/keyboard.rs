//! Keeps the dialog above an on-screen keyboard that covers the page instead of shrinking it.

use latchkey_webauth::text::digits;

use crate::browser::{Listener, window};
use crate::page::{Dom, paint};

/// Listens for keyboards. `None` in a browser that has none, or does not tell.
pub(super) fn watch(root: &Dom) -> Option<Listener> {
    let viewport = window()?.visual_viewport()?;
    let (root, view) = (root.clone(), viewport.clone());
    let resized = move |_| lift(&root, view.height());
    Some(Listener::new(&viewport, "resize", Box::new(resized)))
}

/// The page is visible down to that height.
#[expect(
    clippy::cast_possible_truncation,
    reason = "heights in pixels; and printing a float takes ten times the code"
)]
fn lift(root: &Dom, visible_height: f64) {
    let height = window().map_or(visible_height, |window| window.height());
    let covered = (height - visible_height) as i32;
    // Below this it is a browser bar that slides, or rounding.
    let covered = if covered > 100 { covered } else { 0 };
    paint(root, "--lk-keyboard", &[&digits(covered), "px"].concat());
    // The button stands right under the field.
    if covered > 0
        && let Some(button) = root.find(".lk-submit")
    {
        button.scroll_into_view_with_bool(false);
    }
}
