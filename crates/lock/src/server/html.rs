//! HTML in pieces. What comes from outside is a text or an attribute's value, and stays one.

/// Elements without an inside.
const VOID: [&str; 2] = ["img", "input"];

/// An element made of a line of words (its tag and classes as in a selector, then attributes of ours), of attributes
/// with any values, and of what is `inside`, which is HTML.
pub(super) fn element(line: &str, attributes: &[(&str, &str)], inside: &str) -> String {
    let mut words = line.split(' ');
    let mut names = words.next().unwrap_or_default().split('.');
    let tag = names.next().unwrap_or_default();
    let classes: Vec<_> = names.collect();
    let mut html = ["<", tag].concat();
    if !classes.is_empty() {
        attribute(&mut html, "class", &classes.join(" "));
    }
    for word in words {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        attribute(&mut html, name, value);
    }
    for (name, value) in attributes {
        attribute(&mut html, name, value);
    }
    html.push('>');
    if !VOID.contains(&tag) {
        html.extend([inside, "</", tag, ">"]);
    }
    html
}

fn attribute(html: &mut String, name: &str, value: &str) {
    html.extend([" ", name, "=\"", &text(value), "\""]);
}

/// A line icon, which screen readers pass by.
pub(super) fn icon(path: &str) -> String {
    let path = element("path", &[("d", path)], "");
    let attributes = [("aria-hidden", "true"), ("viewBox", "0 0 18 18")];
    element("svg.lk-icon", &attributes, &path)
}

/// Text as HTML, also in an attribute.
pub(super) fn text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            letter => html.push(letter),
        }
    }
    html
}
