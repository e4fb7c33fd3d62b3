//! TLS: only callers that trust the CA can connect, and cookies are `Secure`.

use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::clock::{Clock as _, SystemClock};
use crate::{AppState, Options, Tls, serve_tls};

async fn start() -> (u16, Tls) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let tls = Tls::new(SystemClock.now_ms()).unwrap();
    let state = AppState::new(Options {
        ca_pem: Some(tls.ca_pem().to_owned()),
        ..Options::new(format!("https://localhost:{port}"))
    });
    let served = tls.clone();
    tokio::spawn(async move { serve_tls(listener, &served, state.unwrap()).await });
    (port, tls)
}

/// Sends one request of a caller that trusts `ca`.
async fn get(
    port: u16,
    ca: Option<&str>,
    name: &str,
    path: &str,
) -> Result<String, std::io::Error> {
    let mut roots = RootCertStore::empty();
    if let Some(ca) = ca {
        let certificate = CertificateDer::from_pem_slice(ca.as_bytes()).unwrap();
        roots.add(certificate).unwrap();
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let connector = TlsConnector::from(Arc::new(config));
    let mut stream = connector.connect(name, stream).await?;
    let request =
        format!("GET {path} HTTP/1.1\r\nhost: localhost:{port}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[tokio::test]
async fn callers_that_trust_the_ca_are_served_by_every_name() {
    let (port, tls) = start().await;
    for name in ["localhost", "login.localhost", "127.0.0.1", "::1"] {
        let answer = get(
            port,
            Some(tls.ca_pem()),
            name,
            "/.well-known/openid-configuration",
        )
        .await;
        let answer = answer.unwrap();
        assert!(
            answer.contains(&format!("\"issuer\":\"https://localhost:{port}/\"")),
            "{answer}"
        );
    }
    // The control API knows the caller's IP address over TLS, too.
    let answer = get(port, Some(tls.ca_pem()), "localhost", "/_mock/ca.pem")
        .await
        .unwrap();
    assert!(answer.ends_with(tls.ca_pem()), "{answer}");
}

#[tokio::test]
async fn other_callers_get_no_connection_and_block_nobody() {
    let (port, tls) = start().await;
    assert!(get(port, None, "localhost", "/").await.is_err());
    let other = Tls::new(SystemClock.now_ms()).unwrap();
    assert!(
        get(port, Some(other.ca_pem()), "localhost", "/")
            .await
            .is_err()
    );
    assert!(
        get(port, Some(tls.ca_pem()), "example.com", "/")
            .await
            .is_err()
    );
    let _silent = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    assert!(
        get(port, Some(tls.ca_pem()), "localhost", "/")
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn cookies_are_secure_and_may_cross_sites() {
    let (port, tls) = start().await;
    let path = "/authorize?client_id=latchkey-web&response_type=code";
    let answer = get(port, Some(tls.ca_pem()), "localhost", path)
        .await
        .unwrap();
    assert!(
        answer.contains("HttpOnly; SameSite=None; Secure"),
        "{answer}"
    );
}

#[tokio::test]
async fn without_tls_there_is_no_ca() {
    let reply = super::tenant::Tenant::new().get("/_mock/ca.pem", &[]).await;
    assert_eq!(reply.status, 404);
    assert!(reply.text.contains("--tls"));
}

/// Over TLS there is a copy of the cookie `auth0` for browsers that do not know `SameSite=None`.
#[test]
fn the_session_cookie_has_a_compat_copy_for_old_browsers() {
    use crate::endpoints::login::{session_cookie, set_session_cookie};
    let set = |is_secure| {
        let mut headers = axum::http::HeaderMap::new();
        set_session_cookie(&mut headers, is_secure, "id", 60);
        let cookies = headers.get_all("set-cookie").iter();
        cookies
            .map(|value| value.to_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        set(true),
        [
            "auth0=id; Path=/; Max-Age=60; HttpOnly; SameSite=None; Secure",
            "auth0_compat=id; Path=/; Max-Age=60; HttpOnly; Secure"
        ]
    );
    assert_eq!(
        set(false),
        ["auth0=id; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"]
    );
    let mut shown = axum::http::HeaderMap::new();
    shown.insert("cookie", "auth0_compat=id".parse().unwrap());
    assert_eq!(session_cookie(&shown).as_deref(), Some("id"));
}
