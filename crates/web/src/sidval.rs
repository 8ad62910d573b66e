//! Long tables, a part at a time: plain links between the parts, and one to the whole, which
//! is what one prints.

use crate::adress::Adress;
use crate::falt::Falt;
use utfall_domain::pengar::heltal;
use utfall_vyer::komponent::Lank;

/// Rows in a part.
pub const RADER: usize = 200;

/// Which part of a table is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sidval {
    /// This one, counted from 0.
    Del(usize),
    /// The whole.
    Hela,
}

impl Sidval {
    /// What the query asks for: `sida=3`, `sida=alla`, or the first part.
    #[must_use]
    pub fn ur(fraga: &Falt) -> Self {
        if fraga.text("sida") == "alla" {
            return Self::Hela;
        }
        let nr = fraga.tal("sida").and_then(|nr| usize::try_from(nr).ok());
        Self::Del(nr.unwrap_or(1).saturating_sub(1))
    }

    /// The part that holds a row, counted from 0.
    #[must_use]
    pub const fn med(rad: usize) -> Self {
        Self::Del(rad / RADER)
    }

    /// As an address has it; `None` for the first part, which needs no word.
    #[must_use]
    pub fn kod(self) -> Option<String> {
        match self {
            Self::Hela => Some("alla".to_owned()),
            Self::Del(0) => None,
            Self::Del(nr) => Some(nr.saturating_add(1).to_string()),
        }
    }

    /// The same part of another page.
    #[must_use]
    pub fn i(self, hit: Adress) -> Adress {
        match self.kod() {
            Some(kod) => hit.fraga("sida", &kod),
            None => hit,
        }
    }

    /// The rows of the part, where they stand in groups: groups without any are left out, but
    /// only where the rows come in parts.
    #[must_use]
    pub fn grupper<G, T>(self, grupper: Vec<(G, Vec<T>)>) -> Vec<(G, Vec<T>)> {
        let antal: usize = grupper.iter().map(|(_, rader)| rader.len()).sum();
        if antal <= RADER {
            return grupper;
        }
        let (mut namn, mut alla) = (Vec::new(), Vec::new());
        for (nr, (grupp, rader)) in grupper.into_iter().enumerate() {
            namn.push((nr, grupp));
            alla.extend(rader.into_iter().map(|rad| (nr, rad)));
        }
        let mut visade = self.utsnitt(alla).into_iter().peekable();
        let mut ut = Vec::new();
        for (nr, grupp) in namn {
            let mut rader = Vec::new();
            while let Some((_, rad)) = visade.next_if(|(i, _)| *i == nr) {
                rader.push(rad);
            }
            if !rader.is_empty() {
                ut.push((grupp, rader));
            }
        }
        ut
    }

    /// The rows of the part; of the last one when there are not so many.
    #[must_use]
    pub fn utsnitt<T>(self, rader: Vec<T>) -> Vec<T> {
        match self.inom(rader.len()) {
            Self::Hela => rader,
            Self::Del(nr) => rader
                .into_iter()
                .skip(nr.saturating_mul(RADER))
                .take(RADER)
                .collect(),
        }
    }

    fn inom(self, antal: usize) -> Self {
        let sista = antal.saturating_sub(1) / RADER;
        match self {
            Self::Del(nr) => Self::Del(nr.min(sista)),
            Self::Hela => Self::Hela,
        }
    }

    /// The ways to the other parts; none when the table is short.
    #[must_use]
    pub fn lankar(self, antal: usize, hit: &Adress) -> Vec<Lank> {
        if antal <= RADER {
            return Vec::new();
        }
        let till = |nr: usize| hit.clone().fraga("sida", &nr.to_string());
        let rader = |nr: usize| {
            let fran = nr.saturating_mul(RADER);
            let till = fran.saturating_add(RADER).min(antal);
            format!("{}–{}", i_ord(fran.saturating_add(1)), i_ord(till))
        };
        let Self::Del(nr) = self.inom(antal) else {
            return vec![Lank::ny("Visa i delar", till(1))];
        };
        let mut ut = Vec::new();
        if let Some(fore) = nr.checked_sub(1) {
            ut.push(Lank::ny(format!("Föregående, {}", rader(fore)), till(nr)));
        }
        if nr.saturating_add(1).saturating_mul(RADER) < antal {
            let nasta = nr.saturating_add(1);
            ut.push(Lank::ny(
                format!("Nästa, {}", rader(nasta)),
                till(nasta.saturating_add(1)),
            ));
        }
        let alla = hit.clone().fraga("sida", "alla");
        ut.push(Lank::ny(
            format!("Visa alla {} för utskrift", i_ord(antal)),
            alla,
        ));
        ut
    }
}

fn i_ord(tal: usize) -> String {
    heltal(i64::try_from(tal).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adress;

    fn ur(text: &str) -> Sidval {
        Sidval::ur(&Falt::las(text.as_bytes()).unwrap())
    }

    #[test]
    fn every_row_is_in_exactly_one_part_and_all_in_the_whole() {
        for antal in [0, 1, 199, 200, 201, 400, 999] {
            let rader: Vec<usize> = (0..antal).collect();
            let delar = antal.div_ceil(RADER).max(1);
            let hela: Vec<usize> = (1..=delar)
                .flat_map(|nr| ur(&format!("sida={nr}")).utsnitt(rader.clone()))
                .collect();
            assert_eq!(hela, rader);
            assert_eq!(ur("sida=alla").utsnitt(rader.clone()), rader);
            for fel in ["", "sida=0", "sida=-1", "sida=x"] {
                assert_eq!(ur(fel), Sidval::Del(0));
            }
            let sist = ur(&format!("sida={}", i64::MAX)).utsnitt(rader.clone());
            assert_eq!(sist.is_empty(), antal == 0);
        }
    }

    #[test]
    fn rows_in_groups_are_each_in_one_part_under_their_own_group() {
        let grupper = || {
            vec![
                ('a', (0..150).collect::<Vec<_>>()),
                ('b', (150..450).collect()),
            ]
        };
        let alla: Vec<(char, usize)> = (1..=3)
            .flat_map(|nr| ur(&format!("sida={nr}")).grupper(grupper()))
            .flat_map(|(g, rader)| rader.into_iter().map(move |rad| (g, rad)))
            .collect();
        let vantat = grupper().into_iter();
        let vantat = vantat.flat_map(|(g, rader)| rader.into_iter().map(move |rad| (g, rad)));
        assert_eq!(alla, vantat.collect::<Vec<_>>());
        let andra: Vec<char> = ur("sida=2")
            .grupper(grupper())
            .iter()
            .map(|g| g.0)
            .collect();
        assert_eq!(andra, ['b']);
        // A short table is left as it is, with its empty groups.
        assert_eq!(
            ur("sida=2")
                .grupper(vec![('a', vec![1]), ('b', vec![])])
                .len(),
            2
        );
        assert_eq!(Sidval::med(200).kod().as_deref(), Some("2"));
    }

    #[test]
    fn the_ways_on_keep_the_filter_and_a_short_table_has_none() {
        let hit = adress::insatser().fraga("ord", "jobb");
        let ord = |val: &str, antal| {
            let lankar = ur(val).lankar(antal, &hit);
            lankar
                .into_iter()
                .map(|l| format!("{l:?}"))
                .collect::<Vec<_>>()
        };
        assert!(ord("", 200).is_empty());
        let forsta = ord("", 450);
        assert_eq!(forsta.len(), 2);
        assert!(forsta[0].contains("201–400") && forsta[0].contains("ord=jobb&sida=2"));
        let mitten = ord("sida=2", 450);
        assert!(mitten[0].contains("1–200") && mitten[1].contains("401–450"));
        assert_eq!(ord("sida=3", 450).len(), 2);
        assert!(ord("sida=alla", 450)[0].contains("sida=1"));
    }
}
