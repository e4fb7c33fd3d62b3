//! The program itself: what it prints, how it refuses to start, how it ends.

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
fn a_taken_port_is_one_sentence_and_status_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let text = refusal(&program().args(["--port", &port]).output().unwrap());
    assert!(
        text.contains(&format!("port {port} is taken")) && text.contains("--port"),
        "{text}"
    );
}

#[test]
fn a_bad_configuration_names_file_and_field() {
    let folder = std::env::temp_dir().join(format!("latchkey-mock-tenant-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, content, expected) in [
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
    ] {
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
fn it_says_where_it_listens_and_ends_at_once_with_an_open_stream() {
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
    let ended = (0..40).find_map(|_| {
        std::thread::sleep(Duration::from_millis(50));
        child.try_wait().unwrap()
    });
    assert!(ended.expect("it should end within two seconds").success());
}
