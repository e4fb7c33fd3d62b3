//! The tenant as an OpenID provider. Discovery and keys are loaded when they are first needed, and kept. The module also
//! exchanges authorization codes.

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

/// How long discovery and keys are used before they are loaded again.
pub const METADATA_LIFE: TimeDelta = TimeDelta::hours(1);

/// The least time between two loads of the keys that an unknown key id causes.
pub const REFETCH_INTERVAL: TimeDelta = TimeDelta::seconds(10);

/// The contents of the discovery document, with the keys.
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

/// The member that RFC 9207 adds to the discovery document.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct IssuerInResponse {
    /// Whether each authorization response names its issuer. Default: false, as for Auth0.
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for IssuerInResponse {}

/// The reason why a request to the tenant failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TenantError {
    /// `unauthorized_client`, `invalid_client`, `access_denied`: the client ID, the secret, the grant or the callback URL is
    /// wrong.
    #[error("the tenant refuses this app: {0:?}")]
    ClientRefused(String),
    /// `invalid_grant`: the code was used before, has expired, or is not for this app.
    #[error("the tenant refuses the authorization code")]
    CodeRefused,
    /// There is no usable response, or the server failed.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Discovery names another issuer than the domain's.
    #[error("the tenant calls itself by another name than its domain")]
    OtherIssuer,
    /// The app sent too many requests.
    #[error("the tenant asks to slow down")]
    RateLimited,
    /// Any other error code.
    #[error("the token endpoint answered with the error {0:?}")]
    Refused(String),
    /// The response is not the JSON that the standard requires.
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
    /// A tenant whose discovery has not been loaded.
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

    /// Loads discovery and keys again, for a key id that is not among the kept keys. At most once per
    /// [`REFETCH_INTERVAL`].
    pub async fn refetch(
        &self,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Arc<Metadata>, TenantError> {
        self.metadata_younger_than(REFETCH_INTERVAL, settings, now)
            .await
    }

    /// Loads discovery even if it is kept, to find out whether the tenant responds.
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
        // Auth0 sets `client_secret_post` for a new regular web app.
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
