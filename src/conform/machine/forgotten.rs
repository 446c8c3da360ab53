//! What nobody waits for.
//!
//! What is begun is told by its weight; whether work that is left alone is any that counts, the rules say.

use std::rc::Rc;

use super::super::program::{Expr, ExprKind, Site, Unary};
use super::value::birth;
use super::{Begun, Effect, EffectKind, Kind, Machine, Origin, Outcome, Value};

/// Whether a value is what has to be waited for.
pub(super) fn is_promise(value: &Value<'_>) -> bool {
    match value {
        Value::Object(object) => matches!(object.kind, Kind::Promise(_) | Kind::Pending(_)),
        Value::Opaque(opaque) => matches!(opaque.origin, Origin::StepResult),
        _ => false,
    }
}

/// What an expression calls whose value nobody takes.
pub(super) fn dropped(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Unary(Unary::Void, inner) => dropped(inner),
        ExprKind::Call(..) | ExprKind::New(..) | ExprKind::Logical(..) | ExprKind::If(..) | ExprKind::Chain(..) => {
            Some(expr)
        }
        _ => None,
    }
}

/// Whether somebody says that nobody is to wait: `void f()`, `f().catch(log)`. Of work that is meant; an event, a step
/// and a status are lost all the same.
pub(super) fn is_meant(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Unary(Unary::Void, _) => true,
        ExprKind::Call(callee, given, _) => match &callee.kind {
            ExprKind::Member(_, name, _) => &**name == "catch" || (&**name == "then" && given.len() > 1),
            _ => false,
        },
        ExprKind::Chain(inner) => is_meant(inner),
        _ => false,
    }
}

impl<'p> Machine<'p> {
    /// Does something whose value nobody takes; whether it `is_meant` to be left alone.
    pub(super) fn forgotten(
        &mut self,
        is_meant: bool,
        at: Site,
        does: impl FnOnce(&mut Self) -> Outcome<'p>,
    ) -> Outcome<'p> {
        let (before, kept, now) = (self.effects.len(), self.kept.len(), birth());
        let value = does(self)?;
        // Who waits for a promise from before that is settled here waits for this.
        let is_handed_on = self.kept[kept..].iter().any(|born| *born < now);
        if is_promise(&value) && !is_handed_on {
            let done = &self.effects[before..];
            let begun = done.iter().filter_map(Effect::begins).max();
            let told = done.iter().filter_map(Effect::drops).max();
            let begun = begun.filter(|begun| Some(*begun) > told && !(is_meant && *begun == Begun::Work));
            if let Some(begun) = begun {
                let mut calls = Vec::new();
                if begun == Begun::Work {
                    done.iter().for_each(|effect| effect.outside(&mut calls));
                }
                self.effect(EffectKind::Drop(begun, Rc::from(calls)), at);
            }
        }
        Ok(value)
    }
}
