//! A map whose entries expire, with a limited number of entries.
//!
//! No call looks at all entries: each insertion removes a few expired ones, in the order in which they expired.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The limit of entries for most maps. Beyond it the entries that expire first are removed.
pub(crate) const CAPACITY: usize = 20_000;

/// The number of expired entries that one insertion removes. It removes more than it adds, so that their number shrinks.
const SWEEP: usize = 16;

/// Entries by key, and by the time at which they expire.
#[derive(Debug)]
pub(crate) struct Expiring<K, V, const LIMIT: usize = CAPACITY> {
    entries: HashMap<K, Entry<V>>,
    due: BTreeSet<(u64, K)>,
}

#[derive(Debug)]
struct Entry<V> {
    value: V,
    expires_at_ms: u64,
}

impl<K, V, const LIMIT: usize> Default for Expiring<K, V, LIMIT> {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            due: BTreeSet::new(),
        }
    }
}

impl<K: Clone + Ord + Hash, V, const LIMIT: usize> Expiring<K, V, LIMIT> {
    /// Keeps `value` under `key` until `expires_at_ms`. It replaces the value before.
    pub(crate) fn insert(&mut self, key: K, value: V, expires_at_ms: u64, now_ms: u64) {
        self.put(key, value, expires_at_ms);
        for _ in 0..SWEEP {
            let is_over = |(at, _): &(u64, K)| *at <= now_ms || self.due.len() > LIMIT;
            if !self.due.first().is_some_and(is_over) {
                break;
            }
            if let Some((_, key)) = self.due.pop_first() {
                self.entries.remove(&key);
            }
        }
    }

    fn put(&mut self, key: K, value: V, expires_at_ms: u64) {
        let entry = Entry {
            value,
            expires_at_ms,
        };
        if let Some(old) = self.entries.insert(key.clone(), entry) {
            self.due.remove(&(old.expires_at_ms, key.clone()));
        }
        self.due.insert((expires_at_ms, key));
    }

    /// The value of `key`, if it has not expired.
    pub(crate) fn get<Q>(&self, key: &Q, now_ms: u64) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let entry = self.entries.get(key)?;
        (now_ms < entry.expires_at_ms).then_some(&entry.value)
    }

    /// [`Expiring::get`] for changing the value. It expires at the same time as before.
    pub(crate) fn get_mut<Q>(&mut self, key: &Q, now_ms: u64) -> Option<&mut V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let entry = self.entries.get_mut(key)?;
        (now_ms < entry.expires_at_ms).then_some(&mut entry.value)
    }

    /// Removes and returns the value of `key`. `None` if it has expired.
    pub(crate) fn take<Q>(&mut self, key: &Q, now_ms: u64) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let (key, entry) = self.entries.remove_entry(key)?;
        self.due.remove(&(entry.expires_at_ms, key));
        (now_ms < entry.expires_at_ms).then_some(entry.value)
    }

    /// All entries that have not expired, in the order in which they expire.
    pub(crate) fn iter(&self, now_ms: u64) -> impl Iterator<Item = (&K, &V)> {
        self.due
            .range(..)
            .skip_while(move |(at, _)| *at <= now_ms)
            .filter_map(|(_, key)| Some((key, &self.entries.get(key)?.value)))
    }

    /// Keeps the entries for which `keep` is true. It looks at all entries, so it is for the control API and not for logins.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        let entries = &mut self.entries;
        self.due.retain(|(_, key)| {
            let kept = entries
                .get(key)
                .is_some_and(|entry| keep(key, &entry.value));
            if !kept {
                entries.remove(key);
            }
            kept
        });
    }

    /// The number of entries, with the expired ones that are not removed yet.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

impl<K: Serialize + Hash + Eq, V: Serialize, const LIMIT: usize> Serialize
    for Expiring<K, V, LIMIT>
{
    /// Writes a list in the order in which entries expire, so that equal maps have equal texts.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.due.iter().filter_map(|(at, key)| {
            let entry = self.entries.get(key)?;
            Some((key, &entry.value, at))
        });
        serializer.collect_seq(rows)
    }
}

impl<'de, K, V, const LIMIT: usize> Deserialize<'de> for Expiring<K, V, LIMIT>
where
    K: Deserialize<'de> + Clone + Ord + Hash,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = Vec::<(K, V, u64)>::deserialize(deserializer)?;
        let mut map = Self::default();
        // If a document has too many entries, those that expire last are kept.
        let surplus = rows.len().saturating_sub(LIMIT);
        for (key, value, expires_at_ms) in rows.into_iter().skip(surplus) {
            map.put(key, value, expires_at_ms);
        }
        Ok(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Small = Expiring<u8, u8, 5>;

    #[test]
    fn an_entry_is_there_until_its_time_and_not_at_it() {
        let mut map = Small::default();
        map.insert(1, 10, 100, 0);
        assert_eq!(map.get(&1, 99), Some(&10));
        assert_eq!(map.get(&1, 100), None);
        assert_eq!(map.take(&1, 100), None);
        assert_eq!(map.len(), 0);
    }

    #[test]
    fn due_entries_go_while_others_are_inserted() {
        let mut map = Expiring::<u64, (), 1_000>::default();
        for i in 0..1_000 {
            map.insert(i, (), i + 1, 0);
        }
        for i in 1_000..1_100 {
            map.insert(i, (), u64::MAX, 5_000);
        }
        assert_eq!(map.len(), 100);
    }

    #[test]
    fn a_document_keeps_times_and_order() {
        let mut map = Small::default();
        map.insert(2, 20, 200, 0);
        map.insert(1, 10, 300, 0);
        let text = serde_json::to_string(&map).unwrap();
        assert_eq!(text, "[[2,20,200],[1,10,300]]");
        let again: Small = serde_json::from_str(&text).unwrap();
        assert_eq!((again.get(&2, 200), again.get(&1, 200)), (None, Some(&10)));
    }

    proptest! {
        #[test]
        fn it_never_outgrows_its_limit_nor_loses_its_order(steps in prop::collection::vec((any::<u8>(), 0..50_u64, 0..100_u64, any::<bool>()), 0..80)) {
            let mut map = Small::default();
            for (key, life, now, removes) in steps {
                if removes {
                    map.take(&key, now);
                } else {
                    map.insert(key, key, now + life, now);
                }
                prop_assert!(map.len() <= 5);
                prop_assert_eq!(map.entries.len(), map.due.len());
                prop_assert!(map.due.iter().all(|(at, key)| map.entries[key].expires_at_ms == *at));
            }
        }
    }
}
