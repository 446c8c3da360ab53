//! Statements of SQL that code hands to a database as texts: what they do, and to which table.
//!
//! Only what begins as a statement does is one; a database's own dialect is not read any further.

use crate::conform::program::Text;

/// A statement that changes rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::conform) struct Change {
    /// What it does, for people: `insert into`.
    pub(in crate::conform) verb: &'static str,
    /// The table without its schema, as it is written; empty where it is put in.
    pub(in crate::conform) table: String,
}

/// Words with which statements begin that change rows; what stands between the verb and the table, and what has to come
/// after it.
const CHANGES: [(&str, &str); 6] = [
    ("insert into", ""),
    ("replace into", ""),
    ("merge into", ""),
    ("delete from", ""),
    ("truncate", ""),
    ("update", " set "),
];

/// Words with which others begin.
const OTHERS: [&str; 4] = ["select ", "with ", "values ", "call "];

/// Whether texts are a statement.
pub(in crate::conform) fn is_statement(said: &[Text]) -> bool {
    let Some(first) = said.first() else { return false };
    let begins = |word: &str| first_words(first).is_some_and(|text| starts(text, word));
    OTHERS.iter().any(|word| begins(word)) || change(said).is_some()
}

/// What a statement changes; `None` where texts are none, or one that reads. Several texts are what stands between values
/// that are put in.
pub(in crate::conform) fn change(said: &[Text]) -> Option<Change> {
    let first = first_words(said.first()?)?;
    if starts(first, "with ") {
        let all = flat(said);
        let lower = all.to_lowercase();
        let begins = |verb: &str| [' ', '('].iter().filter_map(|before| lower.find(&format!("{before}{verb} "))).min();
        let places = CHANGES.iter().filter_map(|change| Some((begins(change.0)? + 1, change)));
        let (at, change) = places.min_by_key(|(at, _)| *at)?;
        return change_at(&all[at..], change);
    }
    let change = CHANGES.iter().find(|(verb, _)| starts(first, verb.split(' ').next().unwrap_or(verb)))?;
    change_at(flat(said).trim_start(), change)
}

fn change_at(text: &str, (verb, then): &(&'static str, &str)) -> Option<Change> {
    let rest = starts(text, verb).then(|| &text[verb.len()..])?;
    if !rest.starts_with(' ') || !rest.to_lowercase().contains(then) {
        return None;
    }
    let mut rest = rest.trim_start();
    for filler in ["only ", "table "] {
        rest = if starts(rest, filler) { &rest[filler.len()..] } else { rest };
    }
    let end = rest.find([' ', '(', ';']).unwrap_or(rest.len());
    let name = rest[..end].rsplit('.').next().unwrap_or_default();
    let table = name.trim_matches(['"', '`', '[', ']']);
    // A text for people goes on as one.
    let is_name = table.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '$'));
    is_name.then(|| Change { verb, table: table.to_owned() })
}

fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// A text from its first word on, without what comments say before it.
fn first_words(text: &str) -> Option<&str> {
    let mut text = text.trim_start();
    loop {
        text = if let Some(comment) = text.strip_prefix("--") {
            comment.split_once('\n')?.1.trim_start()
        } else if let Some(comment) = text.strip_prefix("/*") {
            comment.split_once("*/")?.1.trim_start()
        } else {
            return Some(text);
        };
    }
}

/// All texts in one line; values that are put in between them are left out.
fn flat(said: &[Text]) -> String {
    let mut all = String::new();
    for (index, text) in said.iter().enumerate() {
        let text = if index == 0 { first_words(text).unwrap_or_default() } else { text };
        for word in text.split_whitespace() {
            all.push_str(word);
            all.push(' ');
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{change, is_statement};
    use crate::conform::program::Text;

    fn of(said: &[&str]) -> Option<(&'static str, String)> {
        let said: Vec<Text> = said.iter().map(|text| Text::from(*text)).collect();
        change(&said).map(|change| (change.verb, change.table))
    }

    #[test]
    fn statements_that_change_rows_are_told_with_their_tables() {
        type Case = (&'static [&'static str], Option<(&'static str, &'static str)>);
        let cases: [Case; 17] = [
            (&["insert into leads (id) values (", ")"], Some(("insert into", "leads"))),
            (
                &["\n  INSERT INTO \"public\".\"WebhookEvent\"(kind)\nvalues ($1)"],
                Some(("insert into", "WebhookEvent")),
            ),
            (&["update leads\n set state = ", " where id = ", ""], Some(("update", "leads"))),
            (&["update only app.leads set a = 1"], Some(("update", "leads"))),
            (&["delete from `runs` where id = ?"], Some(("delete from", "runs"))),
            (&["truncate table runs"], Some(("truncate", "runs"))),
            (&["merge into runs using x on true"], Some(("merge into", "runs"))),
            (&["-- a note\ninsert into runs values (1)"], Some(("insert into", "runs"))),
            (&["/* a note */ delete from runs;"], Some(("delete from", "runs"))),
            (&["with old as (select id from a for update) update b set x = 1 from old"], Some(("update", "b"))),
            (
                &["with new as (insert into b (id) values (1) returning id) select id from new"],
                Some(("insert into", "b")),
            ),
            (&["insert into ", " (id) values (", ")"], Some(("insert into", ""))),
            (&["select * from runs where state = 'insert into x'"], None),
            (&["with a as (select 1) select * from a"], None),
            (&["update"], None),
            (&["updated the runs, which set a flag"], None),
            (&["insert"], None),
        ];
        for (said, wanted) in cases {
            assert_eq!(of(said), wanted.map(|(verb, table)| (verb, table.to_owned())), "{said:?}");
        }
        for (text, is_one) in
            [("select 1", true), ("SELECT pg_try_advisory_lock(1)", true), ("selected", false), ("", false)]
        {
            assert_eq!(is_statement(&[Text::from(text)]), is_one, "{text}");
        }
    }
}
