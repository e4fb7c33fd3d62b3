//! Renders a tree with a context, within a budget of steps and bytes.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::budget::Budget;
use crate::expression::{Chain, Condition, Expression, Operator};
use crate::filters;
use crate::parser::{Branch, Loop, Node, When};
use crate::value::{self, contains, equal, is_truthy, order, weight};
use crate::{MAX_OUTPUT, TemplateError};

pub(crate) fn render(
    nodes: &[Node],
    context: &Value,
    now_ms: u64,
    budget: &mut Budget,
) -> Result<String> {
    let mut renderer = Renderer {
        context,
        now_ms,
        variables: Map::new(),
        scopes: Vec::new(),
        counters: Map::new(),
        cycles: HashMap::new(),
        stops: HashMap::new(),
        budget,
        out: String::new(),
    };
    renderer.nodes(nodes)?;
    Ok(renderer.out)
}

/// How a block ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    On,
    Break,
    Continue,
}

struct Renderer<'a> {
    context: &'a Value,
    now_ms: u64,
    variables: Map<String, Value>,
    /// The variables of the running loops, the innermost last.
    scopes: Vec<Map<String, Value>>,
    counters: Map<String, Value>,
    cycles: HashMap<String, usize>,
    /// The index at which each named loop stopped, for `offset: continue`.
    stops: HashMap<String, usize>,
    budget: &'a mut Budget,
    out: String,
}

type Result<T> = std::result::Result<T, TemplateError>;

impl Renderer<'_> {
    fn spend(&mut self, steps: u64) -> Result<()> {
        self.budget.spend(steps)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        self.budget.text(text.len())?;
        value::push(&mut self.out, text)
    }

    fn nodes(&mut self, nodes: &[Node]) -> Result<Flow> {
        for node in nodes {
            self.spend(1)?;
            let flow = self.node(node)?;
            if flow != Flow::On {
                return Ok(flow);
            }
        }
        Ok(Flow::On)
    }

    fn node(&mut self, node: &Node) -> Result<Flow> {
        match node {
            Node::Text(text) => self.write(text)?,
            Node::Output(chain) => {
                let value = self.chain(chain)?;
                self.write(&value::text(&value)?)?;
            }
            Node::Assign(name, chain) => {
                let value = self.chain(chain)?;
                self.variables.insert(name.clone(), value);
            }
            Node::Capture(name, body) => {
                let outer = std::mem::take(&mut self.out);
                let flow = self.nodes(body)?;
                let captured = std::mem::replace(&mut self.out, outer);
                self.variables.insert(name.clone(), captured.into());
                return Ok(flow);
            }
            Node::If(branches, otherwise) => return self.branches(branches, otherwise),
            Node::Case(subject, whens, otherwise) => return self.case(subject, whens, otherwise),
            Node::For(repeat) => self.repeat(repeat)?,
            Node::TableRow(repeat) => self.table(repeat)?,
            Node::Cycle(key, values) => self.cycle(key, values)?,
            Node::Increment(name) => self.count(name, 1)?,
            Node::Decrement(name) => self.count(name, -1)?,
            Node::Break => return Ok(Flow::Break),
            Node::Continue => return Ok(Flow::Continue),
            Node::Debug => self.debug()?,
        }
        Ok(Flow::On)
    }

    fn branches(&mut self, branches: &[Branch], otherwise: &[Node]) -> Result<Flow> {
        for Branch { condition, body } in branches {
            if self.condition(condition)? {
                return self.nodes(body);
            }
        }
        self.nodes(otherwise)
    }

    fn case(&mut self, subject: &Expression, whens: &[When], otherwise: &[Node]) -> Result<Flow> {
        let subject = self.expression(subject)?;
        for When { values, body } in whens {
            for candidate in values {
                if self.same(&subject, candidate)? {
                    return self.nodes(body);
                }
            }
        }
        self.nodes(otherwise)
    }

    fn cycle(&mut self, key: &str, values: &[Expression]) -> Result<()> {
        self.budget.text(key.len().min(MAX_OUTPUT))?;
        let turn = self.cycles.entry(key.to_owned()).or_default();
        let at = *turn % values.len().max(1);
        *turn += 1;
        match values.get(at) {
            Some(expression) => {
                let value = self.expression(expression)?;
                self.write(&value::text(&value)?)
            }
            None => Ok(()),
        }
    }

    fn debug(&mut self) -> Result<()> {
        let (variables, context) = (&self.variables, self.context);
        let cost = variables.values().map(weight).sum::<u64>() + weight(context);
        self.spend(cost)?;
        let mut all = context.clone();
        if let Value::Object(all) = &mut all {
            all.extend(self.variables.clone());
        }
        let shown = filters::json(&all, true)?;
        self.write(&shown)
    }

    fn count(&mut self, name: &str, by: i64) -> Result<()> {
        let before = self.counters.get(name).and_then(Value::as_i64).unwrap_or(0);
        let after = before.saturating_add(by);
        self.counters.insert(name.to_owned(), after.into());
        self.write(&(if by > 0 { before } else { after }).to_string())
    }

    /// The elements of a loop's source.
    fn source(&mut self, repeat: &Loop) -> Result<Vec<Value>> {
        Ok(match self.expression(&repeat.source)? {
            Value::Array(items) => items,
            Value::Object(fields) => fields
                .into_iter()
                .map(|(key, value)| json!([key, value]))
                .collect(),
            Value::String(text) if !text.is_empty() => vec![text.into()],
            _ => Vec::new(),
        })
    }

    /// The elements that a loop visits. Offset, limit and order are applied in this sequence, even if they are written in another.
    fn window(&mut self, repeat: &Loop, mut items: Vec<Value>) -> Result<Vec<Value>> {
        let mut bound = |expression: &Option<Expression>| -> Result<Option<usize>> {
            let Some(expression) = expression else {
                return Ok(None);
            };
            let value = self.expression(expression)?;
            let whole = value::whole(&value).filter(|_| !value.is_null());
            Ok(whole.map(|whole| usize::try_from(whole).unwrap_or(0)))
        };
        let mut offset = bound(&repeat.offset)?.unwrap_or(0);
        let limit = bound(&repeat.limit)?;
        if repeat.continues {
            offset = self.stops.get(&repeat.key).copied().unwrap_or(0);
        }
        items.drain(..offset.min(items.len()));
        items.truncate(limit.unwrap_or(usize::MAX));
        let stop = offset.saturating_add(items.len());
        self.stops.insert(repeat.key.clone(), stop);
        if repeat.reversed {
            items.reverse();
        }
        Ok(items)
    }

    fn repeat(&mut self, repeat: &Loop) -> Result<()> {
        let items = self.source(repeat)?;
        if items.is_empty() {
            self.nodes(&repeat.otherwise)?;
            return Ok(());
        }
        let items = self.window(repeat, items)?;
        let length = items.len();
        for (index, item) in items.into_iter().enumerate() {
            self.spend(4)?;
            let mut scope = Map::new();
            scope.insert("forloop".to_owned(), position(index, length));
            scope.insert(repeat.variable.clone(), item);
            self.scopes.push(scope);
            let flow = self.nodes(&repeat.body);
            self.scopes.pop();
            if flow? == Flow::Break {
                break;
            }
        }
        Ok(())
    }

    fn table(&mut self, repeat: &Loop) -> Result<()> {
        let items = self.source(repeat)?;
        let items = self.window(repeat, items)?;
        let length = items.len();
        let columns = match &repeat.columns {
            None => length,
            Some(expression) => {
                let value = self.expression(expression)?;
                value::whole(&value)
                    .and_then(|whole| usize::try_from(whole).ok())
                    .unwrap_or(length)
            }
        }
        .max(1);
        for (index, item) in items.into_iter().enumerate() {
            self.spend(4)?;
            let (row, column) = (index / columns + 1, index % columns + 1);
            if column == 1 {
                let before = if row == 1 { "" } else { "</tr>" };
                self.write(&format!("{before}<tr class=\"row{row}\">"))?;
            }
            self.write(&format!("<td class=\"col{column}\">"))?;
            let mut scope = Map::new();
            let mut place = position(index, length);
            if let Value::Object(place) = &mut place {
                let is_last = column == columns || index + 1 == length;
                for (name, value) in [
                    ("row", json!(row)),
                    ("col", json!(column)),
                    ("col0", json!(column - 1)),
                    ("col_first", json!(column == 1)),
                    ("col_last", json!(is_last)),
                ] {
                    place.insert(name.to_owned(), value);
                }
            }
            scope.insert("tablerowloop".to_owned(), place);
            scope.insert(repeat.variable.clone(), item);
            self.scopes.push(scope);
            let flow = self.nodes(&repeat.body);
            self.scopes.pop();
            self.write("</td>")?;
            if flow? == Flow::Break {
                break;
            }
        }
        if length > 0 {
            self.write("</tr>")?;
        }
        Ok(())
    }

    fn chain(&mut self, chain: &Chain) -> Result<Value> {
        let mut value = self.expression(&chain.start)?;
        for filter in &chain.filters {
            let mut arguments = filters::Arguments::default();
            for (name, argument) in &filter.arguments {
                let argument = self.expression(argument)?;
                match name {
                    None => arguments.positional.push(argument),
                    Some(name) => arguments.named.push((name.clone(), argument)),
                }
            }
            // As in LiquidJS, an unknown filter has no effect. The linter warns about it.
            value = filters::apply(&filter.name, value, &arguments, self.now_ms, self.budget)?;
            self.spend(weight(&value))?;
        }
        Ok(value)
    }

    fn expression(&mut self, expression: &Expression) -> Result<Value> {
        let value = match expression {
            Expression::Literal(value) => value.clone(),
            Expression::Empty | Expression::Blank => Value::String(String::new()),
            Expression::Range(from, to) => {
                let from = value::whole(&self.expression(from)?).unwrap_or(0);
                let to = value::whole(&self.expression(to)?).unwrap_or(0);
                let length =
                    u64::try_from(to.saturating_sub(from)).map_or(0, |span| span.saturating_add(1));
                self.spend(length)?;
                Value::Array((from..=to).map(Value::from).collect())
            }
            Expression::Path(name, steps) => {
                let mut keys = Vec::with_capacity(steps.len());
                for step in steps {
                    keys.push(self.expression(step)?);
                }
                let budget = &mut *self.budget;
                let mut value = lookup(
                    name,
                    &self.scopes,
                    [
                        Some(&self.variables),
                        self.context.as_object(),
                        Some(&self.counters),
                    ],
                );
                for key in &keys {
                    let cost = match &*value {
                        Value::String(text) if key == "size" => text.len() / 32,
                        _ => 1,
                    };
                    budget.spend_count(cost)?;
                    value = match value {
                        Cow::Borrowed(value) => value::member(value, key),
                        Cow::Owned(value) => Cow::Owned(value::member(&value, key).into_owned()),
                    };
                }
                // The steps are spent before the value is copied.
                budget.spend(weight(&value))?;
                return Ok(value.into_owned());
            }
        };
        self.spend(weight(&value))?;
        Ok(value)
    }

    fn same(&mut self, left: &Value, right: &Expression) -> Result<bool> {
        Ok(match right {
            Expression::Empty => value::is_empty(left),
            Expression::Blank => value::is_blank(left),
            _ => equal(left, &self.expression(right)?),
        })
    }

    fn condition(&mut self, condition: &Condition) -> Result<bool> {
        use std::cmp::Ordering::{Equal, Greater, Less};
        self.spend(1)?;
        Ok(match condition {
            Condition::Value(expression) => is_truthy(&self.expression(expression)?),
            Condition::Not(inner) => !self.condition(inner)?,
            Condition::And(left, right) => self.condition(left)? && self.condition(right)?,
            Condition::Or(left, right) => self.condition(left)? || self.condition(right)?,
            Condition::Compare(left, operator, right) => {
                let left = self.expression(left)?;
                match operator {
                    Operator::Equal => return self.same(&left, right),
                    Operator::NotEqual => return Ok(!self.same(&left, right)?),
                    _ => {}
                }
                let right = self.expression(right)?;
                let order = order(&left, &right);
                match operator {
                    Operator::Less => order == Some(Less),
                    Operator::LessOrEqual => matches!(order, Some(Less | Equal)),
                    Operator::Greater => order == Some(Greater),
                    Operator::GreaterOrEqual => matches!(order, Some(Greater | Equal)),
                    _ => contains(&left, &right)?,
                }
            }
        })
    }
}

/// The variable `name`: of the innermost loop that has one, then of outer loops, then of the template.
fn lookup<'v>(
    name: &str,
    scopes: &'v [Map<String, Value>],
    outer: [Option<&'v Map<String, Value>>; 3],
) -> Cow<'v, Value> {
    let scopes = scopes.iter().rev().chain(outer.into_iter().flatten());
    scopes
        .filter_map(|scope| scope.get(name))
        .map(Cow::Borrowed)
        .next()
        .unwrap_or(Cow::Owned(Value::Null))
}

/// The variable `forloop`.
fn position(index: usize, length: usize) -> Value {
    json!({
        "index": index + 1,
        "index0": index,
        "rindex": length - index,
        "rindex0": length - index - 1,
        "first": index == 0,
        "last": index + 1 == length,
        "length": length,
    })
}
