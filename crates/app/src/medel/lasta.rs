//! A closed year changes only by what says that it is made after it. The store refuses the rest
//! under every use case; here a form is told of it together with all else that is wrong, and
//! only what touches a closed year gets the mark.

use utfall_domain::bocker::Bocker;
use utfall_domain::faktum::NyttFaktum;
use utfall_domain::medel::arsavslut::ror;
use utfall_domain::problem::Problem;

/// The facts, marked as made after the closing where they touch a closed year.
///
/// # Errors
/// `aret-avslutat` when one of them does and it was not said (`sagt`) that this is a correction
/// after it.
pub(crate) fn efter_avslut(
    bocker: &Bocker,
    nya: Vec<NyttFaktum>,
    sagt: bool,
) -> Result<Vec<NyttFaktum>, Problem> {
    let mut ut = Vec::with_capacity(nya.len());
    for ny in nya {
        let aret = ror(bocker, &ny).first().copied();
        if let (Some(ar), false) = (aret, sagt) {
            return Err(avslutat(ar));
        }
        ut.push(NyttFaktum {
            efter_avslut: aret.is_some(),
            ..ny
        });
    }
    Ok(ut)
}

fn avslutat(ar: i16) -> Problem {
    Problem::ogiltigt(
        "aret-avslutat",
        format!("Året {ar} är avslutat. Ingenting har sparats."),
        "Är det en rättelse? Kryssa för det och skriv varför. Den syns då som en rättelse efter \
         avslut överallt där årets siffror visas.",
    )
    .i_falt("efter-avslut")
}
