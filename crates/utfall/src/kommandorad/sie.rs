//! `utfall importera sie`: files of the accounts.

use super::{Sieval, Val, filer, filer_av, flagga, huvudman, kommando, kravd_plats, med_plats};
use crate::slut::Slut;
use clap::{Arg, ArgMatches, Command, value_parser};
use std::path::PathBuf;

pub(super) fn kommandot() -> Command {
    let sie = kommando(
        "sie",
        "Läser in bokföring: SIE typ 4 med verifikationer.",
        "utfall importera sie FIL... --data MAPP [--huvudman NAMN] [--koppling FIL.json] [--prova]",
    );
    let koppling = Arg::new("koppling")
        .long("koppling")
        .value_name("FIL.json")
        .value_parser(value_parser!(PathBuf))
        .help("Vilka konton och objekt som hör till vilka insatser (docs/format/koppling.md)");
    let foretag = Arg::new("foretag")
        .long("foretag")
        .value_name("NAMN")
        .help("Bekräftar företaget med dess namn, när det inte har lästs in förut");
    let orgnr = Arg::new("orgnr").long("orgnr").value_name("NUMMER").help(
        "Vems bokföring det är, om filen inte säger det. Säger den ett annat nummer nekas den",
    );
    let efter = Arg::new("efter-avslut")
        .long("efter-avslut")
        .value_name("SKÄL")
        .help("Filen rättar år som är avslutade. Skriv varför");
    let hel = flagga(
        "hel",
        "Filen har årets alla verifikationer hittills: det som inte finns i den är borta",
    );
    let for_hand = flagga(
        "rakna-bada",
        "Det som är bokfört för hand samma månader finns inte i filen: räkna båda",
    );
    let dubbla = Arg::new("rakna-dubbla")
        .long("rakna-dubbla")
        .value_name("ANTAL")
        .value_parser(value_parser!(usize))
        .help(
            "Så många av filens verifikationer finns redan inlästa för ett annat företag, och ska \
             räknas ändå",
        );
    let prova = flagga("prova", "Säger vad som skulle ändras. Sparar inget");
    filer(
        huvudman(med_plats(sie, true)).args([
            koppling, foretag, orgnr, efter, hel, for_hand, dubbla, prova,
        ]),
        true,
    )
}

pub(super) fn av(m: &ArgMatches) -> Result<Val, Slut> {
    Ok(Val::ImporteraSie {
        plats: kravd_plats(m)?,
        filer: filer_av(m),
        huvudman: m.get_one("huvudman").cloned(),
        sie: Sieval {
            koppling: m.get_one("koppling").cloned(),
            foretag: m.get_one("foretag").cloned(),
            orgnr: m.get_one("orgnr").cloned(),
            efter_avslut: m.get_one("efter-avslut").cloned(),
            hel: m.get_flag("hel"),
            rakna_bada: m.get_flag("rakna-bada"),
            rakna_dubbla: m.get_one("rakna-dubbla").copied(),
            prova: m.get_flag("prova"),
        },
    })
}
