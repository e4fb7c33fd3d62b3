//! Tests how many messages the app sends.

use chrono::TimeDelta;

use super::visitor::{Answer, Visitor};
use crate::limits::{BY_IP, BY_RECIPIENT};

async fn ask(visitor: &mut Visitor, address: &str) -> Answer {
    visitor.post("/login", &format!("email={address}")).await
}

fn assert_refused(answer: &Answer, says: &str) {
    assert_eq!(answer.status, 429, "{}", answer.body);
    assert!(answer.body.contains("Too many codes asked for"));
    assert!(answer.body.contains(says), "{}", answer.body);
    assert!(answer.body.contains("href=\"/inline.html\""));
}

#[tokio::test]
async fn a_recipient_gets_only_so_many_codes_whoever_asks() {
    let mut visitor = Visitor::new().await;
    for place in 0..BY_RECIPIENT.get() {
        visitor.ip = format!("203.0.113.{place}").parse().ok();
        assert_eq!(ask(&mut visitor, "nora%40example.com").await.status, 303);
    }
    let refused = ask(&mut visitor, "Nora%40Example.com").await;
    assert_refused(&refused, "Wait 12 minutes");
    assert_eq!(ask(&mut visitor, "omar%40example.com").await.status, 303);
    assert_eq!(
        visitor.tenant.script().starts.len(),
        6,
        "the tenant is not asked"
    );

    visitor.wait(TimeDelta::minutes(12));
    assert_eq!(ask(&mut visitor, "nora%40example.com").await.status, 303);
}

#[tokio::test]
async fn another_code_counts_too_and_the_page_that_asks_for_it_says_so() {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    for _ in 1..BY_RECIPIENT.get() {
        assert_eq!(visitor.post("/login/resend", "").await.status, 303);
    }
    let refused = visitor.post("/login/resend", "").await;
    assert_eq!(refused.status, 429);
    assert!(
        refused.body.contains("id=\"code-form\""),
        "{}",
        refused.body
    );
    assert!(refused.body.contains("Wait 12 minutes"));
}

#[tokio::test]
async fn an_address_sends_only_so_many_codes_whoever_gets_them() {
    let mut visitor = Visitor::new().await;
    let place = |n: u32| format!("2001:db8::{n:x}:0:0:1").parse().ok();
    for n in 0..BY_IP.get() {
        // This address is in the same 64-bit network.
        visitor.ip = place(n);
        let address = format!("person{n}%40example.com");
        assert_eq!(ask(&mut visitor, &address).await.status, 303);
    }
    assert_refused(
        &ask(&mut visitor, "nora%40example.com").await,
        "Wait 2 minutes",
    );
    visitor.ip = "2001:db8:0:1::1".parse().ok();
    assert_eq!(ask(&mut visitor, "nora%40example.com").await.status, 303);
}

#[tokio::test]
async fn an_app_that_is_told_no_address_counts_everybody_as_one() {
    let mut visitor = Visitor::new().await;
    visitor.ip = None;
    for n in 0..BY_IP.get() {
        ask(&mut visitor, &format!("person{n}%40example.com")).await;
    }
    assert_eq!(ask(&mut visitor, "nora%40example.com").await.status, 429);
}
