//! Unified diffs. The hunks come from imara-diff; they are printed here, since its own printer (0.2.0)
//! writes a wrong head for a first hunk that begins within six lines of the top.

use std::fmt::Write;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

/// Lines of context around a change.
const CONTEXT: u32 = 3;

/// The unified diff of two texts, with the path in its head. Empty when they are equal.
pub(crate) fn unified(path: &str, before: &str, after: &str) -> String {
    let input = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let changes: Vec<(Range<u32>, Range<u32>)> = diff.hunks().map(|hunk| (hunk.before, hunk.after)).collect();
    if changes.is_empty() {
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut out = format!("--- a/{path}\n+++ b/{path}\n");
    let mut rest = changes.as_slice();
    while !rest.is_empty() {
        // Changes whose context meets are one hunk.
        let meets = |pair: &[(Range<u32>, Range<u32>)]| pair[1].0.start - pair[0].0.end <= 2 * CONTEXT;
        let length = 1 + rest.windows(2).take_while(|pair| meets(pair)).count();
        let (group, later) = rest.split_at(length);
        hunk(&mut out, group, &old, &new);
        rest = later;
    }
    out
}

fn hunk(out: &mut String, changes: &[(Range<u32>, Range<u32>)], old: &[&str], new: &[&str]) {
    let (first, last) = (&changes[0], &changes[changes.len() - 1]);
    let lead = first.0.start.min(CONTEXT);
    let trail = (old.len() as u32 - last.0.end).min(CONTEXT);
    let from = first.0.start - lead..last.0.end + trail;
    let to = first.1.start - lead..last.1.end + trail;
    let head = |range: &Range<u32>| {
        // An empty range names the line before it (POSIX diff, unified format).
        let length = range.end - range.start;
        (if length == 0 { range.start } else { range.start + 1 }, length)
    };
    let ((from_line, from_length), (to_line, to_length)) = (head(&from), head(&to));
    let _ = writeln!(out, "@@ -{from_line},{from_length} +{to_line},{to_length} @@");
    let mut at = from.start;
    for (before, after) in changes {
        lines(out, ' ', &old[at as usize..before.start as usize]);
        lines(out, '-', &old[before.start as usize..before.end as usize]);
        lines(out, '+', &new[after.start as usize..after.end as usize]);
        at = before.end;
    }
    lines(out, ' ', &old[at as usize..from.end as usize]);
}

fn lines(out: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        out.push(sign);
        out.push_str(line);
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn heads_name_the_lines_that_follow() {
        let text = |changed: &[usize]| {
            (1..=20).map(|n| format!("{n}{}\n", if changed.contains(&n) { " changed" } else { "" })).collect::<String>()
        };
        for (changed, heads) in [
            (vec![1], vec!["@@ -1,4 +1,4 @@"]),
            (vec![6], vec!["@@ -3,7 +3,7 @@"]),
            (vec![6, 12], vec!["@@ -3,13 +3,13 @@"]),
            (vec![6, 14], vec!["@@ -3,7 +3,7 @@", "@@ -11,7 +11,7 @@"]),
            (vec![20], vec!["@@ -17,4 +17,4 @@"]),
        ] {
            let diff = unified("f", &text(&[]), &text(&changed));
            let found: Vec<&str> = diff.lines().filter(|line| line.starts_with("@@")).collect();
            assert_eq!(found, heads, "{diff}");
        }
        assert_eq!(unified("f", "", "a\n"), "--- a/f\n+++ b/f\n@@ -0,0 +1,1 @@\n+a\n");
        assert_eq!(unified("f", "a\n", "a\n"), "");
    }
}
