//! Login tickets, which lead from `/co/authenticate` to `/authorize`, and single sign-on sessions.

use serde::{Deserialize, Serialize};

use crate::expiring::Expiring;
use crate::random::Random;
use crate::secret::Secret;

/// A login ticket from `/co/authenticate`, which proves that a browser sent the right code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Ticket {
    pub(crate) client_id: String,
    pub(crate) realm: String,
    pub(crate) user_id: String,
    /// The value of the cookie that the same browser got.
    pub(crate) browser: String,
    /// The ID of the verifier, by which the application's page finds it.
    pub(crate) co_id: String,
    /// The verifier, which replaces the cookie in a browser that blocks it.
    pub(crate) verifier: Secret,
    pub(crate) expires_at_ms: u64,
}

/// A ticket that came without its cookie. It is kept while the application's page is asked for the verifier.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Parked {
    pub(crate) ticket: Ticket,
    /// The query of `/authorize`.
    pub(crate) query: String,
    pub(crate) expires_at_ms: u64,
}

/// A session of a browser with the tenant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) user_id: String,
    pub(crate) connection: String,
    /// When the person last authenticated.
    pub(crate) auth_time_ms: u64,
    pub(crate) expires_at_ms: u64,
    /// The ID of the login's organization.
    pub(crate) organization: Option<String>,
    /// The claim `sid`. It differs from the cookie's value, which is secret.
    pub(crate) sid: String,
}

/// Why a ticket cannot be used.
#[derive(Debug)]
pub(crate) enum TicketRefusal {
    /// The browser does not have the cookie that came with the ticket.
    OtherBrowser(Box<Ticket>),
    /// The ticket is unknown, used or expired, or belongs to another client.
    Unusable,
}

/// All tickets and sessions.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Sessions {
    tickets: Expiring<String, Ticket>,
    /// The sessions, by the value of the browser's cookie.
    live: Expiring<String, Session>,
    parked: Expiring<String, Parked>,
}

impl Sessions {
    /// Keeps `ticket` under `id` until it expires.
    pub(crate) fn add_ticket(&mut self, id: String, ticket: Ticket, now_ms: u64) {
        let expires_at_ms = ticket.expires_at_ms;
        self.tickets.insert(id, ticket, expires_at_ms, now_ms);
    }

    /// Removes and returns a ticket, which cannot be used again in any case.
    pub(crate) fn take_ticket(
        &mut self,
        id: &str,
        client_id: &str,
        realm: &str,
        browser: Option<&str>,
        now_ms: u64,
    ) -> Result<Ticket, TicketRefusal> {
        let ticket = self
            .tickets
            .take(id, now_ms)
            .ok_or(TicketRefusal::Unusable)?;
        if ticket.client_id != client_id || ticket.realm != realm {
            return Err(TicketRefusal::Unusable);
        }
        if browser != Some(ticket.browser.as_str()) {
            return Err(TicketRefusal::OtherBrowser(Box::new(ticket)));
        }
        Ok(ticket)
    }

    /// Keeps a ticket until its verifier comes.
    pub(crate) fn park(&mut self, id: String, parked: Parked, now_ms: u64) {
        let expires_at_ms = parked.expires_at_ms;
        self.parked.insert(id, parked, expires_at_ms, now_ms);
    }

    /// Removes and returns a kept ticket, which cannot be used again in any case.
    pub(crate) fn unpark(&mut self, id: &str, now_ms: u64) -> Option<Parked> {
        self.parked.take(id, now_ms)
    }

    /// Begins a session with a new ID, which replaces `old`. So an ID that an attacker planted before the login is useless after it.
    pub(crate) fn begin(
        &mut self,
        old: Option<&str>,
        session: Session,
        random: &mut Random,
        now_ms: u64,
    ) -> String {
        if let Some(old) = old {
            self.live.take(old, now_ms);
        }
        let id = random.token::<24>();
        let expires_at_ms = session.expires_at_ms;
        self.live.insert(id.clone(), session, expires_at_ms, now_ms);
        id
    }

    /// Sets the organization of the session `id`.
    pub(crate) fn enter(&mut self, id: &str, organization: Option<String>, now_ms: u64) {
        if let Some(session) = self.live.get_mut(id, now_ms) {
            session.organization = organization;
        }
    }

    pub(crate) fn find(&self, id: &str, now_ms: u64) -> Option<&Session> {
        self.live.get(id, now_ms)
    }

    /// Ends all sessions of a person, and deletes their login tickets.
    pub(crate) fn end_all_of(&mut self, user_id: &str) {
        self.live.retain(|_, session| session.user_id != user_id);
        self.tickets.retain(|_, ticket| ticket.user_id != user_id);
        self.parked.retain(|_, p| p.ticket.user_id != user_id);
    }

    /// Ends the session `id`. Returns it, if it had not expired.
    pub(crate) fn end(&mut self, id: &str, now_ms: u64) -> Option<Session> {
        self.live.take(id, now_ms)
    }
}
