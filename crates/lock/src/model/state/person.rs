//! The person who logs in, as far as the page knows.

/// The owner of an e-mail address, as far as the page knows (`avatar`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The address. Empty if the page was not asked.
    pub email: String,
    /// Address of a picture that has loaded. Empty if there is none.
    pub image: String,
    /// The person's name. Empty if it is not known.
    pub name: String,
}
