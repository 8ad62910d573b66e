//! Money promised or hoped for in coming years.

use crate::adress;
use crate::rutter::Avdelning;
use crate::rutter::Handtag::Inloggat;
use crate::rutter::Menyord;
use crate::rutter::Plats::Meny;
use crate::rutter::Rutt;
use crate::rutter::byggsten::{h, las, skriv, var};
use crate::{ataganden, framat, organisationer, utlysningar};
use utfall_behorighet::Atgard as A;

pub(super) const RUTTER: &[Rutt] = &[
    las(
        "/ataganden",
        "ataganden",
        Inloggat(A::LasaMedel, h!(ataganden::lista)),
        |_| vec![adress::ataganden()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Kommande)
    .flik("Åtaganden"),
    las(
        "/ataganden/tabell.csv",
        "ataganden-csv",
        Inloggat(A::LasaMedel, h!(ataganden::csv)),
        |_| vec![adress::ataganden_csv()],
    ),
    las(
        "/ataganden/nytt",
        "nytt-atagande",
        Inloggat(A::HanteraAtagande, h!(ataganden::nytt)),
        |_| vec![adress::nytt_atagande()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/ataganden/nytt",
        "nytt-atagande",
        Inloggat(A::HanteraAtagande, h!(ataganden::skriv)),
        |_| vec![adress::nytt_atagande()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/ataganden/{atagande}",
        "ett-atagande",
        Inloggat(A::LasaMedel, h!(ataganden::ett)),
        |e| var(&e.ataganden, |x| adress::ett_atagande(x)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/ataganden/{atagande}/andra",
        "andra-atagande",
        Inloggat(A::HanteraAtagande, h!(ataganden::andra)),
        |e| var(&e.ataganden, |x| adress::andra_atagande(x)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/ataganden/{atagande}/andra",
        "andra-atagande",
        Inloggat(A::HanteraAtagande, h!(ataganden::spara)),
        |e| var(&e.ataganden, |x| adress::andra_atagande(x)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/utlysningar",
        "utlysningar",
        Inloggat(A::LasaMedel, h!(utlysningar::lista)),
        |_| vec![adress::utlysningar()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Kommande)
    .flik("Utlysningar"),
    las(
        "/utlysningar/ny",
        "ny-utlysning",
        Inloggat(A::HanteraAtagande, h!(utlysningar::ny)),
        |_| vec![adress::ny_utlysning()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/utlysningar/ny",
        "ny-utlysning",
        Inloggat(A::HanteraAtagande, h!(utlysningar::skriv)),
        |_| vec![adress::ny_utlysning()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/utlysningar/{utlysning}",
        "utlysning",
        Inloggat(A::LasaMedel, h!(utlysningar::en)),
        |e| var(&e.utlysningar, |x| adress::utlysning(x)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/utlysningar/{utlysning}/andra",
        "andra-utlysning",
        Inloggat(A::HanteraAtagande, h!(utlysningar::andra)),
        |e| var(&e.utlysningar, |x| adress::andra_utlysning(x)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/utlysningar/{utlysning}/andra",
        "andra-utlysning",
        Inloggat(A::HanteraAtagande, h!(utlysningar::spara)),
        |e| var(&e.utlysningar, |x| adress::andra_utlysning(x)),
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/insatser/{insats}/framat",
        "framat",
        Inloggat(A::LasaInsatser, h!(framat::visa)),
        |e| var(&e.insatser, |i| adress::framat(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    skriv(
        "/insatser/{insats}/framat",
        "framat",
        Inloggat(A::HanteraAtagande, h!(framat::spara)),
        |e| var(&e.insatser, |i| adress::framat(i)),
    )
    .vid(Meny(Menyord::Insatser)),
    las(
        "/organisationer/{organisation}/betalning",
        "betalning",
        Inloggat(A::LasaMedel, h!(organisationer::betalning::visa)),
        |e| var(&e.organisationer, |o| adress::betalning(o)),
    ),
    skriv(
        "/organisationer/{organisation}/betalning",
        "betalning",
        Inloggat(A::AndraBetalning, h!(organisationer::betalning::andra)),
        |e| var(&e.organisationer, |o| adress::betalning(o)),
    ),
    skriv(
        "/organisationer/{organisation}/betalning/bekrafta",
        "bekrafta-betalning",
        Inloggat(
            A::BekraftaBetalning,
            h!(organisationer::betalning::bekrafta),
        ),
        |e| var(&e.organisationer, |o| adress::bekrafta_betalning(o)),
    ),
    skriv(
        "/organisationer/{organisation}/slag",
        "organisation-slag",
        Inloggat(A::HanteraOrganisationer, h!(organisationer::nytt_slag)),
        |e| var(&e.organisationer, |o| adress::organisation_slag(o)),
    ),
];
