//! Tombstones: on the disk before they count, whole or refused, and stronger than a database.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};

use super::super::disk::Hallbar;
use super::super::{Begravning, Gravsten, Gravstenar, Nyckelfel, galler};
use super::{Plats, namnfaltet, nar, nonce, slump, vem};

const BESLUT: &str = "KS 2026/118 § 7";

fn femtio(plats: &Plats) -> Gravstenar {
    let (_, mut stenar) = plats.oppna(None).unwrap();
    for nr in 1..50 {
        let svar = stenar.begrav(vem(1 + nr % 3, 2, nr), nar(nr), BESLUT);
        assert_eq!(svar, Ok(Begravning::Ny));
    }
    stenar
}

#[test]
fn a_buried_person_is_gone_also_when_an_older_database_has_the_key() {
    let plats = Plats::ny();
    let (mut fil, mut stenar) = plats.oppna(None).unwrap();
    let (borta, kvar) = (vem(1, 2, 3), vem(1, 2, 4));
    let mut databas = Vec::new();
    for (n, vem) in [(1, borta), (2, kvar), (3, vem(1, 3, 3))] {
        let ny = fil.ny_personnyckel(&stenar, vem, &mut slump(n), nonce(n));
        databas.push((vem, ny.unwrap().1));
    }
    let (_, inslagen) = databas[0].clone();
    let (nyckel, _) = fil
        .ny_personnyckel(&stenar, borta, &mut slump(1), nonce(1))
        .unwrap();
    let namn = nyckel.forsegla(namnfaltet(3), b"namn", nonce(9)).unwrap();
    assert!(galler(&stenar, borta));
    assert_eq!(stenar.begrav(borta, nar(0), BESLUT), Ok(Begravning::Ny));
    assert_eq!(stenar.begrav(borta, nar(1), BESLUT), Ok(Begravning::Fanns));
    assert!(!galler(&stenar, borta) && galler(&stenar, kvar) && galler(&stenar, vem(1, 3, 3)));
    let nej = Nyckelfel::Begravd;
    let (_, igen) = plats.oppna(Some(fil.id())).unwrap();
    for stenar in [&stenar, &igen] {
        assert_eq!(
            fil.oppna_personnyckel(stenar, borta, &inslagen)
                .unwrap_err(),
            nej
        );
        assert_eq!(
            fil.rotera(stenar, borta, &inslagen, nonce(2)),
            Err(nej.clone())
        );
        let ny = fil.ny_personnyckel(stenar, borta, &mut slump(4), nonce(4));
        assert_eq!(ny.unwrap_err(), nej);
        let forstors = stenar.att_forstora(databas.iter().map(|(vem, _)| *vem));
        assert_eq!(forstors, [borta]);
        assert_eq!(stenar.hogsta(), Some(borta.person));
    }
    // Positive control: without the tombstones the older database gives everything back.
    let utan = fil.packa_upp(borta, &inslagen).unwrap();
    assert_eq!(utan.oppna(namnfaltet(3), &namn).unwrap().bytes(), b"namn");
    // And when the key that wrapped it is gone, not even that does.
    fil.lagg_till(&mut slump(8)).unwrap();
    fil.rotera(&stenar, kvar, &databas[1].1, nonce(3))
        .unwrap()
        .unwrap();
    fil.ta_bort(inslagen.nyckel(), &[].into()).unwrap();
    let svar = fil.packa_upp(borta, &inslagen);
    assert_eq!(svar.unwrap_err(), Nyckelfel::OkandNyckel(1));
}

#[test]
fn every_byte_flip_of_fifty_lines_is_found() {
    let plats = Plats::ny();
    let stenar = femtio(&plats);
    let hel = fs::read(plats.gravar()).unwrap();
    assert_eq!(hel.iter().filter(|b| **b == b'\n').count(), 50);
    for plats_i in 0..hel.len() {
        // One bit in turn, and the one between capitals and small letters.
        for mask in [1 << (plats_i % 8), 0x20] {
            let mut andrad = hel.clone();
            andrad[plats_i] ^= mask;
            fs::write(plats.gravar(), &andrad).unwrap();
            let fel = Gravstenar::las(&plats.gravar()).unwrap_err();
            let kod = fel.kod();
            assert!(
                ["nyckel-skadad", "nyckel-version"].contains(&kod),
                "{plats_i} {mask}"
            );
        }
    }
    fs::write(plats.gravar(), &hel).unwrap();
    let igen = Gravstenar::las(&plats.gravar()).unwrap();
    assert_eq!(igen.stenar(), stenar.stenar());
    assert_eq!(igen.huvud(), stenar.huvud());
}

#[test]
fn lines_that_are_moved_doubled_or_taken_out_are_found() {
    let plats = Plats::ny();
    let minns = femtio(&plats).huvud();
    let hel = fs::read_to_string(plats.gravar()).unwrap();
    let rader: Vec<&str> = hel.split_inclusive('\n').collect();
    let prova = |rader: &[&str]| {
        fs::write(plats.gravar(), rader.concat()).unwrap();
        Gravstenar::las(&plats.gravar())?
            .prova_mot(&minns)
            .inspect_err(|fel| {
                assert_eq!(fel.kod(), "nyckel-gravstenar-aldre");
            })
    };
    prova(&rader).unwrap();
    for nr in 0..rader.len() {
        let mut utan = rader.clone();
        utan.remove(nr);
        prova(&utan).unwrap_err();
        let mut dubbel = rader.clone();
        dubbel.insert(nr, rader[nr]);
        prova(&dubbel).unwrap_err();
        let mut bytta = rader.clone();
        bytta.swap(nr, (nr + 1) % rader.len());
        prova(&bytta).unwrap_err();
    }
}

#[test]
fn a_cut_anywhere_is_refused_or_told_and_nothing_answered_for_is_lost_in_silence() {
    let plats = Plats::ny();
    let minns = femtio(&plats).huvud();
    let hel = fs::read(plats.gravar()).unwrap();
    let rubrik = hel.iter().position(|b| *b == b'\n').unwrap() + 1;
    for langd in 0..hel.len() {
        fs::write(plats.gravar(), &hel[..langd]).unwrap();
        let last = Gravstenar::las(&plats.gravar());
        if langd < rubrik {
            assert_eq!(last.unwrap_err().kod(), "nyckel-skadad", "{langd}");
            continue;
        }
        let last = last.unwrap();
        let hela = hel[..langd].iter().rposition(|b| *b == b'\n').unwrap() + 1;
        let rest = langd - hela;
        assert_eq!(last.halv_rad(), (rest > 0).then_some(rest), "{langd}");
        // Also when it is cut between two lines: the database remembers.
        let svar = last.prova_mot(&minns).unwrap_err();
        assert_eq!(svar.kod(), "nyckel-gravstenar-aldre");
    }
}

#[test]
fn a_half_line_is_taken_away_by_the_next_burial() {
    let plats = Plats::ny();
    let fore = femtio(&plats).huvud();
    let hel = fs::read(plats.gravar()).unwrap();
    fs::write(plats.gravar(), &hel[..hel.len() - 20]).unwrap();
    let (_, mut stenar) = plats.oppna(None).unwrap();
    assert!(stenar.halv_rad().is_some());
    assert!(
        galler(&stenar, vem(2, 2, 49)),
        "its line was never answered for"
    );
    stenar.begrav(vem(2, 2, 49), nar(49), BESLUT).unwrap();
    assert_eq!(stenar.halv_rad(), None);
    // The same line again: byte for byte the file it was.
    assert_eq!(fs::read(plats.gravar()).unwrap(), hel);
    assert_eq!(stenar.huvud(), fore);
    stenar.prova_mot(&fore).unwrap();
}

#[test]
fn two_processes_write_one_chain() {
    let plats = Plats::ny();
    let (_, mut ena) = plats.oppna(None).unwrap();
    let (_, mut andra) = plats.oppna(None).unwrap();
    for nr in 1..=10 {
        ena.begrav(vem(1, 1, nr), nar(nr), BESLUT).unwrap();
        andra.begrav(vem(1, 2, nr), nar(nr), BESLUT).unwrap();
        assert_eq!(
            andra.begrav(vem(1, 1, nr), nar(nr), BESLUT),
            Ok(Begravning::Fanns)
        );
    }
    let last = Gravstenar::las(&plats.gravar()).unwrap();
    assert_eq!(last.stenar().len(), 20);
    assert_eq!(last.huvud(), andra.huvud());
    // Somebody else's file in its place is not taken for a longer one.
    let annan = Plats::ny();
    let mut slumpade = slump::<48>(1);
    let mut frammande =
        super::super::Nyckelfil::oppna(&annan.nyckel(), &annan.gravar(), None, &mut slumpade)
            .unwrap()
            .1;
    for nr in 1..=30 {
        frammande.begrav(vem(3, 3, nr), nar(nr), BESLUT).unwrap();
    }
    fs::copy(annan.gravar(), plats.gravar()).unwrap();
    let svar = ena.begrav(vem(1, 1, 99), nar(99), BESLUT).unwrap_err();
    assert_eq!(svar.kod(), "nyckel-gravstenar-aldre");
}

#[test]
fn a_half_line_that_another_has_replaced_by_as_many_bytes_is_not_cut_off() {
    let plats = Plats::ny();
    let (_, mut forlaga) = plats.oppna(None).unwrap();
    let fore = fs::read(plats.gravar()).unwrap();
    forlaga.begrav(vem(1, 1, 1), nar(0), BESLUT).unwrap();
    let rad = fs::read(plats.gravar()).unwrap().len() - fore.len();
    fs::write(plats.gravar(), [fore, vec![b'x'; rad]].concat()).unwrap();
    let (_, mut ena) = plats.oppna(None).unwrap();
    let (_, mut andra) = plats.oppna(None).unwrap();
    assert_eq!(ena.halv_rad(), Some(rad));
    andra.begrav(vem(1, 1, 1), nar(0), BESLUT).unwrap();
    ena.begrav(vem(1, 1, 2), nar(0), BESLUT).unwrap();
    let last = Gravstenar::las(&plats.gravar()).unwrap();
    assert_eq!(last.stenar().len(), 2);
    assert!(!galler(&last, vem(1, 1, 1)) && !galler(&last, vem(1, 1, 2)));
}

#[test]
fn a_reference_is_one_short_line() {
    let plats = Plats::ny();
    let (_, mut stenar) = plats.oppna(None).unwrap();
    let fore = fs::read(plats.gravar()).unwrap();
    let lang = "x".repeat(201);
    for fel in ["", "  ", "KS\t1", "KS\n1", "KS\r1", "KS\u{85}1", &lang] {
        let svar = stenar.begrav(vem(1, 1, 1), nar(0), fel);
        assert_eq!(svar, Err(Nyckelfel::Referens), "{fel:?}");
    }
    assert_eq!(fs::read(plats.gravar()).unwrap(), fore);
    for (nr, bra) in (1..).zip(["Å", &lang[1..], "KS 1/26, § 12–14"]) {
        stenar.begrav(vem(1, 1, nr), nar(nr), bra).unwrap();
    }
    let last = Gravstenar::las(&plats.gravar()).unwrap();
    assert_eq!(last.stenar(), stenar.stenar());
}

/// Writes down what was asked of it; fails at one of the steps, after some bytes.
struct Trasig {
    steg: Vec<&'static str>,
    skrivet: Vec<u8>,
    ryms: usize,
    disken_svarar: bool,
}

impl Write for Trasig {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.steg.push("skriv");
        let antal = bytes.len().min(self.ryms - self.skrivet.len());
        if antal == 0 {
            return Err(io::Error::from_raw_os_error(28));
        }
        self.skrivet.extend_from_slice(&bytes[..antal]);
        Ok(antal)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Hallbar for Trasig {
    fn pa_disk(&mut self) -> io::Result<()> {
        self.steg.push("vänta");
        if self.disken_svarar {
            return Ok(());
        }
        Err(io::Error::from_raw_os_error(5))
    }
}

fn trasig(ryms: usize, disken_svarar: bool) -> Trasig {
    Trasig {
        steg: Vec::new(),
        skrivet: Vec::new(),
        ryms,
        disken_svarar,
    }
}

#[test]
fn a_burial_is_answered_for_only_when_it_is_on_the_disk() {
    let sten = || Gravsten {
        vem: vem(1, 1, 1),
        nar: nar(0),
        beslut: BESLUT.to_owned(),
    };
    let plats = Plats::ny();
    let (_, mut stenar) = plats.oppna(None).unwrap();
    let mut bra = trasig(1_000, true);
    stenar.skriv(&mut bra, sten()).unwrap();
    assert_eq!(bra.steg, ["skriv", "vänta"]);
    let langd = bra.skrivet.len();
    for (ryms, svarar) in (0..langd).map(|n| (n, true)).chain([(1_000, false)]) {
        let (_, mut stenar) = plats.oppna(None).unwrap();
        let mut disk = trasig(ryms, svarar);
        assert_eq!(
            stenar.skriv(&mut disk, sten()).unwrap_err().kod(),
            "nyckel-system"
        );
        // The line may be there, so the key is not used; and nothing goes after it.
        assert!(!galler(&stenar, vem(1, 1, 1)));
        let nasta = stenar.begrav(vem(1, 1, 2), nar(0), BESLUT).unwrap_err();
        assert_eq!(nasta, Nyckelfel::Osaker(plats.gravar()));
        // What did reach the disk is read as a half line, or as the whole one.
        let mut fil = OpenOptions::new()
            .append(true)
            .open(plats.gravar())
            .unwrap();
        fil.write_all(&disk.skrivet).unwrap();
        let igen = Gravstenar::las(&plats.gravar()).unwrap();
        assert_eq!(galler(&igen, vem(1, 1, 1)), disk.skrivet.len() < langd);
        fs::remove_file(plats.gravar()).unwrap();
        fs::remove_file(plats.nyckel()).unwrap();
    }
}
