//! The logins that the dialog remembers for the next time.

use crate::model::state::recipient::LastLogin;

/// The remembered login, and the one that it is swapped with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Logins {
    /// The last login, if it is remembered.
    pub last: Option<LastLogin>,
    /// The login that is swapped with `last`: the one remembered before this login began, or the one to
    /// remember once this login is done.
    pub other: Option<LastLogin>,
}

impl Logins {
    /// Swaps the two. A second call undoes the swap.
    pub(in crate::model) fn swap(&mut self) {
        std::mem::swap(&mut self.last, &mut self.other);
    }
}
