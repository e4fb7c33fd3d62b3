//! Parses the pieces of a template to a tree.

use crate::expression::{Chain, Condition, Cursor, Expression, Token};
use crate::lexer::{Piece, Placed, pieces};
use crate::{MAX_DEPTH, TemplateError};

/// A node of a template.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Text(String),
    Output(Chain),
    Assign(String, Chain),
    Capture(String, Vec<Node>),
    /// The branches in order, and the nodes of `else`.
    If(Vec<Branch>, Vec<Node>),
    /// The subject, the branches in order, and the nodes of `else`.
    Case(Expression, Vec<When>, Vec<Node>),
    For(Box<Loop>),
    TableRow(Box<Loop>),
    Cycle(String, Vec<Expression>),
    /// `increment` outputs the value and then adds one; `decrement` subtracts one and then outputs it.
    Increment(String),
    Decrement(String),
    Break,
    Continue,
    /// Auth0's tag `debug`, which outputs all variables.
    Debug,
}

/// A branch of `if`, `elsif` or `unless`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Branch {
    pub(crate) condition: Condition,
    pub(crate) body: Vec<Node>,
}

/// A branch of `case`, which one of the values selects.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct When {
    pub(crate) values: Vec<Expression>,
    pub(crate) body: Vec<Node>,
}

/// A loop: `for item in items limit: 2 offset: 1 reversed`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Loop {
    pub(crate) variable: String,
    pub(crate) source: Expression,
    pub(crate) limit: Option<Expression>,
    pub(crate) offset: Option<Expression>,
    /// `offset: continue`: the loop begins where the last one over the same source stopped.
    pub(crate) continues: bool,
    /// The key of the source, which loops over the same source share.
    pub(crate) key: String,
    pub(crate) columns: Option<Expression>,
    pub(crate) reversed: bool,
    pub(crate) body: Vec<Node>,
    pub(crate) otherwise: Vec<Node>,
}

pub(crate) fn parse(source: &str) -> Result<Vec<Node>, TemplateError> {
    let mut parser = Parser {
        pieces: pieces(source)?.into_iter(),
        depth: 0,
    };
    let (nodes, end) = parser.block(&[], 1)?;
    debug_assert!(end.is_none());
    Ok(nodes)
}

struct Parser<'a> {
    pieces: std::vec::IntoIter<Placed<'a>>,
    depth: usize,
}

/// The tag that ended a block: its name, the text after it, and its line.
type End<'a> = Option<(&'a str, &'a str, usize)>;

fn syntax(line: usize, message: impl Into<String>) -> TemplateError {
    TemplateError::Syntax {
        line,
        message: message.into(),
    }
}

impl<'a> Parser<'a> {
    /// Parses the nodes up to one of the tags `ends`, or up to the end of the template if `ends` is empty.
    fn block(
        &mut self,
        ends: &[&str],
        opened: usize,
    ) -> Result<(Vec<Node>, End<'a>), TemplateError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(syntax(opened, "blocks are nested too deep"));
        }
        let mut nodes = Vec::new();
        while let Some((piece, line)) = self.pieces.next() {
            match piece {
                Piece::Text(text) => nodes.push(Node::Text(text.to_owned())),
                Piece::Output("") => {
                    return Err(syntax(line, "a value is missing between {{ and }}"));
                }
                Piece::Output(text) => {
                    let chain = Cursor::new(text).and_then(|mut cursor| cursor.chain(line));
                    nodes.push(Node::Output(chain.map_err(|e| syntax(line, e))?));
                }
                Piece::Tag(name, rest) if ends.contains(&name) => {
                    self.depth -= 1;
                    return Ok((nodes, Some((name, rest, line))));
                }
                Piece::Tag(name, rest) => nodes.push(self.tag(name, rest, line)?),
            }
        }
        self.depth -= 1;
        match ends.last() {
            None => Ok((nodes, None)),
            Some(end) => Err(syntax(
                opened,
                format!("this block is never closed; write {{% {end} %}}"),
            )),
        }
    }

    fn tag(&mut self, name: &str, rest: &'a str, line: usize) -> Result<Node, TemplateError> {
        let at = |message: String| syntax(line, format!("{name}: {message}"));
        let cursor = || Cursor::new(rest).map_err(at);
        match name {
            "if" | "unless" => self.branches(name, rest, line),
            "case" => self.case(rest, line),
            "for" | "tablerow" => self.repeat(name, rest, line),
            "assign" => {
                let mut cursor = cursor()?;
                let name = cursor.name().map_err(at)?;
                cursor.expect("=").map_err(at)?;
                Ok(Node::Assign(name, cursor.chain(line).map_err(at)?))
            }
            "capture" => {
                let Some(Token::Word(name) | Token::Text(name)) = cursor()?.next() else {
                    return Err(at("a name is missing".to_owned()));
                };
                let (body, _) = self.block(&["endcapture"], line)?;
                Ok(Node::Capture(name, body))
            }
            "echo" => Ok(Node::Output(cursor()?.chain(line).map_err(at)?)),
            "cycle" => cycle(cursor()?).map_err(at),
            "increment" => Ok(Node::Increment(cursor()?.name().map_err(at)?)),
            "decrement" => Ok(Node::Decrement(cursor()?.name().map_err(at)?)),
            "break" => Ok(Node::Break),
            "continue" => Ok(Node::Continue),
            "debug" => Ok(Node::Debug),
            "include" | "layout" | "render" | "block" => Err(syntax(
                line,
                format!("{{% {name} %}} is refused: a mail has no other files; write the text out"),
            )),
            "" => Err(syntax(line, "a tag's name is missing")),
            _ => Err(syntax(
                line,
                format!("there is no tag `{name}` that could stand here"),
            )),
        }
    }

    fn branches(&mut self, name: &str, rest: &'a str, line: usize) -> Result<Node, TemplateError> {
        let condition = |text: &str, line| {
            Cursor::new(text)
                .and_then(|mut cursor| cursor.condition())
                .map_err(|e| syntax(line, e))
        };
        let end = if name == "if" { "endif" } else { "endunless" };
        let first = condition(rest, line)?;
        let mut open = Some(if name == "if" {
            first
        } else {
            Condition::Not(Box::new(first))
        });
        let mut branches = Vec::new();
        let mut otherwise = Vec::new();
        loop {
            let (body, stopped) = self.block(&["elsif", "else", end], line)?;
            match open.take() {
                Some(condition) => branches.push(Branch { condition, body }),
                None => otherwise = body,
            }
            match stopped {
                Some(("elsif", rest, line)) => open = Some(condition(rest, line)?),
                Some(("else", "", _)) => {}
                Some(("else", rest, line)) => {
                    return Err(syntax(
                        line,
                        format!("`else` takes no condition; write {{% elsif {rest} %}}"),
                    ));
                }
                _ => return Ok(Node::If(branches, otherwise)),
            }
        }
    }

    fn case(&mut self, rest: &'a str, line: usize) -> Result<Node, TemplateError> {
        let at = |message: String| syntax(line, message);
        let mut cursor = Cursor::new(rest).map_err(at)?;
        let subject = cursor.expression().map_err(at)?;
        cursor.end().map_err(at)?;
        let mut whens = Vec::new();
        let mut otherwise = Vec::new();
        // The nodes before the first `when` are dropped.
        let (_, mut stopped) = self.block(&["when", "else", "endcase"], line)?;
        while let Some((name, rest, line)) = stopped {
            if name == "endcase" {
                break;
            }
            let values = match name {
                "when" => Some(alternatives(rest).map_err(|e| syntax(line, e))?),
                _ => None,
            };
            let (body, next) = self.block(&["when", "else", "endcase"], line)?;
            match values {
                Some(values) => whens.push(When { values, body }),
                None => otherwise = body,
            }
            stopped = next;
        }
        Ok(Node::Case(subject, whens, otherwise))
    }

    fn repeat(&mut self, name: &str, rest: &'a str, line: usize) -> Result<Node, TemplateError> {
        let mut repeat = head(rest).map_err(|e| syntax(line, format!("{name}: {e}")))?;
        if name == "tablerow" {
            (repeat.body, _) = self.block(&["endtablerow"], line)?;
            return Ok(Node::TableRow(Box::new(repeat)));
        }
        let (body, stopped) = self.block(&["else", "endfor"], line)?;
        repeat.body = body;
        if stopped.is_some_and(|(name, ..)| name == "else") {
            (repeat.otherwise, _) = self.block(&["endfor"], line)?;
        }
        Ok(Node::For(Box::new(repeat)))
    }
}

fn alternatives(text: &str) -> Result<Vec<Expression>, String> {
    let mut cursor = Cursor::new(text)?;
    let mut values = vec![cursor.expression()?];
    while cursor.sign(",") || cursor.keyword("or") {
        values.push(cursor.expression()?);
    }
    cursor.end()?;
    Ok(values)
}

fn cycle(mut cursor: Cursor) -> Result<Node, String> {
    let mut values = vec![cursor.expression()?];
    let mut group = None;
    if cursor.sign(":") {
        group = values.pop();
        values.push(cursor.expression()?);
    }
    while cursor.sign(",") {
        values.push(cursor.expression()?);
    }
    cursor.end()?;
    let key = format!("{group:?} {values:?}");
    Ok(Node::Cycle(key, values))
}

fn head(text: &str) -> Result<Loop, String> {
    let mut cursor = Cursor::new(text)?;
    let variable = cursor.name()?;
    if !cursor.keyword("in") {
        return Err("write it as `item in items`".to_owned());
    }
    let source = cursor.expression()?;
    let mut head = Loop {
        key: format!("{variable} {source:?}"),
        variable,
        source,
        limit: None,
        offset: None,
        continues: false,
        columns: None,
        reversed: false,
        body: Vec::new(),
        otherwise: Vec::new(),
    };
    loop {
        if cursor.keyword("reversed") {
            head.reversed = true;
            continue;
        }
        let field = if cursor.keyword("limit") {
            &mut head.limit
        } else if cursor.keyword("offset") {
            &mut head.offset
        } else if cursor.keyword("cols") {
            &mut head.columns
        } else if cursor.sign(",") {
            continue;
        } else {
            break;
        };
        cursor.expect(":")?;
        if cursor.keyword("continue") {
            head.continues = true;
            continue;
        }
        *field = Some(cursor.expression()?);
    }
    cursor.end()?;
    Ok(head)
}
