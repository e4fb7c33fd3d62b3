//! The classes behind the JavaScript facade in `js/`. They convert and delegate; nothing is decided here.
