//! Values that may be written in several forms: a bare value, a list, a map.
//!
//! serde's untagged enums read a list as a map whose keys are left out, which the language is not.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_yaml::Value;

use super::{Concurrency, GateVariable, Number, Window};

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Mapping(map) if map.contains_key("env") => read(Value::Mapping(map)).map(Self::Env),
            Value::Mapping(map) => read(Value::Mapping(map)).map(Self::Justified),
            bare => read(bare).map(Self::Fixed),
        }
    }
}

impl<'de> Deserialize<'de> for Concurrency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            map @ Value::Mapping(_) => read(map).map(Self::One),
            list @ Value::Sequence(_) => read(list).map(Self::Many),
            bare => read(bare).map(Self::Limit),
        }
    }
}

impl<'de> Deserialize<'de> for Window {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            map @ Value::Mapping(_) => read(map).map(Self::Env),
            bare => read(bare).map(Self::Fixed),
        }
    }
}

impl<'de> Deserialize<'de> for GateVariable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            map @ Value::Mapping(_) => read(map).map(Self::Ask),
            bare => read(bare).map(Self::Value),
        }
    }
}

fn read<T: DeserializeOwned, E: Error>(value: Value) -> Result<T, E> {
    serde_yaml::from_value(value).map_err(E::custom)
}
