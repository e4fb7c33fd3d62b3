//! Mail services: their domains, their web pages, and the slips that people make in their names.

/// The name of a web page for reading mail, and its address.
pub type Webmail = (String, String);

/// Mail services: the name that people know, the web page, and the domains of its addresses.
const SERVICES: [(&str, &str, &str); 19] = [
    ("Gmail", "mail.google.com/mail/", "gmail.com googlemail.com"),
    (
        "Outlook",
        "outlook.live.com/mail/",
        "outlook.com hotmail.com live.com msn.com outlook.de outlook.fr hotmail.de hotmail.fr hotmail.co.uk hotmail.it hotmail.es live.nl live.fr live.de live.co.uk outlook.es outlook.it",
    ),
    (
        "Yahoo Mail",
        "mail.yahoo.com/",
        "yahoo.com ymail.com rocketmail.com yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.in yahoo.co.in yahoo.com.br yahoo.ca",
    ),
    ("Yahoo!メール", "mail.yahoo.co.jp/", "yahoo.co.jp"),
    (
        "iCloud Mail",
        "www.icloud.com/mail/",
        "icloud.com me.com mac.com",
    ),
    ("AOL Mail", "mail.aol.com/", "aol.com"),
    (
        "Proton Mail",
        "mail.proton.me/",
        "proton.me protonmail.com pm.me",
    ),
    ("GMX", "www.gmx.net/", "gmx.de gmx.net gmx.at gmx.ch"),
    ("GMX", "www.gmx.com/", "gmx.com gmx.co.uk gmx.fr"),
    ("WEB.DE", "web.de/", "web.de"),
    (
        "Posteo",
        "posteo.de/",
        "posteo.de posteo.net posteo.org posteo.eu",
    ),
    ("T-Online", "email.t-online.de/", "t-online.de"),
    ("Fastmail", "app.fastmail.com/", "fastmail.com fastmail.fm"),
    ("Orange", "messagerie.orange.fr/", "orange.fr wanadoo.fr"),
    ("Libero", "mail.libero.it/", "libero.it"),
    ("Seznam", "email.seznam.cz/", "seznam.cz"),
    ("Naver", "mail.naver.com/", "naver.com"),
    ("QQ邮箱", "mail.qq.com/", "qq.com"),
    ("网易邮箱", "mail.163.com/", "163.com"),
];

/// Endings of domains that do not exist, each with the ending that was probably meant.
const WRONG_ENDINGS: [(&str, &str); 8] = [
    ("con", "com"),
    ("cmo", "com"),
    ("vom", "com"),
    ("comm", "com"),
    ("ocm", "com"),
    ("xom", "com"),
    ("nett", "net"),
    ("ogr", "org"),
];

/// Domains that people often mistype. A domain that differs from one of them by one letter counts as a slip,
/// unless it is in [`REAL`] or belongs to a mail service.
const SLIPPED: &str = "gmail.com googlemail.com outlook.com hotmail.com yahoo.com icloud.com protonmail.com hotmail.co.uk \
    hotmail.fr yahoo.co.uk yahoo.fr outlook.de outlook.fr posteo.de freenet.de t-online.de laposte.net wanadoo.fr \
    seznam.cz libero.it";

/// Real mail domains that differ by one letter from a domain in [`SLIPPED`].
const REAL: [&str; 5] = [
    "mail.com",
    "email.com",
    "tmail.com",
    "hmail.com",
    "hotmail.de",
];

fn services() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    SERVICES.into_iter().flat_map(|(name, page, domains)| {
        domains.split(' ').map(move |domain| (name, page, domain))
    })
}

/// The name and the address of the web page where the owner of `email` reads mail.
#[must_use]
pub fn webmail(email: &str) -> Option<Webmail> {
    let (_, domain) = email.rsplit_once('@')?;
    let (name, page, _) = services().find(|(_, _, known)| domain.eq_ignore_ascii_case(known))?;
    Some((name.to_owned(), ["https://", page].concat()))
}

/// The address that was probably meant by `email`: `nora@gmail.com` for `nora@gmial.com`. `None` if no slip
/// is found.
#[must_use]
pub fn suggest(email: &str) -> Option<String> {
    let (local, domain) = email.trim().rsplit_once('@')?;
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    let is_real = REAL.contains(&&*domain) || services().any(|(_, _, known)| known == domain);
    if local.is_empty() || domain.is_empty() || is_real {
        return None;
    }
    let near = SLIPPED.split(' ').find(|known| is_slip(&domain, known));
    let meant = match near {
        Some(known) => known.to_owned(),
        None => with_right_ending(&domain)?,
    };
    Some([local, "@", &meant].concat())
}

fn with_right_ending(domain: &str) -> Option<String> {
    let (name, ending) = domain.rsplit_once('.')?;
    let (_, right) = WRONG_ENDINGS.iter().find(|(wrong, _)| *wrong == ending)?;
    Some([name, ".", right].concat())
}

/// Whether `typed` is `known` with one slip: an extra letter, a missing letter, a wrong letter, or two
/// swapped letters; or `known` without its ending.
fn is_slip(typed: &str, known: &str) -> bool {
    if known.split('.').next() == Some(typed) {
        return true;
    }
    // The ending is corrected first, because `gmial.con` has a slip on both sides of the dot.
    let fixed = with_right_ending(typed);
    let typed = fixed.as_deref().unwrap_or(typed);
    let (typed, known) = match typed.rsplit_once('.') {
        // `yahoo.de` is not a slip of `yahoo.fr`. Without a typed ending, only the names are compared.
        Some((name, ending)) => match known.rsplit_once('.') {
            Some((known_name, known_ending)) if known_ending == ending => (name, known_name),
            _ => return false,
        },
        None => (typed, known.split('.').next().unwrap_or_default()),
    };
    differ_by_one_change(typed.as_bytes(), known.as_bytes())
}

/// Whether the texts are equal, or one change makes `one` into `other`.
fn differ_by_one_change(one: &[u8], other: &[u8]) -> bool {
    let same_start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let one = one.get(same_start..).unwrap_or_default();
    let other = other.get(same_start..).unwrap_or_default();
    match (one, other) {
        ([a0, a1, a @ ..], [b0, b1, b @ ..]) if a0 == b1 && a1 == b0 && a == b => true,
        ([_, a @ ..], [_, b @ ..]) => a == b || a == other || one == b,
        ([_, a @ ..], []) => a.is_empty(),
        ([], [_, b @ ..]) => b.is_empty(),
        ([], []) => true,
    }
}
