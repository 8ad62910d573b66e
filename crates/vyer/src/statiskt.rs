//! The static files, compiled in, with an address that changes when their content does.

/// A static file as it is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statisk {
    /// File name under `/statiskt/`.
    pub namn: &'static str,
    /// Media type with charset.
    pub typ: &'static str,
    /// The bytes.
    pub innehall: &'static [u8],
    /// Checksum of the bytes, taken when compiling.
    summa: u64,
}

impl Statisk {
    /// Strong validator: sixteen hexadecimal digits of the content, without quotes.
    #[must_use]
    pub fn etag(&self) -> String {
        format!("{:016x}", self.summa)
    }

    /// Address with the validator as `v`, so that the file may be cached for ever.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/statiskt/{}?v={:016x}", self.namn, self.summa)
    }
}

/// The one stylesheet.
pub const CSS: Statisk = Statisk {
    namn: "utfall.css",
    typ: "text/css; charset=utf-8",
    innehall: include_bytes!("../static/utfall.css"),
    summa: fnv(include_bytes!("../static/utfall.css")),
};

/// Progressive enhancement of the pages behind sign-in; nothing depends on it.
pub const JS: Statisk = Statisk {
    namn: "utfall.js",
    typ: "text/javascript; charset=utf-8",
    innehall: include_bytes!("../static/utfall.js"),
    summa: fnv(include_bytes!("../static/utfall.js")),
};

/// Tables of amounts as in a spreadsheet, on the pages that have one; nothing depends on it.
pub const RUTNAT: Statisk = Statisk {
    namn: "rutnat.js",
    typ: "text/javascript; charset=utf-8",
    innehall: include_bytes!("../static/rutnat.js"),
    summa: fnv(include_bytes!("../static/rutnat.js")),
};

/// The page icon.
pub const IKON: Statisk = Statisk {
    namn: "utfall.svg",
    typ: "image/svg+xml",
    innehall: include_bytes!("../static/utfall.svg"),
    summa: fnv(include_bytes!("../static/utfall.svg")),
};

/// Every static file.
pub const ALLA: [Statisk; 4] = [CSS, JS, RUTNAT, IKON];

/// The file with this name, if there is one.
#[must_use]
pub fn fil(namn: &str) -> Option<Statisk> {
    ALLA.into_iter().find(|f| f.namn == namn)
}

/// FNV-1a, 64 bits: a change detector, not a protection.
const fn fnv(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut rest = bytes;
    while let [forsta, svans @ ..] = rest {
        hash = (hash ^ *forsta as u64).wrapping_mul(0x0000_0100_0000_01b3);
        rest = svans;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_follows_content() {
        assert_eq!(fnv(b""), 0xcbf2_9ce4_8422_2325);
        assert_ne!(fnv(b"a"), fnv(b"b"));
        for f in ALLA {
            assert_eq!(fil(f.namn), Some(f));
            assert!(f.href().ends_with(&f.etag()));
        }
        assert_eq!(fil("../Cargo.toml"), None);
    }

    #[test]
    fn stylesheet_and_script_stay_small() {
        assert!(
            CSS.innehall.len() <= 22_000,
            "css: {} bytes",
            CSS.innehall.len()
        );
        assert!(
            JS.innehall.len() <= 6_000,
            "js: {} bytes",
            JS.innehall.len()
        );
        let skript = JS.innehall.len() + RUTNAT.innehall.len();
        assert!(skript <= 25_000, "all scripts: {skript} bytes");
    }

    #[test]
    fn nothing_is_fetched_from_elsewhere() {
        for f in ALLA {
            let text = String::from_utf8_lossy(f.innehall);
            for spar in ["http:", "https:", "@import", "url(//"] {
                let ren = text.replace("http://www.w3.org/2000/svg", "");
                assert!(!ren.contains(spar), "{} has {spar}", f.namn);
            }
        }
    }
}
