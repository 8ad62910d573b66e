//! The public.

use crate::adress;
use crate::publik;
use crate::rutter::Handtag::Publikt;
use crate::rutter::Rutt;
use crate::rutter::byggsten::{h, las, matten, rapportsiffror, var};

pub(super) const RUTTER: &[Rutt] = &[
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
