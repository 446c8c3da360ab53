//! Tables of sentences, and how they look in Markdown: aligned as prettier aligns them.
//!
//! In Markdown a cell stays short enough to read: a longer one becomes a note below the table.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::inline::to_markdown;
use crate::emit::width::width;

/// Most columns of a cell that a reader sees; GitHub wraps longer ones into towers.
const MOST: usize = 120;
/// Most columns of the source of a cell.
const MOST_SOURCE: usize = 280;

/// A table of sentences. `| table` prints it in Markdown.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Table")]
pub(crate) struct Table {
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
        Self { head, rows: Vec::new() }
    }

    /// Adds a row. A missing cell is empty.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let mut row: Vec<String> = cells.into_iter().take(self.head.len()).collect();
        row.resize(self.head.len(), String::new());
        self.rows.push(row);
    }

    /// The table, if it has rows.
    pub(super) fn filled(self) -> Option<Self> {
        (!self.rows.is_empty()).then_some(self)
    }

    /// The table in Markdown, and its notes as paragraphs; without a line break at the end.
    pub(crate) fn to_markdown(&self) -> String {
        let mut printed = Markdown { columns: self.head.len(), rows: Vec::new(), notes: Vec::new() };
        for row in std::iter::once(&self.head).chain(&self.rows) {
            let row = row.iter().map(|cell| printed.cell(to_markdown(cell).into_owned())).collect();
            printed.rows.push(row);
        }
        printed.print()
    }
}

/// A table that is being written.
struct Markdown {
    columns: usize,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

impl Markdown {
    fn cell(&mut self, cell: String) -> String {
        let columns = width(&cell);
        if columns <= MOST || (columns <= MOST_SOURCE && seen(&cell) <= MOST) {
            return escape(cell);
        }
        self.notes.push(cell);
        format!("see note {} below", self.notes.len())
    }

    fn print(&self) -> String {
        let columns = 0..self.columns;
        let cells: Vec<Vec<usize>> = self.rows.iter().map(|row| row.iter().map(|cell| width(cell)).collect()).collect();
        let widest = columns.map(|column| cells.iter().map(|row| row[column]).max().unwrap_or(0).max(3));
        let widest: Vec<usize> = widest.collect();
        let line = widest.iter().sum::<usize>() + self.columns * 3 + 2;
        let mut out = String::with_capacity(line * (self.rows.len() + 1));
        for (index, (row, columns)) in self.rows.iter().zip(&cells).enumerate() {
            for ((cell, columns), widest) in row.iter().zip(columns).zip(&widest) {
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
fn escape(cell: String) -> String {
    if !cell.contains('|') {
        return cell;
    }
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
    use super::Table;

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
