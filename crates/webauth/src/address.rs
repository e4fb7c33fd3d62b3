//! Finds the e-mail address in what a person typed or pasted. The SDK's calls and the dialog share this rule.
//!
//! Three things change: invisible characters are removed, compatibility forms of a character (such as full-width
//! letters) become the plain character, and text around a pasted address is removed. A valid local part keeps each of
//! its characters, with accents and capitals.

use crate::text::{is_blank, split, split_last, trim};
use crate::url::percent_decode;

/// A function that returns a text in the compatibility form NFKC (UAX #15). [`Env::nfkc`](crate::Env::nfkc) is one: it uses
/// the browser's tables.
pub type Nfkc<'a> = &'a dyn Fn(&str) -> String;

/// Returns the only e-mail address in `text`, in the form in which the SDK sends it. Returns `None` if `text` has no
/// address, has two different ones, or has words beside the address that could belong to it.
///
/// The function removes what may surround an address: blanks, quotes, brackets and other punctuation; `mailto:`, its
/// query and its percent-encoding (RFC 6068); a name, if the address follows it in brackets; a label that ends with a
/// colon. If the same address occurs twice it counts once, because mail programs paste
/// `nora@example.com <mailto:nora@example.com>`.
#[must_use]
pub fn find_email(text: &str, nfkc: Nfkc<'_>) -> Option<String> {
    let text = visible(&without_queries(text), nfkc);
    let mut spans = spans(&text);
    if spans.iter().any(|span| span.has_ending(&text)) {
        spans.retain(|span| span.has_ending(&text));
    }
    let first = spans.first()?;
    let address = first.of(&text);
    let is_one = |span: &Span| span.of(&text).eq_ignore_ascii_case(address);
    let before = text.get(..first.start)?;
    let after = text.get(spans.last()?.end..)?;
    (spans.iter().all(is_one) && may_precede(before) && may_follow(after))
        .then(|| address.to_owned())
}

/// Whether this build can read addresses. The module of `webauth.min.js` cannot, which saves it two kilobytes: it leaves the
/// rare call whose recipient [is not plain](is_plain) to the module with all calls.
pub(crate) const AVAILABLE: bool = cfg!(any(test, feature = "responses", not(feature = "js")));

/// Whether reading a recipient would only trim it. That holds for a number or a name in ASCII, and for an address of ASCII
/// letters, digits and the usual signs that begins and ends with a letter or a digit.
#[cfg(any(
    all(test, not(target_arch = "wasm32")),
    all(target_arch = "wasm32", feature = "js", not(feature = "responses"))
))]
pub(crate) fn is_plain(recipient: &str) -> bool {
    let recipient = crate::text::trim(recipient).as_bytes();
    let is_usual = |byte: &u8| byte.is_ascii_alphanumeric() || b"'+-._@".contains(byte);
    if recipient.contains(&b'@') {
        recipient.iter().all(is_usual)
            && [recipient.first(), recipient.last()]
                .into_iter()
                .all(|end| end.is_some_and(u8::is_ascii_alphanumeric))
    } else {
        recipient.is_ascii() && !recipient.contains(&b':')
    }
}

/// The byte range of an address in a text.
struct Span {
    start: usize,
    end: usize,
}

impl Span {
    fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether the domain has more than one label. `nora@work` inside a name is not an address.
    fn has_ending(&self, text: &str) -> bool {
        split_last(self.of(text), b'@').is_some_and(|(_, domain)| domain.contains('.'))
    }
}

/// Every address in `text`, in order.
fn spans(text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for at in text.bytes().enumerate().filter(|(_, byte)| *byte == b'@') {
        let (before, after) = (
            text.get(..at.0).unwrap_or_default(),
            text.get(at.0 + 1..).unwrap_or_default(),
        );
        let mut span = Span {
            start: local_start(before),
            end: at.0 + 1 + domain_length(after),
        };
        unwrap(text, at.0, &mut span);
        if span.start == at.0 || span.end == at.0 + 1 {
            continue;
        }
        // An at sign inside a quoted local part begins no address, so the longer range replaces the shorter one.
        spans.retain(|other| other.end <= span.start);
        spans.push(span);
    }
    spans
}

/// The index at which the local part at the end of `before` begins. A local part is a quoted string or a dot-atom
/// (RFC 5322 section 3.4.1, RFC 6532 section 3.2).
fn local_start(before: &str) -> usize {
    if let Some(quoted) = before.strip_suffix('"') {
        let mut end = quoted.len();
        while let Some((head, _)) = quoted.get(..end).and_then(|text| split_last(text, b'"')) {
            if !head.ends_with('\\') {
                return head.len();
            }
            end = head.len();
        }
    }
    let mut chars = before.char_indices().rev();
    let stop = chars.find(|(_, character)| !is_local(*character));
    let start = stop.map_or(0, |(at, character)| at + character.len_utf8());
    let local = before.get(start..).unwrap_or_default();
    // A local part does not begin with a dot or with a typographic quotation mark.
    start + local.len()
        - local
            .trim_start_matches(['.', '\u{2018}', '\u{2019}'])
            .len()
}

/// The length in bytes of the domain at the start of `after`. An address literal such as `[192.0.2.1]` is a domain too.
fn domain_length(after: &str) -> usize {
    if after.starts_with('[') {
        return split(after, "]").map_or(0, |(literal, _)| literal.len() + 1);
    }
    let mut chars = after.char_indices();
    let stop = chars.find(|(_, character)| !is_domain(*character));
    let domain = after.get(..stop.map_or(after.len(), |(at, _)| at));
    domain
        .unwrap_or_default()
        .trim_end_matches(['.', '-', '_'])
        .len()
}

/// Shrinks `span` by the quotation and emphasis marks around the whole address, as in `'nora@example.com'` and
/// `*nora@example.com*`. The same marks are allowed inside a local part, so only pairs are removed.
fn unwrap(text: &str, at: usize, span: &mut Span) {
    let mut end = span.end;
    while let Some(mark) = text
        .get(span.start..at)
        .and_then(|local| local.chars().next())
    {
        let partner = match mark {
            '\'' | '`' | '*' | '_' | '~' | '|' | '/' => mark,
            '{' => '}',
            _ => return,
        };
        if !text
            .get(end..)
            .is_some_and(|after| after.starts_with(partner))
        {
            return;
        }
        span.start += 1;
        end += 1;
    }
}

/// Whether the text before an address can be dropped: it is only punctuation, or a name or a label that ends with an
/// opening bracket or a colon.
fn may_precede(before: &str) -> bool {
    let mut tail = before
        .chars()
        .rev()
        .take_while(|character| !is_word(*character));
    tail.any(|mark| matches!(mark, '<' | '(' | '[' | ':' | '\t' | '\n'))
        || !before.chars().any(is_word)
}

/// Whether the text after an address can be dropped: it is only punctuation, or it begins with a bracket, a question mark
/// or a line break.
fn may_follow(after: &str) -> bool {
    let mut head = after.chars().take_while(|character| !is_word(*character));
    after.starts_with('?')
        || head.any(|mark| matches!(mark, '>' | '(' | '\t' | '\n'))
        || !after.chars().any(is_word)
}

/// `text` in which each `mailto:` address (RFC 6068) is decoded and has lost its query.
fn without_queries(text: &str) -> String {
    const SCHEME: &str = "mailto:";
    let ends = |character| matches!(character, '>' | '"' | ')' | ']' | '\t' | '\n');
    let mut read = String::new();
    let mut rest = text;
    while let Some(at) = find_scheme(rest, SCHEME) {
        let (before, after) = cut(rest, at + SCHEME.len());
        let end = after.find(|character| ends(character) || matches!(character, '?' | ' '));
        let (address, behind) = cut(after, end.unwrap_or(after.len()));
        read.push_str(before);
        read.push_str(&percent_decode(address.trim_start_matches('/')));
        rest = behind;
        if behind.starts_with('?') {
            rest = cut(behind, behind.find(ends).unwrap_or(behind.len())).1;
        }
    }
    read.push_str(rest);
    read
}

/// Splits `text` at the byte index `at`, which lies between two characters.
fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

fn find_scheme(text: &str, scheme: &str) -> Option<usize> {
    let mut windows = text.as_bytes().windows(scheme.len());
    windows.position(|window| window.eq_ignore_ascii_case(scheme.as_bytes()))
}

/// `text` without its invisible characters, and with a plain character in the place of each compatibility form.
fn visible(text: &str, nfkc: Nfkc<'_>) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut before = '\0';
    let mut chars = text.chars();
    while let Some(character) = chars.next() {
        let is_kept_joiner = matches!(character, '\u{200c}' | '\u{200d}')
            && has_joiners(before)
            && chars.clone().next().is_some_and(has_joiners);
        if is_kept_joiner {
            seen.push(character);
        } else if !is_invisible(character) {
            push_plain(&mut seen, character, nfkc);
        }
        before = character;
    }
    trim(&seen).to_owned()
}

/// Appends the plain form of `character`. Only the blocks from U+2000 on are normalized, without jamo and ideographs:
/// elsewhere NFKC would change letters that people write, such as Thai SARA AM.
fn push_plain(text: &mut String, character: char, nfkc: Nfkc<'_>) {
    match character {
        // The ideographic full stop separates labels like a dot (UTS #46), but NFKC does not change it.
        '\u{3002}' | '\u{ff61}' => text.push('.'),
        '\0'..'\u{2000}' | '\u{3130}'..'\u{3190}' | '\u{f900}'..'\u{fb00}' | '\u{2f800}'.. => {
            text.push(character);
        }
        _ => {
            let plain = nfkc(character.encode_utf8(&mut [0; 4]));
            // NFKC would turn a spacing accent into a blank and a combining accent.
            if plain.len() > 1 && plain.starts_with(' ') {
                text.push(character);
            } else {
                text.push_str(&plain);
            }
        }
    }
}

/// Whether a character is invisible and does not separate words: control characters, format characters (general category
/// Cf), characters that are ignored by default (`Default_Ignorable_Code_Point`), and no-break spaces.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{8}'
            | '\u{e}'..='\u{1f}'
            | '\u{7f}'..='\u{84}'
            | '\u{86}'..='\u{a0}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{600}'..='\u{605}'
            | '\u{61c}'
            | '\u{6dd}'
            | '\u{70f}'
            | '\u{890}'
            | '\u{891}'
            | '\u{8e2}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2007}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202f}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{110bd}'
            | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a zero-width joiner or non-joiner next to `character` can be part of a word. In Arabic and Indic scripts it
/// decides how letters join (RFC 5892 appendix A).
fn has_joiners(character: char) -> bool {
    matches!(character, '\u{620}'..'\u{e00}')
}

/// Whether a character beyond ASCII is punctuation that no address contains.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{a1}' | '\u{ab}' | '\u{bb}' | '\u{bf}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}' | '\u{965}'
            | '\u{2010}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{3030}'
    )
}

/// Whether a character belongs to a word: in ASCII letters and digits, elsewhere everything but punctuation and blanks.
fn is_word(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric();
    }
    !is_mark(character) && !is_blank(character)
}

fn is_local(character: char) -> bool {
    match character {
        '\u{2018}' | '\u{2019}' => true,
        _ if character.is_ascii() => {
            character.is_ascii_graphic() && !"()<>[]:;,\"\\@".contains(character)
        }
        _ => is_word(character),
    }
}

fn is_domain(character: char) -> bool {
    is_word(character) || matches!(character, '.' | '-' | '_')
}
