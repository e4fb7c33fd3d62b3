//! The extractor of the authentication API's handlers: the caller, the headers, and access to the tenant's state.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::device;
use crate::headers::{cookie, text};
use crate::logs::Event;
use crate::request::Requester;
use crate::state::{AppState, Store};

/// A request of the authentication API.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) state: AppState,
    pub(crate) requester: Requester,
    pub(crate) headers: HeaderMap,
}

impl FromRequestParts<AppState> for Call {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        Ok(Self {
            state: state.clone(),
            requester: Requester::from_request_parts(parts, state).await?,
            headers: parts.headers.clone(),
        })
    }
}

impl Call {
    /// Runs `work` with exclusive access to the tenant's state, at one instant of the tenant's clock. `work` cannot await, so no
    /// other request changes the state meanwhile. Afterwards the tasks that wait for changes are woken.
    pub(crate) fn turn<R>(&self, work: impl FnOnce(&mut Turn<'_>) -> R) -> R {
        let outcome = {
            let mut guard = self.state.store();
            let mut turn = Turn {
                now_ms: self.state.now_ms(),
                store: &mut guard,
                call: self,
                requester: self.requester.clone(),
            };
            work(&mut turn)
        };
        self.state.announce();
        outcome
    }

    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        text(&self.headers, name)
    }
}

/// Exclusive access to the tenant's state, for one request.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    pub(crate) store: &'a mut Store,
    /// The tenant's time, in milliseconds since the epoch.
    pub(crate) now_ms: u64,
    /// The caller. A trusted server can name the person's address in place of its own.
    pub(crate) requester: Requester,
    call: &'a Call,
}

impl Turn<'_> {
    pub(crate) fn base_url(&self) -> &str {
        self.call.state.base_url()
    }

    pub(crate) fn issuer(&self) -> String {
        self.call.state.issuer()
    }

    /// Whether the tenant is served over TLS, so that cookies can be secure.
    pub(crate) fn is_secure(&self) -> bool {
        self.call.state.is_secure()
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.call.headers
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        cookie(&self.call.headers, name)
    }

    /// The name of the caller's device. A device without a name gets a new one.
    pub(crate) fn device(&mut self) -> String {
        device::name(self.requester.device.as_deref(), &mut self.store.random)
    }

    /// Writes `event` of this caller into the tenant's log.
    pub(crate) fn log(&mut self, event: &Event<'_>) {
        let store = &mut *self.store;
        store
            .logs
            .push(event, &self.requester.log, &mut store.random, self.now_ms);
    }
}
