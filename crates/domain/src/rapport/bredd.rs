//! Tables with more columns than a page has room for words in.

use super::modell::{Block, Dokument, Tabell, Text};

/// So many columns have room for a sign and its word in each.
const RYMS: usize = 5;

impl Tabell {
    /// It has more columns than there is room for words in.
    #[must_use]
    pub fn bred(&self) -> bool {
        self.kolumner.len() > RYMS
    }

    /// Signs stand without their words, which are told under the table.
    fn med_bara_tecken(&mut self) {
        let celler = self.rader.iter_mut().flat_map(|rad| &mut rad.celler);
        for text in celler.flatten() {
            if let Text::Tal(tal) = text
                && tal.tecken.is_some()
            {
                tal.text.clear();
            }
        }
    }
}

impl Dokument {
    /// The same document for pages of paper: in wide tables a sign stands without its word, so
    /// that names keep their room. What the signs mean is told under the table.
    #[must_use]
    pub fn for_papper(&self) -> Self {
        let mut ut = self.clone();
        for block in &mut ut.block {
            let tabell = match block {
                Block::Tabell(tabell) => Some(tabell),
                Block::Figur(figur) => figur.tabell.as_mut(),
                _ => None,
            };
            if let Some(tabell) = tabell.filter(|t| t.bred()) {
                tabell.med_bara_tecken();
            }
        }
        ut
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rapport::{Kolumn, Led, Rad, Radslag};
    use crate::varde::Varde;

    fn tabell(kolumner: usize) -> Tabell {
        let cell = || vec![Text::ore(Varde::EjInrapporterat, None)];
        Tabell {
            rubrik: "T".into(),
            kolumner: (0..kolumner)
                .map(|nr| Kolumn::tal(nr.to_string()))
                .collect(),
            rader: vec![Rad {
                slag: Radslag::Vanlig,
                rubrik: vec![Text::ren("Lotsen")],
                celler: (1..kolumner).map(|_| cell()).collect(),
                led: Led::Plus,
            }],
            not: Vec::new(),
        }
    }

    #[test]
    fn a_wide_table_has_signs_without_words_and_still_explains_them() {
        for (kolumner, ord) in [(5, true), (6, false)] {
            let mut t = tabell(kolumner);
            if t.bred() {
                t.med_bara_tecken();
            }
            let visas = t.rader[0].celler[0][0].visas();
            assert_eq!(
                visas.contains("ej inrapporterat"),
                ord,
                "{kolumner}: {visas}"
            );
            assert_eq!(t.tecken().len(), 1, "tecknet förklaras");
        }
    }
}
