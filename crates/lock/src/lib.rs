//! A passwordless login dialog for web pages.

pub mod i18n;
pub mod model;
