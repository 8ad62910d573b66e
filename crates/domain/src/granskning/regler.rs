//! The registry of rules: what each compares, why it matters and how serious it is.
//!
//! The handbook's pages are made from these texts (see [`super::handbokssida`]), so that
//! what the program does and what the handbook says cannot drift apart.

use super::bokfort::{self, Bokfortsagt};
use super::fynd::Fynd;
use super::kontext::Kontext;
use super::mellan::{self, Papperssagt};
use super::{antal, bidrag, finansiering, fordelning, insatser, namnder, period, personer};
use super::{rakning, summor, tid, uppgifter};

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Regel {
    /// Stable code; also the name of its page in the handbook.
    pub kod: &'static str,
    /// Short title.
    pub titel: &'static str,
    /// What is compared with what.
    pub jamfor: &'static str,
    /// Why it matters.
    pub varfor: &'static str,
    /// When it is an error, a warning or a note, and when it is silent.
    pub allvar: &'static str,
    pub(super) kor: Kor,
}

/// What a rule reads.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kor {
    /// One paper by itself.
    Papper(fn(&Kontext<'_>) -> Vec<Fynd>),
    /// What several papers say of the same things.
    Mellan(fn(&[Papperssagt]) -> Vec<Fynd>),
    /// What boards report, beside what is booked.
    Bokfort(fn(&[Bokfortsagt]) -> Vec<Fynd>),
}

impl Regel {
    /// The rule with this code.
    #[must_use]
    pub fn med_kod(kod: &str) -> Option<&'static Self> {
        REGLER.iter().find(|r| r.kod == kod)
    }
}

/// All rules. The order is the handbook's; findings are sorted by seriousness and place.
pub const REGLER: &[Regel] = &[
    Regel {
        kod: "samma-uppgift",
        titel: "Samma uppgift, olika belopp",
        jamfor: "Varje belopp som papperet säger på flera ställen: tilldelat, rekvirerat, \
                 använt, återbetalat, en nämnds del, en insats budget och utfall. Stöder \
                 papperets egna delar ett av beloppen räknas det som det beräknade.",
        varfor: "Den som läser bara ett av ställena får fel bild. Är det rekvirerat som skiljer \
                 sig blir också återbetalningen fel.",
        allvar: "Fel när beloppen skiljer sig mer än sin avrundning. ”Cirka 830 000 kr” bredvid \
                 828 555 kr är samma belopp, avrundat till de siffror som skrivits ut.",
        kor: Kor::Papper(uppgifter::samma_uppgift),
    },
    Regel {
        kod: "samma-uppgift-i-papper",
        titel: "Två papper, olika besked",
        jamfor: "Det som två inlästa papper säger om samma sak: samma bidrag, insats, nämnd, år \
                 och slag av uppgift. Det papper som lästes in först räknas som det beräknade.",
        varfor: "En siffra räknas en gång, och då efter det papper som lästes in först. Säger ett \
                 senare papper något annat är siffran kanske inte längre rätt.",
        allvar: "Varning när de skiljer sig mer än sin avrundning. Säger båda samma sak, så noga \
                 som de säger den, sägs inget. Den försvinner när uppgiften har rättats i \
                 böckerna efter att båda lästes in, eller när ett av papperen ersätts.",
        kor: Kor::Mellan(mellan::samma_uppgift),
    },
    Regel {
        kod: "rad-mot-insats",
        titel: "En rad i fördelningen mot insatsens budget",
        jamfor: "En rad som pekar ut en insats mot insatsens budget samma år. Delar flera rader \
                 på en insats sägs inget.",
        varfor: "Fördelningen och budgeten är samma pengar. Skiljer de sig vet ingen vad \
                 insatsen har att röra sig med.",
        allvar: "Fel när fördelningen är beslutad, varning när den är ett förslag. En skillnad \
                 inom avrundningen sägs inte, och överförda pengar får räknas med eller inte.",
        kor: Kor::Papper(uppgifter::rad_mot_insats),
    },
    Regel {
        kod: "summa-mot-delar",
        titel: "Angiven total mot sina delar",
        jamfor: "Rekvirerat mot det som fördelats till nämnder (eller insatsernas budget när \
                 nämnder saknas), och använt mot det som nämnderna (eller insatserna) använt.",
        varfor: "En total som inte går att räkna fram ur delarna går inte att följa upp, och \
                 någon del kan vara glömd eller räknad två gånger.",
        allvar: "Fel när skillnaden är större än avrundningen. Annars upplysning, också när en \
                 halv krona för varje belopp räcker som förklaring. Är en del inte angiven sägs \
                 inget.",
        kor: Kor::Papper(bidrag::summa_mot_delar),
    },
    Regel {
        kod: "rekvirerat-anvant-aterbetalt",
        titel: "Rekvirerat, använt och återbetalat",
        jamfor: "Rekvirerat (eller tilldelat, när inget är rekvirerat) och det som flyttats hit \
                 från tidigare år, minus använt och det som flyttats till nästa år, mot det som \
                 ska betalas tillbaka.",
        varfor: "Går det inte ihop betalas för mycket eller för lite tillbaka till \
                 bidragsgivaren.",
        allvar: "Fel när skillnaden är större än avrundningen. Anges rekvirerat på flera sätt \
                 räcker det att ett av dem stämmer, om inte papperets egna delar visar vilket \
                 som är rätt.",
        kor: Kor::Papper(bidrag::aterbetalning),
    },
    Regel {
        kod: "rekvirerat-mot-tilldelat",
        titel: "Rekvirerat mot tilldelat",
        jamfor: "Det som rekvirerats mot det som tilldelats och det som flyttats hit från \
                 tidigare år.",
        varfor: "Mer än det beviljade betalas inte ut, eller får betalas tillbaka.",
        allvar: "Fel när mer är rekvirerat än vad som finns, utöver avrundningen. Att rekvirera \
                 mindre är inget fel.",
        kor: Kor::Papper(bidrag::rekvirerat),
    },
    Regel {
        kod: "overfort-mellan-ar",
        titel: "Överfört från ett år till nästa",
        jamfor: "Det som flyttas ut från ett år mot det som flyttas in till nästa, i samma \
                 bidrag.",
        varfor: "Pengar som försvinner eller uppstår mellan åren gör båda årens redovisning \
                 fel.",
        allvar: "Fel när skillnaden är större än avrundningen. Anges bara det ena sägs inget.",
        kor: Kor::Papper(uppgifter::overfort_mellan_ar),
    },
    Regel {
        kod: "overfort-trots-forbud",
        titel: "Överfört trots att det inte är tillåtet",
        jamfor: "Bidragets villkor mot det som sägs flyttas från ett av dess år eller till ett \
                 av dem.",
        varfor: "Pengar som inte får sparas ska betalas tillbaka. Räknas de in i nästa år har \
                 året mindre att röra sig med än det tror.",
        allvar: "Fel. Sägs samma pengar både lämna ett år och komma till nästa sägs det en \
                 gång. Säger papperet inget om villkoren, eller att noll kronor flyttas, sägs \
                 inget.",
        kor: Kor::Papper(uppgifter::overfort_trots_forbud),
    },
    Regel {
        kod: "namnd-mot-bokforing",
        titel: "En nämnds redovisning mot bokföringen",
        jamfor: "Det som en nämnd redovisar att den har använt av ett bidrag ett år mot det som \
                 är bokfört på samma nämnd, bidrag och år.",
        varfor: "Bokföringen räknas, inte nämndens egen uppgift. Skiljer de sig har nämnden \
                 redovisat fel, eller så är något inte bokfört där det hör hemma.",
        allvar: "Varning när skillnaden är större än avrundningen. Är bara det ena känt sägs \
                 inget, och inte heller när det inte framgår vilken nämnd en del av det bokförda \
                 hör till. Den försvinner när nämndens uppgift eller bokföringen har rättats.",
        kor: Kor::Bokfort(bokfort::namnd_mot_bokforing),
    },
    Regel {
        kod: "namnd-mot-insatser",
        titel: "En nämnds pengar mot dess insatser",
        jamfor: "Det som en nämnd fått eller använt mot summan av de insatser som nämnden ensam \
                 ansvarar för.",
        varfor: "Nämnden och insatsen redovisar samma pengar. Skiljer de sig har någon insats \
                 fel belopp, eller så har pengar använts till något annat.",
        allvar: "Fel när skillnaden är större än avrundningen. Varning när den försvinner om \
                 man använder exakta belopp som papperet anger vid sidan om; då visas också vad \
                 som återstår, som upplysning. Upplysning när avrundningen räcker som \
                 förklaring. Delar nämnder på en insats sägs inget.",
        kor: Kor::Papper(namnder::namnd_mot_insatser),
    },
    Regel {
        kod: "forklaring-mot-avvikelse",
        titel: "Förklaringens belopp mot avvikelsen",
        jamfor: "Det belopp som förklaras mot den utpekade insatsens skillnad mellan budget och \
                 utfall.",
        varfor: "En förklaring som gäller mer än avvikelsen lämnar pengar utan förklaring.",
        allvar: "Fel när skillnaden är större än avrundningen.",
        kor: Kor::Papper(insatser::forklaring),
    },
    Regel {
        kod: "overskridande-bakom-avrundning",
        titel: "Överskridande som avrundningen döljer",
        jamfor: "Ett avrundat utfall som ryms i budgeten mot ett exakt utfall som inte gör det.",
        varfor: "Avrundat till tusental ser insatsen ut att följa budgeten, och då förklaras \
                 inte överskridandet.",
        allvar: "Varning.",
        kor: Kor::Papper(insatser::overskridande),
    },
    Regel {
        kod: "pastaende-mot-belopp",
        titel: "Påstående som siffrorna säger emot",
        jamfor: "Påståendet att beslutet inte har några ekonomiska konsekvenser mot belopp som \
                 ska betalas tillbaka.",
        varfor: "Den som bara läser avsnittet om ekonomi får inte veta att pengar ska betalas.",
        allvar: "Varning. Påståendet har inget belopp, så ingen skillnad räknas ut.",
        kor: Kor::Papper(insatser::pastaende),
    },
    Regel {
        kod: "obligatorisk-uppgift",
        titel: "Uppgift som måste finnas",
        jamfor: "Publiceringsdatum på en webbsida, slutår för en insats som har börjat och inte \
                 pågår, och planerat antal deltagare i en ansökan.",
        varfor: "Utan dem går uppgifterna inte att placera i tiden, och varken kostnad per \
                 deltagare eller måluppfyllelse går att räkna ut.",
        allvar: "Varning.",
        kor: Kor::Papper(insatser::obligatorisk),
    },
    Regel {
        kod: "period-i-ordning",
        titel: "Början före slut",
        jamfor: "Början mot slut för program, insatser och tjänster, så noga som båda är \
                 angivna.",
        varfor: "En tid som slutar innan den börjar går inte att räkna med, och ofta är det ett \
                 årtal som är fel.",
        allvar: "Fel. Vilken av tiderna som är fel sägs inte.",
        kor: Kor::Papper(period::i_ordning),
    },
    Regel {
        kod: "rader-mot-summa",
        titel: "Rader mot angiven summa",
        jamfor: "Raderna i en fördelning, tabell eller månadsvolym mot den summa som papperet \
                 skriver ut, för varje kolumn. I en tabell med en summakolumn jämförs också \
                 varje rad.",
        varfor: "Går raderna inte ihop med summan är en rad fel, glömd eller räknad två gånger, \
                 eller så är det summan som är fel.",
        allvar: "Fel när skillnaden är större än radernas och summans sammanlagda avrundning. \
                 Annars upplysning. Belopp i kronor kan vara avrundade en halv krona vart och \
                 ett, och belopp med ören ett halvt öre. En tom ruta är inte noll. ”Cirka” gör \
                 inte avrundningen större.",
        kor: Kor::Papper(summor::rader_mot_summa),
    },
    Regel {
        kod: "fordelat-mot-tillgangligt",
        titel: "Fördelat mot tillgängligt",
        jamfor: "Årets tilldelade pengar, och det som överförts från tidigare år, mot det som \
                 raderna fördelar. Gäller när papperet inte skriver ut någon summa för raderna.",
        varfor: "Pengar som ingen har fått riskerar att bli över och betalas tillbaka. Fördelas \
                 mer än vad som finns fattas pengar.",
        allvar: "Varning när något inte är fördelat, fel när mer är fördelat än vad som finns.",
        kor: Kor::Papper(fordelning::fordelat),
    },
    Regel {
        kod: "nytt-och-overfort-mot-totalt",
        titel: "Nya och överförda pengar mot totalen",
        jamfor: "Nya pengar plus överförda mot den total som anges, på en rad eller för ett år.",
        varfor: "Överförda pengar räknas annars lätt två gånger eller inte alls.",
        allvar: "Fel när skillnaden är större än avrundningen.",
        kor: Kor::Papper(fordelning::nytt_och_overfort),
    },
    Regel {
        kod: "kallor-mot-budget",
        titel: "Källor mot budget",
        jamfor: "De källor som nämns mot projektets budget.",
        varfor: "Pengar utan känd källa går inte att kontrollera, och någon kan ha lovat dem \
                 utan beslut.",
        allvar: "Varning när källorna inte räcker till budgeten, fel när de är mer än budgeten.",
        kor: Kor::Papper(finansiering::kallor),
    },
    Regel {
        kod: "finansiering-mot-kostnad",
        titel: "Finansiering mot kostnad",
        jamfor: "Finansieringsrader mot kostnadsrader i samma tabell, kolumn för kolumn.",
        varfor: "Kommer pengarna ett annat år än kostnaderna behöver de flyttas mellan åren, \
                 och det kräver ofta bidragsgivarens medgivande.",
        allvar: "Fel i varje kolumn där de skiljer sig mer än avrundningen. Att det går ihop \
                 över alla år sägs i texten.",
        kor: Kor::Papper(finansiering::mot_kostnad),
    },
    Regel {
        kod: "manader-mot-belopp",
        titel: "Månader mot belopp",
        jamfor: "Hur många månader löpande kostnader räcker till under ett första eller sista \
                 år, räknat på vad de kostar året intill.",
        varfor: "Lön för två månader och hyra för tre tyder på att beloppen räknats med olika \
                 startmånad.",
        allvar: "Varning när två rader skiljer sig minst en halv månad.",
        kor: Kor::Papper(finansiering::manader),
    },
    Regel {
        kod: "kalkyl-mot-resultat",
        titel: "Uträkning mot resultat",
        jamfor: "Ett belopp mot den uträkning som papperet anger, till exempel 12 × 135 kr + 12 \
                 × 150 kr.",
        varfor: "Ett räknefel på en rad följer med in i totalen och i det belopp som söks.",
        allvar: "Fel när skillnaden är större än avrundningen; upplysning när resultatet kan \
                 vara avrundat till hela kronor och priser till hela ören. Stämmer beloppet med \
                 ett annat antal sägs det, och vad tabellens summa skulle bli.",
        kor: Kor::Papper(rakning::kalkyl),
    },
    Regel {
        kod: "andel-mot-antal",
        titel: "Andel mot antal",
        jamfor: "En andel i procent eller promille mot antalet den gäller, till exempel 6 % och \
                 1 av 18.",
        varfor: "Ett belopp som räknas på den avrundade andelen blir ett annat än ett som \
                 räknas på antalet.",
        allvar: "Fel när avrundningen inte räcker som förklaring. Upplysning när den räcker men \
                 är grövre än en tjugondel av andelen. Annars sägs inget.",
        kor: Kor::Papper(rakning::andel),
    },
    Regel {
        kod: "avgift-mot-sats",
        titel: "Avgift mot sats",
        jamfor: "En avgift mot satsen gånger underlaget.",
        varfor: "Fel avgift betalas år efter år om ingen räknar om den.",
        allvar: "Fel när skillnaden är större än en halv krona och underlagets avrundning. En \
                 sats med decimaler kan vara avrundad: förklarar det skillnaden blir det en \
                 upplysning. En hel sats, som 3 ‰, är exakt.",
        kor: Kor::Papper(rakning::avgift),
    },
    Regel {
        kod: "antal-mot-rader",
        titel: "Antal i text mot det som räknas upp",
        jamfor: "Ett antal i texten mot det som räknas upp eller mot raderna i en tabell.",
        varfor: "Sägs fler än som räknas upp saknas någon, och med den kanske dess pengar.",
        allvar: "Fel. Varning när antalet stämmer om sådant som nämns vid sidan om också \
                 räknas. En buffert får räknas med eller inte.",
        kor: Kor::Papper(antal::antal_mot_rader),
    },
    Regel {
        kod: "personer-mot-delar",
        titel: "Personer mot hur långt de kom",
        jamfor: "Antalet personer mot dem som fullföljde, avbröt, avslutade eller är kvar.",
        varfor: "Personer som inte redovisas försvinner ur uppföljningen, och resultatet ser \
                 bättre eller sämre ut än det var.",
        allvar: "Fel när delarna inte går ihop med totalen. Varning när papperet bara redovisar \
                 en del. Pågår insatsen räknas de som inte nämns som kvar.",
        kor: Kor::Papper(personer::mot_delar),
    },
    Regel {
        kod: "utfall-mot-personer",
        titel: "Utfall mot personer",
        jamfor: "De utfall som utesluter varandra mot antalet personer de delar upp. Hjälp vid \
                 sidan om räknas inte.",
        varfor: "Utan de okända går resultatet inte att jämföra med andra insatser.",
        allvar: "Varning när utfallet är okänt för någon, fel när utfallen är fler än \
                 personerna. Ett okänt antal som papperet självt anger räknas med.",
        kor: Kor::Papper(personer::utfall),
    },
    Regel {
        kod: "veckodag-mot-datum",
        titel: "Veckodag mot datum",
        jamfor: "En angiven veckodag mot almanackan.",
        varfor: "Ett möte med fel dag eller år blir utan deltagare, och ett beslut går inte att \
                 hitta.",
        allvar: "Varning. Stämmer veckodagen ett annat år sägs det.",
        kor: Kor::Papper(tid::veckodag),
    },
    Regel {
        kod: "datum-mot-omnamnande",
        titel: "Datum mot hur händelsen nämns",
        jamfor: "Datumet för en händelse mot andra ställen som talar om den som förfluten eller \
                 kommande.",
        varfor: "En händelse som redan har diskuterats kan inte ligga i framtiden; oftast är \
                 årtalet fel.",
        allvar: "Varning. Ett år som stämmer med alla omnämnanden föreslås.",
        kor: Kor::Papper(tid::omnamnande),
    },
    Regel {
        kod: "paragraf-mot-ar",
        titel: "Beslutets nummer mot tiden",
        jamfor: "Året i ett besluts nummer mot när det sägs vara fattat.",
        varfor: "Med fel år går beslutet inte att hitta i protokollen.",
        allvar: "Varning. När bara åren är kända räknas ingen skillnad i dagar.",
        kor: Kor::Papper(tid::paragraf),
    },
    Regel {
        kod: "framtida-manad-noll",
        titel: "Månad som inte varit, skriven som 0",
        jamfor: "Månader efter den dag då siffrorna visades. Alla rader från samma dag får en \
                 gemensam anmärkning.",
        varfor: "En nolla läses som att inget hände. En månad som inte varit är okänd.",
        allvar: "Varning.",
        kor: Kor::Papper(tid::framtida),
    },
    Regel {
        kod: "protokoll-tider",
        titel: "Protokollets tider",
        jamfor: "Justering inom 14 dagar från sammanträdet, anslag senast andra dagen efter \
                 justeringen och uppsatt i minst tre veckor (5 kap. 69 §, 6 kap. 35 §, 8 kap. \
                 12 § och 13 kap. 5 § kommunallagen 2017:725).",
        varfor: "Tiden för att överklaga räknas från anslaget. Är det uppsatt för kort tid \
                 hinner inte alla som har rätt till det.",
        allvar: "Varning. Dagar som papperet inte anger prövas inte.",
        kor: Kor::Papper(tid::protokoll),
    },
    Regel {
        kod: "paragrafer-i-foljd",
        titel: "Paragrafer i följd",
        jamfor: "Det angivna paragrafintervallet mot hur många paragrafer som finns.",
        varfor: "Saknas en paragraf kan ett beslut saknas.",
        allvar: "Varning.",
        kor: Kor::Papper(tid::paragrafer),
    },
];
