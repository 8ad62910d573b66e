//! The addresses of the pages: the only place where one is put together.
//!
//! Stable and printable, in Swedish without å ä ö. Never a person's name or number.

use std::fmt::Write;
use utfall_domain::bocker::{Bocker, UnderlagHuvud};
use utfall_domain::matt::{Matt, Urval};
use utfall_domain::publicering::Publicerat;
use utfall_domain::tid::PerDag;

/// An address under way: path segments, then a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adress {
    text: String,
    fraga: bool,
}

impl Adress {
    fn av(delar: &[&str]) -> Self {
        let mut text = String::new();
        for del in delar {
            text.push('/');
            koda(del, &mut text);
        }
        if text.is_empty() {
            text.push('/');
        }
        Self { text, fraga: false }
    }

    /// With one more name and value in the query.
    #[must_use]
    pub fn fraga(mut self, namn: &str, varde: &str) -> Self {
        self.text.push(if self.fraga { '&' } else { '?' });
        self.fraga = true;
        koda(namn, &mut self.text);
        self.text.push('=');
        koda(varde, &mut self.text);
        self
    }

    /// As of a day, when one is chosen.
    #[must_use]
    pub fn per(self, per: Option<PerDag>) -> Self {
        match per {
            Some(per) => self.fraga("per", &per.0.to_string()),
            None => self,
        }
    }

    /// With a selection of facts in the query.
    #[must_use]
    pub fn urval(mut self, urval: &Urval) -> Self {
        let fraga = urval.fraga();
        if !fraga.is_empty() {
            self.text.push(if self.fraga { '&' } else { '?' });
            self.text.push_str(&fraga);
            self.fraga = true;
        }
        self
    }

    /// With the id of a place in the page.
    #[must_use]
    pub fn vid(mut self, id: &str) -> Self {
        self.text.push('#');
        koda(id, &mut self.text);
        self
    }
}

impl std::fmt::Display for Adress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<Adress> for String {
    fn from(adress: Adress) -> Self {
        adress.text
    }
}

fn koda(text: &str, ut: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            ut.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(ut, "%{byte:02X}");
        }
    }
}

macro_rules! adresser {
    ($($(#[$doc:meta])* $namn:ident ( $($del:tt),* );)+) => {$(
        adresser!(@en $(#[$doc])* $namn [] [] $($del,)*);
    )+};
    (@en $(#[$doc:meta])* $namn:ident [$($arg:ident)*] [$($bit:expr,)*] ) => {
        $(#[$doc])*
        #[must_use]
        pub fn $namn($($arg: &str),*) -> Adress {
            Adress::av(&[$($bit),*])
        }
    };
    (
        @en $(#[$doc:meta])* $namn:ident [$($arg:ident)*] [$($bit:expr,)*]
        $lit:literal, $($rest:tt)*
    ) => {
        adresser!(@en $(#[$doc])* $namn [$($arg)*] [$($bit,)* $lit,] $($rest)*);
    };
    (
        @en $(#[$doc:meta])* $namn:ident [$($arg:ident)*] [$($bit:expr,)*]
        $ny:ident, $($rest:tt)*
    ) => {
        adresser!(@en $(#[$doc])* $namn [$($arg)* $ny] [$($bit,)* $ny,] $($rest)*);
    };
}

adresser! {
    /// The sign of the program, where browsers look for it unasked.
    ikon("favicon.ico");
    /// The participants of one's assignments.
    deltagarna("deltagare");
    /// Registers a participant.
    ny_deltagare("deltagare", "registrera");
    /// The sheet that a participant is given.
    informationsblad("deltagare", "information");
    /// A participant, by a number of ours.
    deltagare("deltagare", deltagare);
    /// Puts the beginning right.
    deltagare_start("deltagare", deltagare, "start");
    /// Puts right who it is.
    deltagare_uppgifter("deltagare", deltagare, "uppgifter");
    /// Ends a participation.
    avsluta_deltagare("deltagare", deltagare, "avsluta");
    /// What came of it, a time after the end.
    folj_upp("deltagare", deltagare, "folj-upp", vag);
    /// Takes a participation up again.
    ateruppta_deltagare("deltagare", deltagare, "ateruppta");
    /// It should never have been registered.
    felregistrera_deltagare("deltagare", deltagare, "felregistrera");
    /// A new consent.
    deltagare_samtycke("deltagare", deltagare, "samtycke");
    /// Takes a consent back.
    aterkalla_samtycke("deltagare", deltagare, "samtycke", "aterkalla");
    /// Who may see which participants.
    uppdrag("uppdrag");
    /// What is kept about a person, for the person.
    registerutdrag("deltagare", deltagare, "utdrag", fil);
    /// What is due to be destroyed, and what has been.
    gallring("gallring");
    /// Enters a rule.
    gallringsregel("gallring", "regel");
    /// Proposes what is due.
    forbered_gallring("gallring", "forbered");
    /// A proposal.
    gallringsforslag("gallring", "forslag", forslag);
    /// Carries a proposal out.
    bekrafta_gallring("gallring", "forslag", forslag, "bekrafta");
    /// Takes a proposal back.
    aterkalla_gallring("gallring", "forslag", forslag, "aterkalla");
    /// A protocol.
    gallringsprotokoll("gallring", "protokoll", protokoll);
    /// A protocol as a file.
    gallringsprotokoll_fil("gallring", "protokoll", protokoll, fil);
    /// The exact figures of one's own participants.
    egna_siffror("deltagare", "siffror");
    /// Participants out of a file.
    las_in_deltagare("deltagare", "las-in");
    /// A list of participants that waits.
    granska_deltagarlista("deltagare", "las-in", lista);
    /// The headings of such a file.
    deltagarmall("deltagare", "mall.csv");
    /// Participants who are only counted.
    anonyma("deltagare", "anonyma");
    /// What came of the participants.
    deltagarmatt("deltagarmatt");
    /// A year of it.
    deltagarmatt_ar("deltagarmatt", "ar");
    /// It as a file.
    deltagarmatt_fil("deltagarmatt", "fil");
    /// Who has read and written about participants.
    loggkontroll("loggkontroll");
    /// Ends an assignment.
    avsluta_uppdrag("uppdrag", "avsluta");
    /// The list of publishers.
    hem();
    /// A publisher, as one writes it from memory.
    publik_huvudman(huvudman);
    /// Where a publisher's money goes.
    publik_pengar(huvudman, "pengar");
    /// A published grant.
    publik_bidrag(huvudman, "pengar", bidrag);
    /// A publisher's initiatives.
    publik_insatser(huvudman, "insatser");
    /// A published initiative.
    publik_insats(huvudman, "insatser", insats);
    /// How a publisher counts.
    publik_sa_raknar_vi(huvudman, "sa-raknar-vi");
    /// How a published figure is made.
    publik_harledning(huvudman, "harledning", matt);
    /// A published report.
    publik_rapport(huvudman, "rapporter", rapport);
    /// A published report as a file, by its name with ending.
    publik_rapportfil(huvudman, "rapporter", rapport, fil);
    /// How a figure in a published report is made.
    publik_rapportharledning(huvudman, "rapporter", rapport, "harledning", matt);
    /// Sign-in.
    logga_in("logga-in");
    /// Sign-out (POST).
    logga_ut("logga-ut");
    /// What needs attention.
    start("start");
    /// The grants.
    medel("medel");
    /// A grant.
    bidrag("medel", bidrag);
    /// A grant's terms.
    villkor("medel", bidrag, "villkor");
    /// Versions of what a grant gives.
    tilldelning("medel", bidrag, "tilldelning");
    /// A grant's proposals.
    forslag("medel", bidrag, "forslag");
    /// One of a grant's proposals.
    ett_forslag("medel", bidrag, "forslag", forslag);
    /// Deciding a proposal (POST).
    besluta_forslag("medel", bidrag, "forslag", forslag, "besluta");
    /// Adding to what an initiative has.
    forstark("medel", bidrag, "forstark");
    /// Adding a reserve to a grant (POST).
    buffert("medel", bidrag, "buffert");
    /// The requisitions.
    rekvisitioner("rekvisitioner");
    /// The form for a new requisition.
    ny_rekvisition("rekvisitioner", "ny");
    /// A requisition.
    rekvisition("rekvisitioner", rekvisition);
    /// The form of a requisition that is a draft.
    rekvisitionsutkast("rekvisitioner", rekvisition, "utkast");
    /// A step of a requisition (POST).
    rekvisitionssteg("rekvisitioner", rekvisition, "steg");
    /// The grants' years and whether they are closed.
    arsavslut("arsavslut");
    /// A grant's year.
    ett_arsavslut("arsavslut", bidrag, ar);
    /// The funder's consent to carry over (POST).
    medgivande("arsavslut", bidrag, ar, "medgivande");
    /// Deciding a repayment (POST).
    aterbetalning("arsavslut", bidrag, ar, "aterbetalning");
    /// A payment of a repayment (POST).
    betala_aterbetalning("arsavslut", bidrag, ar, "betala");
    /// Closing a grant's year (POST).
    avsluta_ar("arsavslut", bidrag, ar, "avsluta");
    /// Opening a closed year again (POST).
    oppna_ar("arsavslut", bidrag, ar, "oppna");
    /// The decisions.
    beslut("beslut");
    /// What is promised for coming years.
    ataganden("ataganden");
    /// What is promised, as CSV.
    ataganden_csv("ataganden", "tabell.csv");
    /// The form for a new commitment.
    nytt_atagande("ataganden", "nytt");
    /// A commitment.
    ett_atagande("ataganden", atagande);
    /// The form for changing a commitment.
    andra_atagande("ataganden", atagande, "andra");
    /// The calls.
    utlysningar("utlysningar");
    /// The form for a new call.
    ny_utlysning("utlysningar", "ny");
    /// A call.
    utlysning("utlysningar", utlysning);
    /// The form for changing a call.
    andra_utlysning("utlysningar", utlysning, "andra");
    /// What an initiative lives on in coming years.
    framat("insatser", insats, "framat");
    /// The form for a new grant.
    nytt_bidrag("registrera", "bidrag");
    /// The form for a new initiative.
    ny_insats("registrera", "insats");
    /// The form for a fact about a grant.
    registrera_om_bidrag("medel", bidrag, "registrera");
    /// The form for a fact about an initiative.
    registrera_om_insats("insatser", insats, "registrera");
    /// The table of grants as CSV.
    medel_csv("medel", "tabell.csv");
    /// A grant's initiatives as CSV.
    bidrag_csv("medel", bidrag, "tabell.csv");
    /// A grant's distribution as CSV.
    fordelning_csv("medel", bidrag, "fordelning", "tabell.csv");
    /// The list of initiatives as CSV.
    insatser_csv("insatser", "tabell.csv");
    /// The rows behind a figure as CSV.
    harledning_csv("harledning", matt, "tabell.csv");
    /// Where a publisher's money goes, as CSV.
    publik_pengar_csv(huvudman, "pengar", "tabell.csv");
    /// A publisher's initiatives as CSV.
    publik_insatser_csv(huvudman, "insatser", "tabell.csv");
    /// How a grant is distributed.
    fordelning("medel", bidrag, "fordelning");
    /// Takes back what was saved in a distribution (POST).
    angra_fordelning("medel", bidrag, "fordelning", "angra");
    /// Splits a row of a distribution.
    dela_fordelning("medel", bidrag, "fordelning", "dela");
    /// The initiatives.
    insatser("insatser");
    /// An initiative.
    insats("insatser", insats);
    /// Base funding, income and the municipalities' shares of an initiative.
    insatsbudget("insatser", insats, "budget");
    /// The same as CSV.
    insatsbudget_csv("insatser", insats, "budget", "tabell.csv");
    /// What an initiative costs, computed.
    kalkyl("insatser", insats, "kalkyl");
    /// The form for an initiative's texts.
    andra_insats("insatser", insats, "andra");
    /// The findings.
    granskning("granskning");
    /// A finding with its rows.
    fynd("granskning", underlag, nyckel);
    /// The imported papers.
    underlag("underlag");
    /// The form for importing a paper.
    importera("underlag", "importera");
    /// A paper.
    ett_underlag("underlag", dokument);
    /// Follow-up and forecast of a year.
    uppfoljning("uppfoljning");
    /// Follow-up as CSV.
    uppfoljning_csv("uppfoljning", "tabell.csv");
    /// Settles the forecast (POST).
    faststall_prognos("uppfoljning", "faststall");
    /// Follow-up of one initiative.
    uppfoljning_insats("uppfoljning", "insatser", insats);
    /// How an initiative's forecast is made (POST).
    prognosmetod("uppfoljning", "insatser", insats, "metod");
    /// A known cost to come (POST).
    prognospost("uppfoljning", "insatser", insats, "poster");
    /// What a position costs a month (POST).
    tjanstekostnad("uppfoljning", "insatser", insats, "tjanster");
    /// Explains a deviation (POST).
    avvikelsekommentar("uppfoljning", "insatser", insats, "kommentar");
    /// The settings.
    parametrar("parametrar");
    /// The settings as CSV.
    parametrar_csv("parametrar", "tabell.csv");
    /// The form for settings.
    andra_parametrar("parametrar", "andra");
    /// Own capital of associations.
    eget_kapital("eget-kapital");
    /// Own capital as CSV.
    eget_kapital_csv("eget-kapital", "tabell.csv");
    /// Fees and the funding key.
    avgifter("avgifter");
    /// Co-financing.
    medfinansiering("medfinansiering");
    /// Co-financing as CSV.
    medfinansiering_csv("medfinansiering", "tabell.csv");
    /// A budget line that is no initiative (POST).
    budgetrad("uppfoljning", "budgetrader");
    /// How a figure is made.
    harledning("harledning", matt);
    /// The form for correcting a fact.
    ratta("fakta", faktum, "ratta");
    /// What is booked: the files that have been read in.
    bokforing("bokforing");
    /// The form for a file of the accounts.
    las_in_bokforing("bokforing", "las-in");
    /// A file of the accounts that waits for a yes.
    granska_bokforing("bokforing", "granska", fil);
    /// An import: how far it has come, or what came of it.
    inlasning("bokforing", "inlasning", inlasning);
    /// Stopping an import (POST).
    avbryt_inlasning("bokforing", "inlasning", inlasning, "avbryt");
    /// Taking an import back (POST).
    angra_inlasning("bokforing", "inlasning", inlasning, "angra");
    /// Which accounts belong to which initiatives.
    koppling("bokforing", "koppling");
    /// The rules of the mapping as a file.
    kopplingsfil("bokforing", "koppling", "fil");
    /// Reading in rules from a file (POST).
    las_in_koppling("bokforing", "koppling", "las-in");
    /// The vouchers.
    verifikationer("bokforing", "verifikationer");
    /// The vouchers as CSV.
    verifikationer_csv("bokforing", "verifikationer", "tabell.csv");
    /// A voucher.
    verifikation("bokforing", "verifikationer", verifikation);
    /// Vouchers by hand.
    for_hand("bokforing", "for-hand");
    /// Taking back a voucher by hand (POST).
    ta_tillbaka("bokforing", "for-hand", nummer);
    /// What is handed over to the accounts.
    export("bokforing", "export");
    /// A file that was handed over.
    en_export("bokforing", "export", export);
    /// The file itself.
    exportfil("bokforing", "export", export, "fil");
    /// Taking a file back (POST).
    ta_tillbaka_export("bokforing", "export", export, "tillbaka");
    /// The journal.
    journal("journal");
    /// The reports.
    rapporter("rapporter");
    /// A report.
    rapport("rapporter", rapport);
    /// Issuing a report (POST).
    utfarda("rapporter", rapport, "utfarda");
    /// An issued report as a file, by its name with ending.
    rapportfil("rapporter", rapport, fil);
    /// How a figure in an issued report is made.
    rapportharledning("rapporter", rapport, "harledning", matt);
    /// What is published and what is not.
    publicering("publicering");
    /// Publishes again what has changed.
    publicera_igen("publicering", "andrat");
    /// Withdrawing a publication (POST).
    dra_tillbaka("publicering", publicering, "dra-tillbaka");
    /// Search.
    sok("sok");
    /// Help.
    hjalp("hjalp");
    /// The measures and their definitions.
    om_siffrorna("om-siffrorna");
    /// One's own roles and what they allow.
    behorighet("behorighet");
    /// How accessible the system is.
    tillganglighet("tillganglighet");
    /// The register of organisations.
    organisationer("organisationer");
    /// The form for a new organisation.
    ny_organisation("organisationer", "ny");
    /// An organisation.
    organisation("organisationer", organisation);
    /// How an organisation is paid.
    betalning("organisationer", organisation, "betalning");
    /// Confirms how an organisation is paid (POST).
    bekrafta_betalning("organisationer", organisation, "betalning", "bekrafta");
    /// Another name for an organisation (POST).
    organisation_namn("organisationer", organisation, "namn");
    /// What kind of body an organisation is (POST).
    organisation_slag("organisationer", organisation, "slag");
    /// What an organisation is also called (POST).
    organisation_alias("organisationer", organisation, "alias");
    /// The accounts.
    konton("konton");
    /// The form for a new account.
    nytt_konto("konton", "nytt");
    /// An account.
    ett_konto("konton", konto);
    /// Other roles for an account (POST).
    konto_roller("konton", konto, "roller");
    /// A new starting password for an account (POST).
    konto_startlosenord("konton", konto, "startlosenord");
    /// Closing an account (POST).
    konto_stang_av("konton", konto, "stang-av");
    /// Signing an account out everywhere (POST).
    konto_logga_ut("konton", konto, "logga-ut");
    /// One's own password.
    losenord("losenord");
    /// Whether the server is well.
    halsa("halsa");
}

/// A statement's row in a paper's page, with its part of the page unfolded.
#[must_use]
pub fn underlagsrad(bocker: &Bocker, u: &UnderlagHuvud, ankare: &str) -> Adress {
    underlagets_sida(bocker, u)
        .fraga("del", crate::underlag::del_med(ankare))
        .vid(ankare)
}

/// A paper's page: of the version itself, also when it has been replaced.
#[must_use]
pub fn underlagets_sida(bocker: &Bocker, u: &UnderlagHuvud) -> Adress {
    let sida = ett_underlag(&u.dokument);
    let versioner = bocker
        .underlag
        .iter()
        .filter(|x| x.dokument == u.dokument)
        .map(|x| x.id);
    let nya = versioner.clone().filter(|id| *id > u.id).count();
    let nummer = versioner.filter(|id| *id <= u.id).count();
    if nya == 0 {
        sida
    } else {
        sida.fraga("version", &nummer.to_string())
    }
}

/// How a figure is made, as of a day or now.
#[must_use]
pub fn harledning_av(matt: Matt, urval: &Urval, per: Option<PerDag>) -> Adress {
    harledning(matt.kod()).urval(urval).per(per)
}

/// How a published figure is made, as the act about `sak` shows it; without one as the pages
/// about several things show it.
#[must_use]
pub fn publik_harledning_av(
    huvudman: &str,
    matt: Matt,
    urval: &Urval,
    sak: Option<Publicerat>,
) -> Adress {
    let sak = sak.map_or_else(|| ALLA.to_owned(), Publicerat::nyckel);
    publik_harledning(huvudman, matt.kod())
        .urval(urval)
        .fraga("sak", &sak)
}

/// What stands in place of one published thing where a figure is about several.
pub const ALLA: &str = "alla";

/// How a figure in an issued report is made: in public when `huvudman` says whose.
#[must_use]
pub fn rapportharledning_av(
    huvudman: Option<&str>,
    rapport: &str,
    matt: Matt,
    urval: &Urval,
) -> Adress {
    match huvudman {
        Some(h) => publik_rapportharledning(h, rapport, matt.kod()),
        None => rapportharledning(rapport, matt.kod()),
    }
    .urval(urval)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_escaped_and_never_change_the_path() {
        assert_eq!(hem().to_string(), "/");
        assert_eq!(
            fordelning("sv-2021").to_string(),
            "/medel/sv-2021/fordelning"
        );
        let lurig = bidrag("../å?x#y");
        assert_eq!(lurig.to_string(), "/medel/..%2F%C3%A5%3Fx%23y");
        assert_eq!(
            harledning("kvar")
                .fraga("ar", "2021")
                .fraga("q", "a&b=c")
                .vid("rader")
                .to_string(),
            "/harledning/kvar?ar=2021&q=a%26b%3Dc#rader"
        );
    }
}
