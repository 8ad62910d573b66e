//! `utfall exportera`: what leaves the books as files.

use super::{Exportval, Val, flagga, huvudman, kommando, kravd_plats, med_plats};
use crate::slut::Slut;
use clap::{Arg, ArgMatches, Command, value_parser};
use std::path::PathBuf;

const BRUK: &str = "utfall exportera sie --ar ÅR --till FIL.si --data MAPP [--serie X] [--prova]\n\
            utfall exportera sie --igen NUMMER --till FIL.si --data MAPP";

pub(super) fn kommandot() -> Command {
    kommando("exportera", "Skriver filer till andra system.", BRUK)
        .subcommand_required(true)
        .subcommand_help_heading("Slag")
        .disable_help_subcommand(true)
        .subcommand(sie())
}

fn sie() -> Command {
    let sie = kommando(
        "sie",
        "Skriver beviljade rekvisitioner och beslutade fördelningar som verifikationer (SIE 4I) \
         som ekonomisystemet läser in. Det som skrivits minns Utfall: nästa fil har bara det \
         som är nytt eller ändrat.",
        BRUK,
    );
    huvudman(med_plats(sie, true))
        .args(urval())
        .args(konton())
        .args([
            ord(
                "igen",
                "NUMMER",
                "Skriver en fil som redan är gjord en gång till",
            )
            .value_parser(value_parser!(u64).range(1..))
            .conflicts_with_all(["ar", "bara", "serie", "orgnr", "prova"]),
            ord("till", "FIL.si", "Filen att skriva")
                .value_parser(value_parser!(PathBuf))
                .required_unless_present("prova"),
            flagga(
                "prova",
                "Säger vad filen skulle ha. Skriver och minns inget",
            ),
        ])
}

fn ord(namn: &'static str, varde: &'static str, hjalp: &'static str) -> Arg {
    Arg::new(namn).long(namn).value_name(varde).help(hjalp)
}

fn urval() -> [Arg; 5] {
    [
        ord("ar", "ÅR", "Räkenskapsåret")
            .value_parser(value_parser!(i16).range(2000..2201))
            .required_unless_present("igen"),
        ord(
            "bidrag",
            "NAMN",
            "Ett bidrag, till exempel socialstyrelsen-2021. Annars alla",
        ),
        ord(
            "bara",
            "SLAG",
            "rekvisitioner eller fordelning. Annars båda",
        )
        .value_parser(["rekvisitioner", "fordelning"])
        .hide_possible_values(true),
        ord(
            "serie",
            "SERIE",
            "Verifikationernas serie. Annars den förra filens",
        ),
        ord(
            "orgnr",
            "NUMMER",
            "Vems bokföring. Annars den senast inlästas",
        ),
    ]
}

fn konton() -> [Arg; 4] {
    [
        (
            "fordran",
            "Konto för fordran på finansiären. Annars den förra filens",
        ),
        (
            "intakt",
            "Konto för bidragsintäkten. Annars den förra filens",
        ),
        (
            "kostnad",
            "Konto för det en part får. Annars den förra filens",
        ),
        (
            "skuld",
            "Konto för skulden till parten. Annars den förra filens",
        ),
    ]
    .map(|(namn, hjalp)| {
        ord(namn, "KONTO", hjalp).value_parser(value_parser!(u32).range(1_000..1_000_000_000))
    })
}

pub(super) fn av(m: &ArgMatches) -> Result<Val, Slut> {
    let (_, m) = m.subcommand().ok_or_else(|| Slut::Fel(String::new()))?;
    let konto = |namn: &str| m.get_one::<u32>(namn).copied();
    let igen = m.get_one::<u64>("igen").copied();
    Ok(Val::ExporteraSie {
        plats: kravd_plats(m)?,
        huvudman: m.get_one("huvudman").cloned(),
        export: Exportval {
            ar: m.get_one("ar").copied(),
            bidrag: m.get_one("bidrag").cloned(),
            bara: m.get_one("bara").cloned(),
            serie: m.get_one("serie").cloned(),
            orgnr: m.get_one("orgnr").cloned(),
            konton: [
                konto("fordran"),
                konto("intakt"),
                konto("kostnad"),
                konto("skuld"),
            ],
            prova: m.get_flag("prova"),
            igen: igen.map(|nr| usize::try_from(nr).unwrap_or(usize::MAX)),
            till: m.get_one("till").cloned(),
        },
    })
}
