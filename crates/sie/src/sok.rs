//! Where in a line the next byte of a kind stands, found eight bytes at a time: fields are
//! short, and one at a time is slow.

const ETTOR: u64 = 0x0101_0101_0101_0101;
const HOGA: u64 = 0x8080_8080_8080_8080;

/// The high bit of each byte that equals this one, up to and with the first: what stands after
/// it may be marked wrongly, and is not looked at.
#[inline]
const fn lika(atta: u64, byte: u8) -> u64 {
    let skillnad = atta ^ (ETTOR.wrapping_mul(byte as u64));
    skillnad.wrapping_sub(ETTOR) & !skillnad & HOGA
}

/// The place of the first byte that is any of these; the length when none is.
#[inline]
pub(crate) fn forsta<const N: usize>(bytes: &[u8], av: [u8; N]) -> usize {
    let mut nu = 0_usize;
    let mut rest = bytes;
    while let Some((atta, efter)) = rest.split_first_chunk::<8>() {
        let atta = u64::from_le_bytes(*atta);
        let traff = av.iter().fold(0, |traff, byte| traff | lika(atta, *byte));
        if traff != 0 {
            // At most 63 / 8: it always fits.
            return nu.wrapping_add((traff.trailing_zeros() / 8) as usize);
        }
        nu = nu.wrapping_add(8);
        rest = efter;
    }
    for byte in rest {
        if av.contains(byte) {
            return nu;
        }
        nu = nu.wrapping_add(1);
    }
    nu
}

#[cfg(test)]
mod tests {
    use super::forsta;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(2_048)
        })]

        #[test]
        fn it_finds_what_a_search_byte_by_byte_finds(
            bytes in proptest::collection::vec(prop_oneof![
                any::<u8>(),
                proptest::sample::select(b" \t{}!\x1f\x21\x08\x7a\x7c\xa0\xfb".to_vec()),
            ], 0..40),
        ) {
            let av = [b' ', b'\t', b'{', b'}'];
            let vantat = bytes.iter().position(|b| av.contains(b)).unwrap_or(bytes.len());
            prop_assert_eq!(forsta(&bytes, av), vantat);
        }
    }
}
