//! The program from outside: what it says when it cannot start.

use std::{
    fs,
    net::TcpListener,
    process::{Command, Output},
};

fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    start_with("", arguments, environment)
}

/// Starts the program in a folder with pages and this file `.env`.
#[expect(clippy::expect_used, reason = "a test's helper")]
fn start_with(env_file: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().expect("there is room");
    fs::create_dir(folder.path().join("www")).expect("there is room");
    fs::write(folder.path().join(".env"), env_file).expect("there is room");
    Command::new(env!("CARGO_BIN_EXE_latchkey-sample-web-app"))
        .current_dir(folder.path())
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
fn the_file_says_what_the_environment_does_not() {
    let file = "# a tenant of one's own\nAUTH0_DOMAIN=http://me.auth0.com\n";
    assert_refuses(
        &start_with(file, &[], &[]),
        "\"http://me.auth0.com\" is plain http",
    );
    let environment = [("AUTH0_DOMAIN", "ftp://localhost")];
    assert_refuses(&start_with(file, &[], &environment), "\"ftp://localhost\"");
    let argument = ["--domain", "localhost/path"];
    assert_refuses(
        &start_with(file, &argument, &environment),
        "\"localhost/path\"",
    );
}

#[test]
fn each_missing_value_has_a_line_of_its_own() {
    let output = start_with("AUTH0_DOMAIN=me.auth0.com\nAUTH0_CLIENT_ID=\n", &[], &[]);
    let sentences = String::from_utf8_lossy(&output.stderr);
    let sentences: Vec<_> = sentences.lines().collect();
    assert_eq!(output.status.code(), Some(2), "{sentences:?}");
    assert_eq!(sentences.len(), 2, "{sentences:?}");
    assert!(sentences[0].contains("set AUTH0_CLIENT_ID to the Client ID"));
    assert!(sentences[1].contains("set AUTH0_CLIENT_SECRET to the Client Secret"));
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_not_shown() {
    let file = "PORT=3000\nAUTH0_CLIENT_SECRET my-own-secret\n";
    let output = start_with(file, &[], &[]);
    assert_refuses(&output, "line 2 is not of the form NAME=VALUE");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("my-own-secret"));
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
        "SESSION_SECRET",
        ".env",
        "--www",
        "--dist",
    ] {
        assert!(help.contains(name), "{name}");
    }
    assert!(!help.contains("my-own-secret"));
}
