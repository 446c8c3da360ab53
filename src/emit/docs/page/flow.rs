//! The picture of the flow: a lane for each offload, from what calls it to the record of its run.
//!
//! Everything in a lane is drawn from the lane's own top, so that a reader who filters gets a picture of
//! what is left by moving lanes alone. What several lanes share, the caller and the ledger, are bars
//! beside them, as tall as the lanes that they belong to.

use schemars::JsonSchema;
use serde::Serialize;

use crate::contract::{Delivery, Offload};
use crate::emit::docs::flags::by_default;
use crate::emit::docs::{Docs, words};
use crate::emit::width::width;
use crate::markdown::{one_line, shorten};

/// Height of a box, and of a row of a lane.
const BOX: usize = 46;
const ROW: usize = 58;
/// Where the lanes begin, below the headings.
const TOP: usize = 34;
/// Columns of text in a line of a box, and lines in a box.
const COLUMNS: usize = 24;
const LINES: usize = 3;
const GAP: usize = 26;

/// Left edge and width of the columns.
const CALLER: (usize, usize) = (2, 96);
const ROUTE: (usize, usize) = after(CALLER, 170);
const FLAG: (usize, usize) = after(ROUTE, 170);
const EVENT: (usize, usize) = after(FLAG, 170);
const FUNCTION: (usize, usize) = after(EVENT, 170);
const LEDGER: (usize, usize) = after(FUNCTION, 92);

const fn after(column: (usize, usize), width: usize) -> (usize, usize) {
    (column.0 + column.1 + GAP, width)
}

/// The picture of the flow. Numbers are pixels.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FlowPicture")]
pub(super) struct Flow {
    /// Its width.
    width: usize,
    /// Its height.
    height: usize,
    /// Where the lanes begin.
    top: usize,
    /// Its headings.
    columns: Vec<Column>,
    /// What calls the routes.
    callers: Vec<Bar>,
    /// The offloads, in the order of the contract by caller.
    lanes: Vec<Lane>,
    /// What takes the records; absent without a ledger.
    ledger: Option<Bar>,
}

/// A heading.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FlowColumn")]
struct Column {
    /// Left edge.
    x: usize,
    /// The heading.
    title: &'static str,
}

/// What several lanes share.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FlowBar")]
struct Bar {
    /// Left edge.
    x: usize,
    /// Upper edge.
    y: usize,
    /// Its width.
    width: usize,
    /// Its height.
    height: usize,
    /// Its label.
    text: Text,
}

/// One offload.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FlowLane")]
struct Lane {
    /// Its place in the contract.
    offload: usize,
    /// Its caller's place among the callers.
    caller: usize,
    /// Its runs are recorded.
    recorded: bool,
    /// Upper edge.
    y: usize,
    /// Its height.
    height: usize,
    /// Its boxes.
    boxes: Vec<Box>,
    /// Its arrows.
    arrows: Vec<Arrow>,
}

/// A box of a lane; from the lane's own top.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FlowBox")]
struct Box {
    /// `route`, `flag`, `event`, `function` or `queue`: a class of the style sheet.
    kind: &'static str,
    /// Left edge.
    x: usize,
    /// Upper edge.
    y: usize,
    /// Its width.
    width: usize,
    /// Its height.
    height: usize,
    /// Its label.
    text: Text,
}

/// A label over some lines; `y` is the middle of each line from the middle of all.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FlowText")]
struct Text {
    /// Middle of the lines.
    x: usize,
    /// Middle of the label.
    y: usize,
    /// The whole text: lines may be shortened.
    whole: String,
    /// The lines.
    lines: Vec<Line>,
}

/// A line of a label.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FlowLine")]
struct Line {
    /// From the middle of the label.
    dy: i64,
    /// The text.
    text: String,
}

/// An arrow of a lane.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FlowArrow")]
struct Arrow {
    /// Its path, as SVG takes it.
    path: String,
    /// A word of the compiler beside it.
    word: Option<(usize, usize, &'static str)>,
}

pub(super) fn flow(docs: &Docs<'_>) -> Flow {
    let contract = docs.contract;
    let mut callers: Vec<(String, Vec<(usize, &Offload)>)> = Vec::new();
    for (index, offload) in contract.offloads.values().enumerate() {
        let caller = caller(offload);
        match callers.iter_mut().find(|(known, _)| *known == caller) {
            Some((_, lanes)) => lanes.push((index, offload)),
            None => callers.push((caller, vec![(index, offload)])),
        }
    }
    let mut flow = Flow {
        width: LEDGER.0 + LEDGER.1 + 2,
        height: TOP,
        top: TOP,
        columns: columns(contract.ledger.is_some()),
        callers: Vec::new(),
        lanes: Vec::new(),
        ledger: None,
    };
    for (group, (caller, offloads)) in callers.into_iter().enumerate() {
        let top = flow.height;
        for (index, offload) in offloads {
            let lane = lane(docs, offload, index, group, flow.height);
            flow.height += lane.height;
            flow.lanes.push(lane);
        }
        flow.callers.push(bar(CALLER, top, flow.height - top, &caller));
    }
    if flow.lanes.iter().any(|lane| lane.recorded) {
        let writer = contract.ledger.as_ref().map(|ledger| ledger.writer.export.value.as_str());
        flow.ledger = writer.map(|writer| bar(LEDGER, TOP, flow.height - TOP, writer));
    }
    flow.height += 2;
    flow
}

fn caller(offload: &Offload) -> String {
    match (&offload.schedule, &offload.when) {
        (Some(schedule), _) => schedule.as_str().to_owned(),
        (None, Some(when)) => format!("webhook {}", when.value),
        (None, None) => words::kind(offload.kind.value).to_owned(),
    }
}

fn columns(ledger: bool) -> Vec<Column> {
    let titles = [
        (CALLER, "Called by"),
        (ROUTE, "Route"),
        (FLAG, "Flag"),
        (EVENT, "Event or queue"),
        (FUNCTION, "Function"),
        (LEDGER, "Ledger"),
    ];
    let wanted = titles.into_iter().filter(|(column, _)| ledger || *column != LEDGER);
    wanted.map(|((x, _), title)| Column { x, title }).collect()
}

fn bar((x, width): (usize, usize), y: usize, height: usize, label: &str) -> Bar {
    let (y, height) = (y + (ROW - BOX) / 2, height - (ROW - BOX));
    let columns = COLUMNS * width / ROUTE.1;
    Bar { x, y, width, height, text: text(label, columns, x + width / 2, y + height / 2) }
}

fn lane(docs: &Docs<'_>, offload: &Offload, index: usize, caller: usize, y: usize) -> Lane {
    let rows = offload.events().count().max(1);
    let mut lane =
        Lane { offload: index, caller, recorded: false, y, height: rows * ROW, boxes: Vec::new(), arrows: Vec::new() };
    let middle = lane.height / 2;
    lane.boxes.push(one("route", ROUTE, middle, &offload.route.value));
    lane.arrows.push(arrow(CALLER, middle, ROUTE, middle, None));
    let mut last = (ROUTE, None);
    if let Some(flag) = &offload.flag {
        let known = docs.contract.flags.get(flag.value.as_str());
        let kind = match known.map(|flag| by_default(docs, flag)) {
            Some("on") => "flag on",
            _ => "flag",
        };
        lane.boxes.push(one(kind, FLAG, middle, &flag.value));
        lane.arrows.push(arrow(ROUTE, middle, FLAG, middle, None));
        last = (FLAG, Some("on"));
    }
    match &offload.delivery {
        Delivery::Queue(queue) => {
            lane.boxes.push(one("queue", EVENT, middle, &queue.value));
            lane.arrows.push(arrow(last.0, middle, EVENT, middle, last.1));
        }
        Delivery::Events(events) => {
            for (row, event) in events.events.iter().enumerate() {
                let at = row * ROW + ROW / 2;
                lane.boxes.push(one("event", EVENT, at, &event.name.value));
                lane.boxes.push(one("function", FUNCTION, at, &event.function.id.value));
                lane.arrows.push(arrow(last.0, middle, EVENT, at, last.1.filter(|_| row == 0)));
                lane.arrows.push(arrow(EVENT, at, FUNCTION, at, None));
                if docs.contract.ledger.is_some() {
                    lane.arrows.push(arrow(FUNCTION, at, LEDGER, at, None));
                    lane.recorded = true;
                }
            }
        }
    }
    lane
}

fn one(kind: &'static str, (x, width): (usize, usize), middle: usize, label: &str) -> Box {
    Box { kind, x, y: middle - BOX / 2, width, height: BOX, text: text(label, COLUMNS, x + width / 2, middle) }
}

fn arrow(from: (usize, usize), y: usize, to: (usize, usize), to_y: usize, word: Option<&'static str>) -> Arrow {
    // The head of the arrow takes the last of the way.
    let (start, end) = (from.0 + from.1, to.0 - 5);
    let path = if y == to_y {
        format!("M{start} {y}H{end}")
    } else {
        let half = end - GAP / 2;
        format!("M{start} {y}H{}C{half} {y} {} {to_y} {half} {to_y}H{end}", half - GAP / 3, half - GAP / 3)
    };
    Arrow { path, word: word.map(|word| (start + GAP / 2 - 2, y.min(to_y) - 6, word)) }
}

/// A label in lines that fit, broken where names have joints.
fn text(label: &str, columns: usize, x: usize, y: usize) -> Text {
    let whole = one_line(label).into_owned();
    let mut lines = vec![String::new()];
    for part in whole.split_inclusive(['/', '.', '_', '-', ':', ' ', ',']) {
        for part in pieces(part, columns) {
            let full = lines.last().is_some_and(|line| !line.is_empty() && width(line) + width(part) > columns);
            if full {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push_str(part);
            }
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            *last = shorten(&format!("{last} "), columns.saturating_sub(1).min(last.chars().count()));
        }
    }
    let step = 14;
    let above = i64::try_from(lines.len().saturating_sub(1)).unwrap_or(0) * step / 2;
    let lines = lines.into_iter().zip(0i64..).map(|(text, at)| Line { dy: at * step - above, text });
    Text { x, y, whole, lines: lines.collect() }
}

/// A part without a joint in pieces that fit into a line.
fn pieces(part: &str, columns: usize) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in part.char_indices() {
        if width(&part[start..at + c.len_utf8()]) > columns && at > start {
            out.push(&part[start..at]);
            start = at;
        }
    }
    out.push(&part[start..]);
    out
}

#[cfg(test)]
mod tests {
    use super::text;

    fn lines(label: &str) -> Vec<String> {
        text(label, 10, 0, 0).lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn labels_break_at_their_joints() {
        assert_eq!(lines("short"), ["short"]);
        assert_eq!(lines("/api/cron/x"), ["/api/cron/", "x"]);
        assert_eq!(lines("abcdefghijklm"), ["abcdefghij", "klm"]);
        assert_eq!(lines("a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_q_r_s"), ["a_b_c_d_e_", "f_g_h_i_j_", "k_l_m_n_o…"]);
        assert_eq!(lines("日本語日本語"), ["日本語日本", "語"]);
    }
}
