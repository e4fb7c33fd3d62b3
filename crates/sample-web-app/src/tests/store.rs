//! Tests how long entries are kept, and which entry is removed when the store is full.

use axum_extra::extract::cookie::CookieJar;
use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    address::BaseUrl,
    random::OsRandom,
    store::{Limits, PerBrowser, Store},
};

const LIFE: TimeDelta = TimeDelta::minutes(30);
const LIMITS: Limits = Limits {
    life: LIFE,
    idle: None,
    room: 3,
};

fn base_url() -> BaseUrl {
    BaseUrl::parse("http://localhost:3000").unwrap()
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
}

#[test]
fn the_number_is_bounded_and_the_one_that_would_end_first_gives_way() {
    let store = Store::new(LIMITS);
    for (id, seconds) in [("second", 1), ("oldest", 0), ("third", 2)] {
        assert!(store.add(id, (), at(seconds)));
    }
    assert!(store.find("oldest", at(2)).is_some(), "there is room");
    store.add("newest", (), at(3));
    assert_eq!(store.find("oldest", at(3)), None);
    for kept in ["second", "third", "newest"] {
        assert!(store.find(kept, at(3)).is_some(), "{kept}");
    }
}

#[test]
fn a_use_prolongs_an_entry_that_has_an_idle_life_but_not_beyond_its_life() {
    let idle = Some(TimeDelta::minutes(20));
    let store = Store::new(Limits { idle, ..LIMITS });
    store.add("used", (), at(0));
    store.add("left alone", (), at(0));
    assert!(store.find("used", at(19 * 60)).is_some());
    assert_eq!(store.find("left alone", at(20 * 60)), None);
    assert!(store.find("used", at(29 * 60)).is_some());
    assert_eq!(store.find("used", at(30 * 60)), None);
}

#[test]
fn what_is_kept_already_stays_as_it_is() {
    let store = Store::new(LIMITS);
    assert!(store.add("id", 1, at(0)));
    assert!(!store.add("id", 2, at(0)));
    assert_eq!(store.find("id", at(0)), Some(1));
    assert!(store.add("id", 3, at(30 * 60)), "the first has expired");
    assert_eq!(store.find("id", at(30 * 60)), Some(3));
}

#[test]
fn one_that_is_expired_ended_or_replaced_is_gone() {
    let store = PerBrowser::new("kept", Some(LIFE), LIMITS);
    let begin = |jar: CookieJar, now| store.begin((), jar, &base_url(), now, &OsRandom).unwrap();
    let is_there = |jar: &CookieJar, now| store.find(jar, &base_url(), now).is_some();
    let expired = begin(CookieJar::new(), at(0));
    let late = at(30 * 60);
    assert!(is_there(&expired, late - TimeDelta::seconds(1)));
    assert!(!is_there(&expired, late));

    let before = begin(CookieJar::new(), late);
    let after = begin(before.clone(), late);
    assert!(!is_there(&before, late));
    assert!(is_there(&after, late));
    let copy = after.clone();
    let ended = store.end(after, &base_url());
    assert_eq!(ended.iter().count(), 0, "the cookie is gone");
    assert!(!is_there(&copy, late), "and so is the entry");
}

#[test]
fn the_values_are_not_in_debug_output() {
    let store = Store::new(LIMITS);
    store.add("id", "nora@example.com", at(0));
    let shown = format!("{store:?}");
    assert!(shown.starts_with("Store { limits") && !shown.contains("nora"));
}
