//! Tests of options and results as JSON, and of the claims of an ID token as a type of the caller.

use rstest::rstest;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::object;
use crate::wire::Value;
use crate::{
    AuthorizationResult, AuthorizeOptions, Config, ErrorKind, LoginOptions, LogoutOptions,
    ParseOptions, Send, SessionOptions, StartOptions, StartResponse,
};

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

fn written<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

/// Checks that deserializing and serializing `json` returns the same text.
fn kept<T: DeserializeOwned + serde::Serialize>(json: &str) {
    assert_eq!(written(&read::<T>(json)), json);
}

#[test]
fn options_keep_their_javascript_names_and_unknown_ones() {
    kept::<StartOptions>(
        r#"{"connection":"sms","send":"link","phoneNumber":"+1555","authParams":{"state":"S"},"captcha":"c","xRequestLanguage":"de","timeout":5000,"own":{"a":[1,2.5,null,true]}}"#,
    );
    kept::<AuthorizeOptions>(
        r#"{"connection":"email","prompt":"login","login_hint":"a@b.co","state":"S","nonce":"N","appState":{"to":"/"},"screen_hint":"signup"}"#,
    );
    kept::<LogoutOptions>(r#"{"returnTo":"https://app.example.com","federated":true}"#);
    kept::<SessionOptions>(
        r#"{"responseType":"token","scope":"openid","audience":"A","timeout":9,"pkce":true}"#,
    );
    kept::<LoginOptions>(
        r#"{"connection":"email","email":"a@b.co","state":"S","nonce":"N","appState":1,"redirect":false}"#,
    );
    kept::<ParseOptions>(
        r#"{"state":"S","nonce":"N","responseType":"token","__enableIdPInitiatedLogin":true}"#,
    );
    kept::<StartResponse>(r#"{"Id":"1","emailVerified":false}"#);
    kept::<Config>(
        r#"{"domain":"me.auth0.com","clientID":"C","redirectUri":"u","responseType":"code","responseMode":"query","scope":"openid","audience":"A","state":"S","nonce":"N","organization":"O","language":"de","timeout":1,"_sendTelemetry":false,"stateExpiration":2,"cookieDomain":"example.com","pkce":true}"#,
    );
}

#[test]
fn missing_options_have_their_defaults() {
    assert_eq!(
        read::<Config>(r#"{"domain":"me.auth0.com","clientID":"C"}"#),
        Config::new("me.auth0.com", "C")
    );
    assert_eq!(read::<StartOptions>("{}"), StartOptions::default());
    assert_eq!(read::<LoginOptions>("{}"), LoginOptions::default());
    assert!(read::<ParseOptions>("{}") == ParseOptions::default());
    assert_eq!(read::<SessionOptions>("{}"), SessionOptions::default());
    assert_eq!(read::<AuthorizeOptions>("{}"), AuthorizeOptions::default());
    assert_eq!(read::<LogoutOptions>("{}"), LogoutOptions::default());
}

#[rstest]
#[case::domain(r#"{"clientID":"C"}"#, "domain")]
#[case::client_id(r#"{"domain":"d"}"#, "clientID")]
#[case::type_of_one(r#"{"domain":"d","clientID":1}"#, "invalid type")]
fn an_error_names_the_member_that_does_not_fit(#[case] json: &str, #[case] text: &str) {
    let error = serde_json::from_str::<Config>(json)
        .unwrap_err()
        .to_string();
    assert!(error.contains(text), "{error}");
}

#[test]
fn values_survive_a_round_trip_without_undefined_members() {
    kept::<Value>(
        r#"{"z":1,"a":[null,true,"é€😀",-1.5,{"__proto__":"own"}],"m":9007199254740991}"#,
    );
    let value = object! {"there": 1.0, "gone": Value::Undefined, "none": Value::Null};
    assert_eq!(written(&Value::Object(value)), r#"{"there":1,"none":null}"#);
    assert_eq!(written(&Value::from(1e300)), "1e+300");
    assert_eq!(written(&Value::from(f64::NAN)), "null");
}

#[test]
fn kinds_and_send_are_serialized_as_their_javascript_texts() {
    for kind in [
        ErrorKind::InvalidCode,
        ErrorKind::ThirdPartyCookies,
        ErrorKind::RateLimited,
    ] {
        assert_eq!(written(&kind), format!("\"{}\"", kind.as_str()));
        assert_eq!(read::<ErrorKind>(&written(&kind)), kind);
    }
    assert_eq!(read::<Send>("\"link\""), Send::Link);
}

fn result() -> AuthorizationResult {
    let claims = object! {
        "iss": "https://me.auth0.com/", "sub": "email|1", "exp": 1_700_000_000.0,
        "email_verified": true, "https://example.com/roles": Value::Array(vec![Value::from("admin")]),
    };
    let response = object! {"access_token": "AT", "id_token": "IT", "refresh_token": "RT", "expires_in": "7200", "scope": "openid"};
    AuthorizationResult::new(&response, &Value::Object(claims), &Value::Null)
}

#[derive(Debug, PartialEq, Deserialize)]
struct Claims {
    sub: String,
    exp: u64,
    email_verified: bool,
    name: Option<String>,
    #[serde(rename = "https://example.com/roles")]
    roles: Vec<Role>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    Admin,
}

#[test]
fn claims_are_deserialized_to_the_callers_type() {
    assert_eq!(
        result().claims::<Claims>().unwrap(),
        Claims {
            sub: "email|1".to_owned(),
            exp: 1_700_000_000,
            email_verified: true,
            name: None,
            roles: vec![Role::Admin],
        }
    );
    let error = result().claims::<Vec<String>>().unwrap_err();
    assert!(error.to_string().contains("expected a sequence"), "{error}");
}

#[test]
fn without_an_id_token_there_are_no_claims() {
    let none =
        AuthorizationResult::new(&object! {"access_token": "AT"}, &Value::Null, &Value::Null);
    assert_eq!(none.claims::<Option<Claims>>().unwrap(), None);
    none.claims::<Claims>().unwrap_err();
}

#[test]
fn secrets_are_serialized_only_with_secrets() {
    let login = LoginOptions {
        verification_code: "123456".into(),
        ..LoginOptions::default()
    };
    let hash = ParseOptions {
        hash: Some("#access_token=AT".to_owned()),
        ..ParseOptions::default()
    };
    let with_code = AuthorizationResult::new(&object! {"code": "CODE"}, &Value::Null, &Value::Null);
    let all = [
        written(&login),
        written(&hash),
        written(&result()),
        written(&with_code),
    ]
    .concat();
    for secret in ["123456", "AT", "\"IT\"", "RT", "CODE"] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
    assert!(all.contains(r#""scope":"openid""#), "{all}");
    let shown = written(&result().with_secrets());
    assert!(
        shown.contains(r#""accessToken":"AT","idToken":"IT""#),
        "{shown}"
    );
    assert_eq!(
        format!("{:?}", result().with_secrets()),
        "WithSecrets([redacted])"
    );
    assert!(read::<AuthorizationResult>(&shown) == result());
}
