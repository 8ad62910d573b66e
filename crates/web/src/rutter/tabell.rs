//! The rows.

use super::Handtag::{Inloggat, Oppet, Publikt};
use super::Plats::{Fot, Meny};
use super::byggsten::{INGA, h, las, matten, rapportsiffror, skriv, var};
use super::{Menyord, Rutt};
use crate::adress;
use crate::{
    behorighet, drift, fordelning, granskning, harledning, insatser, journal, konto, konton,
    losenord, medel, organisationer, publicering, publik, rapporter, rattelse, registrering, sok,
    start, texter, underlag,
};
use utfall_behorighet::Atgard as A;

/// Every route there is.
pub static RUTTER: &[Rutt] = &[
    // For browsers and operators.
    las(
        "/statiskt/{fil}",
        "statisk-fil",
        Publikt(h!(drift::statisk_fil)),
        INGA,
    ),
    las("/favicon.ico", "ikon", Publikt(h!(drift::ikon)), |_| {
        vec![adress::ikon()]
    }),
    las("/halsa", "halsa", Publikt(h!(drift::halsa)), |_| {
        vec![adress::halsa()]
    }),
    // Signing in and out.
    las("/logga-in", "logga-in", Oppet(h!(konto::visa)), |_| {
        vec![adress::logga_in()]
    }),
    skriv("/logga-in", "logga-in", Oppet(h!(konto::logga_in)), |_| {
        vec![adress::logga_in()]
    }),
    skriv("/logga-ut", "logga-ut", Oppet(h!(konto::logga_ut)), |_| {
        vec![adress::logga_ut()]
    }),
    // Start.
    las(
        "/start",
        "start",
        Inloggat(A::LasaGranskning, h!(start::visa)),
        |_| vec![adress::start()],
    )
    .vid(Meny(Menyord::Start)),
    // Medel.
    las(
        "/medel",
        "medel",
        Inloggat(A::LasaMedel, h!(medel::oversikt)),
        |_| vec![adress::medel()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medel/tabell.csv",
        "medel-csv",
        Inloggat(A::LasaMedel, h!(medel::oversikt_csv)),
        |_| vec![adress::medel_csv()],
    ),
    las(
        "/registrera/bidrag",
        "nytt-bidrag",
        Inloggat(A::SkapaBidrag, h!(registrering::nytt_bidrag)),
        |_| vec![adress::nytt_bidrag()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/registrera/bidrag",
        "nytt-bidrag",
        Inloggat(A::SkapaBidrag, h!(registrering::spara_bidrag)),
        |_| vec![adress::nytt_bidrag()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medel/{bidrag}",
        "bidrag",
        Inloggat(A::LasaMedel, h!(medel::bidrag)),
        |e| var(&e.bidrag, |b| adress::bidrag(b)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medel/{bidrag}/tabell.csv",
        "bidrag-csv",
        Inloggat(A::LasaMedel, h!(medel::bidrag_csv)),
        |e| var(&e.bidrag, |b| adress::bidrag_csv(b)),
    ),
    las(
        "/medel/{bidrag}/registrera",
        "registrera-om-bidrag",
        Inloggat(A::RegistreraFaktum, h!(registrering::om_bidrag)),
        |e| var(&e.bidrag, |b| adress::registrera_om_bidrag(b)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/registrera",
        "registrera-om-bidrag",
        Inloggat(A::RegistreraFaktum, h!(registrering::spara_om_bidrag)),
        |e| var(&e.bidrag, |b| adress::registrera_om_bidrag(b)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/harledning/{matt}",
        "harledning",
        Inloggat(A::LasaHarledning, h!(harledning::visa)),
        |e| matten(e, adress::harledning),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/harledning/{matt}/tabell.csv",
        "harledning-csv",
        Inloggat(A::LasaHarledning, h!(harledning::csv)),
        |e| matten(e, adress::harledning_csv),
    ),
    las(
        "/medel/{bidrag}/fordelning/tabell.csv",
        "fordelning-csv",
        Inloggat(A::LasaMedel, h!(fordelning::csv)),
        |e| var(&e.bidrag, |b| adress::fordelning_csv(b)),
    ),
    las(
        "/medel/{bidrag}/fordelning",
        "fordelning",
        Inloggat(A::LasaMedel, h!(fordelning::visa)),
        |e| var(&e.bidrag, |b| adress::fordelning(b)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/medel/{bidrag}/fordelning",
        "fordelning",
        Inloggat(A::AndraFordelning, h!(fordelning::spara)),
        |e| var(&e.bidrag, |b| adress::fordelning(b)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/fakta/{faktum}/ratta",
        "ratta",
        Inloggat(A::RattaFaktum, h!(rattelse::formular)),
        |e| var(&e.fakta, |f| adress::ratta(f)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/fakta/{faktum}/ratta",
        "ratta",
        Inloggat(A::RattaFaktum, h!(rattelse::spara)),
        |e| var(&e.fakta, |f| adress::ratta(f)),
    )
    .vid(Meny(Menyord::Medel)),
    // Insatser.
    las(
        "/insatser",
        "insatser",
        Inloggat(A::LasaInsatser, h!(insatser::lista)),
        |_| vec![adress::insatser()],
    )
    .vid(Meny(Menyord::Insatser)),
    las(
        "/insatser/tabell.csv",
        "insatser-csv",
        Inloggat(A::LasaInsatser, h!(insatser::lista_csv)),
        |_| vec![adress::insatser_csv()],
    ),
    las(
        "/registrera/insats",
        "ny-insats",
        Inloggat(A::SkapaInsats, h!(registrering::ny_insats)),
        |_| vec![adress::ny_insats()],
    )
    .vid(Meny(Menyord::Insatser)),
    skriv(
        "/registrera/insats",
        "ny-insats",
        Inloggat(A::SkapaInsats, h!(registrering::spara_insats)),
        |_| vec![adress::ny_insats()],
    )
    .vid(Meny(Menyord::Insatser)),
    las(
        "/insatser/{insats}/registrera",
        "registrera-om-insats",
        Inloggat(A::RegistreraFaktum, h!(registrering::om_insats)),
        |e| var(&e.insatser, |i| adress::registrera_om_insats(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    skriv(
        "/insatser/{insats}/registrera",
        "registrera-om-insats",
        Inloggat(A::RegistreraFaktum, h!(registrering::spara_om_insats)),
        |e| var(&e.insatser, |i| adress::registrera_om_insats(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    las(
        "/insatser/{insats}",
        "insats",
        Inloggat(A::LasaInsatser, h!(insatser::visa)),
        |e| var(&e.insatser, |i| adress::insats(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    las(
        "/insatser/{insats}/andra",
        "andra-insats",
        Inloggat(A::AndraInsats, h!(insatser::andra)),
        |e| var(&e.insatser, |i| adress::andra_insats(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    skriv(
        "/insatser/{insats}/andra",
        "andra-insats",
        Inloggat(A::AndraInsats, h!(insatser::spara)),
        |e| var(&e.insatser, |i| adress::andra_insats(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    // Granskning.
    las(
        "/granskning",
        "granskning",
        Inloggat(A::LasaGranskning, h!(granskning::oversikt)),
        |_| vec![adress::granskning()],
    )
    .vid(Meny(Menyord::Granskning)),
    las(
        "/granskning/{underlag}/{nyckel}",
        "fynd",
        Inloggat(A::LasaGranskning, h!(granskning::ett)),
        |e| var(&e.fynd, |(u, nyckel)| adress::fynd(u, nyckel)),
    )
    .vid(Meny(Menyord::Granskning)),
    skriv(
        "/granskning/{underlag}/{nyckel}",
        "acceptera-fynd",
        Inloggat(A::AccepteraFynd, h!(granskning::acceptera)),
        |e| var(&e.fynd, |(u, nyckel)| adress::fynd(u, nyckel)),
    )
    .vid(Meny(Menyord::Granskning)),
    las(
        "/rapporter",
        "rapporter",
        Inloggat(A::LasaRapporter, h!(rapporter::lista)),
        |_| vec![adress::rapporter()],
    )
    .vid(Meny(Menyord::Rapporter)),
    skriv(
        "/rapporter",
        "skapa-rapport",
        Inloggat(A::SkapaRapport, h!(rapporter::skapa)),
        |_| vec![adress::rapporter()],
    )
    .vid(Meny(Menyord::Rapporter)),
    las(
        "/rapporter/{rapport}",
        "rapport",
        Inloggat(A::LasaRapporter, h!(rapporter::visa)),
        |e| var(&e.rapporter, |r| adress::rapport(r)),
    )
    .vid(Meny(Menyord::Rapporter)),
    skriv(
        "/rapporter/{rapport}",
        "spara-rapport",
        Inloggat(A::SparaRapport, h!(rapporter::spara)),
        |e| var(&e.rapporter, |r| adress::rapport(r)),
    )
    .vid(Meny(Menyord::Rapporter)),
    skriv(
        "/rapporter/{rapport}/utfarda",
        "utfarda-rapport",
        Inloggat(A::UtfardaRapport, h!(rapporter::utfarda)),
        |e| var(&e.rapporter, |r| adress::utfarda(r)),
    )
    .vid(Meny(Menyord::Rapporter)),
    las(
        "/rapporter/{rapport}/harledning/{matt}",
        "rapport-harledning",
        Inloggat(A::LasaRapporter, h!(rapporter::harledning)),
        |e| rapportsiffror(e, adress::rapportharledning),
    )
    .vid(Meny(Menyord::Rapporter)),
    las(
        "/rapporter/{rapport}/{fil}",
        "rapportfil",
        Inloggat(A::LasaRapporter, h!(rapporter::fil)),
        |e| var(&e.rapportfiler, |(r, fil)| adress::rapportfil(r, fil)),
    )
    .vid(Meny(Menyord::Rapporter)),
    las(
        "/publicering",
        "publicering",
        Inloggat(A::LasaPublicering, h!(publicering::visa)),
        |_| vec![adress::publicering()],
    )
    .vid(Meny(Menyord::Publicering)),
    skriv(
        "/publicering",
        "publicera",
        Inloggat(A::Publicera, h!(publicering::publicera)),
        |_| vec![adress::publicering()],
    )
    .vid(Meny(Menyord::Publicering)),
    skriv(
        "/publicering/andrat",
        "publicera-igen",
        Inloggat(A::Publicera, h!(publicering::publicera_igen)),
        |_| vec![adress::publicera_igen()],
    )
    .vid(Meny(Menyord::Publicering)),
    skriv(
        "/publicering/{publicering}/dra-tillbaka",
        "dra-tillbaka",
        Inloggat(A::DraTillbaka, h!(publicering::dra_tillbaka)),
        |e| var(&e.publiceringar, |p| adress::dra_tillbaka(p)),
    )
    .vid(Meny(Menyord::Publicering)),
    // Underlag.
    las(
        "/underlag",
        "underlag",
        Inloggat(A::LasaUnderlag, h!(underlag::lista)),
        |_| vec![adress::underlag()],
    )
    .vid(Meny(Menyord::Underlag)),
    las(
        "/underlag/importera",
        "importera",
        Inloggat(A::ImporteraUnderlag, h!(underlag::formular)),
        |_| vec![adress::importera()],
    )
    .vid(Meny(Menyord::Underlag)),
    skriv(
        "/underlag/importera",
        "importera",
        Inloggat(A::ImporteraUnderlag, h!(underlag::las_in)),
        |_| vec![adress::importera()],
    )
    .tar_filer()
    .vid(Meny(Menyord::Underlag)),
    las(
        "/underlag/{dokument}",
        "ett-underlag",
        Inloggat(A::LasaUnderlag, h!(underlag::ett)),
        |e| var(&e.underlag, |u| adress::ett_underlag(u)),
    )
    .vid(Meny(Menyord::Underlag)),
    // The journal and the register.
    las(
        "/journal",
        "journal",
        Inloggat(A::LasaJournal, h!(journal::visa)),
        |_| vec![adress::journal()],
    )
    .vid(Fot("Journal")),
    skriv(
        "/journal",
        "verifiera-journal",
        Inloggat(A::VerifieraJournal, h!(journal::kontrollera)),
        |_| vec![adress::journal()],
    ),
    las(
        "/organisationer",
        "organisationer",
        Inloggat(A::LasaOrganisationer, h!(organisationer::lista)),
        |_| vec![adress::organisationer()],
    )
    .vid(Fot("Organisationer")),
    las(
        "/organisationer/ny",
        "ny-organisation",
        Inloggat(A::HanteraOrganisationer, h!(organisationer::ny)),
        |_| vec![adress::ny_organisation()],
    ),
    skriv(
        "/organisationer/ny",
        "ny-organisation",
        Inloggat(A::HanteraOrganisationer, h!(organisationer::lagg_till)),
        |_| vec![adress::ny_organisation()],
    ),
    las(
        "/organisationer/{organisation}",
        "organisation",
        Inloggat(A::LasaOrganisationer, h!(organisationer::en)),
        |e| var(&e.organisationer, |o| adress::organisation(o)),
    ),
    skriv(
        "/organisationer/{organisation}/namn",
        "organisation-namn",
        Inloggat(A::HanteraOrganisationer, h!(organisationer::nytt_namn)),
        |e| var(&e.organisationer, |o| adress::organisation_namn(o)),
    ),
    skriv(
        "/organisationer/{organisation}/alias",
        "organisation-alias",
        Inloggat(A::HanteraOrganisationer, h!(organisationer::nytt_alias)),
        |e| var(&e.organisationer, |o| adress::organisation_alias(o)),
    ),
    // The accounts, and one's own password.
    las(
        "/konton",
        "konton",
        Inloggat(A::HanteraAnvandare, h!(konton::lista)),
        |_| vec![adress::konton()],
    )
    .vid(Fot("Konton")),
    las(
        "/konton/nytt",
        "nytt-konto",
        Inloggat(A::HanteraAnvandare, h!(konton::nytt)),
        |_| vec![adress::nytt_konto()],
    ),
    skriv(
        "/konton/nytt",
        "nytt-konto",
        Inloggat(A::HanteraAnvandare, h!(konton::lagg_upp)),
        |_| vec![adress::nytt_konto()],
    ),
    las(
        "/konton/{konto}",
        "ett-konto",
        Inloggat(A::HanteraAnvandare, h!(konton::ett)),
        |e| var(&e.konton, |k| adress::ett_konto(k)),
    ),
    // Without examples: what these do needs nothing but the right to do it.
    skriv(
        "/konton/{konto}/roller",
        "konto-roller",
        Inloggat(A::HanteraAnvandare, h!(konton::roller)),
        INGA,
    ),
    skriv(
        "/konton/{konto}/startlosenord",
        "konto-startlosenord",
        Inloggat(A::HanteraAnvandare, h!(konton::startlosenord)),
        INGA,
    ),
    skriv(
        "/konton/{konto}/stang-av",
        "konto-stang-av",
        Inloggat(A::HanteraAnvandare, h!(konton::stang_av)),
        INGA,
    ),
    skriv(
        "/konton/{konto}/logga-ut",
        "konto-logga-ut",
        Inloggat(A::HanteraAnvandare, h!(konton::logga_ut)),
        INGA,
    ),
    las(
        "/losenord",
        "losenord",
        Inloggat(A::BytaLosenord, h!(losenord::visa)),
        |_| vec![adress::losenord()],
    )
    .vid(Fot("Byt lösenord")),
    skriv(
        "/losenord",
        "losenord",
        Inloggat(A::BytaLosenord, h!(losenord::byt)),
        |_| vec![adress::losenord()],
    ),
    // For everybody signed in, and for everybody.
    las(
        "/sok",
        "sok",
        Inloggat(A::LasaInsatser, h!(sok::sok)),
        |_| vec![adress::sok(), adress::sok().fraga("q", "skola")],
    ),
    las(
        "/behorighet",
        "behorighet",
        Inloggat(A::LasaEgenBehorighet, h!(behorighet::min)),
        |_| vec![adress::behorighet()],
    )
    .vid(Fot("Min behörighet")),
    las(
        "/om-siffrorna",
        "om-siffrorna",
        Oppet(h!(texter::om_siffrorna)),
        |_| vec![adress::om_siffrorna()],
    )
    .vid(Fot("Om siffrorna")),
    las("/hjalp", "hjalp", Oppet(h!(texter::hjalp)), |_| {
        vec![adress::hjalp()]
    })
    .vid(Fot("Hjälp")),
    las(
        "/tillganglighet",
        "tillganglighet",
        Oppet(h!(texter::tillganglighet)),
        |_| vec![adress::tillganglighet()],
    )
    .vid(Fot("Tillgänglighet")),
    // The public.
    las(
        "/",
        "hem",
        Publikt(h!(publik::hem)),
        |_| vec![adress::hem()],
    ),
    las(
        "/{huvudman}",
        "publik-huvudman",
        Publikt(h!(publik::huvudman)),
        |e| vec![adress::publik_huvudman(&e.huvudman)],
    ),
    las(
        "/{huvudman}/pengar",
        "publik-pengar",
        Publikt(h!(publik::pengar)),
        |e| vec![adress::publik_pengar(&e.huvudman)],
    ),
    las(
        "/{huvudman}/pengar/tabell.csv",
        "publik-pengar-csv",
        Publikt(h!(publik::pengar_csv)),
        |e| vec![adress::publik_pengar_csv(&e.huvudman)],
    ),
    las(
        "/{huvudman}/insatser/tabell.csv",
        "publik-insatser-csv",
        Publikt(h!(publik::insatser_csv)),
        |e| vec![adress::publik_insatser_csv(&e.huvudman)],
    ),
    las(
        "/{huvudman}/pengar/{bidrag}",
        "publik-bidrag",
        Publikt(h!(publik::bidrag)),
        |e| var(&e.publika_bidrag, |b| adress::publik_bidrag(&e.huvudman, b)),
    ),
    las(
        "/{huvudman}/insatser",
        "publik-insatser",
        Publikt(h!(publik::insatser)),
        |e| vec![adress::publik_insatser(&e.huvudman)],
    ),
    las(
        "/{huvudman}/insatser/{insats}",
        "publik-insats",
        Publikt(h!(publik::insats)),
        |e| {
            var(&e.publika_insatser, |i| {
                adress::publik_insats(&e.huvudman, i)
            })
        },
    ),
    las(
        "/{huvudman}/sa-raknar-vi",
        "sa-raknar-vi",
        Publikt(h!(publik::sa_raknar_vi)),
        |e| vec![adress::publik_sa_raknar_vi(&e.huvudman)],
    ),
    las(
        "/{huvudman}/harledning/{matt}",
        "publik-harledning",
        Publikt(h!(publik::harledning)),
        |e| matten(e, |matt| adress::publik_harledning(&e.huvudman, matt)),
    ),
    las(
        "/{huvudman}/rapporter/{rapport}",
        "publik-rapport",
        Publikt(h!(publik::rapport)),
        |e| {
            var(&e.publika_rapporter, |r| {
                adress::publik_rapport(&e.huvudman, r)
            })
        },
    ),
    las(
        "/{huvudman}/rapporter/{rapport}/harledning/{matt}",
        "publik-rapport-harledning",
        Publikt(h!(publik::rapportharledning)),
        |e| {
            rapportsiffror(e, |rapport, matt| {
                adress::publik_rapportharledning(&e.huvudman, rapport, matt)
            })
        },
    ),
    las(
        "/{huvudman}/rapporter/{rapport}/{fil}",
        "publik-rapportfil",
        Publikt(h!(publik::rapportfil)),
        |e| {
            var(&e.publika_rapporter, |r| {
                adress::publik_rapportfil(&e.huvudman, r, "rapport.pdf")
            })
        },
    ),
];
