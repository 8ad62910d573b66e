//! What a form or a query holds, as it was typed.

use utfall_domain::tecken::otillatet;

/// Names and values in the order they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Falt(Vec<(String, String)>);

/// More fields than this in one form is not a form of ours.
const FLEST: usize = 5_000;

/// Why a form could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaltFel {
    /// Too many fields.
    ForManga,
    /// A character that no paper of ours can hold.
    Otillatet(char),
}

impl Falt {
    /// Reads `a=1&b=2`.
    ///
    /// # Errors
    /// [`FaltFel`] when it is too long or holds characters that cannot be printed.
    pub fn las(kodat: &[u8]) -> Result<Self, FaltFel> {
        let mut falt = Self::default();
        for (namn, varde) in form_urlencoded::parse(kodat) {
            falt.lagg_till(namn.into_owned(), varde.into_owned())?;
        }
        Ok(falt)
    }

    /// Adds a field.
    ///
    /// # Errors
    /// [`FaltFel`] as for [`Falt::las`].
    pub fn lagg_till(&mut self, namn: String, varde: String) -> Result<(), FaltFel> {
        if self.0.len() >= FLEST {
            return Err(FaltFel::ForManga);
        }
        if let Some(tecken) = otillatet(&namn).or_else(|| otillatet(&varde)) {
            return Err(FaltFel::Otillatet(tecken));
        }
        self.0.push((namn, varde));
        Ok(())
    }

    /// What stands in a field, as typed; `None` when it was not sent.
    #[must_use]
    pub fn som_sant(&self, namn: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(n, _)| n == namn)
            .map(|(_, v)| v.as_str())
    }

    /// What stands in a field, without spaces around it; empty when it was not sent.
    #[must_use]
    pub fn text(&self, namn: &str) -> &str {
        self.som_sant(namn).unwrap_or("").trim()
    }

    /// A field's whole number; `None` when there is none in it.
    #[must_use]
    pub fn tal(&self, namn: &str) -> Option<i64> {
        self.text(namn).parse().ok()
    }

    /// Text of several lines: line breaks as `\n`, no spaces around.
    #[must_use]
    pub fn lang(&self, namn: &str) -> String {
        self.text(namn).replace("\r\n", "\n").replace('\r', "\n")
    }

    /// All names and values.
    pub fn alla(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }
}

/// A large file sent with a form, on the disk. It has no name there, and is gone when nobody
/// holds it: also when the server is killed.
#[derive(Debug)]
pub struct Storfil {
    /// The name it had where it came from, without folders.
    pub namn: String,
    /// Its bytes.
    pub fil: std::fs::File,
}

impl Storfil {
    /// An empty file; of its name only the last part is kept.
    ///
    /// # Errors
    /// When none can be made.
    pub fn ny(namn: &str) -> std::io::Result<Self> {
        Ok(Self {
            namn: Fil::ny(namn, Vec::new()).namn,
            fil: tempfile::tempfile()?,
        })
    }
}

/// A file sent with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fil {
    /// The name it had where it came from, without folders.
    pub namn: String,
    /// Its bytes.
    pub innehall: Vec<u8>,
}

impl Fil {
    /// A file; of its name only the last part is kept.
    #[must_use]
    pub fn ny(namn: &str, innehall: Vec<u8>) -> Self {
        let sist = namn.rsplit(['/', '\\']).next().unwrap_or("");
        let namn = sist.chars().filter(|c| !c.is_control()).take(120).collect();
        Self { namn, innehall }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_what_was_typed() {
        let falt = Falt::las(b"namn=+%C3%85sa+&ar=2021&text=a%0D%0Ab&ar=2022").unwrap();
        assert_eq!(falt.som_sant("namn"), Some(" Åsa "));
        assert_eq!(falt.text("namn"), "Åsa");
        assert_eq!(falt.tal("ar"), Some(2021));
        assert_eq!(falt.tal("namn"), None);
        assert_eq!(falt.lang("text"), "a\nb");
        assert_eq!(falt.text("saknas"), "");
        assert_eq!(falt.alla().count(), 4);
    }

    #[test]
    fn control_characters_and_floods_are_refused() {
        for (kodat, tecken) in [
            ("a=%00", '\0'),
            ("a%1B=x", '\u{1b}'),
            ("a=x%EF%BF%BFy", '\u{ffff}'),
            ("a=%EF%BF%BE", '\u{fffe}'),
        ] {
            let fel = Falt::las(kodat.as_bytes());
            assert_eq!(fel, Err(FaltFel::Otillatet(tecken)), "{kodat}");
        }
        assert_eq!(
            Falt::las("a=1&".repeat(6_000).as_bytes()),
            Err(FaltFel::ForManga)
        );
    }

    #[test]
    fn a_file_name_is_never_a_path() {
        assert_eq!(
            Fil::ny("C:\\hem\\..\\uppsala.json", vec![]).namn,
            "uppsala.json"
        );
        assert_eq!(Fil::ny("../../etc/passwd\u{0}", vec![]).namn, "passwd");
    }
}
