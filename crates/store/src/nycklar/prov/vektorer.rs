//! Known answers: that the libraries are what the stored form says they are.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::ZeroizeOnDrop;

use super::super::blind::hmac;
use super::super::hemlig::Hemlig;
use super::super::person::{oppna, stang};
use super::super::{Nyckelfel, hex};

fn bytes(siffror: &str) -> Vec<u8> {
    let siffror = if siffror == "-" { "" } else { siffror };
    let mut ut = vec![0; siffror.len() / 2];
    hex::las(siffror.as_bytes(), &mut ut).unwrap();
    ut
}

#[test]
fn sealing_is_aes_256_gcm_siv_as_in_rfc_8452() {
    let rader: Vec<&str> = include_str!("rfc8452.txt")
        .lines()
        .filter(|rad| !rad.is_empty() && !rad.starts_with('#'))
        .collect();
    let mut antal = 0;
    for fall in rader.chunks(5) {
        let [nyckel, nonce, bundet, klart, chiffer] = fall else {
            panic!("{fall:?}");
        };
        let hemlig = Hemlig::ur(&mut bytes(nyckel).try_into().unwrap());
        let nonce: [u8; 12] = bytes(nonce).try_into().unwrap();
        let (bundet, chiffer) = (bytes(bundet), bytes(chiffer));
        let mut ut = bytes(klart);
        stang(&hemlig, nonce, &bundet, &mut ut, 0).unwrap();
        assert_eq!(ut, chiffer, "{fall:?}");
        let stangt = [nonce.as_slice(), &chiffer].concat();
        let oppnat = oppna(&hemlig, &bundet, &stangt).unwrap();
        assert_eq!(*oppnat, bytes(klart), "{fall:?}");
        antal += 1;
    }
    assert_eq!(antal, 26);
}

#[test]
fn the_index_is_hmac_sha_256_as_in_rfc_4231() {
    let fyllt = |text: &[u8]| {
        let mut ut = [0; 32];
        ut[..text.len()].copy_from_slice(text);
        ut
    };
    let raknade: Vec<u8> = (1..=25).collect();
    let fall: [(&[u8], &[u8], &str); 4] = [
        (
            &[0x0b; 20],
            b"Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            &[0xaa; 20],
            &[0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        ),
        (
            &raknade,
            &[0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        ),
    ];
    for (nyckel, text, svar) in fall {
        // In one piece and in two: the parts are one text.
        let (forst, sist) = text.split_at(3);
        assert_eq!(hex::text(&*hmac(&fyllt(nyckel), &[text])), svar);
        assert_eq!(hex::text(&*hmac(&fyllt(nyckel), &[forst, sist])), svar);
        let mut direkt = Hmac::<Sha256>::new_from_slice(nyckel).unwrap();
        direkt.update(text);
        assert_eq!(hex::text(&direkt.finalize().into_bytes()), svar);
    }
}

#[test]
fn secrets_clear_their_memory_and_do_not_show_themselves() {
    fn rensas<T: ZeroizeOnDrop>() {}
    // The ciphers' own round keys too: the features are asked for in the workspace.
    rensas::<Hemlig>();
    rensas::<aes::Aes256>();
    rensas::<sha2::Sha256>();
    let mut fran = super::slump::<32>(7);
    let hemlig = Hemlig::tag(&mut fran).unwrap();
    assert_eq!(fran, [0; 32], "the caller's bytes are cleared");
    assert_eq!(format!("{hemlig:?}"), "Hemlig(…)");
    assert_eq!(Hemlig::tag(&mut [0; 32]), Err(Nyckelfel::Slump));
    assert_eq!(Hemlig::tag(&mut [9; 32]), Err(Nyckelfel::Slump));
}
