//! The crate seen from outside: only what is public is used.

mod egenskaper;
mod etiketter;
mod exempel;
mod export;
mod facit;
mod inlasning;
mod mot_facit;
