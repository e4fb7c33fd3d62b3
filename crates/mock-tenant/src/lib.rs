//! An Auth0 passwordless tenant on one's own machine, for tests and development.
