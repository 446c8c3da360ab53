//! Tables of sentences, and how they look in Markdown: aligned as prettier aligns them.
//!
//! In Markdown a cell stays short enough to read: a longer one becomes a note below the table.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr};
use minijinja::{Error, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::inline::to_markdown;
use crate::emit::ready::described_as;
use crate::emit::width::width;

/// Most columns of a cell that a reader sees; GitHub wraps longer ones into towers.
const MOST: usize = 120;
/// Most columns of the source of a cell.
const MOST_SOURCE: usize = 280;

/// A table of sentences. Templates are given the table itself, not a copy of its cells.
#[derive(Debug)]
pub(crate) struct Table(Arc<Cells>);

described_as!([] Table as Cells);

/// A table of sentences. `| table` prints it in Markdown.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename = "Table", expecting = "struct Table")]
struct Cells {
    /// The headings.
    head: Vec<String>,
    /// The rows: a cell for each heading.
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub(super) fn new<const N: usize>(head: [&str; N]) -> Self {
        Self::with_head(head.map(str::to_owned).to_vec())
    }

    /// A table whose headings are only known when it is built.
    pub(super) fn with_head(head: Vec<String>) -> Self {
        Self(Arc::new(Cells { head, rows: Vec::new() }))
    }

    /// Adds a row. A missing cell is empty.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        // A table that is still built is nobody else's.
        let table = Arc::make_mut(&mut self.0);
        let mut row = Vec::with_capacity(table.head.len());
        row.extend(cells.into_iter().take(table.head.len()));
        row.resize(table.head.len(), String::new());
        table.rows.push(row);
    }

    /// The table, if it has rows.
    pub(super) fn filled(self) -> Option<Self> {
        (!self.0.rows.is_empty()).then_some(self)
    }

    /// The table in Markdown, and its notes as paragraphs; without a line break at the end.
    #[cfg(test)]
    fn to_markdown(&self) -> String {
        self.0.to_markdown()
    }
}

/// What a template holds, in Markdown: a table of a view, or whatever has the shape of one.
///
/// # Errors
/// It has another shape.
pub(super) fn markdown(value: &Value) -> Result<String, Error> {
    match value.downcast_object_ref::<Cells>() {
        Some(table) => Ok(table.to_markdown()),
        None => Ok(Cells::deserialize(value.clone())?.to_markdown()),
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_dyn_object(Arc::clone(&self.0)).serialize(serializer)
    }
}

impl Object for Cells {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "head" => Some(list(&self.head)),
            "rows" => Some(Value::from_object(Rows(Arc::clone(self)))),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["head", "rows"])
    }
}

/// The rows of a table.
#[derive(Debug)]
struct Rows(Arc<Cells>);

impl Object for Rows {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.rows.get(key.as_usize()?).map(|row| list(row))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.rows.len())
    }
}

fn list(texts: &[String]) -> Value {
    Value::from(texts.iter().map(|text| Value::from(text.as_str())).collect::<Vec<Value>>())
}

impl Cells {
    fn to_markdown(&self) -> String {
        let mut printed = Markdown { columns: self.head.len().max(1), cells: Vec::new(), notes: Vec::new() };
        printed.cells.reserve(printed.columns * (self.rows.len() + 1));
        for row in std::iter::once(&self.head).chain(&self.rows) {
            row.iter().for_each(|cell| printed.cell(cell));
        }
        printed.print()
    }
}

/// A table that is being written.
struct Markdown<'t> {
    columns: usize,
    /// The cells with their columns, one row behind the other.
    cells: Vec<(Cow<'t, str>, usize)>,
    notes: Vec<String>,
}

impl<'t> Markdown<'t> {
    fn cell(&mut self, sentence: &'t str) {
        let cell = to_markdown(sentence);
        let columns = width(&cell);
        if columns <= MOST || (columns <= MOST_SOURCE && seen(&cell) <= MOST) {
            let cell = if cell.contains('|') {
                let cell = escape(&cell);
                let columns = width(&cell);
                (Cow::Owned(cell), columns)
            } else {
                (cell, columns)
            };
            self.cells.push(cell);
            return;
        }
        self.notes.push(cell.into_owned());
        let see = format!("see note {} below", self.notes.len());
        let columns = see.len();
        self.cells.push((Cow::Owned(see), columns));
    }

    fn print(&self) -> String {
        let mut widest = vec![3; self.columns];
        for row in self.cells.chunks(self.columns) {
            row.iter().zip(&mut widest).for_each(|((_, columns), widest)| *widest = (*widest).max(*columns));
        }
        let line = widest.iter().sum::<usize>() + self.columns * 3 + 2;
        let mut out = String::with_capacity(line * (self.cells.len() / self.columns + 1));
        for (index, row) in self.cells.chunks(self.columns).enumerate() {
            for ((cell, columns), widest) in row.iter().zip(&widest) {
                out.push_str("| ");
                out.push_str(cell);
                pad(&mut out, "                                ", widest - columns + 1);
            }
            out.push_str("|\n");
            if index == 0 {
                for widest in &widest {
                    out.push_str("| ");
                    pad(&mut out, "--------------------------------", *widest);
                    out.push(' ');
                }
                out.push_str("|\n");
            }
        }
        for (index, note) in self.notes.iter().enumerate() {
            let _ = writeln!(out, "\nNote {}: {note}", index + 1);
        }
        out.truncate(out.trim_end_matches('\n').len());
        out
    }
}

/// A `|` in a code span would end the cell; everywhere else it is escaped already.
fn escape(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len() + 4);
    let mut before = ' ';
    for c in cell.chars() {
        if c == '|' && before != '\\' {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

fn pad(out: &mut String, with: &str, mut count: usize) {
    while count > 0 {
        let some = count.min(with.len());
        out.push_str(&with[..some]);
        count -= some;
    }
}

/// The columns that a reader sees: all but the targets of links.
fn seen(cell: &str) -> usize {
    let mut hidden = 0;
    let mut rest = cell;
    while let Some(start) = rest.find("](") {
        rest = &rest[start + 2..];
        let length = rest.find(')').unwrap_or(rest.len());
        hidden += length + "[]()".len();
        rest = &rest[length..];
    }
    width(cell).saturating_sub(hidden)
}

#[cfg(test)]
mod tests {
    use minijinja::Value;

    use super::{Table, markdown};

    #[test]
    fn templates_see_maps_and_lists() {
        let mut table = Table::new(["A", "B"]);
        table.row(["x".to_owned(), "y".to_owned()]);
        let mut environment = minijinja::Environment::new();
        environment.add_filter("table", |value: Value| markdown(&value));
        let print = |template: &str| {
            let given = minijinja::context! { of => Value::from(minijinja::value::Serde(&table)) };
            environment.render_str(template, given).expect("text")
        };
        assert_eq!(print("{{ of.head[1] }} {{ of.rows | length }} {{ of.rows[0][1] }}"), "B 1 y");
        assert_eq!(
            print("{{ of is mapping }} {{ of.rows is sequence }} {{ of.rows[0] is sequence }}"),
            "True True True"
        );
        for filter in ["table", "tojson"] {
            let made = print(&format!("{{{{ {{'head': ['A', 'B'], 'rows': [['x', 'y']]}} | {filter} }}}}"));
            assert_eq!(made, print(&format!("{{{{ of | {filter} }}}}")));
        }
    }

    #[test]
    fn columns_are_aligned() {
        let mut table = Table::new(["A", "Heading"]);
        table.row(["日本".to_owned(), "x".to_owned()]);
        table.row(["`a|b`".to_owned()]);
        assert_eq!(
            table.to_markdown(),
            "| A      | Heading |\n| ------ | ------- |\n| 日本   | x       |\n| `a\\|b` |         |"
        );
    }

    #[test]
    fn long_cells_become_notes() {
        let long = "x".repeat(141);
        let mut table = Table::new(["A", "B"]);
        table.row([long.clone(), "y".to_owned()]);
        table.row([format!("{long}2"), "z".to_owned()]);
        let text = table.to_markdown();
        assert!(text.ends_with(&format!("| see note 2 below | z   |\n\nNote 1: {long}\n\nNote 2: {long}2")), "{text}");
        assert!(text.lines().filter(|line| line.starts_with('|')).all(|line| line.len() < 40));
    }

    #[test]
    fn targets_of_links_do_not_count() {
        let mut table = Table::new(["A"]);
        table.row([format!("[text]({})", "x".repeat(200))]);
        assert!(!table.to_markdown().contains("note"));
    }

    #[test]
    fn a_column_is_at_least_three_wide() {
        let mut table = Table::new(["A"]);
        table.row(["b".to_owned()]);
        assert_eq!(table.to_markdown(), "| A   |\n| --- |\n| b   |");
    }
}
