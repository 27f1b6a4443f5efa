//! The text of a formula to its tree: `+ - * /`, parentheses, figure ids, decimal constants.

use dabiao_core::FigureIndex;
use dabiao_core::formula::{Formula, Operation};

/// Deeper nesting is refused, so that a hostile file cannot exhaust the stack.
const MAX_DEPTH: usize = 20;

/// Reads a formula. `find` gives the position of a figure.
///
/// # Errors
/// What is wrong, in lower case without a final period.
pub fn parse(text: &str, find: &dyn Fn(&str) -> Option<FigureIndex>) -> Result<Formula, String> {
    let mut parser = Parser { rest: text.trim_start(), find, depth: 0 };
    let formula = parser.sum()?;
    if parser.rest.is_empty() { Ok(formula) } else { Err(format!("unexpected `{}` in formula", parser.rest)) }
}

struct Parser<'a> {
    rest: &'a str,
    find: &'a dyn Fn(&str) -> Option<FigureIndex>,
    depth: usize,
}

impl Parser<'_> {
    fn sum(&mut self) -> Result<Formula, String> {
        let mut left = self.product()?;
        loop {
            let operation = match self.rest.chars().next() {
                Some('+') => Operation::Add,
                Some('-') => Operation::Subtract,
                _ => return Ok(left),
            };
            self.skip(1);
            left = binary(operation, left, self.product()?);
        }
    }

    fn product(&mut self) -> Result<Formula, String> {
        let mut left = self.operand()?;
        loop {
            let operation = match self.rest.chars().next() {
                Some('*') => Operation::Multiply,
                Some('/') => Operation::Divide,
                _ => return Ok(left),
            };
            self.skip(1);
            left = binary(operation, left, self.operand()?);
        }
    }

    fn operand(&mut self) -> Result<Formula, String> {
        if self.rest.starts_with('(') {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(format!("more than {MAX_DEPTH} nested parentheses in formula"));
            }
            self.skip(1);
            let inner = self.sum()?;
            if !self.rest.starts_with(')') {
                return Err("missing `)` in formula".to_owned());
            }
            self.skip(1);
            self.depth -= 1;
            return Ok(inner);
        }
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(self.rest.len());
        let (word, _) = self.rest.split_at(end);
        if word.is_empty() {
            return Err(format!("expected a figure or a number in formula before `{}`", self.rest));
        }
        let operand = if word.starts_with(|c: char| c.is_ascii_digit()) {
            Formula::Constant(word.parse().map_err(|error| format!("`{word}` in formula: {error}"))?)
        } else {
            Formula::Figure((self.find)(word).ok_or_else(|| format!("no figure `{word}` for the formula"))?)
        };
        self.skip(end);
        Ok(operand)
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default().trim_start();
    }
}

fn binary(operation: Operation, left: Formula, right: Formula) -> Formula {
    Formula::Binary { operation, left: Box::new(left), right: Box::new(right) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<String, String> {
        let find = |id: &str| ["a", "b", "c"].iter().position(|name| *name == id).map(|index| FigureIndex(index as u32));
        parse(text, &find).map(|formula| show(&formula))
    }

    fn show(formula: &Formula) -> String {
        match formula {
            Formula::Figure(figure) => ["a", "b", "c"][figure.0 as usize].to_owned(),
            Formula::Constant(constant) => constant.to_string(),
            Formula::Binary { operation, left, right } => format!("({} {operation:?} {})", show(left), show(right)),
        }
    }

    #[test]
    fn precedence_and_association() {
        assert_eq!(check("a - b - c").as_deref(), Ok("((a Subtract b) Subtract c)"));
        assert_eq!(check("a+b*c").as_deref(), Ok("(a Add (b Multiply c))"));
        assert_eq!(check(" ( a + b ) / 2.5 ").as_deref(), Ok("((a Add b) Divide 2.5)"));
    }

    #[test]
    fn errors_name_the_spot() {
        assert_eq!(check("a / d"), Err("no figure `d` for the formula".into()));
        assert_eq!(check("(a + b"), Err("missing `)` in formula".into()));
        assert_eq!(check("a b"), Err("unexpected `b` in formula".into()));
        assert_eq!(check("a +"), Err("expected a figure or a number in formula before ``".into()));
        assert!(check(&"(".repeat(1000)).unwrap_err().contains("nested"));
    }
}
