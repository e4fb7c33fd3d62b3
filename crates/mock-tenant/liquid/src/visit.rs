//! Inspects a tree without rendering it.

use serde_json::Value;

use crate::expression::{Chain, Condition, Expression};
use crate::filters;
use crate::parser::Node;

/// The texts with which values are compared, each once.
pub(crate) fn compared_texts(nodes: &[Node]) -> Vec<String> {
    let mut found = Found::default();
    found.nodes(nodes);
    found.texts
}

/// The line and name of each filter that does not exist.
pub(crate) fn unknown_filters(nodes: &[Node]) -> Vec<(usize, String)> {
    let mut found = Found::default();
    found.nodes(nodes);
    found.filters
}

#[derive(Default)]
struct Found {
    texts: Vec<String>,
    filters: Vec<(usize, String)>,
}

impl Found {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Output(chain) | Node::Assign(_, chain) => self.chain(chain),
                Node::Capture(_, body) => self.nodes(body),
                Node::If(branches, otherwise) => {
                    for branch in branches {
                        self.condition(&branch.condition);
                        self.nodes(&branch.body);
                    }
                    self.nodes(otherwise);
                }
                Node::Case(_, whens, otherwise) => {
                    for when in whens {
                        for value in &when.values {
                            self.expression(value);
                        }
                        self.nodes(&when.body);
                    }
                    self.nodes(otherwise);
                }
                Node::For(repeat) | Node::TableRow(repeat) => {
                    self.nodes(&repeat.body);
                    self.nodes(&repeat.otherwise);
                }
                Node::Text(_)
                | Node::Cycle(..)
                | Node::Increment(_)
                | Node::Decrement(_)
                | Node::Break
                | Node::Continue
                | Node::Debug => {}
            }
        }
    }

    fn condition(&mut self, tested: &Condition) {
        match tested {
            Condition::Value(value) => self.expression(value),
            Condition::Not(inner) => self.condition(inner),
            Condition::And(left, right) | Condition::Or(left, right) => {
                self.condition(left);
                self.condition(right);
            }
            Condition::Compare(left, _, right) => {
                self.expression(left);
                self.expression(right);
            }
        }
    }

    fn chain(&mut self, chain: &Chain) {
        for filter in &chain.filters {
            if !filters::exists(&filter.name) {
                self.filters.push((chain.line, filter.name.clone()));
            }
        }
    }

    fn expression(&mut self, expression: &Expression) {
        if let Expression::Literal(Value::String(text)) = expression
            && !self.texts.contains(text)
        {
            self.texts.push(text.clone());
        }
    }
}
