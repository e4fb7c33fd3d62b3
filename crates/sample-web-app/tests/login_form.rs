//! The program from outside: what it tells the tenant of a person, and what it writes on stderr.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

type Asked = Arc<Mutex<Vec<HeaderMap>>>;

/// A tenant that sends codes, takes none, and repeats in its refusal whatever it was given.
fn tenant(domain: &str, asked: Asked) -> Router {
    let discovery = json!({
        "issuer": format!("{domain}/"),
        "authorization_endpoint": format!("{domain}/authorize"),
        "token_endpoint": format!("{domain}/oauth/token"),
        "jwks_uri": format!("{domain}/jwks.json"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    let start = async move |headers: HeaderMap, Json(_): Json<Value>| {
        if let Ok(mut asked) = asked.lock() {
            asked.push(headers);
        }
        Json(json!({}))
    };
    let token = async |form: String| {
        let refusal = json!({"error": "invalid_grant", "error_description": form});
        (StatusCode::FORBIDDEN, Json(refusal))
    };
    Router::new()
        .route(
            "/.well-known/openid-configuration",
            get(async || Json(discovery)),
        )
        .route("/jwks.json", get(async || Json(json!({"keys": []}))))
        .route("/passwordless/start", post(start))
        .route("/oauth/token", post(token))
}

/// Ends with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill();
    }
}

fn send(port: &str, path: &str, cookie: &str, form: &str) -> io::Result<String> {
    let mut connection = TcpStream::connect(format!("127.0.0.1:{port}"))?;
    write!(
        connection,
        "POST {path} HTTP/1.1\r\nhost: localhost:{port}\r\nconnection: close\r\ncookie: {cookie}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    )?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn the_tenant_learns_the_persons_address_and_the_log_no_secret() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let domain = format!("http://{}", listener.local_addr().unwrap());
    let asked = Asked::default();
    let router = tenant(&domain, Arc::clone(&asked));
    runtime.spawn(async move { axum::serve(listener, router).await });

    let child = Command::new(env!("CARGO_BIN_EXE_latchkey-sample-web-app"))
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .env_clear()
        .args(["--www", concat!(env!("CARGO_MANIFEST_DIR"), "/../../www")])
        .args(["--port", "0", "--domain", &domain])
        .args(["--client-secret", "my-own-secret"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut app = Running(child.unwrap());
    let mut line = String::new();
    let mut stdout = BufReader::new(app.0.stdout.take().unwrap());
    stdout.read_line(&mut line).unwrap();
    let port = line.trim().rsplit(':').next().unwrap();

    let sent = send(port, "/login", "", "email=nora%40example.com").unwrap();
    assert!(sent.starts_with("HTTP/1.1 303"), "{sent}");
    assert_eq!(asked.lock().unwrap()[0]["auth0-forwarded-for"], "127.0.0.1");

    let mut cookies = sent.lines().filter_map(|l| l.strip_prefix("set-cookie: "));
    let cookie = cookies.next().unwrap().split(';').next().unwrap();
    for typed in ["90817263", "90817263x"] {
        let answer = send(port, "/login/code", cookie, &format!("code={typed}")).unwrap();
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert!(!answer.contains("90817263"), "{answer}");
    }

    app.0.kill().unwrap();
    let mut log = String::new();
    let mut stderr = app.0.stderr.take().unwrap();
    stderr.read_to_string(&mut log).unwrap();
    assert!(log.contains("the verification code is wrong"), "{log}");
    assert!(
        log.contains("what was typed is no verification code"),
        "{log}"
    );
    let id = cookie.split('=').nth(1).unwrap();
    for secret in ["90817263", "my-own-secret", "nora", id] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
