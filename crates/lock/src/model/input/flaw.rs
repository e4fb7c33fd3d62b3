//! What can be wrong with an entry.

/// The flaw of an e-mail address or of a phone number. The dialog has a text for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The field is empty.
    Blank,
    /// Of an address: it is not `local@domain`, because an `@` or a text beside it is missing, there is a space
    /// inside, or there are several addresses. Of a number: it contains letters, or has too few or too many
    /// digits.
    Malformed,
    /// The domain of an address has no ending: `nora@gmial`, `nora@gmial.`.
    NoEnding,
    /// The tenant refused it.
    Refused,
}
