//! Tests of the program: its output, its errors at the start, and its end.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_latchkey-mock-tenant"))
}

fn refusal(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(text.lines().count(), 1, "one sentence: {text}");
    text
}

#[test]
fn a_taken_port_is_reported_in_one_sentence_with_status_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let text = refusal(&program().args(["--port", &port]).output().unwrap());
    assert!(
        text.contains(&format!("port {port} is taken")) && text.contains("--port"),
        "{text}"
    );
}

/// Configuration files: the name, the content, and a part of the error.
const CONFIGURATION_ERRORS: [(&str, &str, &str); 14] = [
    (
        "bad.toml",
        "[[clients]]\nclient_id = \"a\"\ncallbacks = [\"nonsense\"]\n",
        "clients[0].callbacks[0]",
    ),
    (
        "bad.json",
        "{\"tenant\": {\"session_lifetime\": \"long\"}}",
        "tenant.session_lifetime",
    ),
    ("broken.toml", "[tenant]\nname = \n", "is not valid TOML"),
    ("broken.json", "{", "is not valid JSON"),
    ("bad.yaml", "", ".toml or .json"),
    ("list.json", "[]", "must be an object with the sections"),
    (
        "text.json",
        "\"text\"",
        "must be an object with the sections",
    ),
    (
        "nothing.json",
        "null",
        "must be an object with the sections",
    ),
    (
        "type.json",
        "{\"clients\": 7}",
        "`clients` has the wrong type or value: invalid type: integer `7`; write a list in [ ]",
    ),
    (
        "port.json",
        "{\"email_provider\": {\"credentials\": {\"smtp_port\": 99999}}}",
        "email_provider.credentials.smtp_port` has the wrong type or value: invalid value: integer `99999`; write a whole number from 0 to 65535",
    ),
    (
        "strategy.toml",
        "[[connections]]\nname = \"email\"\nstrategy = \"pigeon\"\n",
        "connections[0].strategy",
    ),
    (
        "user.json",
        "{\"users\": [{\"email\": \"nobody\"}]}",
        "users[0].email` is not valid: nobody; write it as ada@example.com",
    ),
    (
        "origin.toml",
        "[[clients]]\nclient_id = \"a\"\nweb_origins = [\"https://a.example.com/x\"]\n",
        "write scheme, host and port alone: https://a.example.com",
    ),
    (
        "key.json",
        "{\"clients\": [{\"client_id\": \"a\", \"token_endpoint_auth_method\": \"private_key_jwt\"}]}",
        "needs a public key",
    ),
];

#[test]
fn a_configuration_error_names_file_and_field() {
    let folder = std::env::temp_dir().join(format!("latchkey-mock-tenant-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, content, expected) in CONFIGURATION_ERRORS {
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        let output = program().arg("--config").arg(&path).output().unwrap();
        let text = refusal(&output);
        assert!(text.contains(expected) && text.contains(name), "{text}");
    }
    let output = program()
        .args(["--config", "nowhere.toml"])
        .output()
        .unwrap();
    assert!(refusal(&output).contains("nowhere.toml"));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn an_app_url_with_a_path_is_refused() {
    let output = program()
        .args(["--app-url", "http://localhost:3000/app"])
        .output()
        .unwrap();
    assert!(refusal(&output).contains("--app-url"));
}

#[cfg(unix)]
#[test]
fn the_program_prints_its_url_and_ends_at_once_with_an_open_stream() {
    use std::io::Write as _;
    let mut child = program()
        .args(["--port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .trim()
        .strip_prefix("listening on http://localhost:")
        .unwrap();
    let mut stream = std::net::TcpStream::connect(format!("127.0.0.1:{address}")).unwrap();
    stream
        .write_all(b"GET /_mock/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    let mut status = String::new();
    BufReader::new(&stream).read_line(&mut status).unwrap();
    assert_eq!(status.trim(), "HTTP/1.1 200 OK");
    Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    let ended = (0..600).find_map(|_| {
        std::thread::sleep(Duration::from_millis(50));
        child.try_wait().unwrap()
    });
    assert!(
        ended
            .expect("it should end, however slow the machine")
            .success()
    );
}

#[cfg(test)]
#[cfg(unix)]
mod secrets {
    use super::*;

    /// Sends a request on a new connection, and returns status line, headers and body.
    fn ask(port: &str, method: &str, path: &str, headers: &str, body: &str) -> String {
        use std::io::{Read as _, Write as _};
        let mut stream = std::net::TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
        let length = body.len();
        write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: localhost:{port}\r\nconnection: close\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// The text between `before` and the next `after`.
    fn between(text: &str, before: &str, after: &str) -> String {
        let (_, rest) = text
            .split_once(before)
            .unwrap_or_else(|| panic!("no {before} in {text}"));
        rest.split_once(after).unwrap().0.to_owned()
    }

    /// Logs in with a code, and redeems the authorization code. Returns all secrets and the address.
    fn log_in(port: &str) -> Vec<String> {
        let app = "origin: http://localhost:3000\r\n";
        let start = r#"{"client_id":"latchkey-web","connection":"email","email":"ada@example.com","send":"code","authParams":{}}"#;
        ask(port, "POST", "/passwordless/start", app, start);
        let outbox = ask(port, "GET", "/_mock/outbox", "", "");
        let code = between(&outbox, "\"code\":\"", "\"");
        let body = format!(
            r#"{{"client_id":"latchkey-web","credential_type":"http://auth0.com/oauth/grant-type/passwordless/otp","username":"ada@example.com","otp":"{code}","realm":"email"}}"#
        );
        let answer = ask(port, "POST", "/co/authenticate", app, &body);
        let ticket = between(&answer, "\"login_ticket\":\"", "\"");
        let browser = between(&answer, "auth0_co=", ";");
        let path = format!(
            "/authorize?client_id=latchkey-web&response_type=code&scope=openid%20offline_access&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback&realm=email&login_ticket={ticket}"
        );
        let cookie = format!("cookie: auth0_co={browser}\r\n");
        let redirect = ask(port, "GET", &path, &cookie, "");
        let grant = between(&redirect, "callback?code=", "\r\n");
        let session = between(&redirect, "auth0=", ";");
        let body = format!(
            r#"{{"grant_type":"authorization_code","client_id":"latchkey-web","client_secret":"latchkey-web-secret","code":"{grant}","redirect_uri":"http://localhost:3000/callback"}}"#
        );
        let tokens = ask(port, "POST", "/oauth/token", "", &body);
        let access = between(&tokens, "\"access_token\":\"", "\"");
        let refresh = between(&tokens, "\"refresh_token\":\"", "\"");
        let known = ["latchkey-web-secret", "ada@example.com"].map(str::to_owned);
        let secrets = [code, ticket, browser, grant, session, access, refresh];
        secrets.into_iter().chain(known).collect()
    }

    #[test]
    fn the_request_log_contains_no_secret() {
        use std::io::Read as _;
        let mut child = program()
            .args(["--port", "0", "--verbose"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut printed = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        printed.read_line(&mut line).unwrap();
        let port = line.trim().rsplit_once(':').unwrap().1.to_owned();
        let secrets = log_in(&port);
        Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status()
            .unwrap();
        let mut log = line;
        printed.read_to_string(&mut log).unwrap();
        let mut errors = child.stderr.take().unwrap();
        errors.read_to_string(&mut log).unwrap();
        child.wait().unwrap();
        assert!(log.contains("POST /co/authenticate -> 200"), "{log}");
        for secret in secrets {
            assert!(!log.contains(&secret), "{secret} in {log}");
        }
    }
}
