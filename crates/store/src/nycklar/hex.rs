//! Bytes as lower-case hexadecimal digits, read back in that form only.

/// Appends the digits. The caller has made room, so that no copy is left behind.
pub(super) fn skriv(ut: &mut Vec<u8>, bytes: &[u8]) {
    for b in bytes {
        ut.extend([b >> 4, b & 15].map(siffra));
    }
}

/// The digits as text: for what is no secret.
pub(super) fn text(bytes: &[u8]) -> String {
    let siffror = bytes.iter().flat_map(|b| [b >> 4, b & 15]);
    siffror.map(|s| char::from(siffra(s))).collect()
}

/// Fills `ut` from exactly twice as many digits; `None` when they are anything else.
pub(super) fn las(siffror: &[u8], ut: &mut [u8]) -> Option<()> {
    let (par, rest) = siffror.as_chunks::<2>();
    if !rest.is_empty() || par.len() != ut.len() {
        return None;
    }
    for (plats, [hog, lag]) in ut.iter_mut().zip(par) {
        *plats = (varde(*hog)? << 4) | varde(*lag)?;
    }
    Some(())
}

const fn siffra(v: u8) -> u8 {
    if v < 10 { b'0' + v } else { b'a' + v - 10 }
}

const fn varde(siffra: u8) -> Option<u8> {
    match siffra {
        b'0'..=b'9' => Some(siffra - b'0'),
        b'a'..=b'f' => Some(siffra - b'a' + 10),
        _ => None,
    }
}
