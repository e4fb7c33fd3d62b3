//! The tenant as OpenID provider: discovery and keys, asked when first needed and kept; the exchange of a code.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::{
    AdditionalProviderMetadata, AuthType, AuthorizationCode, ClientId, ClientSecret,
    ConfigurationError, DiscoveryError, IssuerUrl, PkceCodeVerifier, ProviderMetadata, RedirectUrl,
    RequestTokenError, StandardErrorResponse, TokenResponse,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod,
        CoreErrorResponseType, CoreGrantType, CoreIdToken, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode,
        CoreResponseType, CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};

use crate::{
    config::Settings,
    http::{HttpError, TenantHttp},
};

/// How long discovery and keys are used before they are asked for again.
pub const METADATA_LIFE: TimeDelta = TimeDelta::hours(1);

/// How long after one look at the keys an unknown key id may cause the next.
pub const REFETCH_INTERVAL: TimeDelta = TimeDelta::seconds(10);

/// What discovery tells, with the keys.
pub type Metadata = ProviderMetadata<
    IssuerInResponse,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// The part of discovery that RFC 9207 adds.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct IssuerInResponse {
    /// Whether each authorization response names its issuer. Default false, as at Auth0.
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for IssuerInResponse {}

/// Why the tenant could not be worked with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TenantError {
    /// `unauthorized_client`, `invalid_client`, `access_denied`: wrong id, secret, grant or callback URL.
    #[error("the tenant refuses this app: {0:?}")]
    ClientRefused(String),
    /// `invalid_grant`: the code is used, too old, or not for this app.
    #[error("the tenant refuses the authorization code")]
    CodeRefused,
    /// No answer, or a failure of the server.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Discovery gives another issuer than the domain's.
    #[error("the tenant calls itself by another name than its domain")]
    OtherIssuer,
    /// Too many requests.
    #[error("the tenant asks to slow down")]
    RateLimited,
    /// Any other error code.
    #[error("the token endpoint answered with the error {0:?}")]
    Refused(String),
    /// Not the JSON that the standard asks for.
    #[error("the tenant's answer cannot be read")]
    Unreadable,
}

/// The tenant.
#[derive(Debug)]
pub struct Tenant {
    pub(crate) http: TenantHttp,
    kept: Mutex<Option<(Arc<Metadata>, DateTime<Utc>)>>,
}

impl Tenant {
    /// A tenant not asked yet.
    #[must_use]
    pub fn new(http: TenantHttp) -> Self {
        Self {
            http,
            kept: Mutex::new(None),
        }
    }

    /// Discovery and keys, kept for [`METADATA_LIFE`].
    pub async fn metadata(
        &self,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Arc<Metadata>, TenantError> {
        self.metadata_younger_than(METADATA_LIFE, settings, now)
            .await
    }

    /// Discovery and keys anew, for a key id that the kept ones lack; at most once per [`REFETCH_INTERVAL`].
    pub async fn refetch(
        &self,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Arc<Metadata>, TenantError> {
        self.metadata_younger_than(REFETCH_INTERVAL, settings, now)
            .await
    }

    /// Asks for discovery whatever is kept, to see whether the tenant answers.
    pub async fn probe(&self, settings: &Settings, now: DateTime<Utc>) -> Result<(), TenantError> {
        self.metadata_younger_than(TimeDelta::zero(), settings, now)
            .await
            .map(drop)
    }

    /// Redeems an authorization code with the client's secret and the code verifier.
    pub async fn exchange(
        &self,
        settings: &Settings,
        metadata: &Metadata,
        code: String,
        code_verifier: String,
    ) -> Result<CoreIdToken, TenantError> {
        let secret = ClientSecret::new(settings.client_secret.secret().to_owned());
        let redirect_uri = RedirectUrl::new(settings.base_url.redirect_uri())
            .map_err(|_| TenantError::Unreadable)?;
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(settings.client_id.clone()),
            Some(secret),
        )
        // `client_secret_post` is what Auth0 sets for a new regular web app.
        .set_auth_type(AuthType::RequestBody)
        .set_redirect_uri(redirect_uri);
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_: ConfigurationError| TenantError::Unreadable)?
            .set_pkce_verifier(PkceCodeVerifier::new(code_verifier))
            .request_async(&self.http)
            .await
            .map_err(exchange_error)?;
        answer.id_token().cloned().ok_or(TenantError::Unreadable)
    }

    async fn metadata_younger_than(
        &self,
        age: TimeDelta,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Arc<Metadata>, TenantError> {
        if let Some((metadata, at)) = self.kept().clone()
            && (now - at).abs() < age
        {
            return Ok(metadata);
        }
        let issuer =
            IssuerUrl::new(settings.domain.issuer()).map_err(|_| TenantError::OtherIssuer)?;
        let metadata = Metadata::discover_async(issuer, &self.http)
            .await
            .map_err(discovery_error)?;
        let metadata = Arc::new(metadata);
        *self.kept() = Some((Arc::clone(&metadata), now));
        Ok(metadata)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Option<(Arc<Metadata>, DateTime<Utc>)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn discovery_error(error: DiscoveryError<HttpError>) -> TenantError {
    match error {
        DiscoveryError::Request(cause) => cause.into(),
        DiscoveryError::Response(status, ..) => HttpError::Status(status).into(),
        DiscoveryError::Validation(_) => TenantError::OtherIssuer,
        _ => TenantError::Unreadable,
    }
}

type ExchangeError = RequestTokenError<HttpError, StandardErrorResponse<CoreErrorResponseType>>;

fn exchange_error(error: ExchangeError) -> TenantError {
    let answer = match error {
        RequestTokenError::ServerResponse(answer) => answer,
        RequestTokenError::Request(cause) => return cause.into(),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            return TenantError::Unreadable;
        }
    };
    let code = answer.error().as_ref();
    match code {
        "invalid_grant" => TenantError::CodeRefused,
        "access_denied" | "invalid_client" | "unauthorized_client" => {
            TenantError::ClientRefused(code.to_owned())
        }
        "too_many_attempts" | "too_many_requests" => TenantError::RateLimited,
        _ => TenantError::Refused(code.to_owned()),
    }
}
