//! The program from outside: what it says when it cannot start.

use std::{
    net::TcpListener,
    process::{Command, Output},
};

#[expect(clippy::expect_used, reason = "a test's helper")]
fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latchkey-sample-web-app"))
        .current_dir("../..")
        .env_clear()
        .envs(environment.iter().copied())
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn assert_refuses(output: &Output, says: &str) {
    let sentence = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{sentence}");
    assert!(sentence.contains(says), "{sentence}");
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_taken_port_is_one_sentence_and_status_2() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    assert_refuses(
        &start(&["--port", &port], &[]),
        "another program uses that port",
    );
    assert_refuses(
        &start(&[], &[("PORT", &port)]),
        "another program uses that port",
    );
}

#[test]
fn a_bad_setting_is_one_sentence_and_status_2() {
    assert_refuses(&start(&["--port", "many"], &[]), "--port");
    assert_refuses(
        &start(&[], &[("AUTH0_DOMAIN", "http://me.auth0.com")]),
        "AUTH0_DOMAIN",
    );
    assert_refuses(&start(&["--www", "nowhere"], &[]), "nowhere");
}

#[test]
fn help_names_each_setting_and_shows_no_secret() {
    let output = start(&["--help"], &[("AUTH0_CLIENT_SECRET", "my-own-secret")]);
    let help = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    for name in [
        "--port",
        "--domain",
        "AUTH0_CLIENT_ID",
        "AUTH0_CLIENT_SECRET",
        "BASE_URL",
        "--www",
        "--dist",
    ] {
        assert!(help.contains(name), "{name}");
    }
    assert!(!help.contains("my-own-secret"));
}
