//! Faults: scripted failures, each with the requests that it matches and what it does.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Why a fault is refused.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct FaultError(String);

/// A scripted failure.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fault {
    /// The requests. A missing condition matches all.
    #[serde(rename = "match")]
    matches: Match,
    /// How often the fault happens. Default: until the faults are cleared.
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    /// Milliseconds to wait first, in real time. Without another action the request is then served as usual.
    pub(crate) delay_ms: u64,
    /// Responds with this status instead of serving the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    /// The body of the response: JSON or text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Value>,
    /// Closes the connection: at once, or with `status` in the middle of the body.
    pub(crate) drop: bool,
}

/// The conditions of a fault.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Match {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    /// `client_id` in query or body.
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<String>,
    /// `email` or `username` in query or body.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

/// All scripted faults in the order in which they were added. The first one that matches is carried out.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn extend(&mut self, faults: Vec<Fault>) {
        self.0.extend(faults);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Deletes the fault at `index`. Returns false if there is none.
    pub(crate) fn remove(&mut self, index: usize) -> bool {
        let is_there = index < self.0.len();
        if is_there {
            self.0.remove(index);
        }
        is_there
    }

    /// The first fault that matches `request`. It counts as carried out.
    pub(crate) fn take(&mut self, request: &Facts) -> Option<Fault> {
        let index = self
            .0
            .iter()
            .position(|fault| fault.matches.meets(request))?;
        let fault = self.0.get_mut(index)?;
        let taken = fault.clone();
        if let Some(times) = &mut fault.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.0.remove(index);
            }
        }
        Some(taken)
    }
}

/// The data of a request that conditions can match.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) path: String,
    pub(crate) method: String,
    pub(crate) client: Option<String>,
    pub(crate) email: Option<String>,
}

impl Match {
    fn meets(&self, request: &Facts) -> bool {
        let same = |wanted: &Option<String>, actual: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| {
                actual.is_some_and(|actual| wanted.eq_ignore_ascii_case(actual))
            })
        };
        same(&self.path, Some(&request.path))
            && same(&self.method, Some(&request.method))
            && same(&self.client, request.client.as_deref())
            && same(&self.email, request.email.as_deref())
    }
}

/// Reads faults in the form of the control API: one fault or an array.
pub(crate) fn check(given: Value) -> Result<Vec<Fault>, FaultError> {
    let given = if given.is_array() {
        given
    } else {
        json!([given])
    };
    let faults: Vec<Fault> = serde_json::from_value(given).map_err(|error| invalid(&error))?;
    for fault in &faults {
        if fault.times == Some(0) {
            return Err(FaultError(
                "`times` must be 1 or more, or left out".to_owned(),
            ));
        }
        if fault
            .status
            .is_some_and(|status| !(200..=599).contains(&status))
        {
            return Err(FaultError("`status` must be 200 to 599".to_owned()));
        }
        if fault.status.is_none() && !fault.drop && fault.delay_ms == 0 {
            return Err(FaultError(
                "a fault must do something: give `status`, `delay_ms` or `drop`".to_owned(),
            ));
        }
    }
    Ok(faults)
}

fn invalid(error: &serde_json::Error) -> FaultError {
    FaultError(format!(
        "expected {{match: {{path, method, client, email}}, times, delay_ms, status, body, drop}}: {error}"
    ))
}
