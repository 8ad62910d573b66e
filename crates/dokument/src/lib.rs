//! dokument
