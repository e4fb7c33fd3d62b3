//! Tests of the dependencies: a native Rust program that uses the core gets no crate that is for browsers.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    reason = "a helper of tests, which clippy does not see here"
)]

use std::process::Command;

/// The names of the crates that `cargo tree` lists.
fn tree(arguments: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--prefix", "none", "--format", "{p}"])
        .args(arguments)
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(
        output.status.success() && tree.starts_with("latchkey-webauth"),
        "{output:?}"
    );
    tree.lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn no_browser_crate_is_in_the_native_dependency_tree() {
    let arguments = [
        "--package",
        "latchkey-webauth",
        "--edges",
        "normal,build",
        "--all-features",
    ];
    let forbidden = [
        "wasm",
        "serde-wasm",
        "js-sys",
        "web-sys",
        "gloo",
        "getrandom",
    ];
    let found: Vec<_> = tree(&arguments)
        .into_iter()
        .filter(|name| forbidden.iter().any(|start| name.starts_with(start)))
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn no_serde_is_in_the_modules_that_the_javascript_sdk_ships() {
    for features in ["", "answers"] {
        let arguments = [
            "--package",
            "latchkey-webauth-wasm",
            "--target",
            "wasm32-unknown-unknown",
            "--edges",
            "normal,no-proc-macro",
            "--features",
            features,
        ];
        let names = tree(&arguments);
        assert!(names.iter().any(|name| name == "web-sys"), "{names:?}");
        let found: Vec<_> = names
            .into_iter()
            .filter(|name| name.starts_with("serde"))
            .collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
