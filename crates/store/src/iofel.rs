//! What the operating system says about a file or a socket, in Swedish.

use std::io::{Error, ErrorKind};

/// Why it did not work, as words that go on after a colon: "disken är full".
#[must_use]
pub fn skal(fel: &Error) -> String {
    let ord = match fel.kind() {
        ErrorKind::NotFound => "den finns inte",
        ErrorKind::PermissionDenied => "du får inte använda den",
        ErrorKind::NotADirectory => "en del av sökvägen är en fil och inte en mapp",
        ErrorKind::IsADirectory => "det är en mapp och inte en fil",
        ErrorKind::AlreadyExists => "den finns redan",
        ErrorKind::StorageFull => "disken är full",
        ErrorKind::QuotaExceeded => "utrymmet som du får använda är slut",
        ErrorKind::ReadOnlyFilesystem => "disken är skrivskyddad",
        ErrorKind::FileTooLarge => "filen blir för stor",
        ErrorKind::InvalidFilename => "namnet är för långt eller har tecken som inte går",
        ErrorKind::InvalidInput => "namnet går inte att använda",
        ErrorKind::AddrInUse => "porten används redan av ett annat program",
        ErrorKind::AddrNotAvailable => "datorn har ingen sådan adress",
        ErrorKind::ConnectionRefused => "inget program svarar där",
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => "datorn går inte att nå",
        ErrorKind::TimedOut => "det tog för lång tid",
        ErrorKind::OutOfMemory => "minnet räcker inte",
        ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => {
            "förbindelsen bröts"
        }
        _ => {
            return fel.raw_os_error().map_or_else(
                || "systemet säger inte varför".to_owned(),
                |nummer| format!("systemets felnummer är {nummer}"),
            );
        }
    };
    ord.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reason_is_in_english() {
        for nummer in 1..134 {
            let ord = skal(&Error::from_raw_os_error(nummer));
            assert!(
                !ord.contains("os error") && !ord.is_empty(),
                "{nummer}: {ord}"
            );
        }
        assert_eq!(skal(&Error::from_raw_os_error(28)), "disken är full");
        let not_a_directory = skal(&Error::from_raw_os_error(20));
        assert!(
            not_a_directory.contains("inte en mapp"),
            "{not_a_directory}"
        );
        assert_eq!(skal(&Error::other("x")), "systemet säger inte varför");
    }
}
