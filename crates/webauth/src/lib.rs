//! Passwordless login against an Auth0 tenant, from the browser.
