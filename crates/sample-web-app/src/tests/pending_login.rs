//! The store of the logins that wait for their code.

use axum_extra::extract::cookie::CookieJar;
use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    address::BaseUrl,
    email_address::EmailAddress,
    pending_login::{LIFE, PendingLogin, PendingLogins},
    random::OsRandom,
};

fn base_url() -> BaseUrl {
    BaseUrl::parse("http://localhost:3000").unwrap()
}

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn begin(logins: &PendingLogins, jar: CookieJar, begun_at: DateTime<Utc>) -> CookieJar {
    let login = PendingLogin {
        address: EmailAddress::parse("nora@example.com").unwrap(),
        begun_at,
        sent_again: false,
    };
    logins.begin(login, jar, &base_url(), &OsRandom).unwrap()
}

fn is_there(logins: &PendingLogins, jar: &CookieJar, now: DateTime<Utc>) -> bool {
    logins.find(jar, &base_url(), now).is_some()
}

#[test]
fn the_number_is_bounded_and_the_oldest_gives_way() {
    let logins = PendingLogins::with_room(3);
    let begun_at = |seconds| start() + TimeDelta::seconds(seconds);
    let second = begin(&logins, CookieJar::new(), begun_at(1));
    let oldest = begin(&logins, CookieJar::new(), begun_at(0));
    let third = begin(&logins, CookieJar::new(), begun_at(2));
    assert!(is_there(&logins, &oldest, begun_at(2)), "there is room");
    let newest = begin(&logins, CookieJar::new(), begun_at(3));
    assert!(!is_there(&logins, &oldest, begun_at(3)));
    for kept in [second, third, newest] {
        assert!(is_there(&logins, &kept, begun_at(3)));
    }
}

#[test]
fn one_that_is_expired_ended_or_replaced_is_gone() {
    let logins = PendingLogins::default();
    let expired = begin(&logins, CookieJar::new(), start());
    let late = start() + LIFE;
    assert!(is_there(&logins, &expired, late - TimeDelta::seconds(1)));
    assert!(!is_there(&logins, &expired, late));

    let before = begin(&logins, CookieJar::new(), late);
    let after = begin(&logins, before.clone(), late);
    assert!(!is_there(&logins, &before, late));
    assert!(is_there(&logins, &after, late));
    let copy = after.clone();
    let ended = logins.end(after, &base_url());
    assert_eq!(ended.iter().count(), 0, "the cookie is gone");
    assert!(!is_there(&logins, &copy, late), "and so is the login");
    assert_eq!(format!("{logins:?}"), "PendingLogins { .. }");
}
