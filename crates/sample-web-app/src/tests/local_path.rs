//! Tests which paths are accepted for redirects.

use rstest::rstest;

use crate::local_path::LocalPath;

#[rstest]
#[case("/")]
#[case("/lock.html")]
#[case("/a/b?c=d&e=%20#f")]
#[case("/a//b")]
#[case("/?next=https://elsewhere.example")]
fn local(#[case] path: &str) {
    assert_eq!(LocalPath::parse(path).unwrap().as_str(), path);
}

#[rstest]
#[case("")]
#[case("lock.html")]
#[case("https://evil.example")]
#[case("https:evil.example")]
#[case("javascript:alert(1)")]
#[case("//evil.example")]
#[case("///evil.example")]
#[case("/\\evil.example")]
#[case("\\\\evil.example")]
#[case("/\t/evil.example")]
#[case("/\n/evil.example")]
#[case(" /")]
#[case("/ä")]
#[case("/a\r\nSet-Cookie: x=y")]
#[case("/a%0d%0aSet-Cookie:x")]
#[case("/%0D")]
#[case("/%5cevil.example")]
#[case("/%2fevil.example")]
#[case("/%2F%2Fevil.example")]
#[case("/\0")]
#[case("@evil.example")]
#[case(&format!("/{}", "a".repeat(300)))]
fn elsewhere(#[case] path: &str) {
    assert_eq!(LocalPath::parse(path), None);
}
