//! A passwordless login dialog for web pages.
