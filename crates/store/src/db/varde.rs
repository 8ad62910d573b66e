//! Parameters: four types and their NULLs, nothing else crosses to the engines.

use std::borrow::Cow;

/// A parameter. The variant carries the type also when the value is NULL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum P<'a> {
    /// bigint
    Tal(Option<i64>),
    /// text
    Text(Option<Cow<'a, str>>),
    /// bytea / BLOB
    Bytes(Option<Cow<'a, [u8]>>),
    /// bool; 0 or 1 in SQLite
    Bool(Option<bool>),
}

/// `p![id, namn, ar]`: a list of parameters, `$1` first.
macro_rules! p {
    ($($v:expr),* $(,)?) => { &[$($crate::db::P::from($v)),*] };
}
pub(crate) use p;

macro_rules! fran {
    ($($t:ty => |$v:ident| $e:expr),* $(,)?) => { $(
        impl<'a> From<$t> for P<'a> {
            fn from($v: $t) -> Self { $e }
        }
    )* };
}

fran! {
    i64 => |v| P::Tal(Some(v)),
    Option<i64> => |v| P::Tal(v),
    i32 => |v| P::Tal(Some(i64::from(v))),
    u32 => |v| P::Tal(Some(i64::from(v))),
    bool => |v| P::Bool(Some(v)),
    Option<bool> => |v| P::Bool(v),
    &'a str => |v| P::Text(Some(Cow::Borrowed(v))),
    Option<&'a str> => |v| P::Text(v.map(Cow::Borrowed)),
    &'a String => |v| P::Text(Some(Cow::Borrowed(v))),
    String => |v| P::Text(Some(Cow::Owned(v))),
    Option<String> => |v| P::Text(v.map(Cow::Owned)),
    &'a [u8] => |v| P::Bytes(Some(Cow::Borrowed(v))),
    Option<&'a [u8]> => |v| P::Bytes(v.map(Cow::Borrowed)),
    &'a Vec<u8> => |v| P::Bytes(Some(Cow::Borrowed(v))),
    Vec<u8> => |v| P::Bytes(Some(Cow::Owned(v))),
    Option<Vec<u8>> => |v| P::Bytes(v.map(Cow::Owned)),
    &'a [u8; 32] => |v| P::Bytes(Some(Cow::Borrowed(v.as_slice()))),
}
