//! What the allow-lists of a client mean, by its settings and the tenant's.

use super::{Client, Config, OrganizationUsage};
use crate::urls::{LoopbackPort, Scope};

impl<'a> Scope<'a> {
    /// That of `client`, without an organization.
    pub(crate) fn of(config: &'a Config, client: &Client) -> Self {
        let domain = config.tenant.custom_domain.as_ref();
        Self {
            wildcards: client.is_first_party,
            metadata: domain.map(|domain| &domain.domain_metadata),
            ..Self::default()
        }
    }

    /// With any port on loopback addresses, where the tenant is set to that.
    pub(crate) fn with_loopback(mut self, config: &Config) -> Self {
        if config.tenant.loopback_any_port {
            self.loopback = LoopbackPort::Any;
        }
        self
    }

    /// Within the organization named by id or name, if `client` takes part in organizations.
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
