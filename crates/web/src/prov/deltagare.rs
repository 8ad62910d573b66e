//! Participants through their pages: from the two steps of access to what became of them.

use super::{Varld, Webblasare};
use axum::http::StatusCode;
use utfall_behorighet::{Aktor, Roll};
use utfall_domain::id::AnvandareId;
use utfall_domain::journal::Handelse;

/// Of the tax agency's test series: birth numbers 980–999 are nobody's.
pub(super) const NUMMER: &str = "850709-9805";
const TOLV: &str = "19850709-9805";

/// The value of the option with these words.
fn val(html: &str, ord: &str) -> String {
    let sist = html.find(&format!(">{ord}</option>"));
    let fore = html.get(..sist.unwrap_or_else(|| panic!("{ord}: {html}")));
    let efter = fore.unwrap().rsplit("value=\"").next().unwrap();
    efter.split('"').next().unwrap().to_owned()
}

/// The first initiative in the list of choices.
pub(super) fn forsta_insatsen(html: &str) -> (String, String) {
    let fran = html.find("id=\"insats\"").unwrap();
    let val = html.get(fran..).unwrap();
    let val = val.split("<option value=\"").nth(2).unwrap();
    let (varde, rest) = val.split_once('"').unwrap();
    let (_, rest) = rest.split_once('>').unwrap();
    let namn = rest.split('<').next().unwrap();
    (varde.to_owned(), namn.to_owned())
}

/// Lets the account with the role in to the first initiative; its name.
pub(super) async fn ge_uppdrag(varld: &Varld, slug: &str) -> String {
    let mut ins = varld.inloggad(slug, Roll::Insatsansvarig).await;
    let html = ins.hamta("/uppdrag").await.text;
    let (insats, namn) = forsta_insatsen(&html);
    let fran = html.find("id=\"organisation\"").unwrap();
    let org = html.get(fran..).unwrap().split("<option value=\"").nth(2);
    let org = org.unwrap().split('"').next().unwrap().to_owned();
    let konto = val(&html, Roll::Deltagaransvarig.namn());
    let falt = [
        ("konto", konto.as_str()),
        ("insats", &insats),
        ("organisation", &org),
        ("fran", "2022-01-01"),
        ("till", ""),
        ("utbildad", "2021-12-01"),
    ];
    let svar = ins.fyll_i("/uppdrag", "/uppdrag", &falt).await;
    assert_eq!(svar.till(), "/uppdrag?gjort=nytt", "{}", svar.text);
    namn
}

/// A participant as somebody types it.
fn ifylld<'a>(kand: &'a str, namn: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("kand", kand),
        ("namn", namn),
        ("kon", "kvinna"),
        ("kommun", "okänd"),
        ("dag", "2022-01-10"),
        ("informerad", "2022-01-10"),
        ("satt", "papper"),
        ("forsorjning", "forsorjningsstod"),
        ("omfattning", "50"),
        ("forsorjning-2", "sjukersattning"),
        ("omfattning-2", "50 %"),
        ("sysselsattning", "ingen"),
        ("utbildning", "gymnasial"),
        ("tid", "3-5"),
        ("startlage", "3-5"),
        ("remittent", "socialtjansten"),
        ("malgrupp-langtidsbidragare", "ja"),
        ("malgrupp-hemmasittare", "ja"),
        ("status-arbetsformedlingen", "avslutad"),
        ("behov-tolk", "ja"),
    ]
}

const NY: &str = "/deltagare/registrera";

/// Sends the form as filled in, with the initiative that stands in it.
async fn sand(b: &mut Webblasare, kand: &str, namn: &str) -> super::Svar {
    let (insats, _) = forsta_insatsen(&b.hamta(NY).await.text);
    let mut falt = ifylld(kand, namn);
    falt.push(("insats", insats.as_str()));
    b.fyll_i(NY, NY, &falt).await
}

pub(super) async fn registrera(b: &mut Webblasare, kand: &str, namn: &str) -> String {
    let svar = sand(b, kand, namn).await;
    let till = svar.till().to_owned();
    let utan = till.strip_suffix("?gjort=registrerad");
    utan.unwrap_or_else(|| panic!("{till}: {}", svar.text))
        .to_owned()
}

/// R145, R154, R162, R163: several target groups, what must be arranged, several sources with
/// their extent, and the status at an authority.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_participant_is_registered_ended_and_followed_up_by_who_has_the_assignment() {
    let varld = Varld::ny().await;
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let utan = delt.hamta("/deltagare").await.text;
    assert!(utan.contains("du har inget uppdrag i dag"), "{utan}");
    let insats = ge_uppdrag(&varld, "uppsala").await;

    let sida = registrera(&mut delt, NUMMER, "Test Testsson").await;
    let html = delt.hamta(&sida).await.text;
    for ord in [
        TOLV,
        "Test Testsson",
        "36\u{a0}år vid start",
        "försörjningsstöd 50\u{a0}%, sjukersättning 50\u{a0}%",
        "lång tid med ekonomiskt bistånd, hemmasittare",
        "Arbetsförmedlingen: avslutad eller utskriven",
        "<dd>tolk</dd>",
        "Pågår",
    ] {
        let var = if ord == "Pågår" {
            "/deltagare"
        } else {
            &sida
        };
        let html = delt.hamta(var).await.text;
        assert!(html.contains(ord), "{ord}: {html}");
    }
    assert!(html.contains(&insats));
    assert!(!html.contains("<title>Test"), "namnet står i titeln");

    // The same person again is found, told where, and not registered.
    let igen = sand(&mut delt, TOLV, "").await;
    assert_eq!(igen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        igen.text.contains("deltar redan i insatsen, sedan den 10"),
        "{}",
        igen.text
    );

    let slut = format!("{sida}/avsluta");
    let falt = [
        ("dag", "2022-01-31"),
        ("anledning", "enligt-plan"),
        ("fullfoljande", "fullfoljt"),
        ("avbrottsorsak", ""),
        ("sluttillstand", "arbete"),
        ("forsorjning", "lon"),
        ("omfattning", "75"),
        ("sysselsattning", "arbete"),
        ("typ", "visstid"),
        ("arbetstid", "75"),
        ("stod-vardkontakt", "ja"),
    ];
    let svar = delt.fyll_i(&slut, &slut, &falt).await;
    assert_eq!(
        svar.till(),
        format!("{sida}?gjort=avslutad"),
        "{}",
        svar.text
    );
    let html = delt.hamta(&sida).await.text;
    for ord in [
        "Resultat: arbete",
        "Efter 24 månader",
        "arbetar (tidsbegränsad anställning, 75\u{a0}%)",
        "Annat stöd: vårdkontakt",
    ] {
        assert!(html.contains(ord), "{ord}: {html}");
    }

    // Not before its time.
    let upp = format!("{sida}/folj-upp/3");
    let falt = [("dag", "2022-02-02"), ("svar", "ej-nadd")];
    let svar = delt.fyll_i(&upp, &upp, &falt).await;
    assert!(svar.text.contains("Dagen passar inte"), "{}", svar.text);
    varld.ga(jiff::SignedDuration::from_hours(24 * 90));
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    assert!(
        delt.hamta("/deltagare")
            .await
            .text
            .contains("Följ upp efter 3 månader")
    );
    let falt = [("dag", "2022-05-01"), ("svar", "ej-nadd")];
    let svar = delt.fyll_i(&upp, &upp, &falt).await;
    assert_eq!(
        svar.till(),
        format!("{sida}?gjort=uppfoljd"),
        "{}",
        svar.text
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lies_outside_the_assignment_is_not_there() {
    let varld = Varld::ny().await;
    ge_uppdrag(&varld, "uppsala").await;
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let sida = registrera(&mut delt, NUMMER, "").await;
    let finns_inte = delt.hamta("/deltagare/99999").await;
    assert_eq!(finns_inte.status, StatusCode::NOT_FOUND);

    // Another huvudman's, with an assignment of its own.
    ge_uppdrag(&varld, "ragunda").await;
    let mut annan = varld.inloggad("ragunda", Roll::Deltagaransvarig).await;
    let svar = annan.hamta(&sida).await;
    assert_eq!(svar.status, StatusCode::NOT_FOUND, "{}", svar.text);
    // The same person is nobody they know of.
    registrera(&mut annan, NUMMER, "").await;

    // The office has no way in at all, and neither has who gave the assignment.
    for roll in [Roll::Insatsansvarig, Roll::Forbundschef, Roll::Revisor] {
        let mut b = varld.inloggad("uppsala", roll).await;
        for adress in [sida.as_str(), "/deltagare", NY] {
            let svar = b.hamta(adress).await;
            assert_eq!(svar.status, StatusCode::FORBIDDEN, "{roll} {adress}");
        }
    }

    // When the assignment ends, so does the sight.
    let mut ins = varld.inloggad("uppsala", Roll::Insatsansvarig).await;
    let html = ins.hamta("/uppdrag").await.text;
    let vilket = html.split("id=\"uppdrag\"").nth(1).unwrap();
    let nr = vilket.split("<option value=\"").nth(2).unwrap();
    let nr = nr.split('"').next().unwrap();
    let inget = ins.fyll_i("/uppdrag", "/uppdrag/avsluta", &[]).await;
    assert!(inget.text.contains("href=\"#uppdrag\""), "{}", inget.text);
    let slut = [("uppdrag", nr)];
    let svar = ins.fyll_i("/uppdrag", "/uppdrag/avsluta", &slut).await;
    assert_eq!(svar.till(), "/uppdrag?gjort=slut", "{}", svar.text);
    assert_eq!(delt.hamta(&sida).await.status, StatusCode::NOT_FOUND);
    let lista = delt.hamta("/deltagare").await.text;
    assert!(lista.contains("du har inget uppdrag i dag"), "{lista}");
}

/// What the checker of readings sees, oldest first.
async fn lasningar(varld: &Varld) -> Vec<Handelse> {
    let id = *varld.id.get("uppsala").unwrap();
    let roll = Roll::Loggkontrollant;
    let mut b = varld.inloggad("uppsala", roll).await;
    assert_eq!(b.hamta("/loggkontroll").await.status, StatusCode::OK);
    let aktor = Aktor::ny(AnvandareId::FORSTA, id, &[roll]).unwrap();
    let alla = varld.webb.tjanst.lasningar(&aktor, None, 1000).await;
    alla.unwrap()
        .into_iter()
        .rev()
        .map(|p| p.handelse)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_journal_is_told_of_every_sight_and_of_nobody() {
    let varld = Varld::ny().await;
    ge_uppdrag(&varld, "uppsala").await;
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let sida = registrera(&mut delt, NUMMER, "Test Testsson").await;
    let nr = sida.rsplit('/').next().unwrap().to_owned();
    let fore = lasningar(&varld).await;
    for adress in [
        "/deltagare".to_owned(),
        sida.clone(),
        format!("{sida}/avsluta"),
        format!("{sida}/uppgifter"),
    ] {
        assert_eq!(delt.hamta(&adress).await.status, StatusCode::OK);
    }
    let efter = lasningar(&varld).await;
    let nya = efter.get(fore.len()..).unwrap();
    let slag: Vec<_> = nya.iter().map(|h| h.slag.as_str()).collect();
    assert_eq!(
        slag,
        [
            "deltagare-listade",
            "deltagare-last",
            "deltagare-last",
            "deltagare-last"
        ]
    );
    assert_eq!(nya.get(1).unwrap().objekt, format!("deltagande {nr}"));
    for h in &efter {
        let allt = format!("{} {} {} {}", h.slag, h.objekt, h.text, h.data);
        assert!(h.slag.starts_with("deltagare-"), "{allt}");
        for hemligt in ["Testsson", "9805", "850709", "forsorjningsstod", "kvinna"] {
            assert!(!allt.contains(hemligt), "{hemligt}: {allt}");
        }
    }
    // The office's journal says nothing of it: not even how much there is.
    let mut rev = varld.inloggad("uppsala", Roll::Revisor).await;
    let journal = rev.hamta("/journal").await.text;
    assert!(journal.contains("fick uppdrag att se deltagarna"));
    assert!(!journal.contains("En deltagare registrerades"), "{journal}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_told_at_each_field_and_keeps_what_was_typed() {
    let varld = Varld::ny().await;
    ge_uppdrag(&varld, "uppsala").await;
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let falt = [
        ("kand", "850709-9806"),
        ("namn", "Test Testsson"),
        ("skyddad", "ja"),
        ("kon", ""),
        ("kommun", "Storstad"),
        ("dag", "2022-13-01"),
        ("omfattning", "120"),
        ("informerad", "2022-02-01"),
        ("satt", "papper"),
    ];
    let svar = delt.fyll_i(NY, NY, &falt).await;
    assert_eq!(svar.status, StatusCode::UNPROCESSABLE_ENTITY);
    for ord in [
        "href=\"#kand\"",
        "href=\"#namn\"",
        "href=\"#kon\"",
        "href=\"#kommun\"",
        "href=\"#dag\"",
        "href=\"#omfattning\"",
        "href=\"#forsorjning\"",
        "href=\"#sysselsattning\"",
        "href=\"#utbildning\"",
        "value=\"Test Testsson\"",
        "value=\"850709-9806\"",
        "value=\"Storstad\"",
        "bara med en kod",
    ] {
        assert!(svar.text.contains(ord), "{ord}: {}", svar.text);
    }
    let lista = delt.hamta("/deltagare").await.text;
    assert!(lista.contains("Ingen är registrerad än"), "{lista}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_is_given_for_one_and_taken_back_at_once() {
    let varld = Varld::ny().await;
    ge_uppdrag(&varld, "uppsala").await;
    let mut delt = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let sida = registrera(&mut delt, "Björken 4", "").await;
    let form = format!("{sida}/samtycke");
    let html = delt.hamta(&form).await.text;
    let org = |namn: &str, nr: usize| {
        let fran = html.find(&format!("id=\"{namn}\"")).unwrap();
        let val = html.get(fran..).unwrap().split("<option value=\"").nth(nr);
        val.unwrap().split('"').next().unwrap().to_owned()
    };
    let (lamnar, till) = (org("lamnar", 2), org("till", 3));
    let mut falt = vec![
        ("lamnar", lamnar.as_str()),
        ("till", lamnar.as_str()),
        ("informerad", "2022-01-11"),
        ("satt", "papper"),
        ("dag", "2022-01-10"),
        ("galler-till", ""),
    ];
    let svar = delt.fyll_i(&form, &form, &falt).await;
    assert!(svar.text.contains("är samma"), "{}", svar.text);
    falt[1].1 = &till;
    let svar = delt.fyll_i(&form, &form, &falt).await;
    assert!(
        svar.text.contains("Samtycket gäller ingenting"),
        "{}",
        svar.text
    );
    falt.push(("slag-forsorjning", "ja"));
    let svar = delt.fyll_i(&form, &form, &falt).await;
    assert!(
        svar.text.contains("först efter att ha samtyckt"),
        "{}",
        svar.text
    );
    falt[4].1 = "2022-01-11";
    let svar = delt.fyll_i(&form, &form, &falt).await;
    assert!(svar.till().contains("gjort=samtycke"), "{}", svar.text);
    let html = delt.hamta(&sida).await.text;
    assert!(html.contains("Gäller från") && html.contains("vad jag lever på"));
    let svar = delt.fyll_i(&sida, &format!("{form}/aterkalla"), &[]).await;
    assert!(svar.till().contains("gjort=aterkallat"), "{}", svar.text);
    let html = delt.hamta(&sida).await.text;
    assert!(html.contains("Återkallat 2\u{a0}feb"), "{html}");
    assert!(!html.contains("Återkalla samtycket</button>"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_write_at_once_are_both_told_and_nothing_is_lost() {
    let varld = Varld::ny().await;
    ge_uppdrag(&varld, "uppsala").await;
    let mut en = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let sida = registrera(&mut en, NUMMER, "").await;
    let mut annan = varld.inloggad("uppsala", Roll::Deltagaransvarig).await;
    let fel = format!("{sida}/felregistrera");
    let start = format!("{sida}/start");
    // The other has the form open with what was then.
    let html = annan.hamta(&start).await.text;
    let sedda: Vec<(String, String)> = super::dolda(&html, &start);
    let svar = en.fyll_i(&sida, &fel, &[("dag", "2022-02-02")]).await;
    assert!(
        svar.till().contains("gjort=felregistrerad"),
        "{}",
        svar.text
    );
    let mut falt: Vec<(&str, &str)> = sedda
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    falt.extend(ifylld(NUMMER, "").into_iter().skip(2));
    let svar = annan.posta(&start, &falt).await;
    assert_eq!(svar.status, StatusCode::CONFLICT, "{}", svar.text);
    // Wrongly registered, it is nobody's any more: the same person can begin anew.
    registrera(&mut en, NUMMER, "").await;
}
