//! Which methods values have, so that a question for another property has an answer, and a call of one that is
//! not modelled is told from a call of what is not there. What they do is not said here.

use super::super::{Holder, Kind, Value};

/// Whether every object has it.
pub(in super::super) fn of_objects(name: &str) -> bool {
    matches!(
        name,
        "hasOwnProperty" | "isPrototypeOf" | "propertyIsEnumerable" | "toLocaleString" | "toString" | "valueOf"
    )
}

/// Whether a value that is modelled has a method; `None` where what it has is said elsewhere.
#[rustfmt::skip]
pub(in super::super) fn has(value: &Value<'_>, name: &str) -> Option<bool> {
    let own = match value {
        Value::Text(_) => matches!(
            name,
            "anchor" | "at" | "charAt" | "charCodeAt" | "codePointAt" | "concat" | "endsWith" | "includes" | "indexOf"
                | "isWellFormed" | "lastIndexOf" | "localeCompare" | "match" | "matchAll" | "normalize" | "padEnd"
                | "padStart" | "repeat" | "replace" | "replaceAll" | "search" | "slice" | "split" | "startsWith"
                | "substr" | "substring" | "toLocaleLowerCase" | "toLocaleUpperCase" | "toLowerCase" | "toUpperCase"
                | "toWellFormed" | "trim" | "trimEnd" | "trimLeft" | "trimRight" | "trimStart" | "\0@iterator"
        ),
        Value::Number(_) => matches!(name, "toExponential" | "toFixed" | "toPrecision"),
        Value::Bool(_) => false,
        Value::Object(object) => match &object.kind {
            Kind::List(_) if object.has(super::list::iterator::NEXT) => matches!(
                name,
                "drop" | "every" | "filter" | "find" | "flatMap" | "forEach" | "map" | "next" | "reduce" | "return"
                    | "some" | "take" | "throw" | "toArray" | "\0@iterator"
            ),
            Kind::List(_) => matches!(
                name,
                "at" | "concat" | "copyWithin" | "entries" | "every" | "fill" | "filter" | "find" | "findIndex"
                    | "findLast" | "findLastIndex" | "flat" | "flatMap" | "forEach" | "includes" | "indexOf" | "join"
                    | "keys" | "lastIndexOf" | "map" | "pop" | "push" | "reduce" | "reduceRight" | "reverse"
                    | "shift" | "slice" | "some" | "sort" | "splice" | "toReversed" | "toSorted" | "toSpliced"
                    | "unshift" | "values" | "with" | "\0@iterator"
            ),
            Kind::Bytes(_, Holder::Raw) => matches!(name, "slice" | "resize" | "transfer"),
            Kind::Bytes(_, holder) => {
                matches!(
                    name,
                    "at" | "copyWithin" | "entries" | "every" | "fill" | "filter" | "find" | "findIndex" | "findLast"
                        | "findLastIndex" | "forEach" | "includes" | "indexOf" | "join" | "keys" | "lastIndexOf" | "map"
                        | "reduce" | "reduceRight" | "reverse" | "set" | "slice" | "some" | "sort" | "subarray"
                        | "toReversed" | "toSorted" | "values" | "with" | "\0@iterator"
                ) || *holder == Holder::Buffer
                    && (matches!(name, "compare" | "copy" | "equals" | "toJSON" | "write")
                        || name.starts_with("read") || name.starts_with("write") || name.starts_with("swap"))
            }
            Kind::Map(_) => matches!(
                name,
                "clear" | "delete" | "entries" | "forEach" | "get" | "has" | "keys" | "set" | "values" | "\0@iterator"
            ),
            Kind::Set(_) => matches!(
                name,
                "add" | "clear" | "delete" | "entries" | "forEach" | "has" | "keys" | "values" | "\0@iterator"
                    | "difference" | "intersection" | "isDisjointFrom" | "isSubsetOf" | "isSupersetOf"
                    | "symmetricDifference" | "union"
            ),
            Kind::Date(_) => {
                name.starts_with("get") || name.starts_with("set") || name.starts_with("to") || name == "\0@toPrimitive"
            }
            Kind::Regex(..) => matches!(name, "compile" | "exec" | "test"),
            Kind::Promise(_) => matches!(name, "catch" | "finally" | "then"),
            // Those that are called to keep or break it are methods of it as well.
            Kind::Pending(_) => matches!(name, "catch" | "finally" | "then" | "resolve" | "reject"),
            Kind::Plain | Kind::Instance(_) | Kind::Error(_) => false,
            _ => return None,
        },
        _ => return None,
    };
    Some(own || of_objects(name))
}
