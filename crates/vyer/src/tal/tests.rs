use super::*;

#[test]
fn formats_thousands_and_minus() {
    assert_eq!(heltal(0), "0");
    assert_eq!(heltal(-3586), "\u{2212}3\u{a0}586");
    assert_eq!(heltal(8_052_000), "8\u{a0}052\u{a0}000");
    assert_eq!(
        heltal(i64::MIN),
        "\u{2212}9\u{a0}223\u{a0}372\u{a0}036\u{a0}854\u{a0}775\u{a0}808"
    );
}

#[test]
fn number_leads_to_its_derivation_and_is_escaped() {
    let html = TalVy::ny("1<2", "/harledning?a=1&b=2")
        .enhet("kr")
        .to_string();
    assert_eq!(
        html,
        "<a class=\"tal\" href=\"/harledning?a=1&#38;b=2\">1&#60;2</a>\u{a0}kr"
    );
}

#[test]
fn a_sum_with_a_missing_part_says_what_is_known_or_left_out() {
    let forbehall = |tal: &TalVy| tal.to_string().contains("<small>");
    let del = TalVy::tecken(Tecken::Okant).kand_del("680\u{a0}000");
    assert!(
        del.to_string()
            .ends_with(" <small>känd del 680\u{a0}000</small>")
    );
    let hel = TalVy::ny("5", "/h");
    let utan = TalVy {
        utan_obeslutat: true,
        ..hel.clone()
    };
    assert!(
        utan.to_string()
            .ends_with(" <small>ej beslutat ingår inte</small>")
    );
    assert!(!forbehall(&hel) && !forbehall(&TalVy::tecken(Tecken::EjBeslutat)));
}

#[test]
fn values_of_the_ledger_become_numbers_or_signs() {
    use utfall_domain::varde::Varde;
    assert_eq!(
        TalVy::av_varde(Varde::Kant(0), heltal, "/h"),
        TalVy::ny("0", "/h")
    );
    let sekretess = TalVy::av_varde(Varde::Sekretess, heltal, "/h");
    assert_eq!(sekretess.tecken, Some(Tecken::Sekretess));
    assert_eq!(sekretess.text, "");
    assert!(
        sekretess.to_string().starts_with("<a class=\"tal\""),
        "a sign can lead on"
    );
}

#[test]
fn sign_is_hidden_from_readers_and_said_in_words() {
    let html = TalVy::tecken(Tecken::EjInrapporterat).to_string();
    assert!(html.contains("aria-hidden=\"true\">□<"), "{html}");
    assert!(
        html.contains("<span class=\"dold\">ej inrapporterat</span>"),
        "{html}"
    );
}

#[test]
fn legend_lists_exactly_the_signs_used() {
    let tal = [
        TalVy::tecken(Tecken::Sekretess),
        TalVy::ny("0", "/x"),
        TalVy::ny("5", "/x"),
        TalVy::tecken(Tecken::Sekretess),
    ];
    assert_eq!(
        Teckenrad::av(&tal).tecken_i_raden(),
        [Tecken::Noll, Tecken::Sekretess]
    );
    assert!(
        Teckenrad::av(&tal[1..3]).tecken_i_raden().is_empty(),
        "zeros alone need no legend"
    );
}
