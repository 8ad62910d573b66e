//! Fields as a typed record (4B, chapter 11).

use crate::falt::{Falt, Objekt};
use crate::fel::Felslag;
use crate::kodning::Text;
use crate::poster::{Kontotyp, Periodslag, Post, Radslag, Saldoslag, Sietyp, Ver, Verrad};
use crate::tal::{self, Dagminne, heltal, inget_tal};
use jiff::civil::Date;

/// The most objects that a row may be marked with. The format has no such number; what people
/// keep accounts by are a handful.
pub const FLEST_OBJEKT: usize = 64;

/// What is remembered from one record to the next.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Minne {
    dagar: Dagminne,
    /// An amount of this record had a comma for a point.
    pub(crate) komma: bool,
    /// This record had no list of objects where one must be.
    pub(crate) utan_lista: bool,
}

/// A record under way: its label, and the fields that are left.
struct Tolk<'a, 'm> {
    etikett: &'static str,
    falt: Falt<'a>,
    minne: &'m mut Minne,
    /// Where the fields are gathered for the checksum, if there is one.
    summa: Option<&'m mut Vec<u8>>,
}

/// Reads a record whose label is known, or says that it is not.
#[inline]
pub(crate) fn tolka<'a>(
    etikett: Text<'a>,
    falt: Falt<'a>,
    minne: &mut Minne,
    summa: Option<&mut Vec<u8>>,
) -> Result<Post<'a>, Felslag> {
    minne.komma = false;
    minne.utan_lista = false;
    let namn = etikett.ra();
    let mut tolk = Tolk {
        etikett: "#TRANS",
        falt,
        minne,
        summa,
    };
    let post = match namn {
        b"#TRANS" => tolk.rad(Radslag::Trans)?,
        b"#VER" => tolk.ver()?,
        b"#RTRANS" => tolk.rad(Radslag::Rtrans)?,
        b"#BTRANS" => tolk.rad(Radslag::Btrans)?,
        b"#IB" => tolk.saldo(Saldoslag::Ib)?,
        b"#UB" => tolk.saldo(Saldoslag::Ub)?,
        b"#OIB" => tolk.saldo(Saldoslag::Oib)?,
        b"#OUB" => tolk.saldo(Saldoslag::Oub)?,
        b"#RES" => tolk.saldo(Saldoslag::Res)?,
        b"#PSALDO" => tolk.period(Periodslag::Saldo)?,
        b"#PBUDGET" => tolk.period(Periodslag::Budget)?,
        _ => tolk.deklaration(etikett)?,
    };
    tolk.resten()?;
    Ok(post)
}

impl<'a> Tolk<'a, '_> {
    #[inline]
    fn nasta(&mut self) -> Option<Text<'a>> {
        let text = self.falt.nasta()?;
        self.for_summan(text);
        Some(text)
    }

    #[inline]
    fn for_summan(&mut self, text: Text<'a>) {
        if let Some(summa) = self.summa.as_mut() {
            text.for_summan(summa);
        }
    }

    /// The next field, when it is written as most are and is of this length.
    #[inline]
    fn vanligt(&mut self, langd: usize) -> Option<()> {
        let text = self.falt.av_langd(langd)?;
        self.for_summan(text);
        Some(())
    }

    /// The next field as a whole number, when it is written as most are.
    #[inline]
    fn vanligt_heltal(&mut self) -> Option<u32> {
        let (tal, langd) = tal::forst_heltal(self.falt.vid())?;
        self.vanligt(langd).map(|()| tal)
    }

    /// The next field as a day, when it is the one before it.
    #[inline]
    fn vanlig_dag(&mut self) -> Option<Date> {
        let dag = self.minne.dagar.samma(self.falt.vid())?;
        self.vanligt(8).map(|()| dag)
    }

    #[inline]
    fn kravd(&mut self, falt: &'static str) -> Result<Text<'a>, Felslag> {
        self.nasta().ok_or_else(|| self.saknas(falt))
    }

    #[cold]
    const fn saknas(&self, falt: &'static str) -> Felslag {
        if self.falt.oppet() {
            return Felslag::Citat;
        }
        let etikett = self.etikett;
        Felslag::Saknas { etikett, falt }
    }

    /// The next field, or the empty text: an optional field is left out at the end of a line
    /// or written as `""`.
    #[inline]
    fn valfri(&mut self) -> Text<'a> {
        self.nasta().unwrap_or(Text::tom())
    }

    /// Nothing more is asked for: what is left must still be fields.
    #[inline]
    fn resten(&mut self) -> Result<(), Felslag> {
        while self.nasta().is_some() {}
        if self.falt.oppet() {
            Err(Felslag::Citat)
        } else if self.falt.ar_slut() {
            Ok(())
        } else {
            Err(Felslag::Klammer)
        }
    }

    #[inline]
    fn konto(&mut self) -> Result<u32, Felslag> {
        if let Some(konto) = self.vanligt_heltal() {
            return Ok(konto);
        }
        let text = self.kravd("kontot")?;
        heltal(text, "ett kontonummer; det skrivs med siffror")
    }

    fn dimension(&mut self) -> Result<u32, Felslag> {
        let text = self.kravd("dimensionens nummer")?;
        heltal(text, "numret på en dimension")
    }

    fn arsnr(&mut self) -> Result<i32, Felslag> {
        let text = self.kravd("årets nummer")?;
        let tal = text.las().parse::<i32>().ok();
        tal.ok_or_else(|| inget_tal(text, "numret på ett år: 0, -1, -2 …"))
    }

    #[inline]
    fn dag(&mut self, falt: &'static str) -> Result<Date, Felslag> {
        if let Some(dag) = self.vanlig_dag() {
            return Ok(dag);
        }
        let text = self.kravd(falt)?;
        if text.ar_tom() {
            let etikett = self.etikett;
            return Err(Felslag::Saknas { etikett, falt });
        }
        self.minne.dagar.dag(text)
    }

    #[inline]
    fn valfri_dag(&mut self) -> Result<Option<Date>, Felslag> {
        if let Some(dag) = self.vanlig_dag() {
            return Ok(Some(dag));
        }
        let text = self.valfri();
        self.minne.dagar.valfri(text)
    }

    #[inline]
    fn belopp(&mut self) -> Result<i64, Felslag> {
        if let Some((belopp, langd)) = tal::forst_belopp(self.falt.vid())
            && self.vanligt(langd).is_some()
        {
            return Ok(belopp);
        }
        let (belopp, komma) = tal::belopp(self.kravd("beloppet")?)?;
        self.minne.komma |= komma;
        Ok(belopp)
    }

    #[inline]
    fn objekt(&mut self) -> Result<Objekt<'a>, Felslag> {
        if !self.falt.klammer(b'{') {
            self.minne.utan_lista = true;
            return Ok(self.falt.utan_objekt());
        }
        let borjan = self.falt;
        let (mut sedda, mut dubbel, mut antal) = (0_u64, None, 0_usize);
        loop {
            let dim = match self.vanligt_heltal() {
                Some(dim) => dim,
                None => match self.nasta() {
                    Some(text) => heltal(text, "numret på en dimension")?,
                    None => break,
                },
            };
            antal = antal.saturating_add(1);
            if antal > FLEST_OBJEKT {
                return Err(Felslag::ForMangaObjekt { tak: FLEST_OBJEKT });
            }
            // Dimensions from 64 on share places with others: the list itself knows.
            let bit = 1_u64.wrapping_shl(dim);
            if sedda & bit != 0 {
                let mut fore = borjan.objekt_till(self.falt, None);
                if fore.any(|(en, _)| en == dim) {
                    dubbel = Some(dim);
                }
            }
            sedda |= bit;
            self.kravd("objektet i en objektlista")?;
        }
        let lista = borjan.objekt_till(self.falt, dubbel);
        if self.falt.klammer(b'}') {
            Ok(lista)
        } else if self.falt.oppet() {
            Err(Felslag::Citat)
        } else {
            Err(Felslag::Klammer)
        }
    }

    #[inline]
    fn rad(&mut self, slag: Radslag) -> Result<Post<'a>, Felslag> {
        self.etikett = slag.etikett();
        Ok(Post::Rad(Verrad {
            slag,
            konto: self.konto()?,
            objekt: self.objekt()?,
            belopp: self.belopp()?,
            datum: self.valfri_dag()?,
            text: self.valfri(),
            kvantitet: self.valfri(),
            signatur: self.valfri(),
        }))
    }

    fn ver(&mut self) -> Result<Post<'a>, Felslag> {
        self.etikett = "#VER";
        Ok(Post::Ver(Ver {
            serie: self.valfri(),
            nummer: self.valfri(),
            datum: self.dag("datum")?,
            text: self.valfri(),
            registrerad: self.valfri_dag()?,
            signatur: self.valfri(),
        }))
    }

    fn saldo(&mut self, slag: Saldoslag) -> Result<Post<'a>, Felslag> {
        self.etikett = slag.etikett();
        Ok(Post::Saldo {
            slag,
            ar: self.arsnr()?,
            konto: self.konto()?,
            objekt: if slag.av_objekt() {
                self.objekt()?
            } else {
                self.falt.utan_objekt()
            },
            belopp: self.belopp()?,
            kvantitet: self.valfri(),
        })
    }

    fn period(&mut self, slag: Periodslag) -> Result<Post<'a>, Felslag> {
        self.etikett = slag.etikett();
        let ar = self.arsnr()?;
        let text = self.kravd("månaden")?;
        let manad = tal::manad(text);
        Ok(Post::Period {
            slag,
            ar,
            manad: manad.ok_or_else(|| inget_tal(text, "en månad; den skrivs ÅÅÅÅMM"))?,
            konto: self.konto()?,
            objekt: self.objekt()?,
            belopp: self.belopp()?,
            kvantitet: self.valfri(),
        })
    }

    /// Accounts, dimensions and objects.
    fn deklaration(&mut self, etikett: Text<'a>) -> Result<Post<'a>, Felslag> {
        let (kand, namn) = match etikett.ra() {
            b"#KONTO" => ("#KONTO", "kontot"),
            b"#KTYP" => ("#KTYP", "kontots typ"),
            b"#SRU" => ("#SRU", ""),
            b"#ENHET" => ("#ENHET", ""),
            b"#OBJEKT" => ("#OBJEKT", "objektets nummer"),
            b"#DIM" => ("#DIM", ""),
            b"#UNDERDIM" => ("#UNDERDIM", ""),
            _ => return self.huvud(etikett),
        };
        self.etikett = kand;
        Ok(match kand {
            "#KONTO" => Post::Konto {
                konto: self.konto()?,
                namn: self.valfri(),
            },
            "#KTYP" => Post::Ktyp {
                konto: self.konto()?,
                typ: Kontotyp::av(self.kravd(namn)?)?,
            },
            "#SRU" => Post::Sru {
                konto: self.konto()?,
                kod: self.valfri(),
            },
            "#ENHET" => Post::Enhet {
                konto: self.konto()?,
                enhet: self.valfri(),
            },
            "#OBJEKT" => Post::Objekt {
                dim: self.dimension()?,
                objekt: self.kravd(namn)?,
                namn: self.valfri(),
            },
            "#DIM" => Post::Dim {
                dim: self.dimension()?,
                namn: self.valfri(),
                over: None,
            },
            _ => Post::Dim {
                dim: self.dimension()?,
                namn: self.valfri(),
                over: Some(self.dimension()?),
            },
        })
    }

    /// The records before the accounts.
    fn huvud(&mut self, etikett: Text<'a>) -> Result<Post<'a>, Felslag> {
        Ok(match etikett.ra() {
            b"#FLAGGA" => self.flagga()?,
            b"#PROGRAM" => Post::Program {
                namn: self.valfri(),
                version: self.valfri(),
            },
            b"#FORMAT" => Post::Format(self.valfri()),
            b"#GEN" => Post::Gen {
                datum: self.valfri_dag()?,
                signatur: self.valfri(),
            },
            b"#SIETYP" => {
                self.etikett = "#SIETYP";
                Post::Sietyp(Sietyp::av(self.kravd("filtypen")?)?)
            }
            b"#ORGNR" => {
                self.etikett = "#ORGNR";
                Post::Orgnr(self.kravd("organisationsnumret")?)
            }
            b"#FNAMN" => Post::Fnamn(self.valfri()),
            b"#RAR" => {
                self.etikett = "#RAR";
                Post::Rar {
                    nr: self.arsnr()?,
                    fran: self.dag("årets första dag")?,
                    till: self.dag("årets sista dag")?,
                }
            }
            b"#OMFATTN" => {
                self.etikett = "#OMFATTN";
                Post::Omfattn(self.dag("dagen")?)
            }
            b"#KPTYP" => Post::Kptyp(self.valfri()),
            b"#VALUTA" => Post::Valuta(self.valfri()),
            b"#KSUMMA" => Post::Ksumma(self.nasta().map(summa).transpose()?),
            _ => self.ovrig(etikett)?,
        })
    }

    /// A label that is passed over. Its braces are its own affair.
    fn ovrig(&mut self, etikett: Text<'a>) -> Result<Post<'a>, Felslag> {
        let falt = self.falt;
        loop {
            while self.nasta().is_some() {}
            if !self.falt.klammer(b'{') && !self.falt.klammer(b'}') {
                return Ok(Post::Ovrig { etikett, falt });
            }
        }
    }

    fn flagga(&mut self) -> Result<Post<'a>, Felslag> {
        self.etikett = "#FLAGGA";
        let text = self.kravd("0 eller 1")?;
        match text.ra() {
            b"0" => Ok(Post::Flagga(false)),
            b"1" => Ok(Post::Flagga(true)),
            _ => Err(inget_tal(text, "en flagga: 0 eller 1")),
        }
    }
}

/// A checksum: the 32 bits as a number with or without sign.
fn summa(text: Text<'_>) -> Result<u32, Felslag> {
    let lasbar = text.las();
    let utan_tecken = lasbar.parse::<u32>().ok();
    let med_tecken = || lasbar.parse::<i32>().ok().map(i32::cast_unsigned);
    let tal = utan_tecken.or_else(med_tecken);
    tal.ok_or_else(|| inget_tal(text, "en kontrollsumma"))
}
