//! A scripted environment for tests.
