//! Warnings about a login that will fail after the page has been left. They come before, because no callback hears of an
//! error on the next page.

use crate::client::Client;
use crate::env::Env;
use crate::text::{contains, split};
use crate::wire::Value;

impl<E: Env> Client<E> {
    /// Warns on the console, once a page, if the tenant is on another site or the page is not a secure context.
    pub(crate) fn diagnose(&self) {
        let silenced = self.settings.option("_disableDeprecationWarnings");
        let memory = self.env.memory();
        if silenced.is_truthy() || memory.get("diagnosis").is_some() {
            return;
        }
        memory.put("diagnosis", Value::Null);
        let page = self.env.location();
        let (page, tenant) = (name_of(&page.origin), name_of(&self.settings.root_url));
        if page.is_empty() {
            return;
        }
        if !same_site(page, tenant) {
            self.env.warn(&[
                "latchkey: the tenant (", tenant, ") is on another site than this page (", page,
                "), so browsers that block third-party cookies refuse this login: give the tenant a custom domain of this site",
            ].concat());
        }
        if self.env.location().origin.starts_with("http://") && !is_local(page) {
            self.env.warn("latchkey: this page is not a secure context, so it can check no ID token: serve it over https");
        }
    }
}

/// The host of an origin without its port.
fn name_of(origin: &str) -> &str {
    let host = split(origin, "://").map_or(origin, |(_, host)| host);
    if host.starts_with('[') {
        return split(host, "]").map_or(host, |(address, _)| address);
    }
    split(host, ":").map_or(host, |(name, _)| name)
}

/// Whether two hosts are probably on one site. The SDK has no list of public suffixes, so it counts labels: a site is three
/// labels under a suffix of two short labels such as `co.uk`, otherwise two.
fn same_site(page: &str, tenant: &str) -> bool {
    page == tenant || (!is_address(page) && site(page) == site(tenant))
}

fn site(host: &str) -> &str {
    let bytes = host.as_bytes();
    // The index at which each label begins, from the last label to the first.
    let mut starts = (0..=bytes.len())
        .rev()
        .filter(|at| *at == 0 || bytes.get(at - 1) == Some(&b'.'));
    let mut start = || starts.next().unwrap_or_default();
    let (last, second, third) = (start(), start(), start());
    let short = bytes.len() - last == 2 && last - second <= 4;
    let site = if short { third } else { second };
    host.get(site..).unwrap_or(host)
}

fn is_address(host: &str) -> bool {
    contains(host, "[")
        || host
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn is_local(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.starts_with("127.")
        || host == "[::1"
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("app.example.com", "login.example.com", true)]
    #[case("example.com", "login.example.com", true)]
    #[case("app.example.com", "me.auth0.com", false)]
    #[case("app.example.co.uk", "login.example.co.uk", true)]
    #[case("one.co.uk", "two.co.uk", false)]
    #[case("a.bc.de", "x.bc.de", false)]
    #[case("localhost", "localhost", true)]
    #[case("localhost", "me.auth0.com", false)]
    #[case("127.0.0.1", "127.0.0.1", true)]
    #[case("10.0.0.1", "10.1.0.1", false)]
    #[case("", "", true)]
    fn hosts_of_one_site(#[case] page: &str, #[case] tenant: &str, #[case] same: bool) {
        assert_eq!(same_site(page, tenant), same);
    }

    #[rstest]
    #[case("https://app.example.com:8443", "app.example.com")]
    #[case("http://localhost:3000", "localhost")]
    #[case("http://[::1]:3000", "[::1")]
    fn names_have_no_port(#[case] origin: &str, #[case] name: &str) {
        assert_eq!(name_of(origin), name);
    }
}
