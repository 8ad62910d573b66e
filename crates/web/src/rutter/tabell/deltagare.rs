//! Participants, and who may see them.

use crate::adress;
use crate::rutter::Handtag::Inloggat;
use crate::rutter::Menyord;
use crate::rutter::Plats::{Fot, Meny};
use crate::rutter::Rutt;
use crate::rutter::byggsten::{INGA, h, las, skriv, var};
use crate::{deltagare, deltagarmatt, gallring, loggkontroll, uppdrag};
use utfall_behorighet::Atgard as A;

pub(super) const RUTTER: &[Rutt] = &[
    las(
        "/deltagare",
        "deltagare",
        Inloggat(A::LasaDeltagare, h!(deltagare::lista)),
        |_| vec![adress::deltagarna()],
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/registrera",
        "ny-deltagare",
        Inloggat(A::RegistreraDeltagare, h!(deltagare::ny)),
        |_| vec![adress::ny_deltagare()],
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/registrera",
        "ny-deltagare",
        Inloggat(A::RegistreraDeltagare, h!(deltagare::spara)),
        |_| vec![adress::ny_deltagare()],
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/information",
        "informationsblad",
        Inloggat(A::LasaDeltagare, h!(deltagare::informationsblad)),
        |_| vec![adress::informationsblad()],
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/siffror",
        "egna-siffror",
        Inloggat(A::LasaDeltagare, h!(deltagare::siffror)),
        |_| vec![adress::egna_siffror()],
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/anonyma",
        "anonyma",
        Inloggat(A::RegistreraDeltagare, h!(deltagare::anonyma)),
        |_| vec![adress::anonyma()],
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/anonyma",
        "anonyma",
        Inloggat(A::RegistreraDeltagare, h!(deltagare::rakna)),
        |_| vec![adress::anonyma()],
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/las-in",
        "las-in-deltagare",
        Inloggat(A::ImporteraDeltagare, h!(deltagare::las_in)),
        |_| vec![adress::las_in_deltagare()],
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/las-in",
        "las-in-deltagare",
        Inloggat(A::ImporteraDeltagare, h!(deltagare::prova)),
        |_| vec![adress::las_in_deltagare()],
    )
    .tar_filer()
    .vid(Meny(Menyord::Deltagare)),
    // Lists wait in memory under keys that the books do not tell: no examples.
    las(
        "/deltagare/las-in/{lista}",
        "granska-deltagarlista",
        Inloggat(A::ImporteraDeltagare, h!(deltagare::granska)),
        INGA,
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/las-in/{lista}",
        "granska-deltagarlista",
        Inloggat(A::ImporteraDeltagare, h!(deltagare::bekrafta)),
        INGA,
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/mall.csv",
        "deltagarmall",
        Inloggat(A::ImporteraDeltagare, h!(deltagare::mall)),
        |_| vec![adress::deltagarmall()],
    ),
    las(
        "/deltagare/{deltagare}",
        "en-deltagare",
        Inloggat(A::LasaDeltagare, h!(deltagare::visa)),
        |e| var(&e.deltagare, |d| adress::deltagare(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/{deltagare}/start",
        "deltagare-start",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::ratta_start)),
        |e| var(&e.deltagare, |d| adress::deltagare_start(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/{deltagare}/start",
        "deltagare-start",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::spara_start)),
        |e| var(&e.deltagare, |d| adress::deltagare_start(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/{deltagare}/uppgifter",
        "deltagare-uppgifter",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::ratta_uppgifter)),
        |e| var(&e.deltagare, |d| adress::deltagare_uppgifter(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/{deltagare}/uppgifter",
        "deltagare-uppgifter",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::spara_uppgifter)),
        |e| var(&e.deltagare, |d| adress::deltagare_uppgifter(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/{deltagare}/avsluta",
        "avsluta-deltagare",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::avsluta)),
        |e| var(&e.deltagare, |d| adress::avsluta_deltagare(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/{deltagare}/avsluta",
        "avsluta-deltagare",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::spara_avslut)),
        |e| var(&e.deltagare, |d| adress::avsluta_deltagare(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/{deltagare}/folj-upp/{vag}",
        "folj-upp",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::folj_upp)),
        |e| var(&e.deltagare, |d| adress::folj_upp(d, "3")),
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/{deltagare}/folj-upp/{vag}",
        "folj-upp",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::spara_uppfoljning)),
        |e| var(&e.deltagare, |d| adress::folj_upp(d, "3")),
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/{deltagare}/ateruppta",
        "ateruppta-deltagare",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::ateruppta)),
        |e| var(&e.deltagare, |d| adress::ateruppta_deltagare(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/{deltagare}/felregistrera",
        "felregistrera-deltagare",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::felregistrera)),
        |e| var(&e.deltagare, |d| adress::felregistrera_deltagare(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/{deltagare}/samtycke",
        "deltagare-samtycke",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::nytt_samtycke)),
        |e| var(&e.deltagare, |d| adress::deltagare_samtycke(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/{deltagare}/samtycke",
        "deltagare-samtycke",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::spara_samtycke)),
        |e| var(&e.deltagare, |d| adress::deltagare_samtycke(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/deltagare/{deltagare}/samtycke/aterkalla",
        "aterkalla-samtycke",
        Inloggat(A::SkrivaDeltagande, h!(deltagare::aterkalla_samtycke)),
        |e| var(&e.deltagare, |d| adress::aterkalla_samtycke(d)),
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagare/{deltagare}/utdrag/{fil}",
        "registerutdrag",
        Inloggat(A::LasaDeltagare, h!(deltagare::utdrag)),
        |e| var(&e.deltagare, |d| adress::registerutdrag(d, "utdrag.json")),
    ),
    // What came of them, for those who see none of them.
    las(
        "/deltagarmatt",
        "deltagarmatt",
        Inloggat(A::LasaDeltagarmatt, h!(deltagarmatt::visa)),
        |_| vec![adress::deltagarmatt()],
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagarmatt/ar",
        "deltagarmatt-ar",
        Inloggat(A::LasaDeltagarmatt, h!(deltagarmatt::aret)),
        |_| vec![adress::deltagarmatt_ar()],
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/deltagarmatt/fil",
        "deltagarmatt-fil",
        Inloggat(A::LasaDeltagarmatt, h!(deltagarmatt::fil)),
        |_| vec![adress::deltagarmatt_fil().fraga("format", "html")],
    ),
    // How they disappear.
    las(
        "/gallring",
        "gallring",
        Inloggat(A::LasaGallring, h!(gallring::visa)),
        |_| vec![adress::gallring()],
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/gallring/regel",
        "gallringsregel",
        Inloggat(A::ForberedaGallring, h!(gallring::lagg_regel)),
        |_| vec![adress::gallringsregel()],
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/gallring/forbered",
        "forbered-gallring",
        Inloggat(A::ForberedaGallring, h!(gallring::forbered)),
        |_| vec![adress::forbered_gallring()],
    )
    .vid(Meny(Menyord::Deltagare)),
    // Proposals and protocols have numbers that the books do not tell: no examples.
    las(
        "/gallring/forslag/{forslag}",
        "gallringsforslag",
        Inloggat(A::LasaGallring, h!(gallring::forslag)),
        INGA,
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/gallring/forslag/{forslag}/bekrafta",
        "bekrafta-gallring",
        Inloggat(A::BekraftaGallring, h!(gallring::bekrafta)),
        INGA,
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/gallring/forslag/{forslag}/aterkalla",
        "aterkalla-gallring",
        Inloggat(A::ForberedaGallring, h!(gallring::aterkalla)),
        INGA,
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/gallring/protokoll/{protokoll}",
        "gallringsprotokoll",
        Inloggat(A::LasaGallring, h!(gallring::protokoll)),
        INGA,
    )
    .vid(Meny(Menyord::Deltagare)),
    las(
        "/gallring/protokoll/{protokoll}/{fil}",
        "gallringsprotokoll-fil",
        Inloggat(A::LasaGallring, h!(gallring::protokollfil)),
        INGA,
    ),
    // Who sees them.
    las(
        "/uppdrag",
        "uppdrag",
        Inloggat(A::LasaUppdrag, h!(uppdrag::lista)),
        |_| vec![adress::uppdrag()],
    )
    .vid(Fot("Uppdrag")),
    las(
        "/loggkontroll",
        "loggkontroll",
        Inloggat(A::LasaPersonlogg, h!(loggkontroll::visa)),
        |_| vec![adress::loggkontroll()],
    )
    .vid(Meny(Menyord::Deltagare)),
    skriv(
        "/uppdrag",
        "uppdrag",
        Inloggat(A::TilldelaUppdrag, h!(uppdrag::ge)),
        |_| vec![adress::uppdrag()],
    ),
    skriv(
        "/uppdrag/avsluta",
        "avsluta-uppdrag",
        Inloggat(A::TilldelaUppdrag, h!(uppdrag::avsluta)),
        |_| vec![adress::avsluta_uppdrag()],
    ),
];
