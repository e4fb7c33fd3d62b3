//! The crate `openidconnect` as relying party: discovery, code exchange with PKCE, ID token validation.

use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl,
    Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, RedirectUrl, Scope, TokenResponse as _,
};
use tower::ServiceExt as _;

use super::tenant::{CALLBACK, Tenant};

/// An HTTP client for `openidconnect` that calls the router in process.
async fn call(tenant: &Tenant, request: HttpRequest) -> Result<HttpResponse, std::io::Error> {
    use http_body_util::BodyExt as _;
    let request = request.map(axum::body::Body::from);
    let response = tenant.app.clone().oneshot(request).await;
    let (parts, body) = response.map_err(std::io::Error::other)?.into_parts();
    let bytes = body.collect().await.map_err(std::io::Error::other)?;
    Ok(HttpResponse::from_parts(parts, bytes.to_bytes().to_vec()))
}

#[tokio::test]
async fn openidconnect_discovers_the_tenant_and_validates_its_tokens() {
    // The library checks `exp` by the machine's clock.
    let tenant = Tenant::on_real_time();
    let http = |request: HttpRequest| call(&tenant, request);
    let issuer = IssuerUrl::new("http://localhost:4000/".to_owned()).unwrap();
    let metadata = CoreProviderMetadata::discover_async(issuer, &http)
        .await
        .unwrap();
    let secret = ClientSecret::new("latchkey-web-secret".to_owned());
    let client = CoreClient::from_provider_metadata(
        metadata,
        ClientId::new("latchkey-web".to_owned()),
        Some(secret),
    )
    .set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap());
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, state, nonce) = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        )
        .add_scope(Scope::new("email".to_owned()))
        .add_scope(Scope::new("profile".to_owned()))
        .set_pkce_challenge(challenge)
        .url();
    let (ticket, cookie) = tenant.ticket_for("ada@example.com").await;
    let path = format!(
        "/authorize?{}&realm=email&login_ticket={ticket}",
        url.query().unwrap()
    );
    let cookie = format!("auth0_co={cookie}");
    let callback = tenant.get(&path, &[("cookie", &cookie)]).await;
    assert_eq!(callback.param("state").as_ref(), Some(state.secret()));
    let tokens = client
        .exchange_code(AuthorizationCode::new(callback.param("code").unwrap()))
        .unwrap()
        .set_pkce_verifier(verifier)
        .request_async(&http)
        .await
        .unwrap();
    let id_token = tokens.id_token().unwrap();
    let claims = id_token
        .claims(&client.id_token_verifier(), &nonce)
        .unwrap();
    assert_eq!(claims.email().unwrap().as_str(), "ada@example.com");
    assert!(claims.updated_at().is_some(), "Auth0's text form is read");
    let profile: openidconnect::core::CoreUserInfoClaims = client
        .user_info(
            tokens.access_token().clone(),
            Some(claims.subject().clone()),
        )
        .unwrap()
        .request_async(&http)
        .await
        .unwrap();
    assert_eq!(profile.email_verified(), Some(true));
}
