//! What each handler needs: who calls with which headers, and the request's turns at the tenant's state.

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
    /// One step of the request: the lock is taken once, all of the step sees one instant, and then everybody who waits for
    /// changes is woken. Nothing else happens to the state while `step` runs, and it cannot await.
    pub(crate) fn step<R>(&self, step: impl FnOnce(&mut Step<'_>) -> R) -> R {
        let outcome = {
            let mut guard = self.state.store();
            let mut turn = Step {
                now_ms: self.state.now_ms(),
                store: &mut guard,
                call: self,
                requester: self.requester.clone(),
            };
            step(&mut turn)
        };
        self.state.announce();
        outcome
    }

    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        text(&self.headers, name)
    }
}

/// A turn at the tenant's state.
#[derive(Debug)]
pub(crate) struct Step<'a> {
    pub(crate) store: &'a mut Store,
    /// The tenant's time, in milliseconds since the epoch.
    pub(crate) now_ms: u64,
    /// Who counts as the caller: a trusted server names the person's address instead of its own.
    pub(crate) requester: Requester,
    call: &'a Call,
}

impl Step<'_> {
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

    /// The name of the caller's device: the one it has, or a new one.
    pub(crate) fn device(&mut self) -> String {
        device::name(self.requester.device.as_deref(), &mut self.store.random)
    }

    /// Writes `event` into the tenant's log, as the caller's.
    pub(crate) fn log(&mut self, event: &Event<'_>) {
        let store = &mut *self.store;
        store
            .logs
            .push(event, &self.requester.log, &mut store.random, self.now_ms);
    }
}
