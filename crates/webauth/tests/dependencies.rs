//! The core is for every Rust program: outside browsers no crate of the browser comes with it.
#![cfg(not(target_arch = "wasm32"))]

use std::process::Command;

#[test]
fn no_browser_crate_is_in_the_native_dependency_tree() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--package",
            "latchkey-webauth",
            "--edges",
            "normal,build",
        ])
        .args(["--all-features", "--prefix", "none", "--format", "{p}"])
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(
        output.status.success() && tree.starts_with("latchkey-webauth "),
        "{output:?}"
    );
    let forbidden = ["wasm", "js-sys", "web-sys", "gloo", "getrandom"];
    let found: Vec<_> = tree
        .lines()
        .filter(|line| forbidden.iter().any(|name| line.starts_with(name)))
        .collect();
    assert!(found.is_empty(), "{found:?}");
}
