//! Mail services: their domains, their web pages, and the slips that people make in their names.

/// The web page where a person reads mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webmail {
    /// The name of the mail service, as people know it.
    pub name: &'static str,
    /// The address of the page.
    pub url: String,
}

/// A mail service.
struct Service {
    /// The name that people know.
    name: &'static str,
    /// The address of its web page, without `https://`.
    page: &'static str,
    /// The domains of its addresses, separated by blanks.
    domains: &'static str,
}

/// The mail services that the dialog knows.
const SERVICES: [Service; 19] = [
    Service {
        name: "Gmail",
        page: "mail.google.com/mail/",
        domains: "gmail.com googlemail.com",
    },
    Service {
        name: "Outlook",
        page: "outlook.live.com/mail/",
        domains: "outlook.com hotmail.com live.com msn.com outlook.de outlook.fr hotmail.de hotmail.fr hotmail.co.uk hotmail.it hotmail.es live.nl live.fr live.de live.co.uk outlook.es outlook.it",
    },
    Service {
        name: "Yahoo Mail",
        page: "mail.yahoo.com/",
        domains: "yahoo.com ymail.com rocketmail.com yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.in yahoo.co.in yahoo.com.br yahoo.ca",
    },
    Service {
        name: "Yahoo!メール",
        page: "mail.yahoo.co.jp/",
        domains: "yahoo.co.jp",
    },
    Service {
        name: "iCloud Mail",
        page: "www.icloud.com/mail/",
        domains: "icloud.com me.com mac.com",
    },
    Service {
        name: "AOL Mail",
        page: "mail.aol.com/",
        domains: "aol.com",
    },
    Service {
        name: "Proton Mail",
        page: "mail.proton.me/",
        domains: "proton.me protonmail.com pm.me",
    },
    Service {
        name: "GMX",
        page: "www.gmx.net/",
        domains: "gmx.de gmx.net gmx.at gmx.ch",
    },
    Service {
        name: "GMX",
        page: "www.gmx.com/",
        domains: "gmx.com gmx.co.uk gmx.fr",
    },
    Service {
        name: "WEB.DE",
        page: "web.de/",
        domains: "web.de",
    },
    Service {
        name: "Posteo",
        page: "posteo.de/",
        domains: "posteo.de posteo.net posteo.org posteo.eu",
    },
    Service {
        name: "T-Online",
        page: "email.t-online.de/",
        domains: "t-online.de",
    },
    Service {
        name: "Fastmail",
        page: "app.fastmail.com/",
        domains: "fastmail.com fastmail.fm",
    },
    Service {
        name: "Orange",
        page: "messagerie.orange.fr/",
        domains: "orange.fr wanadoo.fr",
    },
    Service {
        name: "Libero",
        page: "mail.libero.it/",
        domains: "libero.it",
    },
    Service {
        name: "Seznam",
        page: "email.seznam.cz/",
        domains: "seznam.cz",
    },
    Service {
        name: "Naver",
        page: "mail.naver.com/",
        domains: "naver.com",
    },
    Service {
        name: "QQ邮箱",
        page: "mail.qq.com/",
        domains: "qq.com",
    },
    Service {
        name: "网易邮箱",
        page: "mail.163.com/",
        domains: "163.com",
    },
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

/// The mail service that has this domain.
fn service(domain: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|service| {
        let mut domains = service.domains.split(' ');
        domains.any(|known| domain.eq_ignore_ascii_case(known))
    })
}

/// The web page where the owner of `email` reads mail. `None` if the mail service is not known.
#[must_use]
pub fn webmail(email: &str) -> Option<Webmail> {
    let (_, domain) = email.rsplit_once('@')?;
    let Service { name, page, .. } = service(domain)?;
    let url = ["https://", page].concat();
    Some(Webmail { name, url })
}

/// The address that was probably meant by `email`: `nora@gmail.com` for `nora@gmial.com`. `None` if no slip
/// is found.
#[must_use]
pub fn suggest(email: &str) -> Option<String> {
    let (local, domain) = email.trim().rsplit_once('@')?;
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    let is_real = REAL.contains(&&*domain) || service(&domain).is_some();
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
