//! The command line: stable, because scripts rely on it, and in Swedish.

mod exportera;
mod sie;
mod val;

use crate::slut::Slut;
use crate::verklighet::Plats;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use jiff::civil::Date;
use std::ffi::OsString;
use std::path::PathBuf;

pub use val::{Aren, Bestallning, Exportval, INTERPELLATION, Kontoval, Serveval, Sieval, Val};

const MALL: &str = "{about-with-newline}\nAnvändning: {usage}\n\n{all-args}{after-help}";
const RAPPORTER: [&str; 5] = [
    "aterrapport",
    "ekonomirapport",
    "fordelningsmemo",
    "insatsnot",
    INTERPELLATION,
];
const LYSSNA: &str = "127.0.0.1:8080";

fn kommando(namn: &'static str, om: &'static str, bruk: &'static str) -> Command {
    Command::new(namn)
        .about(om)
        .override_usage(bruk)
        .help_template(MALL)
        .next_help_heading("Val")
        .disable_help_flag(true)
        .arg(hjalp())
}

fn hjalp() -> Arg {
    Arg::new("hjalp")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help("Visar den här hjälpen")
}

fn med_plats(k: Command, kravs: bool) -> Command {
    let data = Arg::new("data")
        .long("data")
        .value_name("MAPP")
        .conflicts_with("database");
    let databas = Arg::new("database").long("database").value_name("URL");
    let data = if kravs {
        data.required_unless_present("database")
    } else {
        data
    };
    k.arg(
        data.value_parser(value_parser!(PathBuf))
            .help("Mappen med data (en SQLite-fil)"),
    )
    .arg(databas.help("Adressen till PostgreSQL: postgres://…"))
}

/// For what reads or writes persons.
fn med_nyckel(k: Command) -> Command {
    k.arg(
        Arg::new("nyckel")
            .long("nyckel")
            .value_name("FIL")
            .value_parser(value_parser!(PathBuf))
            .help(
                "Nyckelfilen, med gravstenarna bredvid. Annars utfall.nyckel i mappen med data; \
                 med --database måste den anges",
            ),
    )
}

fn huvudman(k: Command) -> Command {
    k.arg(
        Arg::new("huvudman")
            .long("huvudman")
            .value_name("NAMN")
            .help("Vems uppgifter, till exempel uppsala. Behövs när det finns flera"),
    )
}

fn lyssna(k: Command) -> Command {
    k.arg(
        Arg::new("listen")
            .long("listen")
            .value_name("ADRESS")
            .default_value(LYSSNA)
            .hide_default_value(true)
            .help("Adress och port att svara på. Port 0 väljer en ledig. Annars 127.0.0.1:8080"),
    )
}

fn filer(k: Command, kravs: bool) -> Command {
    k.arg(
        Arg::new("filer")
            .value_name("FIL")
            .num_args(if kravs { 1.. } else { 0.. })
            .required(kravs)
            .value_parser(value_parser!(PathBuf))
            .help("En eller flera filer"),
    )
}

fn flagga(namn: &'static str, hjalp: &'static str) -> Arg {
    Arg::new(namn)
        .long(namn)
        .action(ArgAction::SetTrue)
        .help(hjalp)
}

fn format_val() -> Arg {
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(["text", "json"])
        .default_value("text")
        .hide_default_value(true)
        .hide_possible_values(true)
        .help("text eller json. Annars text")
}

fn kommandon() -> Command {
    Command::new("utfall")
        .about("Utfall följer kronan från bidrag till resultat.")
        .version(env!("CARGO_PKG_VERSION"))
        .override_usage("utfall KOMMANDO [VAL]")
        .help_template(MALL)
        .subcommand_help_heading("Kommandon")
        .next_help_heading("Val")
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(hjalp())
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help("Visar vilken version det är"),
        )
        .subcommands([
            demo(),
            serve(),
            importera(),
            exportera::kommandot(),
            konto(),
            granska(),
            rapport(),
            verifiera(),
        ])
        .subcommands([
            enkelt(
                "migrera",
                "Uppdaterar databasen.",
                "utfall migrera --data MAPP",
            ),
            enkelt(
                "doktor",
                "Undersöker en installation.",
                "utfall doktor --data MAPP",
            ),
            huvudman(enkelt(
                "bidrag",
                "Listar bidragen.",
                "utfall bidrag --data MAPP",
            )),
            huvudman(enkelt(
                "insatser",
                "Listar insatserna.",
                "utfall insatser --data MAPP",
            )),
            kommando(
                "rutter",
                "Listar sidorna och vem som får se dem.",
                "utfall rutter",
            )
            .arg(format_val()),
        ])
}

fn demo() -> Command {
    let k = kommando(
        "demo",
        "Bygger visningsvärlden av de fem papperen och Forsby, och visar den. En mapp som \
         demon har byggt förut visas som den är.",
        "utfall demo [--data MAPP] [--listen ADRESS] [--endast-data]",
    );
    lyssna(med_nyckel(med_plats(k, false))).arg(flagga("endast-data", "Bygger bara och avslutar"))
}

fn serve() -> Command {
    let k = kommando(
        "serve",
        "Visar en installation.",
        "utfall serve --data MAPP [--nyckel FIL] [--listen ADRESS] [--adress URL] \
         [--bakom-https] [--per-adress N]\n\
            utfall serve --database URL --nyckel FIL [--listen ADRESS] …",
    );
    lyssna(med_nyckel(med_plats(k, true)))
        .arg(flagga("bakom-https", "Bakom en proxy som talar https"))
        .arg(
            Arg::new("adress").long("adress").value_name("URL").help(
                "Adressen som läsare når installationen på. Står i rapporter. Annars --listen",
            ),
        )
        .arg(
            Arg::new("per-adress")
                .long("per-adress")
                .value_name("ANTAL")
                .value_parser(value_parser!(usize))
                .help(
                    "Anslutningar samtidigt från en adress; 0 är hur många som helst. Annars 200, \
                     och ingen gräns bakom en proxy",
                ),
        )
}

fn importera() -> Command {
    let bruk = "utfall importera underlag FIL... --data MAPP [--offentligt] [--ny-huvudman]\n\
            utfall importera underlag FIL... --data MAPP --ersatter SKÄL";
    let underlag = kommando(
        "underlag",
        "Läser in papper i formatet underlag (docs/format/underlag.md).",
        bruk,
    );
    let offentligt = "Papperen är redan offentliga: deras antal får visas öppet";
    let ersatter = Arg::new("ersatter")
        .long("ersatter")
        .value_name("SKÄL")
        .help("Filen är en rättad version av ett inläst papper och ersätter det. Skriv varför");
    let ny = "Lägg upp papperets huvudman, när den inte finns och andra gör det";
    let ny = flagga("ny-huvudman", ny).conflicts_with("ersatter");
    let underlag = underlag.args([flagga("offentligt", offentligt), ny, ersatter]);
    kommando("importera", "Läser in filer.", bruk)
        .subcommand_required(true)
        .subcommand_help_heading("Slag")
        .disable_help_subcommand(true)
        .subcommand(filer(med_plats(underlag, true), true))
        .subcommand(sie::kommandot())
}

fn konto() -> Command {
    let k = kommando(
        "konto",
        "Lägger upp ett konto med ett startlösenord, och huvudmannen om den är ny.",
        "utfall konto NAMN --roll ROLL [--huvudman NAMN] --data MAPP
            utfall konto NAMN --ny-huvudman \"Huvudmannens namn\" --data MAPP",
    );
    huvudman(med_plats(k, true))
        .arg(
            Arg::new("namn")
                .value_name("NAMN")
                .required(true)
                .help("Namnet att logga in med"),
        )
        .arg(
            Arg::new("roll")
                .long("roll")
                .value_name("ROLL")
                .required_unless_present("ny-huvudman")
                .action(ArgAction::Append)
                .help("En roll, till exempel ekonom. Kan anges flera gånger"),
        )
        .args(kontoval())
}

fn kontoval() -> [Arg; 3] {
    [
        Arg::new("ny-huvudman")
            .long("ny-huvudman")
            .value_name("TEXT")
            .help(
                "Lägger först upp huvudmannen. --huvudman väljer dess adress. Utan --roll blir \
                 kontot administratör",
            ),
        Arg::new("visas")
            .long("visas")
            .value_name("TEXT")
            .help("Namnet som visas för andra. Annars inloggningsnamnet"),
        flagga(
            "eget-losenord",
            "Läser lösenordet från standard in, en rad, i stället för att välja ett",
        ),
    ]
}

fn granska() -> Command {
    let k = kommando(
        "granska",
        "Säger vad som inte stämmer. Slutkod 1 om det finns fel.",
        "utfall granska [FIL...] [--data MAPP] [--format text|json]",
    );
    huvudman(filer(med_plats(k, false), false)).arg(format_val())
}

fn rapport() -> Command {
    let k = kommando(
        "rapport",
        "Skriver en rapport som PDF, DOCX, XLSX eller HTML.",
        "utfall rapport MALL [--bidrag NAMN] --till FIL.(pdf|docx|xlsx|html) --data MAPP",
    );
    huvudman(med_nyckel(med_plats(k, true)))
        .arg(
            Arg::new("mall")
                .value_name("MALL")
                .required(true)
                .value_parser(RAPPORTER)
                .hide_possible_values(true)
                .help(
                    "aterrapport, ekonomirapport, fordelningsmemo, insatsnot eller interpellation \
                     (hur många deltog, och vad blev det av dem?)",
                ),
        )
        .arg(
            Arg::new("bidrag")
                .long("bidrag")
                .value_name("NAMN")
                .required_if_eq("mall", "aterrapport")
                .help("Återrapportens bidrag, till exempel socialstyrelsen-2021. Se utfall bidrag"),
        )
        .arg(
            Arg::new("manad")
                .long("manad")
                .value_name("NUMMER")
                .value_parser(value_parser!(i8).range(1..=12))
                .help("Ekonomirapportens sista månad. Annars den senast bokförda"),
        )
        .arg(
            Arg::new("kommun")
                .long("kommun")
                .value_name("KOD")
                .help("Interpellationens hemkommun, SCB:s fyra siffror. Annars alla"),
        )
        .args(rapportval())
}

fn rapportval() -> [Arg; 4] {
    [
        Arg::new("ar")
            .long("ar")
            .value_name("ÅR")
            .value_parser(Aren::las)
            .help("Året, eller interpellationens år: 2018-2022. Annars de senaste"),
        Arg::new("per")
            .long("per")
            .value_name("DATUM")
            .value_parser(value_parser!(Date))
            .help("Siffrorna som de var den dagen, till exempel 2026-02-28"),
        Arg::new("till")
            .long("till")
            .value_name("FIL")
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help("Filen att skriva. Ändelsen väljer format: pdf, docx, xlsx eller html"),
        Arg::new("adress")
            .long("adress")
            .value_name("URL")
            .default_value("http://127.0.0.1:8080")
            .hide_default_value(true)
            .help("Adressen som siffrorna leder till"),
    ]
}

fn verifiera() -> Command {
    let k = kommando(
        "verifiera",
        "Kontrollerar journalen, eller en utfärdad PDF.",
        "utfall verifiera [FIL.pdf] --data MAPP [--ankare NUMMER:SUMMA]",
    );
    med_plats(k, true)
        .arg(
            Arg::new("fil")
                .value_name("FIL.pdf")
                .value_parser(value_parser!(PathBuf))
                .help("En rapport som Utfall har utfärdat"),
        )
        .arg(Arg::new("ankare").long("ankare").value_name("NUMMER:SUMMA").help(
            "Ett huvud som du har sparat utanför systemet. Då upptäcks även avklippta poster",
        ))
}

fn enkelt(namn: &'static str, om: &'static str, bruk: &'static str) -> Command {
    med_plats(kommando(namn, om, bruk), true)
}

/// Reads the command line.
///
/// # Errors
/// The help text as a good ending, or what is wrong in Swedish with exit code 2.
pub fn las(ord: impl IntoIterator<Item = OsString>) -> Result<Val, Slut> {
    let traffar = kommandon()
        .try_get_matches_from(ord)
        .map_err(|e| felaktig(&e))?;
    let (namn, m) = traffar
        .subcommand()
        .ok_or_else(|| Slut::Fel(String::new()))?;
    Ok(match namn {
        "demo" => Val::Demo {
            plats: plats(m),
            nyckel: m.get_one("nyckel").cloned(),
            lyssna: text(m, "listen"),
            endast_data: m.get_flag("endast-data"),
        },
        "serve" => Val::Serve(Serveval {
            plats: kravd_plats(m)?,
            nyckel: m.get_one("nyckel").cloned(),
            lyssna: text(m, "listen"),
            https: m.get_flag("bakom-https"),
            per_adress: m.get_one("per-adress").copied(),
            adress: m.get_one("adress").cloned(),
        }),
        "konto" => konto_av(m)?,
        "importera" => {
            let (slag, m) = m.subcommand().ok_or_else(|| Slut::Fel(String::new()))?;
            if slag == "sie" {
                return sie::av(m);
            }
            Val::Importera {
                plats: kravd_plats(m)?,
                filer: filer_av(m),
                offentligt: m.get_flag("offentligt"),
                ny_huvudman: m.get_flag("ny-huvudman"),
                ersatter: m.get_one("ersatter").cloned(),
            }
        }
        "exportera" => exportera::av(m)?,
        "granska" => Val::Granska {
            filer: filer_av(m),
            plats: plats(m),
            huvudman: m.get_one("huvudman").cloned(),
            json: text(m, "format") == "json",
        },
        "rapport" => rapport_av(m)?,
        "verifiera" => Val::Verifiera {
            plats: kravd_plats(m)?,
            fil: m.get_one("fil").cloned(),
            ankare: m.get_one("ankare").cloned(),
        },
        "migrera" => Val::Migrera(kravd_plats(m)?),
        "doktor" => Val::Doktor(kravd_plats(m)?),
        "bidrag" => Val::Bidrag(kravd_plats(m)?, m.get_one("huvudman").cloned()),
        "insatser" => Val::Insatser(kravd_plats(m)?, m.get_one("huvudman").cloned()),
        _ => Val::Rutter {
            json: text(m, "format") == "json",
        },
    })
}

fn konto_av(m: &ArgMatches) -> Result<Val, Slut> {
    Ok(Val::Konto {
        plats: kravd_plats(m)?,
        huvudman: m.get_one("huvudman").cloned(),
        nytt: Kontoval {
            namn: text(m, "namn"),
            visas: m.get_one("visas").cloned(),
            roller: m
                .get_many("roll")
                .map(|r| r.cloned().collect())
                .unwrap_or_default(),
            ny_huvudman: m.get_one("ny-huvudman").cloned(),
            eget_losenord: m.get_flag("eget-losenord"),
        },
    })
}

fn rapport_av(m: &ArgMatches) -> Result<Val, Slut> {
    Ok(Val::Rapport {
        plats: kravd_plats(m)?,
        bestallning: Bestallning {
            huvudman: m.get_one("huvudman").cloned(),
            mall: text(m, "mall"),
            bidrag: text(m, "bidrag"),
            manad: m.get_one("manad").copied(),
            aren: m.get_one("ar").copied(),
            kommun: m.get_one("kommun").cloned(),
            nyckel: m.get_one("nyckel").cloned(),
            per: m.get_one("per").copied(),
            till: m.get_one::<PathBuf>("till").cloned().unwrap_or_default(),
            adress: text(m, "adress"),
        },
    })
}

fn text(m: &ArgMatches, namn: &str) -> String {
    m.get_one::<String>(namn).cloned().unwrap_or_default()
}

fn filer_av(m: &ArgMatches) -> Vec<PathBuf> {
    m.get_many("filer")
        .map(|f| f.cloned().collect())
        .unwrap_or_default()
}

fn plats(m: &ArgMatches) -> Option<Plats> {
    let mapp = m.get_one::<PathBuf>("data").cloned().map(Plats::Mapp);
    mapp.or_else(|| m.get_one::<String>("database").cloned().map(Plats::Databas))
}

fn kravd_plats(m: &ArgMatches) -> Result<Plats, Slut> {
    plats(m)
        .ok_or_else(|| Slut::Fel("Säg var data finns: --data MAPP eller --database URL.".into()))
}

/// What is wrong with a command line, in Swedish.
fn felaktig(fel: &clap::Error) -> Slut {
    let del = |slag| match fel.get(slag) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texter)) => texter.join(", "),
        _ => String::new(),
    };
    let arg = del(ContextKind::InvalidArg);
    let text = match fel.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return Slut::Bra(fel.render().to_string().trim_end().to_owned());
        }
        ErrorKind::MissingSubcommand => "Säg vad du vill göra.".to_owned(),
        ErrorKind::InvalidSubcommand => {
            format!(
                "Kommandot {} finns inte.",
                del(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::UnknownArgument => format!("Valet {arg} finns inte här."),
        ErrorKind::MissingRequiredArgument => format!("Det saknas: {arg}."),
        ErrorKind::ArgumentConflict => format!("{arg} går inte att kombinera med det andra."),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!(
                "Värdet {} passar inte {arg}.",
                del(ContextKind::InvalidValue)
            )
        }
        ErrorKind::InvalidUtf8 => "Ett ord är inte läsbar text (UTF-8).".to_owned(),
        _ => format!("Kommandot går inte att förstå: {arg}."),
    };
    Slut::Fel(format!(
        "{text} Skriv utfall --help, eller utfall KOMMANDO --help, för hjälp."
    ))
}

#[cfg(test)]
mod tests;
