//! The operations of the exports: what a call does after its options are checked.

use std::rc::Rc;

use super::bridge::{Bridge, Question};
#[cfg(feature = "responses")]
use super::reading::{self, Reading};
use crate::client::Client;
use crate::env::Env;
use crate::error::{Error, Shape};
use crate::exchange::{Exchange, contents};
use crate::login::Login;
use crate::names::to_camel_case;
use crate::passwordless::Start;
#[cfg(not(feature = "responses"))]
use crate::recipient::has_unread_recipient;
use crate::wire::{Params, Value};

/// The operation of a call, after its options were checked.
pub(super) enum Job {
    Start(Start),
    Login(Login),
    Request {
        exchange: Exchange,
        names: Names,
    },
    /// Ends at once, without a result: `getChallenge` of a client for which no captcha can be asked.
    Nothing,
    /// Leaves the page for the tenant's login page.
    Authorize(Params),
    /// Returns the address of the tenant's login page.
    PopupUrl(Params),
    /// Leaves the page for this address.
    Logout(String),
    #[cfg(feature = "responses")]
    Read(Reading),
}

/// The names under which JavaScript gets the members of a response.
pub(super) enum Names {
    CamelCase,
    Unchanged,
}

impl Job {
    /// Whether the call takes what this module lacks: it finishes a login on the page, or reads an unusual address.
    #[cfg(not(feature = "responses"))]
    fn is_for_elsewhere(&self) -> bool {
        match self {
            Self::Start(start) => has_unread_recipient(&start.options),
            Self::Login(login) => login.is_in_place() || has_unread_recipient(login.params()),
            Self::Request { exchange, .. } => {
                exchange.body.as_ref().is_some_and(has_unread_recipient)
            }
            Self::Nothing | Self::Authorize(_) | Self::PopupUrl(_) | Self::Logout(_) => false,
        }
    }

    /// The shape of error objects that auth0.js has for the call.
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Login(login) => login.shape(),
            Self::Start(_)
            | Self::Request { .. }
            | Self::Nothing
            | Self::Authorize(_)
            | Self::PopupUrl(_)
            | Self::Logout(_) => Shape::Plain,
            #[cfg(feature = "responses")]
            Self::Read(reading) => reading.shape(),
        }
    }
}

/// Runs a call. All calls are one `async fn`, because each `async fn` adds a state machine to the module.
pub(super) async fn carry_out(client: Rc<Client<Bridge>>, job: Job) -> Result<Value, Error> {
    #[cfg(not(feature = "responses"))]
    if job.is_for_elsewhere() {
        return Ok(client.env.ask(Question::Elsewhere).await);
    }
    match job {
        Job::Start(start) => client.send_start(start).await,
        Job::Login(login) => log_in(&client, login).await,
        Job::Request { exchange, names } => {
            let found = contents(client.perform(exchange).await?);
            Ok(match names {
                Names::CamelCase => to_camel_case(found),
                Names::Unchanged => found,
            })
        }
        Job::Nothing => Ok(Value::Undefined),
        Job::Authorize(params) => {
            let url = client.open_authorize(params).await?;
            client.env.navigate(&url);
            Ok(Value::Undefined)
        }
        Job::PopupUrl(params) => client.open_authorize(params).await.map(Value::String),
        Job::Logout(url) => {
            client.env.navigate(&url);
            Ok(Value::Undefined)
        }
        #[cfg(feature = "responses")]
        Job::Read(reading) => reading::read(&client, reading).await,
    }
}

async fn log_in(client: &Client<Bridge>, login: Login) -> Result<Value, Error> {
    #[cfg(feature = "responses")]
    if login.is_in_place()
        && let Login::CrossOrigin(params) = login
    {
        let ticket = client.send_login_in_place(params).await?;
        client.env.ask(Question::Leave).await;
        return Ok(client.redeem_in_frame(ticket).await?.into_value());
    }
    let redirect = client.send_login(login).await?;
    client.env.ask(Question::Leave).await;
    client.follow(redirect);
    Ok(Value::Undefined)
}
