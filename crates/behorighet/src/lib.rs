//! behorighet
