//! The key file: whole, its owner's, and of the right installation, or refused by name.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use utfall_domain::problem::Problem;

use super::super::disk::{Disk, Maskinens};
use super::super::hemlig::Hemlig;
use super::super::{InstallationsId, Nyckelfel, Nyckelfil, Nyckelnummer};
use super::{Plats, nar, slump, vem};

fn lage(fil: &Path) -> u32 {
    fs::metadata(fil).unwrap().permissions().mode() & 0o7777
}

fn satt(fil: &Path, lage: u32) {
    fs::set_permissions(fil, fs::Permissions::from_mode(lage)).unwrap();
}

#[test]
fn both_files_are_made_once_and_read_the_same_afterwards() {
    let plats = Plats::ny();
    let mut slumpade = slump::<48>(1);
    let ny = Nyckelfil::oppna(&plats.nyckel(), &plats.gravar(), None, &mut slumpade);
    let (fil, stenar) = ny.unwrap();
    assert_eq!(slumpade, [0; 48], "the caller's bytes are cleared");
    assert_eq!(fil.id(), stenar.id());
    assert_eq!([lage(&plats.nyckel()), lage(&plats.gravar())], [0o600; 2]);
    let text = fs::read(plats.nyckel()).unwrap();
    // Other random bytes change nothing: the file is there.
    let (igen, _) = Nyckelfil::oppna(
        &plats.nyckel(),
        &plats.gravar(),
        Some(fil.id()),
        &mut slump(2),
    )
    .unwrap();
    assert_eq!(igen.nyaste(), fil.nyaste());
    assert_eq!(fs::read(plats.nyckel()).unwrap(), text);
    assert_eq!(fs::read_dir(plats.mapp.path()).unwrap().count(), 2);
    assert!(!format!("{fil:?}").contains("Hemlig"), "{fil:?}");
    let skrivet = InstallationsId::ur_text(&fil.id().to_string());
    assert_eq!(skrivet, Some(fil.id()));
}

#[test]
fn a_database_that_has_had_a_key_file_is_never_given_another() {
    let plats = Plats::ny();
    let annan = Plats::ny();
    let id = annan.oppna(None).unwrap().0.id();
    assert_eq!(
        plats.oppna(Some(id)).unwrap_err(),
        Nyckelfel::Saknas(plats.nyckel())
    );
    assert!(!plats.nyckel().exists() && !plats.gravar().exists());
    let mut andra = slump::<48>(2);
    Nyckelfil::oppna(&plats.nyckel(), &plats.gravar(), None, &mut andra).unwrap();
    assert_eq!(
        plats.oppna(Some(id)).unwrap_err(),
        Nyckelfel::AnnanInstallation(plats.nyckel())
    );
    // Another installation's tombstones are as foreign as another's keys.
    fs::copy(annan.gravar(), plats.gravar()).unwrap();
    assert_eq!(
        plats.oppna(None).unwrap_err(),
        Nyckelfel::AnnanInstallation(plats.gravar())
    );
}

#[test]
fn one_of_the_two_files_alone_is_refused() {
    let plats = Plats::ny();
    let (fil, mut stenar) = plats.oppna(None).unwrap();
    let gravar = fs::read(plats.gravar()).unwrap();
    fs::remove_file(plats.gravar()).unwrap();
    let halft = plats.oppna(None).unwrap_err();
    assert_eq!(halft.kod(), "nyckel-halft");
    assert_eq!(halft.fil(), Some(plats.gravar().as_path()));
    fs::write(plats.gravar(), gravar).unwrap();
    satt(&plats.gravar(), 0o600);
    // A crash between the two leaves tombstones that nobody lies under: the key file follows.
    fs::remove_file(plats.nyckel()).unwrap();
    assert_eq!(plats.oppna(None).unwrap().0.id(), fil.id());
    stenar.begrav(vem(1, 1, 1), nar(0), "KS 1/26").unwrap();
    fs::remove_file(plats.nyckel()).unwrap();
    let halft = plats.oppna(None).unwrap_err();
    assert_eq!(halft.fil(), Some(plats.nyckel().as_path()));
    assert_eq!(halft.kod(), "nyckel-halft");
}

#[test]
fn a_file_that_others_can_read_or_write_is_refused() {
    let plats = Plats::ny();
    plats.oppna(None).unwrap();
    for fil in [plats.nyckel(), plats.gravar()] {
        for (ratt, far) in [
            (0o600, true),
            (0o400, true),
            (0o640, false),
            (0o644, false),
            (0o620, false),
            (0o604, false),
            (0o601, false),
        ] {
            satt(&fil, ratt);
            let svar = plats.oppna(None);
            assert_eq!(svar.is_ok(), far, "{ratt:o}");
            if let Err(fel) = svar {
                let lage = ratt;
                assert_eq!(
                    fel,
                    Nyckelfel::Oppen {
                        fil: fil.clone(),
                        lage
                    }
                );
                let problem = Problem::from(fel);
                assert_eq!(problem.kod, "nyckel-oppen");
                assert!(problem.text.contains(&format!("{ratt:04o}")), "{problem:?}");
                assert!(problem.atgard.contains("0600"), "{problem:?}");
                assert_eq!(problem.plats, Some(fil.display().to_string()));
            }
        }
        satt(&fil, 0o600);
    }
}

#[test]
fn every_bit_flip_and_every_cut_of_the_key_file_is_refused() {
    let plats = Plats::ny();
    let (mut fil, _) = plats.oppna(None).unwrap();
    fil.lagg_till(&mut slump(2)).unwrap();
    let hel = fs::read(plats.nyckel()).unwrap();
    let prova = |bytes: &[u8]| {
        fs::write(plats.nyckel(), bytes).unwrap();
        Nyckelfil::las(&plats.nyckel()).map_err(|fel| fel.kod())
    };
    for plats in 0..hel.len() {
        for bit in 0..8 {
            let mut andrad = hel.clone();
            andrad[plats] ^= 1 << bit;
            let svar = prova(&andrad).unwrap_err();
            assert!(
                ["nyckel-skadad", "nyckel-version"].contains(&svar),
                "{plats} {bit}"
            );
        }
        assert_eq!(
            prova(&hel[..plats]).unwrap_err(),
            "nyckel-skadad",
            "{plats}"
        );
    }
    for tillagg in ["\n", " ", "nyckel 3 x\n"] {
        let langre = [&hel, tillagg.as_bytes()].concat();
        assert_eq!(prova(&langre).unwrap_err(), "nyckel-skadad");
    }
    let senare = String::from_utf8(hel.clone())
        .unwrap()
        .replacen('1', "2", 1);
    assert_eq!(prova(senare.as_bytes()).unwrap_err(), "nyckel-version");
    assert_eq!(prova(&vec![b'x'; 70_000]).unwrap_err(), "nyckel-skadad");
    assert_eq!(prova(&hel).unwrap().nyaste(), fil.nyaste());
    let mapp = Nyckelfil::las(plats.mapp.path()).unwrap_err();
    assert!(["nyckel-skadad", "nyckel-system"].contains(&mapp.kod()));
}

#[test]
fn keys_are_added_and_taken_away_and_their_numbers_never_come_back() {
    let plats = Plats::ny();
    let (mut fil, _) = plats.oppna(None).unwrap();
    let nummer = |fil: &Nyckelfil| fil.nummer().map(Nyckelnummer::nummer).collect::<Vec<_>>();
    let tva = fil.lagg_till(&mut slump(2)).unwrap();
    let bruk = BTreeSet::from([Nyckelnummer(1)]);
    let anvands = fil.ta_bort(Nyckelnummer(1), &bruk).unwrap_err();
    assert_eq!(anvands, Nyckelfel::Anvands(Nyckelnummer(1)));
    let nyast = fil.ta_bort(tva, &BTreeSet::new()).unwrap_err();
    assert_eq!(nyast, Nyckelfel::Anvands(tva));
    fil.ta_bort(Nyckelnummer(1), &BTreeSet::new()).unwrap();
    fil.lagg_till(&mut slump(3)).unwrap();
    assert_eq!(nummer(&fil), [2, 3]);
    let last = Nyckelfil::las(&plats.nyckel()).unwrap();
    assert_eq!(nummer(&last), [2, 3]);
    assert_eq!(last.nyaste(), fil.nyaste());
    assert_eq!(lage(&plats.nyckel()), 0o600);
    // When the folder is gone nothing is changed in memory either.
    fs::remove_dir_all(plats.mapp.path()).unwrap();
    assert!(fil.lagg_till(&mut slump(4)).is_err());
    assert!(fil.ta_bort(tva, &BTreeSet::new()).is_err());
    assert_eq!(nummer(&fil), [2, 3]);
}

/// Writes down what was asked of it, and fails at one of the steps.
struct Antecknande {
    steg: Vec<&'static str>,
    faller: usize,
    under: Maskinens,
}

impl Antecknande {
    fn steg(&mut self, namn: &'static str) -> io::Result<()> {
        self.steg.push(namn);
        if self.steg.len() == self.faller {
            return Err(io::Error::from_raw_os_error(28));
        }
        Ok(())
    }
}

impl Disk for Antecknande {
    fn skriv_ny(&mut self, fil: &Path, innehall: &[u8]) -> io::Result<()> {
        self.steg("skriv och vänta")?;
        self.under.skriv_ny(fil, innehall)
    }

    fn byt_namn(&mut self, fran: &Path, till: &Path, over: bool) -> io::Result<()> {
        self.steg("byt namn")?;
        self.under.byt_namn(fran, till, over)
    }

    fn synka_mapp(&mut self, mapp: &Path) -> io::Result<()> {
        self.steg("mappen")?;
        self.under.synka_mapp(mapp)
    }

    fn ta_bort(&mut self, fil: &Path) -> io::Result<()> {
        self.steg("ta bort")?;
        self.under.ta_bort(fil)
    }
}

#[test]
fn the_file_has_its_name_after_its_bytes_are_on_the_disk_and_the_folder_last() {
    let plats = Plats::ny();
    let stig = plats.nyckel();
    let id = InstallationsId::ur_text("00112233445566778899aabbccddeeff").unwrap();
    let skapa = |faller| {
        let under = Maskinens;
        let mut disk = Antecknande {
            steg: Vec::new(),
            faller,
            under,
        };
        let hemlig = Hemlig::tag(&mut slump(1)).unwrap();
        let svar = Nyckelfil::skapa(&stig, id, hemlig, &mut disk);
        (svar.map_err(|fel| fel.to_string()), disk.steg)
    };
    for faller in 2..=3 {
        let (svar, _) = skapa(faller);
        let text = svar.unwrap_err();
        assert!(text.contains("disken är full"), "{text}");
        assert_eq!(
            fs::read_dir(plats.mapp.path()).unwrap().count(),
            0,
            "{faller}"
        );
    }
    // What an earlier crash left is no hindrance.
    let kvar = PathBuf::from(format!("{}.ny", stig.display()));
    fs::write(&kvar, "halv").unwrap();
    let (svar, steg) = skapa(0);
    svar.unwrap();
    assert_eq!(steg, ["ta bort", "skriv och vänta", "byt namn", "mappen"]);
    assert!(!kvar.exists());
    // And what is there is not written over.
    let (svar, _) = skapa(0);
    assert!(svar.unwrap_err().contains("finns redan"));
}
