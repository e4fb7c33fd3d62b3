//! The CSS rules of the page's own colours, computed without a browser for a screen that no script has coloured
//! yet.

use super::{Color, READABLE};
use crate::options::{Options, Scheme, Theme};

/// The colour of the panel in the light and in the dark scheme, as in `style.css`.
const SURFACES: [(Scheme, &str); 2] = [
    (Scheme::Light, "rgb(255, 255, 255)"),
    (Scheme::Dark, "rgb(23, 27, 35)"),
];

/// The CSS rules for those colours of the page that can be computed here.
pub(crate) fn rules(options: &Options) -> String {
    [theme(&options.theme), badges(options)].concat()
}

/// The primary colour, the text colour on it, and whether links may have it on the panel.
fn theme(theme: &Theme) -> String {
    let Some(css) = theme.primary_color.as_deref().and_then(computed) else {
        return String::new();
    };
    let Some(color) = Color::parse(&css) else {
        return String::new();
    };
    let on_it = color.text_on();
    let mut rules = rule(&format!("--lk-primary:{css};--lk-on-primary:{on_it}"));
    for (scheme, surface) in SURFACES {
        let surface = Color::parse(surface);
        if surface.is_none_or(|surface| color.contrast(surface) >= READABLE) {
            continue;
        }
        let accent = rule("--lk-accent:var(--lk-text)");
        if theme.scheme == scheme {
            rules.push_str(&accent);
        } else if theme.scheme == Scheme::Auto {
            let query = ["@media (prefers-color-scheme:", scheme.as_str(), "){"];
            rules.extend(query);
            rules.extend([&*accent, "}"]);
        }
    }
    rules
}

/// The badges of social connections.
fn badges(options: &Options) -> String {
    let mut rules = String::new();
    for (at, social) in (1..).zip(&options.connections.social) {
        for (property, color) in [
            ("background-color", &social.primary_color),
            ("color", &social.foreground_color),
        ] {
            if let Some(css) = color.as_deref().and_then(computed) {
                let badge = format!(".lk--early .lk-social>:nth-child({at}) .lk-badge");
                rules.extend([&*badge, "{", property, ":", &css, "}"]);
            }
        }
    }
    rules
}

/// A rule with a higher specificity than any rule of the style sheet.
fn rule(properties: &str) -> String {
    [".lk.lk--early[data-scheme]{", properties, "}"].concat()
}

/// Converts `#rgb`, `#rrggbb` and `rgb(...)` to the notation of `getComputedStyle`. `None` for all other
/// colours.
fn computed(css: &str) -> Option<String> {
    let css = css.trim();
    let Some(hex) = css.strip_prefix('#') else {
        let is_plain = css
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"rgb(), ".contains(&byte));
        return (css.starts_with("rgb(") && css.ends_with(')') && is_plain).then(|| css.to_owned());
    };
    let digits: Option<Vec<u32>> = hex.chars().map(|digit| digit.to_digit(16)).collect();
    let [red, green, blue] = match *digits? {
        [red, green, blue] => [red, green, blue].map(|digit| digit * 17),
        [r1, r2, g1, g2, b1, b2] => {
            [(r1, r2), (g1, g2), (b1, b2)].map(|(high, low)| high * 16 + low)
        }
        _ => return None,
    };
    Some(format!("rgb({red}, {green}, {blue})"))
}
