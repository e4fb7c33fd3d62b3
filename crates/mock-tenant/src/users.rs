//! People. A user ID is reserved when a message is sent, and the user is created at the first login.

use std::collections::HashMap;

use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::address::normalise;
use crate::clock::rfc3339;
use crate::codes::Addressee;
use crate::config::{Config, Strategy, UserSeed};
use crate::expiring::Expiring;
use crate::random::Random;

/// A user in the shape of the Management API.
#[expect(
    clippy::struct_field_names,
    reason = "the Management API's own field names"
)]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct User {
    /// `email|<24 hex digits>`
    pub(crate) user_id: String,
    pub(crate) identities: [Identity; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phone_verified: Option<bool>,
    pub(crate) name: String,
    pub(crate) nickname: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) picture: Option<String>,
    /// The names of the person's roles.
    #[serde(default)]
    pub(crate) roles: Vec<String>,
    /// Metadata that the person may change.
    #[serde(default)]
    pub(crate) user_metadata: Map<String, Value>,
    /// Metadata of the application about the person, such as roles and plans.
    #[serde(default)]
    pub(crate) app_metadata: Map<String, Value>,
    /// Mock only: custom claims of the person's tokens.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) claims: Map<String, Value>,
    pub(crate) blocked: bool,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_login: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_ip: Option<String>,
    pub(crate) logins_count: u64,
}

/// The identity of a person in a connection.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub(crate) user_id: String,
    pub(crate) provider: String,
    pub(crate) connection: String,
    #[serde(rename = "isSocial")]
    pub(crate) is_social: bool,
}

impl User {
    /// A short label for the person.
    pub(crate) fn label(&self) -> String {
        let address = self.email.as_ref().or(self.phone_number.as_ref());
        match address {
            Some(address) if *address != self.name => format!("{} ({address})", self.name),
            _ => self.name.clone(),
        }
    }
}

/// The time for which an ID is reserved for an address without a login: 30 days, in milliseconds.
const RESERVATION_MS: u64 = 30 * 86_400_000;

/// All people, and the IDs that are reserved for addresses without a login.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub(crate) struct Users {
    #[serde(with = "crate::snapshot::pairs")]
    known: HashMap<Addressee, User>,
    reserved: Expiring<Addressee, String>,
    /// The addresses by ID, so that finding a person needs no search.
    #[serde(skip)]
    ids: HashMap<String, Addressee>,
}

/// [`Users`] in a snapshot.
#[derive(Deserialize)]
struct Kept {
    #[serde(with = "crate::snapshot::pairs")]
    known: HashMap<Addressee, User>,
    reserved: Expiring<Addressee, String>,
}

impl From<Kept> for Users {
    fn from(kept: Kept) -> Self {
        let ids = kept.known.iter();
        Self {
            ids: ids
                .map(|(who, user)| (user.user_id.clone(), who.clone()))
                .collect(),
            known: kept.known,
            reserved: kept.reserved,
        }
    }
}

impl Users {
    /// The people of the configuration.
    pub(crate) fn seeded(config: &Config, random: &mut Random, now_ms: u64) -> Self {
        let mut users = Self::default();
        for seed in &config.users {
            let connection = seed.connection_name().to_owned();
            let strategy = config
                .connection(&connection)
                .map_or(Strategy::Email, |connection| connection.strategy);
            let address = seed.email.as_deref().or(seed.phone_number.as_deref());
            let to = Addressee {
                connection,
                address: normalise(strategy, address.unwrap_or_default()),
            };
            users.add(&to, strategy, seed, random, now_ms);
        }
        users
    }

    /// Creates a person who has not logged in yet, as the Management API does.
    pub(crate) fn add(
        &mut self,
        to: &Addressee,
        strategy: Strategy,
        seed: &UserSeed,
        random: &mut Random,
        now_ms: u64,
    ) -> &User {
        let prefix = format!("{}|", provider(strategy));
        match &seed.user_id {
            // As in the Management API, the ID may have the provider as its prefix.
            Some(id) => {
                let id = id.strip_prefix(&prefix).unwrap_or(id).to_owned();
                let over_ms = now_ms.saturating_add(RESERVATION_MS);
                self.reserved.insert(to.clone(), id, over_ms, now_ms);
            }
            None => drop(self.reserve(to, random, now_ms)),
        }
        let user = self.first_login(to, strategy, now_ms);
        user.blocked = seed.blocked;
        user.roles.clone_from(&seed.roles);
        user.user_metadata.clone_from(&seed.user_metadata);
        user.app_metadata.clone_from(&seed.app_metadata);
        user.claims.clone_from(&seed.claims);
        if let Some(name) = &seed.name {
            user.name.clone_from(name);
        }
        user
    }

    /// Whether a person has the ID `id`, with or without the provider as its prefix.
    pub(crate) fn has_id(&self, strategy: Strategy, id: &str) -> bool {
        let full = format!("{}|{id}", provider(strategy));
        self.ids.contains_key(id) || self.ids.contains_key(&full)
    }

    /// Deletes a person. Returns their address.
    pub(crate) fn remove(&mut self, user_id: &str) -> Option<Addressee> {
        let who = self.ids.remove(user_id)?;
        self.known.remove(&who);
        Some(who)
    }

    /// The IDs of a connection's people.
    pub(crate) fn of_connection(&self, name: &str) -> Vec<String> {
        let people = self.known.iter().filter(|(who, _)| who.connection == name);
        people.map(|(_, user)| user.user_id.clone()).collect()
    }

    pub(crate) fn find(&self, who: &Addressee) -> Option<&User> {
        self.known.get(who)
    }

    /// The address of the person with this ID.
    pub(crate) fn addressee(&self, user_id: &str) -> Option<&Addressee> {
        self.ids.get(user_id)
    }

    pub(crate) fn by_id(&self, user_id: &str) -> Option<&User> {
        self.known.get(self.ids.get(user_id)?)
    }

    pub(crate) fn by_id_mut(&mut self, user_id: &str) -> Option<&mut User> {
        self.known.get_mut(self.ids.get(user_id)?)
    }

    /// Gives a person another address, with which they log in from then on. The ID does not change. Returns `None` if there is no
    /// such person.
    pub(crate) fn move_to(
        &mut self,
        user_id: &str,
        to: Addressee,
        strategy: Strategy,
        now_ms: u64,
    ) -> Option<&User> {
        let old = self.ids.get_mut(user_id)?;
        let mut user = self.known.remove(old)?;
        let fresh = new_user(&to, strategy, "", now_ms);
        // A name that was made from the old address is made from the new one. A given name does not change.
        if user.name == old.address {
            user.name = fresh.name;
        }
        user.nickname = fresh.nickname;
        user.picture = fresh.picture;
        user.email = fresh.email;
        user.phone_number = fresh.phone_number;
        user.updated_at = rfc3339(now_ms);
        old.clone_from(&to);
        self.reserved.take(&to, now_ms);
        Some(self.known.entry(to).or_insert(user))
    }

    /// All people, the oldest first.
    pub(crate) fn all(&self) -> Vec<&User> {
        let mut all: Vec<_> = self.known.values().collect();
        all.sort_by(|a, b| (&a.created_at, &a.user_id).cmp(&(&b.created_at, &b.user_id)));
        all
    }

    /// The ID that `who` has or will get. It is the same for every start of one address.
    pub(crate) fn reserve(&mut self, who: &Addressee, random: &mut Random, now_ms: u64) -> String {
        if let Some(user) = self.known.get(who) {
            return user.identities[0].user_id.clone();
        }
        if let Some(id) = self.reserved.get(who, now_ms) {
            return id.clone();
        }
        let id = random.object_id(now_ms);
        let over_ms = now_ms.saturating_add(RESERVATION_MS);
        self.reserved
            .insert(who.clone(), id.clone(), over_ms, now_ms);
        id
    }

    /// The ID of `who`, which may only be reserved: Auth0's log contains it before the person exists.
    pub(crate) fn future_user_id(
        &self,
        who: &Addressee,
        strategy: Strategy,
        now_ms: u64,
    ) -> Option<String> {
        if let Some(user) = self.known.get(who) {
            return Some(user.user_id.clone());
        }
        let id = self.reserved.get(who, now_ms)?;
        Some(format!("{}|{id}", provider(strategy)))
    }

    /// The user with the address `who`, who has just authenticated. A new user is created.
    pub(crate) fn first_login(
        &mut self,
        who: &Addressee,
        strategy: Strategy,
        now_ms: u64,
    ) -> &mut User {
        let reserved = self.reserved.take(who, now_ms);
        let ids = &mut self.ids;
        self.known.entry(who.clone()).or_insert_with(|| {
            let id = reserved.unwrap_or_else(|| hex(&Md5::digest(&who.address)).split_off(8));
            let user = new_user(who, strategy, &id, now_ms);
            ids.insert(user.user_id.clone(), who.clone());
            user
        })
    }

    /// Counts a login.
    pub(crate) fn record_login(&mut self, user_id: &str, ip: &str, now_ms: u64) {
        if let Some(user) = self.by_id_mut(user_id) {
            user.logins_count += 1;
            user.last_ip = Some(ip.to_owned());
            user.last_login = Some(rfc3339(now_ms));
            user.updated_at = rfc3339(now_ms);
        }
    }
}

fn provider(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Email => "email",
        Strategy::Sms => "sms",
        Strategy::Database => "auth0",
    }
}

fn new_user(who: &Addressee, strategy: Strategy, id: &str, now_ms: u64) -> User {
    let address = who.address.clone();
    let by_phone = strategy == Strategy::Sms;
    let local_part = address.split('@').next().unwrap_or_default().to_owned();
    User {
        user_id: format!("{}|{id}", provider(strategy)),
        identities: [Identity {
            user_id: id.to_owned(),
            provider: provider(strategy).to_owned(),
            connection: who.connection.clone(),
            is_social: false,
        }],
        email: (!by_phone).then(|| address.clone()),
        email_verified: (!by_phone).then_some(true),
        phone_number: by_phone.then(|| address.clone()),
        phone_verified: by_phone.then_some(true),
        nickname: if by_phone { String::new() } else { local_part },
        picture: (!by_phone).then(|| picture(&address)),
        name: address,
        roles: Vec::new(),
        user_metadata: Map::new(),
        app_metadata: Map::new(),
        claims: Map::new(),
        blocked: false,
        created_at: rfc3339(now_ms),
        updated_at: rfc3339(now_ms),
        last_login: None,
        last_ip: None,
        logins_count: 0,
    }
}

/// The URL of the picture that Auth0 gives to people without one. The mock never loads it.
fn picture(email: &str) -> String {
    let hash = hex(&Md5::digest(email));
    let initials: String = email
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(2)
        .collect();
    format!(
        "https://s.gravatar.com/avatar/{hash}?s=480&r=pg&d=https%3A%2F%2Fcdn.auth0.com%2Favatars%2F{initials}.png"
    )
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    fn ada() -> Addressee {
        Addressee {
            connection: "email".into(),
            address: "ada+888@example.com".into(),
        }
    }

    #[test]
    fn an_id_is_reserved_once_and_becomes_the_users() {
        let mut random = Random::new(Some(1), Stream::Main).unwrap();
        let mut users = Users::default();
        let first = users.reserve(&ada(), &mut random, 1_000);
        assert_eq!(users.reserve(&ada(), &mut random, 2_000), first);
        assert!(users.find(&ada()).is_none(), "not a user yet");
        let user = users.first_login(&ada(), Strategy::Email, 60_000);
        assert_eq!(user.user_id, format!("email|{first}"));
        assert_eq!(user.nickname, "ada+888");
        assert_eq!(user.name, "ada+888@example.com");
        assert_eq!(user.email_verified, Some(true));
        assert_eq!(user.created_at, "1970-01-01T00:01:00.000Z");
        assert_eq!(users.reserve(&ada(), &mut random, 3_000), first);
    }

    #[test]
    fn the_picture_is_the_one_auth0_would_name() {
        assert_eq!(
            picture("someone@example.com"),
            "https://s.gravatar.com/avatar/16d113840f999444259f73bac9ab8b10?s=480&r=pg&d=https%3A%2F%2Fcdn.auth0.com%2Favatars%2Fso.png"
        );
    }
}
