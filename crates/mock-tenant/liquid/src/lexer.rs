//! Splits a template into texts, `{{ outputs }}` and `{% tags %}`. It also handles the tags `raw` and `comment`.

use crate::TemplateError;

/// A piece of a template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    Output(&'a str),
    /// The name of a tag, and the text after it.
    Tag(&'a str, &'a str),
}

/// A piece, and the line on which it starts.
pub(crate) type Placed<'a> = (Piece<'a>, usize);

/// All pieces in order.
pub(crate) fn pieces(source: &str) -> Result<Vec<Placed<'_>>, TemplateError> {
    let mut lexer = Lexer {
        rest: source,
        line: 1,
        trim_next: false,
        pieces: Vec::new(),
    };
    while lexer.step()? {}
    Ok(lexer.pieces)
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
    /// The last delimiter was `-}}` or `-%}`.
    trim_next: bool,
    pieces: Vec<Placed<'a>>,
}

impl<'a> Lexer<'a> {
    /// Removes and returns the first `bytes`.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.line += taken.matches('\n').count();
        taken
    }

    fn text(&mut self, bytes: usize, trim_end: bool) {
        let line = self.line;
        let mut text = self.take(bytes);
        if self.trim_next {
            text = text.trim_start();
        }
        if trim_end {
            text = text.trim_end();
        }
        self.trim_next = false;
        if !text.is_empty() {
            self.pieces.push((Piece::Text(text), line));
        }
    }

    fn step(&mut self) -> Result<bool, TemplateError> {
        let Some(start) = earliest(self.rest, &["{{", "{%"]) else {
            self.text(self.rest.len(), false);
            return Ok(false);
        };
        let trim_end = self.rest.get(start + 2..start + 3) == Some("-");
        self.text(start, trim_end);
        let line = self.line;
        let is_output = self.rest.starts_with("{{");
        let close = if is_output { "}}" } else { "%}" };
        let end = closing(self.rest, close).ok_or_else(|| TemplateError::Syntax {
            line,
            message: format!("this is never closed; write {close} at its end"),
        })?;
        let inner = self.take(end + 2);
        let inner = inner.get(2..inner.len() - 2).unwrap_or_default();
        let inner = inner.strip_prefix('-').unwrap_or(inner);
        let (inner, trim_next) = match inner.strip_suffix('-') {
            Some(inner) => (inner.trim(), true),
            None => (inner.trim(), false),
        };
        self.trim_next = trim_next;
        if is_output {
            self.pieces.push((Piece::Output(inner), line));
            return Ok(true);
        }
        let name_end = inner
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(inner.len());
        let (name, rest) = inner.split_at_checked(name_end).unwrap_or((inner, ""));
        match name {
            "raw" => self.verbatim("endraw", line, true)?,
            "comment" => self.verbatim("endcomment", line, false)?,
            // `{% # a note %}`
            "" if rest.starts_with('#') => {}
            _ => self.pieces.push((Piece::Tag(name, rest.trim()), line)),
        }
        Ok(true)
    }

    /// Skips to the tag `end`. The text before it is kept if `keep` is true.
    fn verbatim(&mut self, end: &str, line: usize, keep: bool) -> Result<(), TemplateError> {
        let mut from = 0;
        let (start, length, trims) = loop {
            let tag = self.rest.get(from..).and_then(|rest| rest.find("{%"));
            let (start, tag) = tag
                .and_then(|at| Some((from + at, self.rest.get(from + at..)?)))
                .ok_or_else(|| TemplateError::Syntax {
                    line,
                    message: format!("this block is never closed; write {{% {end} %}}"),
                })?;
            let close = tag.find("%}").unwrap_or(tag.len());
            let name = tag.get(2..close).unwrap_or_default();
            if name.trim_matches('-').trim() == end {
                break (start, close + 2, name);
            }
            from = start + 2;
        };
        if keep {
            self.text(start, trims.starts_with('-'));
        } else {
            self.take(start);
        }
        self.take(length);
        self.trim_next = trims.ends_with('-');
        Ok(())
    }
}

fn earliest(text: &str, needles: &[&str]) -> Option<usize> {
    needles.iter().filter_map(|needle| text.find(needle)).min()
}

/// The index of the first `close` outside quotes.
fn closing(text: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices().skip(2) {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if text.get(at..)?.starts_with(close) => return Some(at),
            _ => {}
        }
    }
    // A quote without its other half, as in `{% comment it's %}`, begins no quoted text.
    text.find(close)
}
