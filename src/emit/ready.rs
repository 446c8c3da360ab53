//! What templates are given, made once: views that several templates print, and parts of views that few do.
//! Nothing here knows what is in them.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr, Serde};
use serde::{Serialize, Serializer};

/// `described_as!([] Table as Cells)`: what is said of the one to people who write templates is said of the other.
macro_rules! described_as {
    ([$($of:ident)?] $type:ty as $as:ty) => {
        impl$(<$of: schemars::JsonSchema>)? schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                <$as as schemars::JsonSchema>::inline_schema()
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                <$as as schemars::JsonSchema>::schema_name()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                <$as as schemars::JsonSchema>::schema_id()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                <$as as schemars::JsonSchema>::json_schema(generator)
            }
        }
    };
}
pub(super) use described_as;

/// A view that is ready to be printed: by its own template, and by another that shows it as a part of its own.
#[derive(Debug)]
pub(super) struct Ready<V> {
    value: Value,
    view: PhantomData<fn() -> V>,
}

impl<V: Serialize> Ready<V> {
    /// A view, ready.
    pub(super) fn new(view: &V) -> Self {
        Self { value: Value::from(Serde(view)), view: PhantomData }
    }
}

impl<V> Ready<V> {
    /// The view as templates see it.
    pub(super) fn value(&self) -> Value {
        self.value.clone()
    }
}

impl<V> Clone for Ready<V> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), view: PhantomData }
    }
}

impl<V> Serialize for Ready<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

described_as!([V] Ready<V> as V);

/// A list of which templates get an item when they ask for it. Templates see no difference to a list.
#[derive(Debug)]
pub(super) struct Later<T>(Arc<Items<T>>);

#[derive(Debug)]
struct Items<T>(Vec<T>);

impl<T> Later<T> {
    /// The items.
    pub(super) fn items(&self) -> &[T] {
        &self.0.0
    }
}

impl<T> Clone for Later<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> From<Vec<T>> for Later<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Arc::new(Items(items)))
    }
}

impl<T: Serialize + fmt::Debug + Send + Sync + 'static> Object for Items<T> {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_usize()?).map(|item| Value::from(Serde(item)))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }
}

impl<T: Serialize + fmt::Debug + Send + Sync + 'static> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_dyn_object(Arc::clone(&self.0)).serialize(serializer)
    }
}

described_as!([T] Later<T> as Vec<T>);
