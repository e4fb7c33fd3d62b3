//! How the allow-lists of a client are interpreted, by the settings of client and tenant.

use super::{Client, Config, OrganizationUsage};
use crate::urls::{LoopbackPort, Scope};

impl<'a> Scope<'a> {
    /// The interpretation for `client`, without an organization.
    pub(crate) fn of(config: &'a Config, client: &Client) -> Self {
        let domain = config.tenant.custom_domain.as_ref();
        Self {
            wildcards: client.is_first_party,
            metadata: domain.map(|domain| &domain.domain_metadata),
            ..Self::default()
        }
    }

    /// The same, and loopback addresses may have any port if the tenant's settings allow it.
    pub(crate) fn with_loopback(mut self, config: &Config) -> Self {
        if config.tenant.loopback_any_port {
            self.loopback = LoopbackPort::Any;
        }
        self
    }

    /// The same within an organization, given by id or name, if `client` uses organizations.
    pub(crate) fn within(
        mut self,
        config: &'a Config,
        client: &Client,
        wanted: Option<&str>,
    ) -> Self {
        if client.organization_usage != OrganizationUsage::Deny {
            let found = wanted.and_then(|wanted| config.tenant.organization(wanted));
            self.organization = found.map(|organization| organization.name.as_str());
        }
        self
    }
}
