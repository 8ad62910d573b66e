//! What each measure of follow-up, forecast and own capital means.

use super::Matt;
use super::register::{Definition, Formel, Krav, Prognosdel, Synlighet, def, fakta};
use crate::faktum::FaktumSlag as F;
use crate::medel::kontering::ANNAN_INTAKT;
use crate::medel::parameter::Parameter;
use crate::varde::Varde::EjInrapporterat;
use Krav::{Frivilligt, Kravs};
use Synlighet::Inloggad;

/// The definitions, in the order of their rooms.
pub(super) static REGISTER: &[Definition] = &[
    def(
        Matt::AnvantTill,
        "Pengar som insatserna har använt från årets början till och med månaden. Ett utfall \
         som bara är angivet för hela året räknas med.",
        Formel::Prognos(Prognosdel::Till),
        Inloggad,
    ),
    def(
        Matt::PrognosRest,
        "Det som väntas för månaderna som är kvar, enligt den metod som är vald för insatsen.",
        Formel::Prognos(Prognosdel::Rest),
        Inloggad,
    ),
    def(
        Matt::Prognosposter,
        "Kända kostnader senare på året som metoden inte ser. Minus är en besparing.",
        Formel::Prognos(Prognosdel::Poster),
        Inloggad,
    ),
    def(
        Matt::PrognosHelar,
        "Utfallet till och med månaden, det som väntas för resten av året och kända poster, \
         insats för insats.",
        Formel::Prognos(Prognosdel::Helar),
        Inloggad,
    ),
    def(
        Matt::PrognosAvvikelse,
        "Budgeten minus prognosen för hela året. Minus betyder att insatsen väntas kosta mer.",
        Formel::Prognos(Prognosdel::Avvikelse),
        Inloggad,
    ),
    def(
        Matt::PrognosAndel,
        "Den väntade avvikelsen som del av budgeten.",
        Formel::Prognos(Prognosdel::Andel),
        Inloggad,
    ),
    def(
        Matt::PrognosKvar,
        "Det som finns av bidraget minus det som insatserna väntas använda. Det kan behöva \
         betalas tillbaka.",
        Formel::Prognos(Prognosdel::Kvar),
        Inloggad,
    ),
    def(
        Matt::Utrymme,
        "Det som ingen insats har fått, och det som insatserna väntas lämna.",
        Formel::Prognos(Prognosdel::Utrymme),
        Inloggad,
    ),
    def(
        Matt::Prognos,
        "Prognosen för hela året som den fastställdes. Nästa fastställande ersätter den.",
        fakta(F::Prognos, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::PrognosEgen,
        "Den som följer upp insatsen har själv bedömt vad hela året kostar.",
        fakta(F::Prognosmetod, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::AvvikelseForklarad,
        "Hur stor avvikelsen var när den förklarades.",
        fakta(F::Avvikelsekommentar, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::Tjanstekostnad,
        "Vad tjänsterna kostar per månad, med personalomkostnader.",
        fakta(F::Tjanstekostnad, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::Grundfinansiering,
        "Det nämnderna själva lägger på insatsen ur sin budget, skilt från tillfälliga bidrag.",
        fakta(F::Grundfinansiering, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::GrundOchTillfalligt,
        "Nämndernas egen budget för insatsen plus det som bidragen ger tillfälligt.",
        Formel::Plus(&[
            (Matt::Grundfinansiering, Kravs),
            (Matt::Fordelat, Frivilligt),
        ]),
        Inloggad,
    ),
    def(
        Matt::Intaktsbudget,
        "Egna intäkter som insatsen väntas få, till exempel försäljning.",
        fakta(F::Intaktsbudget, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::Nettokostnad,
        "De planerade kostnaderna minus de budgeterade intäkterna.",
        Formel::Minus(Matt::Kostnad, &[(Matt::Intaktsbudget, Kravs)]),
        Inloggad,
    ),
    def(
        Matt::Intaktsutfall,
        "Egna intäkter enligt bokföringen. De gör det använda mindre, och visas här som det som \
         kom in.",
        Formel::Motsatt(Matt::AnvantInsats, ANNAN_INTAKT),
        Inloggad,
    ),
    def(
        Matt::Intaktsavvikelse,
        "Egna intäkter minus budgeterade intäkter. Minus betyder mindre än budgeterat.",
        Formel::Minus(Matt::Intaktsutfall, &[(Matt::Intaktsbudget, Kravs)]),
        Inloggad,
    ),
    def(
        Matt::Budgetandelar,
        "Kommunernas egna delar av budgeten för ett projekt med flera kommuner.",
        fakta(F::Budgetandel, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::UtanBudgetandel,
        "Hela projektets budget minus kommunernas delar. Minus betyder att delarna är större.",
        Formel::Minus(Matt::Projektbudget, &[(Matt::Budgetandelar, Kravs)]),
        Inloggad,
    ),
    def(
        Matt::AnvantRad,
        "Pengar som har använts på en budgetrad som inte är en insats, till exempel resor.",
        fakta(F::AnvantRad, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::AvvikelseRad,
        "Det som är budgeterat på raden minus det som har använts på den.",
        Formel::Minus(Matt::Budgetkostnader, &[(Matt::AnvantRad, Kravs)]),
        Inloggad,
    ),
    def(
        Matt::MedfinansieringLevererad,
        "Egna pengar eller arbetstid som faktiskt har lämnats.",
        fakta(F::MedfinansieringLevererad, EjInrapporterat),
        Synlighet::Publik,
    ),
    def(
        Matt::MedfinansieringKvar,
        "Den utlovade medfinansieringen minus den som har lämnats.",
        Formel::Minus(
            Matt::Medfinansiering,
            &[(Matt::MedfinansieringLevererad, Frivilligt)],
        ),
        Inloggad,
    ),
    def(
        Matt::Medfinansieringstimmar,
        "Timmar som en part lägger ner i insatsen. De kan vara utan värde i kronor.",
        fakta(F::Medfinansieringstimmar, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::Partsmedel,
        "Det som staten, regionen och kommunerna ger förbundet för ett år.",
        fakta(F::Partsmedel, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::EnligtNyckeln,
        "Årets medel gånger partens del enligt fördelningsnyckeln. Är ingen nyckel inställd \
         gäller hälften, en fjärdedel och en fjärdedel (2003:1210, 5 §).",
        Formel::Ganger(Matt::Partsmedel, &[]),
        Inloggad,
    ),
    def(
        Matt::EgetKapital,
        "Förbundets samlade överskott vid årets slut. Ett preliminärt värde är en prognos.",
        fakta(F::EgetKapital, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::EgetKapitalAndel,
        "Det egna kapitalet som del av årets medel från parterna.",
        Formel::Andel(Matt::EgetKapital, Matt::Partsmedel),
        Inloggad,
    ),
    def(
        Matt::EgetKapitalTak,
        "Årets medel gånger taket för eget kapital. Är inget tak inställt räknas med 20 \
         procent, som är ett förslag.",
        Formel::Ganger(Matt::Partsmedel, &[Parameter::TakEgetKapital]),
        Inloggad,
    ),
    def(
        Matt::EgetKapitalOverTak,
        "Det egna kapitalet minus taket. Minus betyder att det är under taket.",
        Formel::Minus(Matt::EgetKapital, &[(Matt::EgetKapitalTak, Kravs)]),
        Inloggad,
    ),
    def(
        Matt::EgetKapitalOverMal,
        "Det egna kapitalet minus det mål som styrelsen har beslutat.",
        Formel::MinusInstallning(Matt::EgetKapital, Parameter::MalEgetKapital),
        Inloggad,
    ),
    def(
        Matt::Serviceavgift,
        "Årets medel från stat, region och kommun gånger serviceavgiften.",
        Formel::Ganger(Matt::Partsmedel, &[Parameter::Serviceavgift]),
        Inloggad,
    ),
    def(
        Matt::ServiceavgiftTill,
        "Avgiften om den sätts till talet i förslaget.",
        Formel::Ganger(Matt::Partsmedel, &[Parameter::ServiceavgiftForslag]),
        Inloggad,
    ),
    def(
        Matt::ServiceavgiftMed,
        "Avgiften om talet i förslaget läggs till den som gäller.",
        Formel::Ganger(
            Matt::Partsmedel,
            &[Parameter::Serviceavgift, Parameter::ServiceavgiftForslag],
        ),
        Inloggad,
    ),
    def(
        Matt::ServiceavgiftMerTill,
        "Avgiften höjd till förslaget minus den som gäller.",
        Formel::Minus(Matt::ServiceavgiftTill, &[(Matt::Serviceavgift, Kravs)]),
        Inloggad,
    ),
    def(
        Matt::ServiceavgiftMerMed,
        "Avgiften höjd med förslaget minus den som gäller.",
        Formel::Minus(Matt::ServiceavgiftMed, &[(Matt::Serviceavgift, Kravs)]),
        Inloggad,
    ),
    def(
        Matt::Personalkop,
        "Personal som köps av eller säljs till andra förbund, till självkostnad. Minus är \
         såld.",
        fakta(F::Personalkop, EjInrapporterat),
        Inloggad,
    ),
    def(
        Matt::InstallningKr,
        "En inställning i kronor. Den gäller från sitt år tills en ny sätts.",
        Formel::Installning(F::Parameterbelopp),
        Inloggad,
    ),
    def(
        Matt::InstallningAndel,
        "En inställning i procent. Den gäller från sitt år tills en ny sätts.",
        Formel::Installning(F::Parameterandel),
        Inloggad,
    ),
    def(
        Matt::InstallningDagar,
        "En inställning i dagar. Den gäller från sitt år tills en ny sätts.",
        Formel::Installning(F::Parameterdagar),
        Inloggad,
    ),
];
