//! Follow-up, forecast and settings.

use crate::adress;
use crate::rutter::Avdelning;
use crate::rutter::Handtag::Inloggat;
use crate::rutter::Menyord;
use crate::rutter::Plats::Meny;
use crate::rutter::Rutt;
use crate::rutter::byggsten::{h, las, skriv, var};
use crate::{avgifter, eget_kapital, medfinansiering, parametrar, uppfoljning};
use utfall_behorighet::Atgard as A;

pub(super) const RUTTER: &[Rutt] = &[
    las(
        "/uppfoljning",
        "uppfoljning",
        Inloggat(A::LasaMedel, h!(uppfoljning::visa)),
        |_| vec![adress::uppfoljning()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Uppfoljning),
    las(
        "/uppfoljning/tabell.csv",
        "uppfoljning-csv",
        Inloggat(A::LasaMedel, h!(uppfoljning::csv)),
        |_| vec![adress::uppfoljning_csv()],
    ),
    skriv(
        "/uppfoljning/faststall",
        "faststall-prognos",
        Inloggat(A::Prognostisera, h!(uppfoljning::faststall)),
        |_| vec![adress::faststall_prognos()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/uppfoljning/insatser/{insats}",
        "uppfoljning-insats",
        Inloggat(A::LasaMedel, h!(uppfoljning::insats)),
        |e| var(&e.insatser, |i| adress::uppfoljning_insats(i)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/uppfoljning/insatser/{insats}/metod",
        "prognosmetod",
        Inloggat(A::Prognostisera, h!(uppfoljning::valj_metod)),
        |e| var(&e.insatser, |i| adress::prognosmetod(i)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/uppfoljning/insatser/{insats}/poster",
        "prognospost",
        Inloggat(A::RegistreraFaktum, h!(uppfoljning::ny_post)),
        |e| var(&e.insatser, |i| adress::prognospost(i)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/uppfoljning/insatser/{insats}/tjanster",
        "tjanstekostnad",
        Inloggat(A::Prognostisera, h!(uppfoljning::ny_tjanst)),
        |e| var(&e.insatser, |i| adress::tjanstekostnad(i)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/uppfoljning/insatser/{insats}/kommentar",
        "avvikelsekommentar",
        Inloggat(A::KommenteraAvvikelse, h!(uppfoljning::kommentera)),
        |e| var(&e.insatser, |i| adress::avvikelsekommentar(i)),
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/uppfoljning/budgetrader",
        "budgetrad",
        Inloggat(A::RegistreraFaktum, h!(uppfoljning::ny_budgetrad)),
        |_| vec![adress::budgetrad()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/medfinansiering",
        "medfinansiering",
        Inloggat(A::LasaMedel, h!(medfinansiering::visa)),
        |_| vec![adress::medfinansiering()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Parternas)
    .flik("Medfinansiering"),
    las(
        "/medfinansiering/tabell.csv",
        "medfinansiering-csv",
        Inloggat(A::LasaMedel, h!(medfinansiering::csv)),
        |_| vec![adress::medfinansiering_csv()],
    ),
    skriv(
        "/medfinansiering",
        "medfinansiering",
        Inloggat(A::RegistreraFaktum, h!(medfinansiering::spara)),
        |_| vec![adress::medfinansiering()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/eget-kapital",
        "eget-kapital",
        Inloggat(A::LasaMedel, h!(eget_kapital::visa)),
        |_| vec![adress::eget_kapital()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Parternas)
    .flik("Eget kapital"),
    las(
        "/eget-kapital/tabell.csv",
        "eget-kapital-csv",
        Inloggat(A::LasaMedel, h!(eget_kapital::csv)),
        |_| vec![adress::eget_kapital_csv()],
    ),
    skriv(
        "/eget-kapital",
        "eget-kapital",
        Inloggat(A::RegistreraFaktum, h!(eget_kapital::spara)),
        |_| vec![adress::eget_kapital()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/avgifter",
        "avgifter",
        Inloggat(A::LasaMedel, h!(avgifter::visa)),
        |_| vec![adress::avgifter()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Parternas)
    .flik("Avgifter"),
    skriv(
        "/avgifter",
        "avgifter",
        Inloggat(A::RegistreraFaktum, h!(avgifter::spara)),
        |_| vec![adress::avgifter()],
    )
    .vid(Meny(Menyord::Medel)),
    las(
        "/parametrar",
        "parametrar",
        Inloggat(A::LasaMedel, h!(parametrar::visa)),
        |_| vec![adress::parametrar()],
    )
    .vid(Meny(Menyord::Medel))
    .avdelning(Avdelning::Installningar),
    las(
        "/parametrar/tabell.csv",
        "parametrar-csv",
        Inloggat(A::LasaMedel, h!(parametrar::csv)),
        |_| vec![adress::parametrar_csv()],
    ),
    las(
        "/parametrar/andra",
        "andra-parametrar",
        Inloggat(A::SattaParametrar, h!(parametrar::formular)),
        |_| vec![adress::andra_parametrar()],
    )
    .vid(Meny(Menyord::Medel)),
    skriv(
        "/parametrar/andra",
        "andra-parametrar",
        Inloggat(A::SattaParametrar, h!(parametrar::spara)),
        |_| vec![adress::andra_parametrar()],
    )
    .vid(Meny(Menyord::Medel)),
];
