//! One pass over all expressions serves every rule about them: each text is parsed and judged once.

use super::{
    cancel_condition_refused, cel_never_repeats, cel_syntax, cel_unknown_path, idempotency_boolean,
    idempotency_constant, idempotency_path_not_required_text, key_constant, key_path_optional, priority_out_of_range,
};
use crate::contract::Contract;
use crate::findings::Findings;
use crate::lint::cel::{self, Kind};
use crate::rule::Meta;

/// The check of `cel-syntax`: judges every expression, for all rules about expressions.
pub(super) fn check(contract: &Contract, findings: &mut Findings<'_>) {
    cel::report(contract, findings, meta);
}

/// The check of the others: [`check`] has reported for them.
pub(super) fn checked_with_syntax(_: &Contract, _: &mut Findings<'_>) {}

fn meta(kind: Kind) -> &'static Meta {
    match kind {
        Kind::Syntax => &cel_syntax::RULE.meta,
        Kind::UnknownPath => &cel_unknown_path::RULE.meta,
        Kind::NeverRepeats => &cel_never_repeats::RULE.meta,
        Kind::CancelConditionRefused => &cancel_condition_refused::RULE.meta,
        Kind::IdempotencyBoolean => &idempotency_boolean::RULE.meta,
        Kind::IdempotencyConstant => &idempotency_constant::RULE.meta,
        Kind::IdempotencyPath => &idempotency_path_not_required_text::RULE.meta,
        Kind::KeyConstant => &key_constant::RULE.meta,
        Kind::KeyPathOptional => &key_path_optional::RULE.meta,
        Kind::Priority => &priority_out_of_range::RULE.meta,
    }
}
