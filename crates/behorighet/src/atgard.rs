//! The actions: one per page that shows data and one per use case.

use std::fmt;

macro_rules! atgarder {
    ($($(#[$doc:meta])* $namn:ident = $kod:literal, $text:literal;)+) => {
        /// Something a person may or may not do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Atgard {
            $($(#[$doc])* $namn,)+
        }

        impl Atgard {
            /// Every one, in the order of the matrix.
            pub const ALLA: &'static [Self] = &[$(Self::$namn,)+];

            /// Stable code in the journal and the matrix.
            #[must_use]
            pub const fn kod(self) -> &'static str {
                match self { $(Self::$namn => $kod,)+ }
            }

            /// What one does, as it follows "får" in a sentence.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$namn => $text,)+ }
            }
        }
    };
}

atgarder! {
    /// What has been published, by anyone.
    LasaPublicerat = "lasa-publicerat", "läsa det som är publicerat";
    /// Grants, decisions and how the money is distributed.
    LasaMedel = "lasa-medel", "läsa om bidrag och fördelning";
    /// Initiatives with budget, outcome and result.
    LasaInsatser = "lasa-insatser", "läsa om insatser";
    /// What does not add up.
    LasaGranskning = "lasa-granskning", "läsa granskningen";
    /// Imported papers.
    LasaUnderlag = "lasa-underlag", "läsa underlag";
    /// The rows behind a figure.
    LasaHarledning = "lasa-harledning", "läsa hur ett tal är uträknat";
    /// Who changed what, and when.
    LasaJournal = "lasa-journal", "läsa journalen";
    /// Reports, as drafts and issued.
    LasaRapporter = "lasa-rapporter", "läsa rapporter";
    /// What is published and what is not.
    LasaPublicering = "lasa-publicering", "läsa vad som är publicerat och inte";
    /// The register of organisations.
    LasaOrganisationer = "lasa-organisationer", "läsa om organisationer";
    /// One's own roles and what they allow.
    LasaEgenBehorighet = "lasa-egen-behorighet", "läsa sin egen behörighet";
    /// Changes one's own password.
    BytaLosenord = "byta-losenord", "byta sitt eget lösenord";
    /// Brings in a paper as objects and facts.
    ImporteraUnderlag = "importera-underlag", "importera underlag";
    /// What is booked: imports, vouchers without their texts, and the mapping.
    LasaBokforing = "lasa-bokforing", "läsa bokföringen";
    /// The texts and signatures of vouchers, which can name people.
    LasaVerifikationstext = "lasa-verifikationstext", "läsa texterna i verifikationer";
    /// Reads a file of the accounts into the books.
    ImporteraSie = "importera-sie", "läsa in bokföring";
    /// Takes a whole import back.
    AngraInlasning = "angra-inlasning", "ångra en inläst bokföringsfil";
    /// Says which accounts belong to which initiatives.
    AndraKoppling = "andra-koppling", "ändra vilka konton som hör till vilka insatser";
    /// Enters a voucher by hand.
    BokforForHand = "bokfor-for-hand", "skriva in en verifikation för hand";
    /// Hands our own requisitions and distributions over to the accounts.
    ExporteraSie = "exportera-sie", "lämna över rekvisitioner och fördelningar till bokföringen";
    /// Enters a grant by hand.
    SkapaBidrag = "skapa-bidrag", "lägga upp ett bidrag";
    /// Enters a version of a grant's terms.
    AndraVillkor = "andra-villkor", "ändra villkoren för ett bidrag";
    /// Enters a decision by hand.
    RegistreraBeslut = "registrera-beslut", "registrera ett beslut";
    /// Requests money, and answers those who request it.
    HanteraRekvisition = "hantera-rekvisition", "hantera rekvisitioner";
    /// Consent to carry over, repayments and their payments.
    HanteraAterbetalning = "hantera-aterbetalning", "hantera överföringar och återbetalningar";
    /// Closes a grant's year.
    AvslutaAr = "avsluta-ar", "avsluta ett år för ett bidrag";
    /// Opens a closed year again.
    OppnaAr = "oppna-ar", "öppna ett avslutat år";
    /// Commitments, calls and what hangs on them.
    HanteraAtagande = "hantera-atagande", "hantera åtaganden och utlysningar";
    /// Enters how an organisation is paid.
    AndraBetalning = "andra-betalning", "ändra en organisations betalningsuppgift";
    /// Confirms how an organisation is paid, as the second of two.
    BekraftaBetalning = "bekrafta-betalning", "bekräfta en ändrad betalningsuppgift";
    /// Enters an initiative by hand.
    SkapaInsats = "skapa-insats", "lägga upp en insats";
    /// Distributes a grant over initiatives and years.
    AndraFordelning = "andra-fordelning", "ändra fördelningen av ett bidrag";
    /// Saves what an initiative is computed to cost.
    SparaKalkyl = "spara-kalkyl", "räkna ut vad en insats kostar";
    /// Enters a fact by hand.
    RegistreraFaktum = "registrera-faktum", "registrera en uppgift";
    /// Sets limits, rates and shares.
    SattaParametrar = "satta-parametrar", "ändra inställningar för ekonomin";
    /// Chooses how a forecast is made, and settles it.
    Prognostisera = "prognostisera", "göra och fastställa prognoser";
    /// Explains a deviation.
    KommenteraAvvikelse = "kommentera-avvikelse", "förklara en avvikelse";
    /// Corrects a fact by a new one.
    RattaFaktum = "ratta-faktum", "rätta en uppgift";
    /// Edits an initiative's texts.
    AndraInsats = "andra-insats", "ändra en insats";
    /// Leaves a finding as it is, with a reason.
    AccepteraFynd = "acceptera-fynd", "förklara ett fynd i granskningen";
    /// Starts a report.
    SkapaRapport = "skapa-rapport", "skapa en rapport";
    /// Writes on a draft.
    SparaRapport = "spara-rapport", "skriva i en rapport";
    /// Freezes a report and gives it out.
    UtfardaRapport = "utfarda-rapport", "utfärda en rapport";
    /// Makes something public.
    Publicera = "publicera", "publicera";
    /// Takes something back from the public pages.
    DraTillbaka = "dra-tillbaka", "dra tillbaka en publicering";
    /// Adds organisations and their names.
    HanteraOrganisationer = "hantera-organisationer", "ändra i organisationsregistret";
    /// Adds accounts and gives them roles.
    HanteraAnvandare = "hantera-anvandare", "lägga upp användare och ge dem roller";
    /// Who may see the participants of which initiatives.
    LasaUppdrag = "lasa-uppdrag", "läsa vilka som har uppdrag att se deltagare";
    /// Lets an account in to an initiative's participants, and out again.
    TilldelaUppdrag = "tilldela-uppdrag", "ge uppdrag att se deltagare";
    /// The participants of one's own assignments.
    LasaDeltagare = "lasa-deltagare", "läsa om deltagare";
    /// Enters a participant.
    RegistreraDeltagare = "registrera-deltagare", "registrera deltagare";
    /// Enters many participants at once, with what came of them.
    ImporteraDeltagare = "importera-deltagare", "läsa in deltagare ur en fil";
    /// What happens to a participant: the end, what came of it, consents, corrections.
    SkrivaDeltagande = "skriva-deltagande", "skriva om deltagare";
    /// What came of the participants, as tables with whoever is few hidden.
    LasaDeltagarmatt = "lasa-deltagarmatt", "läsa vad det blev av deltagarna, utan personer";
    /// What is due to be destroyed, and the protocols of what has been.
    LasaGallring = "lasa-gallring", "läsa vad som ska gallras och vad som är gallrat";
    /// Enters a decision's rule, and proposes what is due.
    ForberedaGallring = "forbereda-gallring", "förbereda en gallring";
    /// Destroys what another has proposed.
    BekraftaGallring = "bekrafta-gallring", "bekräfta en gallring som någon annan har förberett";
    /// Who has read and written about participants.
    LasaPersonlogg = "lasa-personlogg", "kontrollera vem som har läst om deltagare";
    /// Creates a huvudman in the installation.
    SattaUpp = "satta-upp", "lägga upp en huvudman";
    /// Checks the journal's chain and what rests on it.
    VerifieraJournal = "verifiera-journal", "kontrollera journalen";
}

impl Atgard {
    /// The action with this code.
    #[must_use]
    pub fn av_kod(kod: &str) -> Option<Self> {
        Self::ALLA.iter().copied().find(|a| a.kod() == kod)
    }
}

impl fmt::Display for Atgard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}
