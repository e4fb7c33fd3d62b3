//! Allow-lists: the callback URLs, logout URLs and origins that a client may use.
//!
//! The rules are those of <https://auth0.com/docs/get-started/applications/application-settings> and
//! <https://auth0.com/docs/get-started/applications/wildcards-for-subdomains>. A URL in a request has to be in canonical form: a
//! text that a URL parser would change is refused, because another parser may change it differently.

mod placeholder;

use std::collections::BTreeMap;

use url::{Host, Url};

/// How strictly loopback addresses are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LoopbackPort {
    /// The port has to match, as at Auth0.
    Exact,
    /// Any port on 127.0.0.1, `::1` and localhost (RFC 8252 section 7.3).
    Any,
}

/// How an allow-list is interpreted for one request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) loopback: LoopbackPort,
    /// Whether `*` is a wildcard. For third-party applications it is not.
    pub(crate) wildcards: bool,
    /// The name of the login's organization.
    pub(crate) organization: Option<&'a str>,
    /// Metadata of the custom domain.
    pub(crate) metadata: Option<&'a BTreeMap<String, String>>,
}

impl Default for Scope<'_> {
    fn default() -> Self {
        Self {
            loopback: LoopbackPort::Exact,
            wildcards: true,
            organization: None,
            metadata: None,
        }
    }
}

/// The entry of `allowed` that permits `sent` as a redirect URI.
pub(crate) fn callback_allowed(allowed: &[String], sent: &str, scope: &Scope<'_>) -> bool {
    Canonical::parse(sent).is_some_and(|sent| {
        sent.url.fragment().is_none() && allowed.iter().any(|entry| sent.matches(entry, scope))
    })
}

/// Whether `sent` is allowed as the URL after a logout. Query and fragment are not compared.
pub(crate) fn logout_allowed(allowed: &[String], sent: &str, scope: &Scope<'_>) -> bool {
    let scope = Scope {
        loopback: LoopbackPort::Exact,
        ..*scope
    };
    let end = sent.find(['?', '#']).unwrap_or(sent.len());
    Canonical::parse(sent).is_some()
        && sent
            .get(..end)
            .is_some_and(|bare| callback_allowed(allowed, bare, &scope))
}

/// Whether a request's `Origin` header is in `allowed`: exact, or by a wildcard entry.
pub(crate) fn origin_allowed<'a>(
    allowed: impl IntoIterator<Item = &'a String>,
    origin: &str,
    scope: &Scope<'_>,
) -> bool {
    let Some(sent) = Canonical::parse(origin) else {
        return false;
    };
    if sent.url.origin().ascii_serialization() != origin {
        return false;
    }
    allowed
        .into_iter()
        .any(|entry| sent.matches(entry.trim_end_matches('/'), scope))
}

/// The origin of a callback URL, which may also call `/passwordless/start`. `None` for custom schemes.
pub(crate) fn origin_of(callback: &str) -> Option<String> {
    let origin = Url::parse(callback).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// Why an entry is not allowed in an allow-list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EntryError {
    #[error("is not an absolute URL; write it as https://app.example.com/callback")]
    NotAUrl,
    #[error("is not in canonical form; write it as {0}")]
    NotCanonical(String),
    #[error("has a fragment, which no redirect URI may have; leave out the # and what follows it")]
    Fragment,
    #[error("is no origin; write scheme, host and port alone: {0}")]
    NotAnOrigin(String),
    #[error(
        "has a placeholder that is unknown or out of place; {{organization_name}} may be the left-most label of a host, without a `*` beside it, and {{custom_domain.metadata.public_KEY}} a part of the URL"
    )]
    Placeholder,
    #[error("has a scheme that a browser would run; use https")]
    UnsafeScheme,
    #[error(
        "has a wildcard out of place; one `*` is allowed, in the left-most label of an http or https host under a registrable name"
    )]
    Wildcard,
}

/// Checks an entry when the configuration is read, so that an entry that can never match is refused.
pub(crate) fn check_entry(raw: &str) -> Result<(), EntryError> {
    if !placeholder::is_in_place(raw) {
        return Err(EntryError::Placeholder);
    }
    // Placeholders are replaced by some value to check the rest of the entry.
    let entry = &raw
        .replace(['{', '}'], "")
        .replace("organization_name", "organization-name");
    let url = Url::parse(entry).map_err(|_| EntryError::NotAUrl)?;
    if matches!(
        url.scheme(),
        "javascript" | "data" | "vbscript" | "file" | "blob"
    ) {
        return Err(EntryError::UnsafeScheme);
    }
    if entry.contains('*') && Wildcard::parse(entry).is_none() {
        return Err(EntryError::Wildcard);
    }
    match Canonical::parse(entry) {
        Some(_) if url.fragment().is_some() => Err(EntryError::Fragment),
        Some(_) => Ok(()),
        None => Err(EntryError::NotCanonical(url.into())),
    }
}

/// [`check_entry`] for lists of origins.
pub(crate) fn check_origin(entry: &str) -> Result<(), EntryError> {
    check_entry(entry)?;
    let url = Url::parse(entry).map_err(|_| EntryError::NotAUrl)?;
    if matches!(url.path(), "" | "/") && url.query().is_none() {
        return Ok(());
    }
    let end = url[..url::Position::BeforePath].to_owned();
    Err(EntryError::NotAnOrigin(end))
}

/// A URL in the form a URL parser returns, except that scheme and host may have capital letters.
struct Canonical {
    url: Url,
    /// The URL as it was sent, but with scheme and host in lower case.
    text: String,
}

impl Canonical {
    fn parse(raw: &str) -> Option<Self> {
        let url = Url::parse(raw).ok()?;
        if !url.has_host() && url.cannot_be_a_base() {
            return None;
        }
        if !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        let text = lower_authority(raw, is_web(&url));
        let serialised = url.as_str();
        let same = text == serialised || serialised.strip_suffix('/') == Some(text.as_str());
        same.then_some(Self { url, text })
    }

    fn matches(&self, entry: &str, scope: &Scope<'_>) -> bool {
        let Some(entry) = placeholder::fill(entry, scope) else {
            return false;
        };
        let (entry, loopback) = (entry.as_ref(), scope.loopback);
        if let Some(wildcard) = Wildcard::parse(entry) {
            return scope.wildcards && wildcard.matches(&self.url);
        }
        let Some(entry) = Canonical::parse(entry) else {
            return false;
        };
        self.text == entry.text
            || (loopback == LoopbackPort::Any && self.same_but_for_loopback_port(&entry))
    }

    fn same_but_for_loopback_port(&self, entry: &Canonical) -> bool {
        let is_loopback = match self.url.host() {
            Some(Host::Domain(domain)) => domain == "localhost",
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        };
        let mut moved = self.url.clone();
        is_loopback && moved.set_port(entry.url.port()).is_ok() && moved == entry.url
    }
}

/// Whether a URL has the scheme http or https, and a domain name as its host.
fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

fn lower_authority(raw: &str, host_too: bool) -> String {
    let Some((scheme, rest)) = raw.split_once("://") else {
        return raw.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let authority = if host_too {
        authority.to_ascii_lowercase()
    } else {
        authority.to_owned()
    };
    format!("{}://{authority}{tail}", scheme.to_ascii_lowercase())
}

/// An entry such as `https://*.example.com/cb` or `https://pr-*-app.example.com/cb`.
struct Wildcard {
    url: Url,
    prefix: String,
    suffix: String,
    /// `.example.com`
    parent: String,
}

impl Wildcard {
    fn parse(entry: &str) -> Option<Self> {
        if entry.matches('*').count() != 1 {
            return None;
        }
        let url = Url::parse(entry).ok()?;
        if !is_web(&url) {
            return None;
        }
        let host = url.host_str()?.to_owned();
        let (label, parent) = host.split_once('.')?;
        let (prefix, suffix) = label.split_once('*')?;
        // `https://*.com` would allow a callback to everybody who registers a domain.
        if !parent.contains('.') || parent.split('.').any(str::is_empty) {
            return None;
        }
        Some(Self {
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
            parent: parent.to_owned(),
            url,
        })
    }

    fn matches(&self, sent: &Url) -> bool {
        let Some((label, parent)) = sent.host_str().and_then(|host| host.split_once('.')) else {
            return false;
        };
        let middle = label
            .strip_prefix(self.prefix.as_str())
            .and_then(|rest| rest.strip_suffix(self.suffix.as_str()));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        sent.scheme() == self.url.scheme()
            && sent.port() == self.url.port()
            && parent == self.parent
            && middle.is_some_and(|m| !m.is_empty() && m.chars().all(plain))
            && sent.path() == self.url.path()
            && sent.query() == self.url.query()
    }
}

#[cfg(test)]
mod tests;
