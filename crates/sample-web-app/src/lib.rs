//! A regular web app that logs people in with a code by e-mail and handles the callback on its server.
