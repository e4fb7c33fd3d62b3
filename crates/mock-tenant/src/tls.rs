//! TLS with the tenant's own certificate authority, so that secure cookies and cross-site requests can be tested.
//!
//! The authority exists only in this process, and its key is never written. So a browser that trusts it trusts nobody else.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType,
};
use time::OffsetDateTime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// The host names in the certificate, besides the loopback addresses.
const NAMES: [&str; 4] = [
    "localhost",
    "login.localhost",
    "tenant.localhost",
    "app.localhost",
];
/// The lifetime of the certificates in days. Browsers accept no longer one.
const LIFE_DAYS: i64 = 397;
/// A certificate and the authority that has signed it.
#[derive(Debug, Clone)]
pub struct Tls {
    ca_pem: String,
    config: Arc<ServerConfig>,
}

/// Why a certificate could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// The certificates could not be made.
    #[error("the certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// rustls does not accept the certificates.
    #[error("the certificate cannot be used: {0}")]
    Config(#[from] tokio_rustls::rustls::Error),
    /// The clock is out of range.
    #[error("the machine's clock is out of range: {0}")]
    Clock(#[from] time::error::ComponentRange),
}

impl Tls {
    /// Makes an authority and a certificate for this machine's names, valid from a day before `now_ms` (milliseconds since
    /// the epoch).
    pub fn new(now_ms: u64) -> Result<Self, TlsError> {
        let today = i64::try_from(now_ms / 1_000).unwrap_or(i64::MAX);
        let day_s = 86_400;
        let from = OffsetDateTime::from_unix_timestamp(today.saturating_sub(day_s))?;
        let until = OffsetDateTime::from_unix_timestamp(today.saturating_add(LIFE_DAYS * day_s))?;
        let named = |names: &[&str], title: &str| -> Result<CertificateParams, TlsError> {
            let names: Vec<String> = names.iter().map(ToString::to_string).collect();
            let mut params = CertificateParams::new(names)?;
            params.distinguished_name.push(DnType::CommonName, title);
            (params.not_before, params.not_after) = (from, until);
            Ok(params)
        };

        let mut authority = named(&[], "Latchkey mock tenant: authority of one run")?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let authority_key = KeyPair::generate()?;
        let ca_pem = authority.self_signed(&authority_key)?.pem();
        let issuer = Issuer::new(authority, authority_key);

        let mut leaf = named(&NAMES, "Latchkey mock tenant")?;
        for ip in [
            IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(Ipv6Addr::LOCALHOST),
        ] {
            leaf.subject_alt_names.push(SanType::IpAddress(ip));
        }
        leaf.use_authority_key_identifier_extension = true;
        leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let leaf_key = KeyPair::generate()?;
        let certificate = leaf.signed_by(&leaf_key, &issuer)?;

        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            ca_pem,
            config: Arc::new(config),
        })
    }

    /// The certificate of the authority in PEM, which callers have to trust.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The acceptor of TLS connections.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config))
    }
}
