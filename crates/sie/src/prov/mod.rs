//! The crate seen from outside: only what is public is used.

mod egenskaper;
mod exempel;
mod export;
mod inlasning;
