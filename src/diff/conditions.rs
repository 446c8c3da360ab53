//! Conditions on both sides: whether they hold in the same environments.

use super::{Delta, Evolution};
use crate::contract::{Condition, Flag};
use crate::derive::settled;

/// The flags whose condition differs: the flag, what differs, and both conditions under new names.
pub(super) fn of_flags<'e, 'c>(
    evolution: &'e Evolution<'c>,
) -> Vec<(&'e Delta<'c, Flag>, Delta<'c, Condition>, Condition, Condition)> {
    let mut out = Vec::new();
    for flag in &evolution.flags.both {
        let condition = flag.part("enabledWhen", |flag| Some(&flag.enabled_when)).unwrapped();
        let Some((was, is)) = condition.both() else { continue };
        let was = evolution.renames.in_condition(was);
        if was != *is {
            out.push((flag, condition, was, is.clone()));
        }
    }
    out
}

/// Whether two conditions hold in the same environments.
pub(super) fn equivalent(a: &Condition, b: &Condition) -> bool {
    let not = |c: &Condition| Condition::Not(Box::new(c.clone()));
    let only = |a: &Condition, b: &Condition| Condition::AllOf(vec![a.clone(), not(b)]);
    a == b || settled(&Condition::AnyOf(vec![only(a, b), only(b, a)])) == Some(false)
}

/// Whether a condition holds where no variable is set.
pub(super) fn holds_unset(condition: &Condition) -> bool {
    match condition {
        Condition::On(_) | Condition::Set(_) => false,
        Condition::Unset(_) => true,
        Condition::AllOf(all) => all.iter().all(holds_unset),
        Condition::AnyOf(any) => any.iter().any(holds_unset),
        Condition::Not(inner) => !holds_unset(inner),
    }
}
