//! `GET /callback`: the tenant sends the browser here, with a code or an error. The comments number the steps of the
//! login, 1 to 8.

use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::{PrivateCookieJar, cookie::CookieJar};
use openidconnect::url::form_urlencoded;

use crate::{
    error::{Error, Page},
    finish,
    local_path::LocalPath,
    oidc::Metadata,
    pages,
    state::AppState,
    transaction::{NoTransaction, Transaction},
};

/// The longest query that is accepted, in bytes.
const MAX_QUERY_BYTES: usize = 4096;

/// Handles the callback. The response is a redirect to an address without a query, with a session, or a page that says
/// what went wrong.
pub async fn receive(
    State(app): State<AppState>,
    raw_jar: CookieJar,
    private_jar: PrivateCookieJar,
    RawQuery(query): RawQuery,
) -> Response {
    // The response may be in the fragment, which no server sees.
    if query.as_deref().unwrap_or_default().is_empty() {
        return (StatusCode::BAD_REQUEST, pages::fragment()).into_response();
    }
    // 1. Read the parameters: one code or one error, and one state.
    let answer = match AuthorizationResponse::parse(query.as_deref().unwrap_or_default()) {
        Ok(answer) => answer,
        Err(error) => return Page::of(&error, &app).into_response(),
    };
    // 2. Find this browser's login by the state. Its cookie is deleted, and the login can be used only once.
    let now = app.clock.now();
    let base_url = &app.settings.base_url;
    let (private_jar, found) =
        Transaction::take(&answer.state, &raw_jar, private_jar, base_url, now);
    let transaction = match found {
        Ok(transaction) if app.spent.spend(&transaction, now) => Ok(transaction),
        Ok(_) => Err(Error::TransactionSpent),
        Err(NoTransaction::Expired) => Err(Error::TransactionExpired),
        Err(NoTransaction::Missing) => Err(Error::TransactionMissing),
        Err(NoTransaction::OtherState) => Err(Error::StateMismatch),
    };
    let result = match transaction {
        Ok(transaction) => log_in(&app, raw_jar, answer, transaction).await,
        Err(error) => Err(error),
    };
    match result {
        // 8. Redirect, so that the code leaves the address bar and the history.
        Ok((jar, return_to)) => {
            (private_jar, jar, Redirect::to(return_to.as_str())).into_response()
        }
        Err(error) => (private_jar, Page::of(&error, &app)).into_response(),
    }
}

async fn log_in(
    app: &AppState,
    jar: CookieJar,
    answer: AuthorizationResponse,
    transaction: Transaction,
) -> Result<(CookieJar, LocalPath), Error> {
    // 3. Anyone can forge an error. Step 2 has checked the state, so this error belongs to the login.
    let code = answer.outcome.map_err(|refusal| Error::Refused {
        code: refusal.code,
        description: refusal.description,
    })?;
    // 4. Check the issuer, if the response names one or the tenant promises one (RFC 9207).
    let (settings, now) = (&app.settings, app.clock.now());
    let metadata = app.tenant.metadata(settings, now).await?;
    check_issuer(
        answer.issuer.as_deref(),
        &metadata,
        &settings.domain.issuer(),
    )?;
    // 5. Exchange the code for an ID token, with the client's secret and the code verifier.
    let token = app
        .tenant
        .exchange(settings, &metadata, code, transaction.code_verifier)
        .await?;
    // 6. Check the ID token. 7. Start a session under a new id. The stored path may have been changed since, so it is
    // checked again that the path is local.
    let nonce = Some(transaction.nonce.as_str());
    let jar = finish::begin_session(app, jar, &metadata, &token, nonce).await?;
    let return_to = LocalPath::parse(&transaction.return_to).unwrap_or_else(LocalPath::root);
    Ok((jar, return_to))
}

fn check_issuer(given: Option<&str>, metadata: &Metadata, issuer: &str) -> Result<(), Error> {
    let promised = metadata
        .additional_metadata()
        .authorization_response_iss_parameter_supported;
    match given {
        None if !promised => Ok(()),
        Some(given) if given == issuer => Ok(()),
        _ => Err(Error::IssuerMismatch),
    }
}

/// The parameters of an authorization response (RFC 6749 section 4.1.2).
struct AuthorizationResponse {
    state: String,
    outcome: Result<String, Refusal>,
    issuer: Option<String>,
}

struct Refusal {
    code: String,
    description: String,
}

impl AuthorizationResponse {
    fn parse(query: &str) -> Result<Self, Error> {
        if query.len() > MAX_QUERY_BYTES {
            return Err(Error::Malformed("is too long"));
        }
        let take = |wanted: &str| {
            let mut values = form_urlencoded::parse(query.as_bytes())
                .filter_map(|(name, value)| (name == wanted).then(|| value.into_owned()));
            match (values.next(), values.next()) {
                (_, Some(_)) => Err(Error::Malformed("has a parameter twice")),
                (value, None) => Ok(value.filter(|value| !value.is_empty())),
            }
        };
        let (code, error) = (take("code")?, take("error")?);
        let description = take("error_description")?.unwrap_or_default();
        let issuer = take("iss")?;
        let state = take("state")?.ok_or(Error::Malformed("has no state"))?;
        let outcome = match (code, error) {
            (Some(code), None) => Ok(code),
            (None, Some(code)) => Err(Refusal { code, description }),
            (Some(_), Some(_)) => return Err(Error::Malformed("has both a code and an error")),
            (None, None) => return Err(Error::Malformed("has neither a code nor an error")),
        };
        Ok(Self {
            state,
            outcome,
            issuer,
        })
    }
}
