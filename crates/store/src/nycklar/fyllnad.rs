//! Padding: a ciphertext is as long as its text, and the length of a name is a clue to whose
//! it is. So a text is filled out to one of a few lengths before it is sealed: 64 bytes, then
//! every doubling up to 4 096, then every multiple of 4 096. Names, numbers and telephone
//! numbers all become 64; a note tells only roughly how long it is.
//!
//! The form is that of ISO/IEC 7816-4: the byte 0x80 after the text, then zeros.

use zeroize::Zeroizing;

/// The shortest length.
const MINST: usize = 64;
/// From here on the lengths are multiples of this.
const STEG: usize = 4_096;
const SLUT: u8 = 0x80;

/// The longest text that can be sealed: what is longer is cut into pieces by its writer.
pub(super) const STORST: usize = 16 << 20;

/// The length that a text of this many bytes is filled out to.
pub(super) const fn fylld(langd: usize) -> usize {
    // One byte at least says where the text ends.
    let behov = langd.saturating_add(1);
    if behov <= MINST {
        MINST
    } else if behov <= STEG {
        behov.next_power_of_two()
    } else {
        behov.div_ceil(STEG).saturating_mul(STEG)
    }
}

/// The text and its padding after what `ut` already holds.
pub(super) fn fyll(ut: &mut Vec<u8>, text: &[u8]) {
    let fore = ut.len();
    ut.extend_from_slice(text);
    ut.push(SLUT);
    ut.resize(fore.saturating_add(fylld(text.len())), 0);
}

/// Takes the padding away; `None` when it is not as we write it.
pub(super) fn ta_bort(mut fyllt: Zeroizing<Vec<u8>>) -> Option<Zeroizing<Vec<u8>>> {
    let langd = fyllt.iter().rposition(|b| *b != 0)?;
    if fyllt.get(langd) != Some(&SLUT) || fylld(langd) != fyllt.len() {
        return None;
    }
    fyllt.truncate(langd);
    Some(fyllt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_short_text_does_not_show() {
        let langder: Vec<usize> = (0..64).map(fylld).collect();
        assert!(langder.iter().all(|l| *l == 64), "{langder:?}");
        let steg = [64, 127, 128, 4_095, 4_096, 8_191, 8_192].map(fylld);
        assert_eq!(steg, [128, 128, 256, 4_096, 8_192, 8_192, 12_288]);
    }

    #[test]
    fn what_is_padded_comes_back_whatever_it_ends_with() {
        for langd in (0..300).chain([4_095, 4_096, 4_097, 10_000]) {
            for sist in [0, SLUT, b'x'] {
                let text = vec![sist; langd];
                let mut fyllt = Vec::new();
                fyll(&mut fyllt, &text);
                assert_eq!(fyllt.len(), fylld(langd));
                let svar = ta_bort(Zeroizing::new(fyllt)).unwrap();
                assert_eq!(*svar, text, "{langd}");
            }
        }
        for trasigt in [
            vec![],
            vec![0; 64],
            vec![1; 64],
            [vec![SLUT], vec![0; 64]].concat(),
        ] {
            assert!(ta_bort(Zeroizing::new(trasigt)).is_none());
        }
    }
}
