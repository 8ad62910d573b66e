//! Papers, the journal, the register and the accounts.

use crate::adress;
use crate::rutter::Handtag::{Inloggat, Oppet};
use crate::rutter::Menyord;
use crate::rutter::Plats::{Fot, Meny};
use crate::rutter::Rutt;
use crate::rutter::byggsten::{INGA, h, las, skriv, var};
use crate::{behorighet, journal, konton, losenord, organisationer, sok, texter, underlag};
use utfall_behorighet::Atgard as A;

pub(super) const RUTTER: &[Rutt] = &[
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
];
