//! For browsers and operators: static files and the state of the server.

use crate::anrop::{Publikt, Resultat};
use crate::svar::{Lagring, Svar};
use utfall_domain::problem::Problem;
use utfall_vyer::statiskt;

/// GET `/statiskt/{fil}`. The address pages use carries the content's checksum, so that the
/// file may be kept for ever; any other address of it for a minute.
pub async fn statisk_fil(a: Publikt) -> Resultat {
    let fil = statiskt::fil(a.stig.text("fil")).ok_or_else(Problem::finns_inte)?;
    let etag = fil.etag();
    let lagring = if a.fraga.text("v") == etag {
        Lagring::Alltid
    } else {
        Lagring::Kort
    };
    Ok(Svar::bytes(fil.typ, fil.innehall)
        .lagras(lagring)
        .etag(&etag))
}

/// GET `/favicon.ico`: what a browser asks for beside an answer that is no page, such as
/// `/halsa`, and would else be told is missing.
pub async fn ikon(_: Publikt) -> Resultat {
    let fil = statiskt::fil("utfall.svg").ok_or_else(Problem::finns_inte)?;
    let svar = Svar::bytes(fil.typ, fil.innehall).lagras(Lagring::Kort);
    Ok(svar.etag(&fil.etag()))
}

/// GET `/halsa`: one line, for the one who watches over the server. Says nothing else.
pub async fn halsa(a: Publikt) -> Resultat {
    let svar = a
        .webb
        .tjanst
        .db()
        .las(|_| -> Result<(), Problem> { Ok(()) });
    svar.await?;
    Ok(Svar::bytes("text/plain; charset=utf-8", "frisk\n"))
}
