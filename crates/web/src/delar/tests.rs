use super::flodets_fynd;

#[test]
fn the_few_that_get_most_get_the_share_they_get() {
    let lika = [(1, "A"), (1, "B"), (1, "C")];
    assert_eq!(
        flodets_fynd(&lika),
        "2 av 3 insatser får 66\u{a0}% av pengarna"
    );
    assert_eq!(
        flodets_fynd(&[(3, "A"), (1, "B")]),
        "A får minst hälften av pengarna"
    );
}
