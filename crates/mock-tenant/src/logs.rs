//! The tenant's log in Auth0's format. Callers mask codes and secrets.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::rfc3339;
use crate::config::Strategy;
use crate::random::Random;

/// The number of entries that are kept. A further entry replaces the oldest one.
const CAPACITY: usize = 1_000;

/// The text that replaces a code in the log.
pub(crate) const MASKED: &str = "******";

/// Log event types: <https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Type {
    /// Code or link sent.
    Cls,
    /// Code sent by text message.
    Cs,
    /// Deprecated use: a confidential client sent a start without its secret.
    Depnote,
    /// A replaced refresh token was used again, and its family is revoked.
    Ferrt,
    /// Failed login.
    F,
    /// Request of a page whose origin is not listed.
    Fco,
    /// Failed cross-origin authentication.
    Fcoa,
    /// Failed exchange of an authorization code.
    Feacft,
    /// Failed exchange of a client's credentials.
    Feccft,
    /// Failed exchange of a one-time code.
    Fepotpft,
    /// Failed exchange of a refresh token.
    Fertft,
    /// Message that could not be sent.
    Fn,
    /// Wrong code.
    Fp,
    /// Failed silent authentication.
    Fsa,
    /// Rate limit hit.
    #[serde(rename = "api_limit")]
    ApiLimit,
    /// Account blocked after too many failures.
    #[serde(rename = "limit_wc")]
    LimitWc,
    /// IP address refused after too many failures.
    #[serde(rename = "limit_mu")]
    LimitMu,
    /// Login.
    S,
    /// Cross-origin authentication.
    Scoa,
    /// Exchange of an authorization code.
    Seacft,
    /// Exchange of a client's credentials.
    Seccft,
    /// Exchange of a refresh token.
    Sertft,
    /// Logout.
    Slo,
    /// Silent authentication.
    Ssa,
}

/// The caller.
#[derive(Debug, Clone, Default)]
pub(crate) struct Caller {
    pub(crate) ip: String,
    pub(crate) user_agent: String,
    /// The decoded `Auth0-Client` header.
    pub(crate) auth0_client: Option<Value>,
}

/// An event for the log.
#[derive(Debug, Clone)]
pub(crate) struct Event<'a> {
    pub(crate) kind: Type,
    pub(crate) description: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) client_name: &'a str,
    pub(crate) connection: &'a str,
    /// The strategy of the connection, if the entry contains it.
    pub(crate) strategy: Option<Strategy>,
    pub(crate) user_id: &'a str,
    pub(crate) user_name: &'a str,
    pub(crate) details: Value,
}

impl Event<'_> {
    /// An event with only a type.
    pub(crate) fn new(kind: Type) -> Self {
        Self {
            kind,
            description: "",
            client_id: "",
            client_name: "",
            connection: "",
            strategy: None,
            user_id: "",
            user_name: "",
            details: Value::Null,
        }
    }
}

/// The log, oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Logs(VecDeque<Value>);

impl Logs {
    pub(crate) fn push(
        &mut self,
        event: &Event<'_>,
        caller: &Caller,
        random: &mut Random,
        now_ms: u64,
    ) {
        // The ID is `900`, the time and random digits: 56 digits together.
        let log_id = format!("900{now_ms:014}{}", random.digits(39));
        let is_mobile = ["Mobile", "Android", "iPhone"]
            .iter()
            .any(|mark| caller.user_agent.contains(mark));
        let mut entry = json!({
            "_id": log_id,
            "log_id": log_id,
            "date": rfc3339(now_ms),
            "type": event.kind,
            "description": event.description,
            "connection": event.connection,
            "connection_id": "",
            "client_id": event.client_id,
            "client_name": event.client_name,
            "ip": caller.ip,
            "user_agent": caller.user_agent,
            "isMobile": is_mobile,
            "user_id": event.user_id,
            "user_name": event.user_name,
            "details": event.details,
        });
        if let (Some(strategy), Some(entry)) = (event.strategy, entry.as_object_mut()) {
            entry.insert("strategy".to_owned(), json!(strategy));
            entry.insert("strategy_type".to_owned(), "passwordless".into());
        }
        if let (Some(client), Some(entry)) = (&caller.auth0_client, entry.as_object_mut()) {
            entry.insert("auth0_client".to_owned(), client.clone());
        }
        if self.0.len() == CAPACITY {
            self.0.pop_front();
        }
        self.0.push_back(entry);
    }

    pub(crate) fn all(&self) -> Vec<&Value> {
        self.0.iter().collect()
    }
}
