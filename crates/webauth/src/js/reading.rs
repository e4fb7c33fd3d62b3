//! The operations that read authorization responses, and the shape of their errors.

use super::bridge::Bridge;
use crate::callback::Terms;
use crate::client::Client;
use crate::error::{Error, Shape};
use crate::result::AuthorizationResult;
use crate::wire::{Params, Value};

/// The authorization response that a call reads, after its options are checked.
pub(super) enum Reading {
    /// The parameters of a fragment (`parseHash`).
    Hash { response: Params, options: Value },
    /// Parameters that the page has parsed (`validateAuthenticationResponse`).
    Response { response: Params, options: Value },
    /// The response in the page's address or in the option `url` (`handleRedirectCallback`).
    Address { options: Value },
    /// The response to a silent request in a hidden frame (`checkSession`).
    Session(Params),
    /// The response that a page of the application receives in a hidden frame (`renewAuth`).
    Renewal(Params),
}

impl Reading {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Session(_) => Shape::Legacy,
            Self::Hash { .. } | Self::Response { .. } | Self::Address { .. } | Self::Renewal(_) => {
                Shape::Hash
            }
        }
    }
}

/// Reads the authorization response of a call.
pub(super) async fn read(client: &Client<Bridge>, reading: Reading) -> Result<Value, Error> {
    let result = match reading {
        Reading::Renewal(params) => return client.finish_renewal(params).await,
        Reading::Hash { response, options } => client.finish_hash(&options, response).await?,
        Reading::Response { response, options } => {
            let terms = Terms::of_auth0_js(&options);
            Some(client.validate(&terms, response).await?)
        }
        Reading::Address { options } => client.finish_callback(&options).await?,
        Reading::Session(params) => Some(client.finish_session(params).await?),
    };
    Ok(result.map_or(Value::Null, AuthorizationResult::into_value))
}
