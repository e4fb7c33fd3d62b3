//! The position of the caret in the code's field, which decides which of the drawn slots are highlighted.

use leptos::web_sys::HtmlInputElement;

/// The position of the caret or the selection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Caret {
    start: usize,
    end: usize,
    /// The length of the code at that time. When the dialog changes the code, the browser moves the caret to
    /// its end.
    length: usize,
}

impl Caret {
    /// The position in `input`.
    pub(super) fn of(input: &HtmlInputElement) -> Self {
        let place = |place: Option<u32>| place.map_or(0, |place| place as usize);
        Self {
            start: place(input.selection_start().unwrap_or_default()),
            end: place(input.selection_end().unwrap_or_default()),
            length: input.value().len(),
        }
    }

    /// Whether the caret is at `slot` of `count` slots, for a code of `length` digits.
    pub(super) fn is_at(self, slot: usize, count: usize, length: usize) -> bool {
        let (start, end) = if self.length == length {
            (self.start, self.end)
        } else {
            (length, length)
        };
        // After the last digit there is no slot.
        let start = start.min(count.saturating_sub(1));
        (start..end.max(start + 1)).contains(&slot)
    }
}
