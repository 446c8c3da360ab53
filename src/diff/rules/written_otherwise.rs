//! `written-otherwise`: the spec is written differently and the contract stays the same.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, Changes, Delta};
use crate::pointer::Pointer;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "written-otherwise",
        severity: Severity::Note,
        group: Group::Change,
        summary: "The spec is written differently and the contract stays the same.",
        why: "A value that is the default, or one that nothing uses, makes no difference to what runs.",
        bad: Example::Change { old: "", new: "policy: { retries: { ceiling: 3 } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[],
    check: |_evolution, _changes| {},
};
/// Reports a part of the spec that is written differently.
pub(in crate::diff) fn tell(changes: &mut Changes<'_>, delta: &Delta<'_, Contract>, at: &Pointer) {
    let how = match (delta.old, delta.new) {
        (None, _) => "is now written out",
        (_, None) => "is no longer written out",
        _ => "is written differently",
    };
    changes.tell(&RULE, delta, format!("`{}` {how}; the contract stays the same", at.dotted()), "nothing to do");
}
