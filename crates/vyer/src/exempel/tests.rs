use super::*;

#[test]
fn every_sample_renders() {
    let alla = alla().expect("renders");
    assert!(alla.len() >= 20);
}
