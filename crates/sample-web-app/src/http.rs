//! Sends requests to the tenant: to one origin, without redirects, with a time limit and a size limit.

use std::pin::Pin;

use openidconnect::{
    AsyncHttpClient, HttpRequest, HttpResponse,
    http::{self, StatusCode},
    reqwest::{self, redirect},
    url::Url,
};

use crate::config::Settings;

/// The largest response that is accepted, in bytes. Discovery, keys and tokens are a few kilobytes.
const MAX_ANSWER_BYTES: usize = 256 * 1024;

/// A client that sends requests to the tenant and to no other host.
#[derive(Debug, Clone)]
pub struct TenantHttp {
    client: reqwest::Client,
    origin: String,
}

/// The reason why there is no usable response of the tenant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// Discovery named an address outside the tenant's domain.
    #[error("the tenant's discovery document points to another host")]
    ForeignAddress,
    /// The response is a redirect, or reports a failure of the server.
    #[error("the tenant answered with status {0}")]
    Status(StatusCode),
    /// No response came within the time limit.
    #[error("the tenant did not answer in time")]
    Timeout,
    /// The response is larger than the size limit.
    #[error("the tenant's answer is too large")]
    TooLarge,
    /// There is no connection: the tenant is not started, or the address, the network or the certificate is bad.
    #[error("the tenant cannot be reached")]
    Unreachable,
}

impl TenantHttp {
    /// A client for the tenant in `settings`.
    pub fn new(settings: &Settings) -> Result<Self, reqwest::Error> {
        let mut builder = reqwest::Client::builder()
            // The token endpoint never redirects. To follow a redirect would send the secret to another address.
            .redirect(redirect::Policy::none())
            .timeout(settings.tenant_timeout);
        if settings.domain.is_local() {
            // A proxy cannot reach this machine's ports.
            builder = builder.no_proxy();
        } else {
            builder = builder.https_only(true);
        }
        Ok(Self {
            client: builder.build()?,
            origin: settings.domain.origin().to_owned(),
        })
    }

    /// Sends a request. A status of 3xx or 5xx is an error. The caller reads the body of a 4xx response.
    pub(crate) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let url = Url::parse(&request.uri().to_string()).map_err(|_| HttpError::ForeignAddress)?;
        if url.origin().ascii_serialization() != self.origin {
            return Err(HttpError::ForeignAddress);
        }
        let request = request.try_into().map_err(|e| cause(&e))?;
        let mut answer = self.client.execute(request).await.map_err(|e| cause(&e))?;
        let status = answer.status();
        if status.is_redirection() || status.is_server_error() {
            return Err(HttpError::Status(status));
        }
        let headers = answer.headers().clone();
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|e| cause(&e))? {
            if body.len() + chunk.len() > MAX_ANSWER_BYTES {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for TenantHttp {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

fn cause(error: &reqwest::Error) -> HttpError {
    if error.is_timeout() {
        HttpError::Timeout
    } else {
        HttpError::Unreachable
    }
}
