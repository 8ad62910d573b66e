//! Forsby's invented year, part by part: what a person there would have done by hand.

pub(super) mod medel;
pub(super) mod prognos;
