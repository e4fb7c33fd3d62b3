//! The tenant in Rust tests: it is served on a free port, and the test controls it without HTTP.
//!
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! use latchkey_mock_tenant::{Config, testing::MockTenant};
//!
//! let tenant = MockTenant::start(Config::default()).await.unwrap();
//! // Point your application at `tenant.url()`, and let it ask for a code for ada@example.com ...
//! # let ask = tenant.request_code("latchkey-web", "ada@example.com");
//! # ask.await.unwrap();
//! let mail = tenant.message("ada@example.com").await.unwrap();
//! assert_eq!(mail.code.len(), 6);
//! // ... type `mail.code` into it, or open `mail.link`. To see an expired code refused:
//! tenant.expire_code("ada@example.com").unwrap();
//! # });
//! ```

use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use crate::outbox::Message;

use crate::call::Call;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::control::{ControlError, codes, resources, sample, users};
use crate::endpoints::start;
use crate::request::{Params, Requester};
use crate::sample::SampleKind;
use crate::serve::serve;
use crate::state::{AppState, NoEntropy, Options};

/// The time for which [`MockTenant::message`] waits, by the machine's clock.
const PATIENCE: Duration = Duration::from_secs(10);

/// A tenant that lives as long as this value.
#[derive(Debug)]
pub struct MockTenant {
    state: AppState,
    url: String,
    server: JoinHandle<std::io::Result<()>>,
}

/// The errors of [`MockTenant`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TestingError {
    /// The tenant refused to create, change or delete something.
    #[error("{0}")]
    Control(String),
    /// The tenant cannot carry out the fault.
    #[error("the fault is refused: {0}")]
    Fault(String),
    /// No port could be opened.
    #[error("the tenant cannot listen on 127.0.0.1: {0}")]
    Listen(#[from] std::io::Error),
    /// No message was sent in time.
    #[error("nothing was sent to {0} within {limit} s; did the application ask this tenant?", limit = PATIENCE.as_secs())]
    NoMessage(String),
    /// The system has no source of randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// The tenant refused to send a message.
    #[error("nothing was sent: {0}")]
    Refused(String),
}

impl MockTenant {
    /// Serves `config` on a free port of 127.0.0.1, on the machine's clock.
    pub async fn start(config: Config) -> Result<Self, TestingError> {
        Self::start_with(config, Box::new(SystemClock), None).await
    }

    /// [`MockTenant::start`] with another clock, and with a seed that makes codes repeatable.
    pub async fn start_with(
        config: Config,
        clock: Box<dyn Clock>,
        seed: Option<u64>,
    ) -> Result<Self, TestingError> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://localhost:{}", listener.local_addr()?.port());
        let state = AppState::new(Options {
            config,
            clock,
            seed,
            ..Options::new(url.clone())
        })?;
        let server = tokio::spawn(serve(listener, state.clone()));
        Ok(Self { state, url, server })
    }

    /// The address of the tenant, `http://localhost:PORT`. It is the domain for an SDK; the issuer has a slash at its end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The newest message to `to`, an address or a number. If there is none, waits for one for up to ten seconds.
    pub async fn message(&self, to: &str) -> Result<Message, TestingError> {
        // It subscribes before it looks, so that no message is missed.
        let mut changes = self.state.subscribe();
        let newest = || self.messages(to).pop();
        let arrival = async {
            loop {
                if let Some(message) = newest() {
                    return Some(message);
                }
                changes.changed().await.ok()?;
            }
        };
        let message = tokio::time::timeout(PATIENCE, arrival).await.ok().flatten();
        message.ok_or_else(|| TestingError::NoMessage(to.to_owned()))
    }

    /// All messages to `to`, the newest last.
    #[must_use]
    pub fn messages(&self, to: &str) -> Vec<Message> {
        let store = self.state.store();
        let found = store.outbox.select(Some(to), None, 0);
        found.into_iter().cloned().collect()
    }

    /// Asks for a code, as a page of the application `client_id` does.
    pub async fn request_code(&self, client_id: &str, email: &str) -> Result<(), TestingError> {
        let body = serde_json::json!({"client_id": client_id, "connection": "email", "email": email, "send": "code"});
        let params = body.as_object().cloned().map(Params::from);
        let call = Call {
            state: self.state.clone(),
            requester: Requester::default(),
            headers: axum::http::HeaderMap::new(),
        };
        start::send(&call, &params.unwrap_or_default(), &mut None)
            .await
            .map(drop)
            .map_err(|error| TestingError::Refused(error.to_string()))
    }

    /// Moves the tenant's clock forward.
    pub fn advance(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.state.clock().advance_ms(ms);
        self.state.announce();
    }

    /// Moves the tenant's clock back.
    pub fn rewind(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.state.clock().advance_ms(-ms);
        self.state.announce();
    }

    /// Scripts a failure, in the form of `POST /_mock/faults`.
    pub fn add_fault(&self, fault: serde_json::Value) -> Result<(), TestingError> {
        let fault =
            crate::faults::check(fault).map_err(|error| TestingError::Fault(error.to_string()))?;
        self.state.store().faults.extend(fault);
        self.state.announce();
        Ok(())
    }

    /// Creates a client, in the form of `POST /_mock/clients`. Returns it with its random ID and secret, if `client` has none.
    pub fn create_client(
        &self,
        client: serde_json::Value,
    ) -> Result<serde_json::Value, TestingError> {
        made(resources::make_client(&self.state, object(client)))
    }

    /// Deletes a client.
    pub fn delete_client(&self, client_id: &str) -> Result<(), TestingError> {
        made(resources::remove_client(&self.state, client_id))
    }

    /// The sample web app for a client, as a zip with its keys filled in.
    pub fn sample(&self, client_id: &str, kind: SampleKind) -> Result<Vec<u8>, TestingError> {
        made(sample::archive(&self.state, client_id, kind))
    }

    /// Creates a connection, in the form of `POST /_mock/connections`.
    pub fn create_connection(
        &self,
        connection: serde_json::Value,
    ) -> Result<serde_json::Value, TestingError> {
        made(resources::make_connection(&self.state, object(connection)))
    }

    /// Deletes a connection and its people.
    pub fn delete_connection(&self, name: &str) -> Result<(), TestingError> {
        made(resources::remove_connection(&self.state, name))
    }

    /// Creates a person who has not logged in yet, in the form of `POST /_mock/users`.
    pub fn create_user(&self, user: serde_json::Value) -> Result<serde_json::Value, TestingError> {
        made(users::make_user(&self.state, object(user)))
    }

    /// Changes a person, in the form of `PATCH /_mock/users/{user_id}`. A new `email` sends the mail of the operation `change_email`.
    pub async fn change_user(
        &self,
        user_id: &str,
        change: serde_json::Value,
    ) -> Result<serde_json::Value, TestingError> {
        made(users::alter_user(&self.state, user_id, change.to_string().as_bytes()).await)
    }

    /// Makes the code expire that was sent to `to`, an address or a number. Unlike [`MockTenant::advance`] it does not move the clock,
    /// so later ID tokens are not from the future.
    pub fn expire_code(&self, to: &str) -> Result<(), TestingError> {
        made(codes::end(&self.state, to))
    }

    /// Deletes a person with their sessions and tokens.
    pub fn delete_user(&self, user_id: &str) -> Result<(), TestingError> {
        made(users::remove_user(&self.state, user_id))
    }

    /// Makes the next signing key the current one, and announces another.
    pub async fn rotate_keys(&self) -> Result<(), TestingError> {
        let rotated = self.state.keys().rotate().await;
        self.state.announce();
        rotated.map_err(|error| TestingError::Control(error.to_string()))
    }

    /// Restores the initial state.
    pub fn reset(&self) -> Result<(), TestingError> {
        Ok(self.state.reset()?)
    }
}

fn made<T>(outcome: Result<T, ControlError>) -> Result<T, TestingError> {
    outcome.map_err(|error| TestingError::Control(error.to_string()))
}

/// The fields of an object. Another value has no fields, so the check that follows reports the missing ones.
fn object(value: serde_json::Value) -> serde_json::Map<String, serde_json::Value> {
    match value {
        serde_json::Value::Object(object) => object,
        _ => serde_json::Map::new(),
    }
}

impl Drop for MockTenant {
    fn drop(&mut self) {
        self.server.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[tokio::test]
    async fn a_message_is_waited_for() {
        let tenant = MockTenant::start(Config::default()).await.unwrap();
        let (message, asked) = tokio::join!(tenant.message("ada@example.com"), async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            tenant.request_code("latchkey-web", "Ada@example.com").await
        });
        asked.unwrap();
        let message = message.unwrap();
        assert_eq!(message.to, "ada@example.com");
        assert!(message.link.starts_with(tenant.url()), "{}", message.link);
        tenant.reset().unwrap();
        assert!(tenant.messages("ada@example.com").is_empty());
    }

    #[tokio::test]
    async fn clients_connections_and_people_come_and_go() {
        let tenant = MockTenant::start(Config::default()).await.unwrap();
        let client = tenant.create_client(json!({"name": "Shop"})).unwrap();
        let id = client["client_id"].as_str().unwrap();
        tenant.request_code(id, "ada@example.com").await.unwrap();
        tenant.delete_client(id).unwrap();
        assert!(tenant.request_code(id, "ada@example.com").await.is_err());
        let closed = json!({"name": "guests", "options": {"disable_signup": true}});
        tenant.create_connection(closed).unwrap();
        let ada = json!({"email": "ada@example.com", "connection": "guests"});
        let ada = tenant.create_user(ada).unwrap();
        tenant
            .delete_user(ada["user_id"].as_str().unwrap())
            .unwrap();
        tenant.delete_connection("guests").unwrap();
        let gone = tenant.delete_connection("guests").unwrap_err();
        assert_eq!(gone.to_string(), "there is no connection guests");
        tenant.rotate_keys().await.unwrap();
    }

    #[tokio::test]
    async fn a_seed_repeats_codes_and_what_is_refused_says_why() {
        let start = || MockTenant::start_with(Config::default(), Box::new(SystemClock), Some(7));
        let mut codes = Vec::new();
        for _ in 0..2 {
            let tenant = start().await.unwrap();
            tenant
                .request_code("latchkey-web", "ada@example.com")
                .await
                .unwrap();
            codes.push(tenant.message("ada@example.com").await.unwrap().code);
        }
        assert_eq!(codes[0], codes[1]);
        let tenant = start().await.unwrap();
        let refused = tenant.request_code("nobody", "ada@example.com").await;
        assert_eq!(
            refused.unwrap_err().to_string(),
            "nothing was sent: Unknown client: nobody"
        );
        assert!(tenant.add_fault(json!({"times": 1})).is_err());
        tenant
            .add_fault(json!({"match": {"path": "/userinfo"}, "status": 503}))
            .unwrap();
    }
}
