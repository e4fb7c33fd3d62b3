//! Creating, changing and deleting clients, connections and users while the tenant runs.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{Reply, Tenant, co_body, request, start_body};

const ADA: &str = "ada@example.com";

async fn call(tenant: &Tenant, method: Method, path: &str, body: &Value) -> Reply {
    let path = format!("/_mock/{path}");
    tenant
        .send(request(method, &path, &[], &body.to_string()))
        .await
}

#[tokio::test]
async fn a_client_can_be_created_used_and_deleted() {
    let tenant = Tenant::new();
    let body = json!({"name": "Shop", "callbacks": ["https://shop.example.com/cb"]});
    let reply = call(&tenant, Method::POST, "clients", &body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let client = reply.json();
    let id = client["client_id"].as_str().unwrap();
    assert_eq!(id.len(), 32);
    assert_eq!(client["client_secret"].as_str().unwrap().len(), 64);
    assert_eq!(
        (&client["name"], &client["app_type"]),
        (&json!("Shop"), &json!("regular_web"))
    );
    let mut start = start_body(ADA);
    start["client_id"] = id.into();
    start["client_secret"] = client["client_secret"].clone();
    assert_eq!(tenant.post("/passwordless/start", &start).await.status, 200);
    let path = format!("clients/{id}");
    let reply = call(&tenant, Method::DELETE, &path, &Value::Null).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let refused = tenant.post("/passwordless/start", &start).await;
    assert_eq!(refused.json()["error"], "unauthorized_client");
    assert_eq!(
        call(&tenant, Method::DELETE, &path, &Value::Null)
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_public_client_gets_no_secret() {
    let body = json!({"client_id": "shop-spa", "app_type": "spa"});
    let client = call(&Tenant::new(), Method::POST, "clients", &body)
        .await
        .json();
    assert_eq!(client["client_id"], "shop-spa");
    assert_eq!(client.get("client_secret"), None);
}

#[tokio::test]
async fn a_connection_can_be_created_used_and_deleted_with_its_users() {
    let tenant = Tenant::new();
    let body = json!({"name": "guests", "strategy": "email", "options": {"totp": {"length": 8}}});
    let reply = call(&tenant, Method::POST, "connections", &body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    assert_eq!(
        reply.json()["options"]["totp"],
        json!({"time_step": 180, "length": 8})
    );
    let mut start = start_body(ADA);
    start["connection"] = "guests".into();
    tenant.post("/passwordless/start", &start).await;
    let code = tenant.last_message(ADA).await["code"].clone();
    assert_eq!(code.as_str().unwrap().len(), 8);
    let mut handed = co_body(ADA, code.as_str().unwrap());
    handed["realm"] = "guests".into();
    assert_eq!(tenant.post("/co/authenticate", &handed).await.status, 200);
    call(&tenant, Method::DELETE, "connections/guests", &Value::Null).await;
    let refused = tenant.post("/passwordless/start", &start).await;
    assert_eq!(
        refused.json()["error_description"],
        "Connection does not exist"
    );
    assert_eq!(tenant.get("/_mock/users", &[]).await.json(), json!([]));
}

#[tokio::test]
async fn a_user_can_be_created_changed_and_deleted_with_sessions_and_tokens() {
    let tenant = Tenant::new();
    let body = json!({"email": " ADA@example.com ", "name": "Ada"});
    let reply = call(&tenant, Method::POST, "users", &body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let made = reply.json();
    assert_eq!(
        (&made["email"], &made["name"], &made["logins_count"]),
        (&json!(ADA), &json!("Ada"), &json!(0))
    );
    let id = made["user_id"].as_str().unwrap();
    let path = format!("users/{}", id.replace('|', "%7C"));
    let changed = call(&tenant, Method::PATCH, &path, &json!({"name": "Ada L."})).await;
    assert_eq!(
        (&changed.json()["name"], &changed.json()["blocked"]),
        (&json!("Ada L."), &json!(false))
    );
    let login = tenant
        .authorize(&[("scope", "openid offline_access")])
        .await;
    let cookie = format!("auth0={}", login.cookie("auth0").unwrap());
    let tokens = tenant
        .exchange(&login.param("code").unwrap(), &[])
        .await
        .json();
    assert_eq!(
        tenant.get("/_mock/users", &[]).await.json()[0]["user_id"],
        id,
        "the same person"
    );
    let waiting = tenant.code_for(ADA).await;
    assert_eq!(
        call(&tenant, Method::DELETE, &path, &Value::Null)
            .await
            .status,
        200
    );
    // The user's session, access token, refresh token and code are no longer valid.
    let silent = tenant.authorize_with(&[("prompt", "none")], &cookie).await;
    assert_eq!(silent.param("error").as_deref(), Some("login_required"));
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let profile = tenant.get("/userinfo", &[("authorization", &bearer)]).await;
    assert_eq!(profile.status, 401);
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", "latchkey-web"),
        ("client_secret", "latchkey-web-secret"),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
    ];
    let refused = tenant.form("/oauth/token", &refresh).await;
    assert_eq!(refused.json()["error"], "invalid_grant");
    let refused = tenant
        .post("/co/authenticate", &co_body(ADA, &waiting))
        .await;
    assert_eq!(refused.status, 403);
    assert_eq!(tenant.get("/_mock/users", &[]).await.json(), json!([]));
}

#[tokio::test]
async fn a_user_can_have_a_phone_number() {
    let body = json!({"phone_number": "+493012345678"});
    let user = call(&Tenant::new(), Method::POST, "users", &body)
        .await
        .json();
    assert_eq!(user["identities"][0]["connection"], "sms");
    assert_eq!(user["phone_number"], "+493012345678");
}

#[rstest]
#[case("clients", json!({"client_id": "latchkey-web"}), 409, "client `latchkey-web` exists; choose another `client_id`")]
#[case("clients", json!({"client_id": ""}), 400, "field `clients[2].client_id` is missing; give it a value")]
#[case("clients", json!({"client_id": 7}), 400, "field `clients[2].client_id` has the wrong type")]
#[case("clients", json!({"callbacks": "x"}), 400, "field `clients[2].callbacks` has the wrong type")]
#[case("clients", json!({"callbacks": ["app.example.com"]}), 400, "write it as https://app.example.com/callback")]
#[case("clients", json!({"web_origins": ["https://app.example.com/x"]}), 400, "write scheme, host and port alone: https://app.example.com")]
#[case("clients", json!({"colour": "red"}), 400, "field `clients[2].colour` is not known")]
#[case("clients", json!([]), 400, "expected a JSON object")]
#[case("connections", json!({}), 400, "field `connections[2].name` is missing; give it a value")]
#[case("connections", json!({"name": "email"}), 409, "connection `email` exists; choose another `name`")]
#[case("connections", json!({"name": "fax", "strategy": "fax"}), 400, "field `connections[2].strategy` has the wrong type or value")]
#[case("users", json!({}), 400, "needs an `email` or a `phone_number`")]
#[case("users", json!({"email": "ada"}), 400, "field `user.email` is not valid: ada; write it as ada@example.com")]
#[case("users", json!({"phone_number": "030"}), 400, "field `user.phone_number` is not valid: 030; write it as +493012345678")]
#[case("users", json!({"email": "a@b.co", "connection": "fax"}), 400, "field `connection` names no passwordless connection: fax")]
#[case("users", json!({"email": "a@b.co", "connection": "sms"}), 400, "field `phone_number` is missing; write it as +493012345678")]
#[case("users", json!({"email": "a@b.co", "age": 7}), 400, "field `age` is not known")]
#[case("users", json!({"email": "known@example.com"}), 409, "the user already exists")]
#[tokio::test]
async fn a_refusal_names_the_field_and_the_remedy_and_changes_nothing(
    #[case] path: &str,
    #[case] body: Value,
    #[case] status: u16,
    #[case] text: &str,
) {
    let tenant = Tenant::with(json!({"users": [{"email": "known@example.com"}]}));
    let before = tenant.get("/_mock/snapshot", &[]).await.json();
    let reply = call(&tenant, Method::POST, path, &body).await;
    assert_eq!(reply.status.as_u16(), status, "{}", reply.text);
    let said = reply.json()["error_description"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(said.contains(text), "{said}");
    let mut after = tenant.get("/_mock/snapshot", &[]).await.json();
    // The refused request may have used randomness for an ID.
    after["state"]["random"] = before["state"]["random"].clone();
    assert_eq!(before, after);
}
