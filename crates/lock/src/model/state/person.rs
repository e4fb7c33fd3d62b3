//! The person who logs in, as far as the page knows.

/// The person behind an e-mail address, as far as the page knows (`avatar`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The address. Empty: the page was asked about no address.
    pub email: String,
    /// Address of a picture that was loaded. Empty: there is none.
    pub image: String,
    /// The person's name. Empty: it is not known.
    pub name: String,
}
