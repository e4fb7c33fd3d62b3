//! Calls that read the tenant's answers: what a login page does not need.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::bridge::Bridge;
use crate::client::Client;
use crate::cross_origin::Landing;
use crate::env::browser::from_js;
use crate::error::{Error, Shape};
use crate::frame::optional;
use crate::result::AuthorizationResult;
use crate::wire::{Params, Value};

/// What such a call does, after its checks.
pub(super) enum Answer {
    Hash(Params, Value),
    Validate(Params, Value),
    Callback(Value),
    Session(Params),
    Renewal(Params),
}

/// Checks the options of the call `name`. `None` for a name that is none of ours.
pub(super) fn begin(
    client: &Client<Bridge>,
    name: &str,
    options: Value,
    more: &JsValue,
) -> Result<Option<(Shape, Answer)>, Error> {
    Ok(Some(match name {
        "checkSession" => (
            Shape::Legacy,
            Answer::Session(client.prepare_session(options)?),
        ),
        "renewAuth" => (
            Shape::Hash,
            Answer::Renewal(client.prepare_renewal(options)?),
        ),
        "parseHash" => {
            let options = Value::Object(optional(options)?);
            let response = client.prepare_hash(&options)?;
            (Shape::Hash, Answer::Hash(response, options))
        }
        "validate" => {
            let options = Value::Object(optional(options)?);
            let response = optional(from_js(more))?;
            client.check_leeway(&response)?;
            (Shape::Hash, Answer::Validate(response, options))
        }
        "callback" => {
            let options = Value::Object(optional(options)?);
            (Shape::Hash, Answer::Callback(options))
        }
        _ => return Ok(None),
    }))
}

/// Finishes a call.
pub(super) async fn finish(client: Rc<Client<Bridge>>, answer: Answer) -> Result<Value, Error> {
    let result = match answer {
        Answer::Renewal(params) => return client.finish_renewal(params).await,
        Answer::Hash(response, options) => client.finish_hash(&options, response).await?,
        Answer::Validate(response, options) => Some(client.validate(&options, response).await?),
        Answer::Callback(options) => client.finish_callback(&options).await?,
        Answer::Session(params) => Some(client.finish_session(params).await?),
    };
    Ok(result.map_or(Value::Null, AuthorizationResult::into_value))
}

/// Finishes a login without leaving the page.
pub(super) async fn stay(client: &Client<Bridge>, landing: Landing) -> Result<Value, Error> {
    let result = client.stay(landing).await?;
    Ok(result.into_value())
}
