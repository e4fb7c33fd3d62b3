//! The target of a first screen's form, which a program gives to a screen that it renders on a server.

/// The target of a first screen's form. It is submitted if the script has not loaded, or if scripts are
/// disabled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct FormTarget {
    /// The address on the app's server.
    pub action: String,
    /// Hidden fields, by name and value.
    pub fields: Vec<(String, String)>,
}
