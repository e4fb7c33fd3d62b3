//! Parses the inside of outputs and tags: values, filters and conditions.

use serde_json::Value;

use crate::MAX_DEPTH;

/// An expression that gives a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    Literal(Value),
    Empty,
    Blank,
    /// A variable and its members, such as `a.b[0]`.
    Path(String, Vec<Expression>),
    Range(Box<Expression>, Box<Expression>),
}

/// A value and its filters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chain {
    pub(crate) start: Expression,
    pub(crate) filters: Vec<Filter>,
    pub(crate) line: usize,
}

/// A filter: `| name: argument, key: argument`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Filter {
    pub(crate) name: String,
    pub(crate) arguments: Vec<(Option<String>, Expression)>,
}

/// A condition of a branch.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    Value(Expression),
    Compare(Expression, Operator, Expression),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token {
    Word(String),
    Text(String),
    Number(Value),
    Sign(&'static str),
}

/// The greatest length of a name, in bytes.
const MAX_NAME: usize = 200;

/// The operators and signs, the longest first.
const SIGNS: [&str; 17] = [
    "==", "!=", "<>", "<=", ">=", "..", "<", ">", "=", ".", "[", "]", "(", ")", "|", ":", ",",
];

/// Parses the inside of a tag or an output, token by token.
#[derive(Debug)]
pub(crate) struct Cursor {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    depth: usize,
}

type Result<T> = std::result::Result<T, String>;

impl Cursor {
    pub(crate) fn new(text: &str) -> Result<Self> {
        Ok(Self {
            tokens: tokens(text)?.into_iter().peekable(),
            depth: 0,
        })
    }

    pub(crate) fn next(&mut self) -> Option<Token> {
        self.tokens.next()
    }

    pub(crate) fn peek(&mut self) -> Option<&Token> {
        self.tokens.peek()
    }

    pub(crate) fn sign(&mut self, sign: &str) -> bool {
        self.tokens
            .next_if(|token| matches!(token, Token::Sign(s) if *s == sign))
            .is_some()
    }

    pub(crate) fn keyword(&mut self, word: &str) -> bool {
        self.tokens
            .next_if(|token| matches!(token, Token::Word(w) if w == word))
            .is_some()
    }

    pub(crate) fn expect(&mut self, sign: &str) -> Result<()> {
        if self.sign(sign) {
            return Ok(());
        }
        Err(format!("`{sign}` is missing"))
    }

    pub(crate) fn name(&mut self) -> Result<String> {
        match self.tokens.next() {
            Some(Token::Word(word)) => Ok(word),
            _ => Err("a name is missing".to_owned()),
        }
    }

    /// Checks that nothing follows.
    pub(crate) fn end(&mut self) -> Result<()> {
        match self.tokens.next() {
            None => Ok(()),
            Some(token) => Err(format!("{token} is not understood here")),
        }
    }

    pub(crate) fn expression(&mut self) -> Result<Expression> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("this is nested too deep".to_owned());
        }
        let expression = match self.tokens.next() {
            Some(Token::Text(text)) => Expression::Literal(text.into()),
            Some(Token::Number(number)) => Expression::Literal(number),
            Some(Token::Sign("(")) => {
                let from = self.expression()?;
                self.expect("..")?;
                let to = self.expression()?;
                self.expect(")")?;
                Expression::Range(Box::new(from), Box::new(to))
            }
            Some(Token::Word(word)) => self.word(word)?,
            Some(token) => return Err(format!("{token} is not a value")),
            None => return Err("a value is missing".to_owned()),
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn word(&mut self, word: String) -> Result<Expression> {
        Ok(match word.as_str() {
            "true" => Expression::Literal(true.into()),
            "false" => Expression::Literal(false.into()),
            "nil" | "null" => Expression::Literal(Value::Null),
            "empty" => Expression::Empty,
            "blank" => Expression::Blank,
            _ => {
                let mut steps = Vec::new();
                loop {
                    if self.sign(".") {
                        steps.push(Expression::Literal(self.name()?.into()));
                    } else if self.sign("[") {
                        steps.push(self.expression()?);
                        self.expect("]")?;
                    } else {
                        break Expression::Path(word, steps);
                    }
                }
            }
        })
    }

    /// Parses a value and its filters, up to the end.
    pub(crate) fn chain(&mut self, line: usize) -> Result<Chain> {
        let start = self.expression()?;
        let mut filters = Vec::new();
        while self.sign("|") {
            if self.peek().is_none() {
                break;
            }
            let name = self.name()?;
            let mut arguments = Vec::new();
            if self.sign(":") {
                loop {
                    arguments.push(self.argument()?);
                    if !self.sign(",") {
                        break;
                    }
                }
            }
            filters.push(Filter { name, arguments });
        }
        // LiquidJS ignores the text after them.
        Ok(Chain {
            start,
            filters,
            line,
        })
    }

    fn argument(&mut self) -> Result<(Option<String>, Expression)> {
        let value = self.expression()?;
        if let Expression::Path(name, steps) = &value
            && steps.is_empty()
            && self.sign(":")
        {
            return Ok((Some(name.clone()), self.expression()?));
        }
        Ok((None, value))
    }

    /// Parses a condition, up to the end. `and` and `or` have the same precedence and associate to the right.
    pub(crate) fn condition(&mut self) -> Result<Condition> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("this condition is too long".to_owned());
        }
        let left = if self.keyword("not") {
            Condition::Not(Box::new(self.comparison()?))
        } else {
            self.comparison()?
        };
        if self.keyword("and") {
            return Ok(Condition::And(Box::new(left), Box::new(self.condition()?)));
        }
        if self.keyword("or") {
            return Ok(Condition::Or(Box::new(left), Box::new(self.condition()?)));
        }
        self.end()?;
        Ok(left)
    }

    fn comparison(&mut self) -> Result<Condition> {
        let left = self.expression()?;
        let operator = match self.peek() {
            Some(Token::Sign("==")) => Operator::Equal,
            Some(Token::Sign("!=" | "<>")) => Operator::NotEqual,
            Some(Token::Sign("<")) => Operator::Less,
            Some(Token::Sign("<=")) => Operator::LessOrEqual,
            Some(Token::Sign(">")) => Operator::Greater,
            Some(Token::Sign(">=")) => Operator::GreaterOrEqual,
            Some(Token::Word(word)) if word == "contains" => Operator::Contains,
            Some(Token::Sign("=")) => return Err("`=` does not compare; write `==`".to_owned()),
            Some(Token::Sign("|")) => {
                return Err("a condition takes no filters; assign the value first".to_owned());
            }
            _ => return Ok(Condition::Value(left)),
        };
        self.next();
        Ok(Condition::Compare(left, operator, self.expression()?))
    }
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(word) => write!(f, "`{word}`"),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Sign(sign) => write!(f, "`{sign}`"),
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let (token, length) = if first == '"' || first == '\'' {
            let (text, length) = quoted(rest, first)?;
            (Token::Text(text), length)
        } else if first.is_ascii_digit()
            || (first == '-'
                && rest
                    .get(1..2)
                    .is_some_and(|c| c.bytes().all(|b| b.is_ascii_digit()) && !c.is_empty()))
        {
            number(rest)?
        } else if first.is_alphabetic() || first == '_' {
            let word: String = rest.chars().take_while(|c| is_word(*c)).collect();
            if word.len() > MAX_NAME {
                return Err(format!(
                    "a name is longer than {MAX_NAME} bytes; shorten it"
                ));
            }
            let length = word.len();
            (Token::Word(word), length)
        } else {
            let sign = SIGNS
                .into_iter()
                .find(|sign| rest.starts_with(sign))
                .ok_or_else(|| format!("`{first}` is not understood here"))?;
            (Token::Sign(sign), sign.len())
        };
        tokens.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(tokens)
}

/// The quoted text at the beginning of `rest` with its escapes resolved, and its length in bytes with the quotes.
fn quoted(rest: &str, quote: char) -> Result<(String, usize)> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            _ if c == quote => return Ok((text, at + 1)),
            '\\' => {
                let Some((_, escaped)) = chars.next() else {
                    break;
                };
                text.push(match escaped {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    other => other,
                });
            }
            other => text.push(other),
        }
    }
    Err(format!("the text that starts with {quote} has no end"))
}

fn number(rest: &str) -> Result<(Token, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(rest.starts_with('-'));
    let mut length = sign + digits(rest.get(sign..).unwrap_or_default());
    let fraction = rest.get(length..).and_then(|rest| rest.strip_prefix('.'));
    // `1..3` is a range, not a number with a point.
    let decimals = fraction.map_or(0, digits);
    if decimals > 0 {
        length += 1 + decimals;
    }
    let letters = |c: char| c.is_alphanumeric() || c == '_';
    let word: usize = rest
        .get(length..)
        .unwrap_or_default()
        .chars()
        .take_while(|c| letters(*c))
        .map(char::len_utf8)
        .sum();
    let text = rest.get(..length + word).unwrap_or_default();
    if word > 0 {
        // For LiquidJS `1e3` is the name of a variable, which is never defined.
        return Ok((Token::Word(text.to_owned()), length + word));
    }
    let float: f64 = text
        .parse()
        .map_err(|_| format!("`{text}` is not a number"))?;
    Ok((Token::Number(super::value::from_number(float)), length))
}
