//! Tests of the program with a data file, and with requests from other addresses.

#![cfg(unix)]

#[cfg(test)]
mod lasting {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::{TcpStream, ToSocketAddrs as _};
    use std::path::{Path, PathBuf};
    use std::process::{Child, Command, Stdio};

    fn program() -> Command {
        Command::new(env!("CARGO_BIN_EXE_latchkey-mock-tenant"))
    }

    /// A running tenant.
    struct Tenant {
        child: Child,
        port: String,
    }

    impl Tenant {
        fn start(args: &[&str]) -> Self {
            let mut child = program()
                .args(["--port", "0"])
                .args(args)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut line = String::new();
            let stdout = child.stdout.take().unwrap();
            BufReader::new(stdout).read_line(&mut line).unwrap();
            let port = line.trim().rsplit_once(':').unwrap().1.to_owned();
            Self { child, port }
        }

        /// Sends a request and returns the response's body.
        fn ask(&self, method: &str, path: &str, body: &str) -> serde_json::Value {
            let mut stream = TcpStream::connect(format!("127.0.0.1:{}", self.port)).unwrap();
            let length = body.len();
            write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            let (_, body) = answer.split_once("\r\n\r\n").unwrap();
            serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}"))
        }

        /// Ends the program, and returns its stderr.
        fn stop(mut self) -> String {
            let id = self.child.id().to_string();
            Command::new("kill").args(["-TERM", &id]).status().unwrap();
            let mut log = String::new();
            let mut stderr = self.child.stderr.take().unwrap();
            stderr.read_to_string(&mut log).unwrap();
            assert!(self.child.wait().unwrap().success(), "{log}");
            log
        }
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("latchkey-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    fn text(path: &Path) -> &str {
        path.to_str().unwrap()
    }

    #[test]
    fn the_state_survives_a_restart_and_can_be_exported() {
        let folder = folder("lasting");
        let export = folder.join("export.json");
        let args = ["--state", text(&folder)];
        let tenant = Tenant::start(&args);
        let ada = tenant.ask(
            "POST",
            "/_mock/users",
            r#"{"email": "ada@example.com", "name": "Ada"}"#,
        );
        tenant.ask(
            "POST",
            "/_mock/clients",
            r#"{"client_id": "shop", "name": "Shop"}"#,
        );
        tenant.ask("PATCH", "/_mock/settings", r#"{"friendly_name": "Ours"}"#);
        let keys = tenant.ask("GET", "/.well-known/jwks.json", "");
        tenant.stop();
        let tenant = Tenant::start(&["--state", text(&folder), "--export", text(&export)]);
        let users = tenant.ask("GET", "/_mock/users", "");
        assert_eq!(users[0]["user_id"], ada["user_id"]);
        let changed = tenant.ask(
            "PATCH",
            &format!(
                "/_mock/users/{}",
                ada["user_id"].as_str().unwrap().replace('|', "%7C")
            ),
            r#"{"blocked": true}"#,
        );
        assert_eq!(
            changed["blocked"], true,
            "people are found by their ids again"
        );
        assert_eq!(
            tenant.ask("GET", "/_mock/settings", "")["friendly_name"],
            "Ours"
        );
        assert_eq!(tenant.ask("GET", "/.well-known/jwks.json", ""), keys);
        let clients = tenant.ask("GET", "/_mock/clients", "");
        assert_eq!(clients[2]["client_id"], "shop");
        tenant.stop();
        let tenant = Tenant::start(&["--config", text(&export)]);
        assert_eq!(
            tenant.ask("GET", "/_mock/settings", "")["friendly_name"],
            "Ours"
        );
        tenant.stop();
        let left: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left.len(), 2, "nothing half-written is left: {left:?}");
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// Changes made before the process is killed are in the file.
    #[test]
    fn changes_are_written_while_the_program_runs() {
        let folder = folder("killed");
        let mut tenant = Tenant::start(&["--state", text(&folder)]);
        tenant.ask("PATCH", "/_mock/settings", r#"{"friendly_name": "Ours"}"#);
        let file = folder.join("tenant.json");
        let written = (0..600).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            std::fs::read_to_string(&file).is_ok_and(|text| text.contains("Ours"))
        });
        assert!(written);
        tenant.child.kill().unwrap();
        tenant.child.wait().unwrap();
        let tenant = Tenant::start(&["--state", text(&folder)]);
        assert_eq!(
            tenant.ask("GET", "/_mock/settings", "")["friendly_name"],
            "Ours"
        );
        tenant.stop();
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_damaged_file_is_named_and_kept() {
        let folder = folder("damaged");
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("tenant.json");
        for damage in [
            "{\"version\": 1, \"keys\"",
            "{}",
            "{\"version\": 9, \"keys\": [], \"config\": {}, \"users\": {\"known\": [], \"reserved\": []}}",
        ] {
            std::fs::write(&file, damage).unwrap();
            let output = program()
                .args(["--port", "0", "--state", text(&folder)])
                .output()
                .unwrap();
            let words = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{words}");
            assert!(
                words.contains("tenant.json") && words.contains("left as it is"),
                "{words}"
            );
            assert_eq!(words.trim().lines().count(), 1, "{words}");
            assert_eq!(std::fs::read_to_string(&file).unwrap(), damage);
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn documents_and_links_have_the_public_url() {
        let tenant = Tenant::start(&["--public-url", "https://tenant.example.com/"]);
        let found = tenant.ask("GET", "/.well-known/openid-configuration", "");
        assert_eq!(found["issuer"], "https://tenant.example.com/");
        assert_eq!(
            found["token_endpoint"],
            "https://tenant.example.com/oauth/token"
        );
        assert!(tenant.stop().contains("https://tenant.example.com"));
        for (args, expected) in [
            (["--public-url", "tenant.example.com"], "--public-url"),
            (
                ["--public-url", "https://tenant.example.com/a"],
                "--public-url",
            ),
            (["--control-token", "short"], "--control-token"),
        ] {
            let output = program().args(args).output().unwrap();
            let words = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2));
            assert!(words.contains(expected), "{words}");
        }
    }

    #[test]
    fn localhost_is_served_over_ipv6_if_the_machine_has_it() {
        let has_ipv6 = std::net::TcpListener::bind("[::1]:0").is_ok();
        let tenant = Tenant::start(&[]);
        let address = format!("[::1]:{}", tenant.port)
            .to_socket_addrs()
            .unwrap()
            .next()
            .unwrap();
        assert_eq!(TcpStream::connect(address).is_ok(), has_ipv6);
        tenant.stop();
    }

    #[test]
    fn a_log_in_a_file_has_no_colour_codes() {
        let tenant = Tenant::start(&["--seed", "1"]);
        tenant.ask("POST", "/_mock/clock", r#"{"advance_s": 181}"#);
        let log = tenant.stop();
        assert!(
            log.contains("--seed is set") && log.contains("clock is not the machine's"),
            "{log}"
        );
        assert!(!log.contains('\u{1b}'), "{log:?}");
    }
}
