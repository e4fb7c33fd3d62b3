//! Start-up; written by its crate.
fn main() {}
