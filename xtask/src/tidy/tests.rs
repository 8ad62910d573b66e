//! Each rule against a small bad tree (must be caught) and its mended twin (must be silent).

use super::*;

fn trad(filer: &[(&str, &str)]) -> Trad {
    Trad::av(
        filer
            .iter()
            .map(|(stig, text)| Fil::ny(stig, text.as_bytes()))
            .collect(),
    )
}

/// The rules that speak about this tree, in order, without repeats.
fn regler(filer: &[(&str, &str)]) -> Vec<&'static str> {
    let mut svar: Vec<_> = granska(&trad(filer)).iter().map(|a| a.regel).collect();
    svar.sort_unstable();
    svar.dedup();
    svar
}

#[test]
fn projektet_ar_i_ordning() {
    let trad = Trad::las(&crate::projektrot()).unwrap();
    let anmarkningar = granska(&trad);
    assert!(anmarkningar.is_empty(), "{anmarkningar:#?}");
}

#[test]
fn lang_fil_fangas_men_prov_ar_fria() {
    let lang = "// rad\n".repeat(601);
    assert_eq!(regler(&[("crates/domain/src/a.rs", &lang)]), ["filrader"]);
    let a = ("crates/domain/src/a.rs", "#[cfg(test)]\nmod prov;\n");
    assert_eq!(
        regler(&[a, ("crates/domain/src/a/prov.rs", &lang)]),
        [""; 0]
    );
    assert_eq!(
        regler(&[a, ("crates/domain/src/a/prov/mer.rs", &lang)]),
        [""; 0]
    );
    assert_eq!(
        regler(&[a, ("crates/domain/src/a/provet.rs", &lang)]),
        ["filrader"]
    );
    assert_eq!(
        regler(&[a, ("crates/domain/tests/it/b.rs", &lang)]),
        [""; 0]
    );
    let med_prov = format!("fn f() {{}}\n#[cfg(test)]\nmod tests {{\n{lang}}}\n");
    assert_eq!(regler(&[("crates/domain/src/a.rs", &med_prov)]), [""; 0]);
}

#[test]
fn lang_funktion_fangas_men_kommentarer_ar_fria() {
    let med = |rader: &str| format!("pub fn f() {{\n{rader}}}\n");
    let lang = med(&"    g();\n".repeat(59));
    assert_eq!(
        regler(&[("crates/domain/src/a.rs", &lang)]),
        ["funktionsrader"]
    );
    let kommenterad = med(&format!(
        "{}{}",
        "    g();\n".repeat(58),
        "    // varför\n\n".repeat(40)
    ));
    assert_eq!(regler(&[("crates/domain/src/a.rs", &kommenterad)]), [""; 0]);
    let prov = format!("#[test]\n{lang}");
    assert_eq!(regler(&[("crates/domain/src/a.rs", &prov)]), [""; 0]);
}

#[test]
fn bred_rad_fangas() {
    let bred = format!("// {}\n", "å".repeat(98));
    assert_eq!(regler(&[("xtask/src/a.rs", &bred)]), ["kolumner"]);
    let jamn = format!("// {}\n", "å".repeat(97));
    assert_eq!(regler(&[("xtask/src/a.rs", &jamn)]), [""; 0]);
}

#[test]
fn forbjudna_ord_fangas_bara_i_kod() {
    for dalig in [
        "todo!()",
        "x.unwrap()",
        "x.expect(\"a\")",
        "panic!(\"a\")",
        "dbg!(x)",
    ] {
        let kalla = format!("fn f() {{ {dalig}; }}\n");
        assert_eq!(
            regler(&[("crates/web/src/a.rs", &kalla)]),
            ["forbjudet"],
            "{dalig}"
        );
        let i_text = format!("fn f() {{ g(r#\"{dalig}\"#); }} // {dalig}\n/* {dalig} */\n");
        assert_eq!(
            regler(&[("crates/web/src/a.rs", &i_text)]),
            [""; 0],
            "{dalig}"
        );
        let i_prov = format!("#[cfg(test)]\nmod tests {{\n    fn f() {{ {dalig}; }}\n}}\n");
        assert_eq!(
            regler(&[("crates/web/src/a.rs", &i_prov)]),
            [""; 0],
            "{dalig}"
        );
    }
    let utanfor_tjanst = "fn f() { x.unwrap(); }\n";
    assert_eq!(
        regler(&[("crates/testkit/src/a.rs", utanfor_tjanst)]),
        [""; 0]
    );
}

#[test]
fn motorns_ord_hor_hemma_i_fasaden() {
    for dalig in [
        "use rusqlite::Row;",
        "fn f() { g(\"PRAGMA x\"); }",
        "fn f() { g(\"a::bigint\"); }",
    ] {
        assert_eq!(
            regler(&[("crates/store/src/medel.rs", dalig)]),
            ["databasord"],
            "{dalig}"
        );
        assert_eq!(
            regler(&[("crates/store/src/db/fasad/sqlite.rs", dalig)]),
            [""; 0],
            "{dalig}"
        );
    }
    let sql = "CREATE TABLE a (n text DEFAULT now());\n";
    assert_eq!(
        regler(&[("crates/store/migrations/0001_a.sql", sql)]),
        ["databasord"]
    );
}

fn manifest(beroenden: &str) -> String {
    format!("[package]\nname = \"x\"\n\n[lints]\nworkspace = true\n\n{beroenden}")
}

#[test]
fn kant_utanfor_kartan_fangas() {
    let uppat = manifest("[dependencies]\nutfall-store.workspace = true\n");
    assert_eq!(regler(&[("crates/domain/Cargo.toml", &uppat)]), ["kanter"]);
    assert_eq!(regler(&[("crates/app/Cargo.toml", &uppat)]), [""; 0]);
    let ramverk = manifest("[dependencies]\naxum = \"0.8\"\n");
    assert_eq!(regler(&[("crates/app/Cargo.toml", &ramverk)]), ["kanter"]);
    let kit = manifest("[dependencies]\nutfall-testkit.workspace = true\n");
    assert_eq!(regler(&[("crates/web/Cargo.toml", &kit)]), ["kanter"]);
    let kit_i_prov = manifest("[dev-dependencies]\nutfall-testkit.workspace = true\n");
    assert_eq!(regler(&[("crates/web/Cargo.toml", &kit_i_prov)]), [""; 0]);
    assert_eq!(
        regler(&[("crates/okand/Cargo.toml", &manifest(""))]),
        ["kanter"]
    );
}

#[test]
fn lada_utan_lintar_fangas() {
    assert_eq!(
        regler(&[("crates/app/Cargo.toml", "[package]\nname = \"x\"\n")]),
        ["lintar"]
    );
}

#[test]
fn pengar_utan_sina_lintar_fangas() {
    let stig = "crates/domain/src/pengar.rs";
    assert_eq!(regler(&[(stig, "//! Money.\n")]), ["lintar"]);
    let bra = "#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]\n";
    assert_eq!(regler(&[(stig, bra)]), [""; 0]);
}

#[test]
fn stor_fil_fangas() {
    let stor = Fil {
        stig: "a.bin".into(),
        storlek: 1_000_001,
        text: None,
        kod: None,
        ar_prov: false,
    };
    assert_eq!(granska(&Trad::av(vec![stor])).len(), 1);
}

#[test]
fn andrad_migration_fangas() {
    // The checksum of some other text.
    let frysta = "7a45b9cac6c5fd7cd3d60c3b6bd9d5f9d9c2ba6ab2b2e6d7e3c7a36b4d3a4e1f  0001_a.sql\n";
    let filer = [
        ("crates/store/migrations/0001_a.sql", "SELECT 2;\n"),
        ("crates/store/migrations/SHA256SUMS", frysta),
    ];
    assert_eq!(regler(&filer), ["migrationer"]);
    assert_eq!(regler(&filer[1..]), ["migrationer"]);
}

#[test]
fn fryst_migration_godtas_och_ny_kommer_efter() {
    let mapp = tempfile::tempdir().unwrap();
    let stig = mapp.path().join("crates/store/migrations");
    fs::create_dir_all(&stig).unwrap();
    fs::write(stig.join("0002_b.sql"), "SELECT 2;\n").unwrap();
    frys_om(mapp.path());
    assert!(granska(&Trad::las(mapp.path()).unwrap()).is_empty());
    fs::write(stig.join("0003_c.sql"), "SELECT 3;\n").unwrap();
    assert!(granska(&Trad::las(mapp.path()).unwrap()).is_empty());
    fs::write(stig.join("0001_a.sql"), "SELECT 1;\n").unwrap();
    assert_eq!(granska(&Trad::las(mapp.path()).unwrap()).len(), 1);
}

fn frys_om(rot: &Path) {
    filer::frys(rot, &Trad::las(rot).unwrap()).unwrap();
}

#[test]
fn registeradress_fangas_utom_i_cargos_egen_fil() {
    let rad = format!("x = \"https://registry.npm{}/a\"\n", "js.org");
    assert_eq!(regler(&[("e2e/package-lock.json", &rad)]), ["varden"]);
    assert_eq!(regler(&[("Cargo.lock", &rad)]), [""; 0]);
}

#[test]
fn stig_pa_en_viss_maskin_fangas() {
    let rad = format!("se {}main/src\n", concat!("/wo", "rk/"));
    assert_eq!(regler(&[("README.md", &rad)]), ["maskinstigar"]);
    assert_eq!(regler(&[("README.md", "se src/work/main\n")]), [""; 0]);
}

#[test]
fn dod_lank_fangas() {
    let rubrik = ("docs/b.md", "# Första delen\n");
    for dalig in [
        "[x](docs/a.md)",
        "[x](docs/b.md#andra-delen)",
        "[x](../b.md)",
    ] {
        assert_eq!(
            regler(&[("README.md", dalig), rubrik]),
            ["lankar"],
            "{dalig}"
        );
    }
    for bra in [
        "[x](docs/b.md#första-delen)",
        "[x](docs)",
        "`[x](a.md)`",
        "[x](https://a.se/b)",
    ] {
        assert_eq!(regler(&[("README.md", bra), rubrik]), [""; 0], "{bra}");
    }
}

#[test]
fn prov_som_ett_dokument_namner_ska_finnas() {
    let kod = (
        "crates/domain/src/a.rs",
        "#[test]\nfn talar() {}\n#[tokio::test(flavor = \"multi_thread\")]\nasync fn vantar() {}\n",
    );
    for bra in ["`domain/src/a.rs::talar`, `::vantar`", "`domain::a::talar`"] {
        assert_eq!(regler(&[kod, ("ARCHITECTURE.md", bra)]), [""; 0], "{bra}");
    }
    for dalig in [
        "`domain/src/a.rs::tiger`",
        "`domain/src/a.rs::talar` och `::tiger`",
        "`domain/src/b.rs::talar`",
    ] {
        assert_eq!(
            regler(&[kod, ("ARCHITECTURE.md", dalig)]),
            ["prov"],
            "{dalig}"
        );
    }
}

#[test]
fn tillstandsmaskin_har_en_sida() {
    let modul = (
        "crates/domain/src/rekvisition.rs",
        "//! Tillstand: rekvisition\n",
    );
    assert_eq!(regler(&[modul]), ["tillstand"]);
    let sida = (
        "docs/tillstand/rekvisition.md",
        "```mermaid\nstateDiagram-v2\n```\n",
    );
    assert_eq!(regler(&[modul, sida]), [""; 0]);
    assert_eq!(regler(&[sida]), ["tillstand"]);
}

#[test]
fn lexern_skiljer_livstid_fran_tecken_och_ser_nastlade_kommentarer() {
    let kod =
        Kod::las("fn f<'a>(x: &'a str) { g('\"', '\\'', \"}\"); } /* /* } */ todo!() */ h();");
    let rad = &kod.kod[0];
    assert!(
        rad.contains("fn f<'a>(x: &'a str)") && rad.contains("h();"),
        "{rad}"
    );
    assert!(!rad.contains("todo!"), "{rad}");
    assert_eq!(kod.funktioner().len(), 1);
}

/// docs/krav.toml with every row `senare`, but for one that reads as given.
fn krav(nummer: usize, rad: &str) -> String {
    let rader = (1..=363).map(|n| {
        let rad = if n == nummer {
            rad
        } else {
            "senare = \"medel\""
        };
        format!("[R{n}]\n{rad}\n")
    });
    rader.collect()
}

#[test]
fn krav_utan_rad_eller_med_fel_nyckel_fangas() {
    for dalig in [
        "",
        "senare = \"kallaren\"",
        "senare = \"medel\"\nnej = \"skäl\"",
        "nej = \"\"",
        "prov = []",
        "kanske = \"ja\"",
    ] {
        assert_eq!(
            regler(&[("docs/krav.toml", &krav(7, dalig))]),
            ["krav"],
            "{dalig}"
        );
    }
    let utan_sista = krav(1, "nej = \"skäl\"").replace("[R363]\nsenare = \"medel\"\n", "");
    assert_eq!(regler(&[("docs/krav.toml", &utan_sista)]), ["krav"]);
    assert_eq!(
        regler(&[("docs/krav.toml", &krav(1, "nej = \"skäl\""))]),
        [""; 0]
    );
}

#[test]
fn krav_med_prov_som_inte_finns_fangas() {
    let rust = (
        "crates/domain/src/a/tests.rs",
        "#[test]\nfn summan() {}\n#[test]\n#[ignore]\nfn b() {}\n",
    );
    let webb = (
        "e2e/prov/a.test.mjs",
        "test('Summan syns', async () => {});\n",
    );
    for dalig in [
        "tests.rs::summan",
        "crates/domain/src/a/tests.rs::differensen",
        "crates/domain/src/a/tests.rs::b",
        "e2e/prov/a.test.mjs::Summan",
    ] {
        let text = krav(7, &format!("prov = [\"{dalig}\"]"));
        assert_eq!(
            regler(&[("docs/krav.toml", &text), rust, webb]),
            ["krav"],
            "{dalig}"
        );
    }
    let bra = "prov = [\n  \"crates/domain/src/a/tests.rs::summan\",\n  \
               \"e2e/prov/a.test.mjs::Summan syns\",\n]";
    assert_eq!(
        regler(&[("docs/krav.toml", &krav(7, bra)), rust, webb]),
        [""; 0]
    );
}

#[test]
fn for_manga_nej_i_en_modul_fangas() {
    let nej = |antal: usize| -> String {
        let rad = |n: usize| {
            if n <= antal {
                "nej = \"skäl\""
            } else {
                "senare = \"medel\""
            }
        };
        (1..=363).map(|n| format!("[R{n}]\n{}\n", rad(n))).collect()
    };
    assert_eq!(regler(&[("docs/krav.toml", &nej(16))]), ["krav"]);
    assert_eq!(regler(&[("docs/krav.toml", &nej(15))]), [""; 0]);
}

/// Nobody is given the birth number 000, so these are no one's.
#[test]
fn personnummer_utanfor_testserierna_fangas() {
    for nagons in [
        "010101-0007",
        "20010101-0007.",
        "(200101010007)",
        "\"010161-0004\"",
        "010101+0007",
    ] {
        let fil = ("exempel/a.json", nagons);
        assert_eq!(regler(&[fil]), ["personnummer"], "{nagons}");
        assert_eq!(regler(&[("docs/a.txt", nagons)]), ["personnummer"]);
        assert_eq!(regler(&[("crates/domain/src/a.txt", nagons)]), [""; 0]);
    }
    for ingens in [
        "010101-2383",
        "20010101-9800",
        "010101-0008",
        "a0101010007",
        "01010100007",
        "2021-10-14",
        "8 052 000 kr",
        "013101-0007",
    ] {
        assert_eq!(regler(&[("exempel/a.json", ingens)]), [""; 0], "{ingens}");
    }
}
